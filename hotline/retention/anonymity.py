"""Anonymous means forgotten (DESIGN 5): when the thread of somebody who stays unnamed is closed, the link to their number is
destroyed, and the number with it, unless an emergency is open.

Who closed it, a person, FORGET or the clock, makes no difference: the clock process looks for closed threads of anonymous
records whose link still stands. A legal hold keeps words, never this link: it was promised to the person.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Update, delete, exists, select, update
from sqlalchemy.orm import Session

from hotline.access.audit import Act, note
from hotline.alerts.tables import Alert, AlertState
from hotline.db import lock_row
from hotline.records.tables import Record
from hotline.threads.kit import Kit
from hotline.threads.tables import Call, Contact, Conversation, Deed, DeedState, Message, Thread, ThreadState
from hotline.triage.kinds import Grade
from hotline.vault.compartments import doom


def to_forget(tx: Session, limit: int) -> tuple[str, ...]:
    """The closed threads whose link is to be destroyed, the oldest first. Not yet while their record is still to be made:
    only then is it known who stays unnamed."""
    to_submit = (
        select(Deed.id)
        .join(Conversation, Deed.key.like("submit:" + Conversation.id + ":%"))
        .where(Conversation.thread_id == Thread.id, Deed.state == DeedState.PENDING)
    )
    found = tx.scalars(
        select(Thread.id)
        .where(
            Thread.state == ThreadState.CLOSED,
            Thread.contact_id.is_not(None),
            exists().where(Record.thread_id == Thread.id, Record.anonymous),
            ~_in_emergency(),
            ~to_submit.exists(),
        )
        .order_by(Thread.closed_at, Thread.id)
        .limit(limit)
    )
    return tuple(found)


def forget_link(tx: Session, kit: Kit, thread_id: str, now: datetime) -> bool:
    """Destroy the link between a thread and its number, and the number with its keys when nothing else needs it; whether it did.
    Twice is once."""
    thread = lock_row(tx, Thread, thread_id)
    if thread is None or thread.state != ThreadState.CLOSED or thread.contact_id is None:
        return False
    if tx.scalar(select(Thread.id).where(Thread.id == thread_id, _in_emergency())) is not None:
        return False
    contact = lock_row(tx, Contact, thread.contact_id)
    thread.contact_id = None
    _change(
        tx, update(Message).where(Message.thread_id == thread_id).values(contact_id=None, text_index=None)
    )
    _change(tx, update(Call).where(Call.thread_id == thread_id).values(caller_index=None))
    tx.flush()
    note(tx, kit.ids, Act.FORGOTTEN, now, by="job:retention", about=thread_id)
    if contact is not None and not _needed(tx, contact.id):
        forget_contact(tx, kit, contact, now)
    return True


def forget_contact(tx: Session, kit: Kit, contact: Contact, now: datetime) -> None:
    """Nothing leads to this number any more, and its keys go. What counts silent calls of the last hour goes with their class."""
    counted = timedelta(minutes=kit.settings.deployment.timings.silent_calls_minutes)
    if contact.number_index is not None:
        _change(
            tx,
            update(Call)
            .where(Call.caller_index == contact.number_index, Call.begun_at < now - counted)
            .values(caller_index=None),
        )
    _change(
        tx, update(Message).where(Message.contact_id == contact.id).values(contact_id=None, text_index=None)
    )
    tx.execute(delete(Contact).where(Contact.id == contact.id).execution_options(synchronize_session=False))
    note(tx, kit.ids, Act.PURGED, now, by="job:retention", about=contact.id, detail="contact")
    tx.expunge(contact)
    doom(tx, contact.id, now)


def _in_emergency() -> ColumnElement[bool]:
    """Whether the thread's alert is an emergency without an outcome."""
    return exists().where(
        Alert.thread_id == Thread.id, Alert.state != AlertState.CLOSED, Alert.grade == Grade.EMERGENCY.value
    )


def _needed(tx: Session, contact_id: str) -> bool:
    """Whether another thread holds the number: an open one, or one of who is named."""
    return tx.scalar(select(Thread.id).where(Thread.contact_id == contact_id).limit(1)) is not None


def _change(tx: Session, statement: Update) -> None:
    tx.execute(statement.execution_options(synchronize_session=False))
