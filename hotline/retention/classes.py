"""Which class a thread is kept in, and when it ends. The days of each class are content (`[retention]` in hotline.toml).

The days run from the closing, and from the newest word of the contact in any thread: who writes again, in whichever thread, has all
of it kept anew. Worked example, a tip of 365 days: closed on 1 March 2026, the same number writes again on 1 December, that thread
is closed on the 3rd: both end on 3 December 2027. While a thread of the contact is open, none of them ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hotline.alerts.tables import Alert, AlertState
from hotline.answers.sheet import Status
from hotline.deployment import Retention
from hotline.records.tables import Record, RecordField
from hotline.retention.holds import is_held
from hotline.retention.tables import SuspectReview
from hotline.threads.tables import Message, Thread, ThreadState

_CONSENT_FORM = "consent"
_ABOUT_VICTIMS = ("self", "work")


class Class(StrEnum):
    """What a thread is kept as."""

    SILENT = "silent"  # nothing was told: a wrong number, a greeting
    TIP = "tip"  # a report that led to nothing
    SERVICE = "service"  # told by or about a victim, or it led to something
    CONSENT = "consent"  # what somebody agreed to


@dataclass(frozen=True, slots=True)
class Standing:
    """How a thread is kept: `ends_at` is when all of it goes, `words_end_at` when its messages and recordings do; None: not
    while it, or another thread of its contact, is open. A `held` thread loses nothing whatever the dates."""

    kept_as: Class
    ends_at: datetime | None
    words_end_at: datetime | None
    held: bool


def days_of(kept_as: Class, days: Retention) -> int:
    """How many days a class is kept."""
    return {
        Class.SILENT: days.silent_days,
        Class.TIP: days.tip_days,
        Class.SERVICE: days.service_days,
        Class.CONSENT: days.consent_days,
    }[kept_as]


def standing(tx: Session, days: Retention, thread: Thread) -> Standing:
    """How this thread is kept now."""
    kept_as = class_of(tx, days, thread)
    held = is_held(tx, thread.id)
    begins = _days_begin(tx, thread)
    if begins is None:
        return Standing(kept_as, None, None, held)
    ends = begins + timedelta(days=days_of(kept_as, days))
    confirmed = tx.scalar(
        select(func.max(SuspectReview.review_at))
        .join(Record, Record.id == SuspectReview.record_id)
        .where(Record.thread_id == thread.id, SuspectReview.confirmed_at.is_not(None))
    )
    if confirmed is not None:
        ends = max(ends, confirmed)  # somebody said that it is still needed
    words = ends if _is_uncoded(tx, thread.id) else min(ends, begins + timedelta(days=days.message_days))
    return Standing(kept_as, ends, words, held)


def class_of(tx: Session, days: Retention, thread: Thread) -> Class:
    """The class of a thread, by what is clear of it: forms, who told it, outcomes, alerts."""
    records = tx.execute(select(Record.form, Record.contact_kind).where(Record.thread_id == thread.id)).all()
    if any(form == _CONSENT_FORM for form, _ in records):
        return Class.CONSENT
    alerts = tx.execute(select(Alert.id, Alert.outcome).where(Alert.thread_id == thread.id)).all()
    outcomes = {thread.outcome, *(outcome for _, outcome in alerts)}
    if outcomes & set(days.service_outcomes) or any(kind in _ABOUT_VICTIMS for _, kind in records):
        return Class.SERVICE
    if records or alerts or thread.wants_person or thread.unsafe:
        return Class.TIP
    return Class.SILENT


def _days_begin(tx: Session, thread: Thread) -> datetime | None:
    """When its days begin; None while something of it or of its contact is open."""
    if thread.state != ThreadState.CLOSED or thread.closed_at is None:
        return None
    alarm = select(Alert.id).where(Alert.thread_id == thread.id, Alert.state != AlertState.CLOSED)
    if tx.scalar(alarm) is not None:
        return None
    begins = max(thread.closed_at, thread.last_in_at)
    if thread.contact_id is None:
        return begins
    others = tx.execute(
        select(Thread.state, Thread.closed_at, Thread.last_in_at).where(
            Thread.contact_id == thread.contact_id, Thread.id != thread.id
        )
    ).all()
    for state, closed_at, last_in_at in others:
        if state != ThreadState.CLOSED or closed_at is None:
            return None
        begins = max(begins, closed_at, last_in_at)
    return begins


def _is_uncoded(tx: Session, thread_id: str) -> bool:
    """Whether something was heard that a person has still to code: then its words are needed."""
    pending = (
        select(RecordField.id)
        .join(Record, Record.id == RecordField.record_id)
        .where(Record.thread_id == thread_id, RecordField.status == Status.PENDING.value)
    )
    return tx.scalar(pending.limit(1)) is not None


def has_words(tx: Session, thread_id: str) -> bool:
    """Whether messages of it are still here."""
    return tx.scalar(select(Message.id).where(Message.thread_id == thread_id).limit(1)) is not None
