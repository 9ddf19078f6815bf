"""Legal holds: while one is not lifted, nothing of its thread is deleted. The link to who stays unnamed goes all the same, and the
copies at the carrier, which we hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from hotline.db import lock_row
from hotline.retention.tables import LegalHold
from hotline.threads.kit import Kit
from hotline.threads.tables import Thread


def place(tx: Session, kit: Kit, thread_id: str, reason: str, by: str, now: datetime) -> bool:
    """Place a hold for a reason of `hotline.toml`; False where there is no such thread or reason. On a held thread nothing
    changes."""
    if reason not in kit.settings.deployment.retention.hold_reasons:
        return False
    if lock_row(tx, Thread, thread_id) is None:
        return False
    if not is_held(tx, thread_id):
        tx.add(LegalHold(id=kit.ids.new(), thread_id=thread_id, reason=reason, placed_by=by, placed_at=now))
        tx.flush()
    return True


def lift(tx: Session, thread_id: str, by: str, now: datetime) -> bool:
    """Lift what holds a thread; False when nothing does."""
    held = tx.scalars(_of(thread_id)).all()
    for hold in held:
        hold.lifted_by, hold.lifted_at = by, now
    tx.flush()
    return bool(held)


def is_held(tx: Session, thread_id: str) -> bool:
    """Whether a hold stands."""
    return hold_of(tx, thread_id) is not None


def hold_of(tx: Session, thread_id: str) -> LegalHold | None:
    """The hold that stands."""
    return tx.scalars(_of(thread_id).limit(1)).first()


def standing_holds(tx: Session) -> Sequence[tuple[LegalHold, Thread]]:
    """All that stand, the oldest first, each with its thread."""
    rows = tx.execute(
        select(LegalHold, Thread)
        .join(Thread, Thread.id == LegalHold.thread_id)
        .where(LegalHold.lifted_at.is_(None))
        .order_by(LegalHold.placed_at, LegalHold.id)
    )
    return [(hold, thread) for hold, thread in rows]


def _of(thread_id: str) -> Select[LegalHold]:
    return select(LegalHold).where(LegalHold.thread_id == thread_id, LegalHold.lifted_at.is_(None))
