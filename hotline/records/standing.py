"""What became of a report, for who sent it: received, looked at or closed, and nothing more."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.conversation.state import Road
from hotline.records.tables import Record
from hotline.threads.conversations import in_flight
from hotline.threads.kit import Kit
from hotline.threads.tables import Conversation, Thread, ThreadState


class Standing(StrEnum):
    """How far a report has come."""

    RECEIVED = "received"
    SEEN = "seen"
    CLOSED = "closed"


def standing_of(tx: Session, kit: Kit, contact_id: str, reference: str) -> Standing | None:
    """Of the newest report with that reference which this contact sent by a form with a code; None when there is none, be
    it unknown or another's."""
    coded = {form.name for form in kit.book.forms.values() if form.code}
    rows = tx.execute(
        select(Conversation, Thread)
        .join(Thread, Thread.id == Conversation.thread_id)
        .where(Thread.contact_id == contact_id)
        .order_by(Conversation.begun_at.desc(), Conversation.id.desc())
    )
    for conversation, thread in rows:
        if _is_it(tx, kit, conversation, reference, coded):
            return _standing(thread)
    return None


def _is_it(tx: Session, kit: Kit, conversation: Conversation, reference: str, coded: set[str]) -> bool:
    record = tx.scalar(select(Record).where(Record.conversation_id == conversation.id))
    if record is not None:
        return record.reference == reference and record.form in coded
    if conversation.state_sealed is None:
        return False
    state = in_flight(kit, conversation)  # the worker has not made the record yet
    return state is not None and state.road is Road.OFFICER and state.reference == reference


def _standing(thread: Thread) -> Standing:
    if thread.state == ThreadState.CLOSED:
        return Standing.CLOSED
    return Standing.SEEN if thread.taken_by is not None or thread.waiting_since is None else Standing.RECEIVED
