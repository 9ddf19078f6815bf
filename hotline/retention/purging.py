"""What has come to its end is purged: first the words of a thread, later all of it. A tombstone without content remains.

Every purge looks again inside its own transaction: new words, a hold or an alert that came meanwhile stop it. The keys are
destroyed before the transaction ends: should the machine die in between, what is left cannot be read, and goes in the next round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.orm import Session

from hotline.access.audit import Act, note
from hotline.db import lock_row
from hotline.deployment import Retention
from hotline.records.tables import Record
from hotline.retention.anonymity import forget_contact
from hotline.retention.classes import Class, Standing, has_words, standing
from hotline.retention.tables import Stone, Tombstone
from hotline.threads.copies import drop_copies
from hotline.threads.kit import Kit
from hotline.threads.tables import Contact, Message, Thread, ThreadState
from hotline.vault.compartments import doom

ENDED = "class_ended"
"""Why: the days of its class were over."""


@dataclass(frozen=True, slots=True)
class Ending:
    """A thread, how it is kept, and what of it goes at `now`: its words, or all of it."""

    thread: Thread
    standing: Standing
    all_of_it: bool
    words: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a look through the closed threads has come."""

    closed_at: datetime
    thread_id: str


def closed_threads(
    tx: Session, days: Retention, now: datetime, after: Mark | None, limit: int
) -> Sequence[Thread]:
    """The next closed threads, the oldest first, that may hold something which ends."""
    shortest = now - timedelta(days=min(days.silent_days, days.message_days))
    query = select(Thread).where(Thread.state == ThreadState.CLOSED, Thread.closed_at <= shortest)
    if after is not None:
        later = and_(Thread.closed_at == after.closed_at, Thread.id > after.thread_id)
        query = query.where(or_(Thread.closed_at > after.closed_at, later))
    return tx.scalars(query.order_by(Thread.closed_at, Thread.id).limit(limit)).all()


def ending(tx: Session, days: Retention, thread: Thread, now: datetime) -> Ending:
    """What of this thread goes now."""
    how = standing(tx, days, thread)
    over = not how.held and how.ends_at is not None and how.ends_at <= now
    words = not how.held and how.words_end_at is not None and how.words_end_at <= now
    return Ending(thread, how, over, over or (words and has_words(tx, thread.id)))


def purge(tx: Session, kit: Kit, thread_id: str, now: datetime, *, by: str) -> bool:
    """Purge what has ended of one thread, once; whether something went."""
    thread = lock_row(tx, Thread, thread_id)
    if thread is None:
        return False
    what = ending(tx, kit.settings.deployment.retention, thread, now)
    if what.all_of_it:
        _purge_all(tx, kit, thread, what.standing.kept_as, now)
    elif what.words:
        _purge_words(tx, kit, thread, what.standing.kept_as, now)
    if what.words:
        detail = "all" if what.all_of_it else "words"
        note(tx, kit.ids, Act.PURGED, now, by=by, about=thread_id, detail=detail)
    return what.words


def bury(
    tx: Session, kit: Kit, what: Stone, row_id: str, kept_as: str, why: str, now: datetime, *,
    begun_at: datetime, ended_at: datetime | None = None, forms: str = "",
) -> None:  # fmt: skip
    """Leave a tombstone."""
    tx.add(
        Tombstone(
            id=kit.ids.new(), what=what.value, row_id=row_id, kept_as=kept_as, forms=forms[:120], why=why,
            begun_at=begun_at, ended_at=ended_at, purged_at=now,
        )
    )  # fmt: skip


def _purge_words(tx: Session, kit: Kit, thread: Thread, kept_as: Class, now: datetime) -> None:
    bury(
        tx, kit, Stone.WORDS, thread.id, kept_as, ENDED, now,
        begun_at=thread.opened_at, ended_at=thread.closed_at,
    )  # fmt: skip
    drop_copies(tx, thread.id, now)
    tx.execute(delete(Message).where(Message.thread_id == thread.id))
    doom(tx, thread.id, now)


def _purge_all(tx: Session, kit: Kit, thread: Thread, kept_as: Class, now: datetime) -> None:
    records = tx.scalars(select(Record).where(Record.thread_id == thread.id)).all()
    forms = ",".join(sorted({record.form for record in records}))
    for record in records:
        bury(
            tx, kit, Stone.RECORD, record.id, kept_as, ENDED, now,
            begun_at=record.created_at, ended_at=record.changed_at, forms=record.form,
        )  # fmt: skip
    bury(
        tx, kit, Stone.THREAD, thread.id, kept_as, ENDED, now,
        begun_at=thread.opened_at, ended_at=thread.closed_at, forms=forms,
    )  # fmt: skip
    gone = [thread.id, *(record.id for record in records)]
    contact = lock_row(tx, Contact, thread.contact_id) if thread.contact_id else None
    tx.execute(delete(Record).where(Record.thread_id == thread.id))
    tx.execute(delete(Thread).where(Thread.id == thread.id))
    if contact is not None:
        others = select(Thread.id).where(Thread.contact_id == contact.id).limit(1)
        if tx.scalar(others) is None:
            forget_contact(tx, kit, contact, now)
    for compartment in gone:
        doom(tx, compartment, now)
