"""What nobody has read is never deleted and never closed by the clock: it is told to the leader, each day until somebody looks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.retention.notices import Told, tell
from hotline.threads.kit import Kit
from hotline.threads.tables import Thread, ThreadState


def unread_threads(tx: Session, kit: Kit, now: datetime) -> Sequence[Thread]:
    """The threads that wait for a first look longer than they may, the oldest first."""
    since = now - timedelta(days=kit.settings.deployment.retention.unread_days)
    return tx.scalars(
        select(Thread)
        .where(Thread.state == ThreadState.OPEN, Thread.waiting_since <= since)
        .order_by(Thread.waiting_since, Thread.id)
    ).all()


def tell_unread(tx: Session, kit: Kit, now: datetime) -> int:
    """Tell the leader how many there are, and the reference of the oldest."""
    found = unread_threads(tx, kit, now)
    if found:
        tell(tx, kit, Told.UNREAD, len(found), now, about=found[0].reference)
    return len(found)
