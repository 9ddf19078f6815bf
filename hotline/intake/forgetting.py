"""FORGET, confirmed: clear the unsubmitted conversation, or leave all to a human, marked "asked to forget"."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from hotline.alerts.tables import Alert
from hotline.conversation.effects import Disposition, Forget
from hotline.conversation.ending import left
from hotline.conversation.state import Stage, State
from hotline.intake.applying import order_submit
from hotline.intake.desk import Desk
from hotline.records.tables import Record
from hotline.retention.carrier_copies import texts_forgotten
from hotline.threads.tables import Conversation, Message, Thread, ThreadState
from hotline.triage.grade import Grade

FORGOTTEN = "forgotten"  # the outcome of a thread that held nothing else


def forget(
    tx: Session,
    desk: Desk,
    effect: Forget,
    thread: Thread,
    conversation: Conversation,
    cause: str,
    state: State,
    now: datetime,
) -> State:
    """Do what FORGET asks for, in the transaction of the message; gives the state to keep: an empty one where all was
    cleared. `state` is that after the step, `cause` the id of the message."""
    if not (effect.erase and _may_erase(tx, thread, conversation)):
        thread.asked_to_forget = thread.wants_person = True
        if effect.erase:  # only the house knew why not: it stands as what was told so far
            order_submit(tx, desk, conversation, left(state), cause, now)
        return state
    tx.flush()
    tx.execute(delete(Record).where(Record.conversation_id == conversation.id))
    said = tx.scalars(select(Message).where(*_of(thread, conversation))).all()
    texts_forgotten(tx, desk.kit, said, now)
    tx.execute(delete(Message).where(*_of(thread, conversation)))
    conversation.disposition, conversation.submitted_at = Disposition.REFUSED.value, now
    if not _holds_more(tx, thread, conversation):
        thread.state, thread.outcome, thread.closed_at = ThreadState.CLOSED.value, FORGOTTEN, now
        thread.waiting_since = None
    return State(state.book, state.reference, stage=Stage.FORGOTTEN, locale=state.locale, last=state.last)


def _may_erase(tx: Session, thread: Thread, conversation: Conversation) -> bool:
    """Never an alert, an urgent thread, or a message that bore danger; nor what a member of staff has in hand."""
    if Grade(thread.grade) is not Grade.ROUTINE or thread.taken_by is not None or thread.unsafe:
        return False
    tx.flush()
    alerts = tx.scalar(select(func.count()).where(Alert.thread_id == thread.id))
    dangers = tx.scalar(select(func.count()).where(Message.danger, *_of(thread, conversation)))
    return not alerts and not dangers


def _of(thread: Thread, conversation: Conversation) -> tuple[ColumnElement[bool], ...]:
    """The messages of the conversation: those since it began, of the contact and of the machine."""
    return (
        Message.thread_id == thread.id,
        Message.at >= conversation.begun_at,
    )


def _holds_more(tx: Session, thread: Thread, conversation: Conversation) -> bool:
    """Whether the thread has something besides what was cleared: for a human to read, or another conversation."""
    messages = tx.scalar(select(func.count()).where(Message.thread_id == thread.id))
    others = tx.scalar(
        select(func.count()).where(Conversation.thread_id == thread.id, Conversation.id != conversation.id)
    )
    return bool(messages or others) or thread.wants_person
