"""Quiet threads are closed by the clock, so that what depends on the closing begins: forgetting, and every class's days.

Only what a person has looked at: a word that nobody has read keeps its thread open, and is told (`unread`).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session

from hotline.alerts.tables import Alert, AlertState
from hotline.db import lock_row
from hotline.threads.kit import Kit
from hotline.threads.tables import Conversation, Message, Thread, ThreadState

QUIET = "quiet"
"""The outcome of a thread that the clock closed."""


def quiet_threads(tx: Session, kit: Kit, now: datetime, limit: int) -> tuple[str, ...]:
    """The open threads that may be closed now, the quietest first."""
    found = tx.scalars(
        select(Thread.id).where(_quiet(kit, now)).order_by(Thread.last_in_at, Thread.id).limit(limit)
    )
    return tuple(found)


def close_quiet(tx: Session, kit: Kit, thread_id: str, now: datetime) -> bool:
    """Close one, unless something came meanwhile."""
    thread = lock_row(tx, Thread, thread_id)
    if thread is None or tx.scalar(select(Thread.id).where(Thread.id == thread_id, _quiet(kit, now))) is None:
        return False
    thread.state, thread.outcome, thread.closed_at = ThreadState.CLOSED.value, QUIET, now
    return True


def _quiet(kit: Kit, now: datetime) -> ColumnElement[bool]:
    """Open, looked at, without an alert or a conversation, and nobody wrote in it for some days."""
    since = now - timedelta(days=kit.settings.deployment.retention.quiet_days)
    return and_(
        Thread.state == ThreadState.OPEN,
        Thread.waiting_since.is_(None),
        Thread.last_in_at <= since,
        ~exists().where(Alert.thread_id == Thread.id, Alert.state != AlertState.CLOSED),
        ~exists().where(Conversation.thread_id == Thread.id, Conversation.disposition.is_(None)),
        ~exists().where(Message.thread_id == Thread.id, Message.at > since),
    )
