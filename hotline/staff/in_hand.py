"""What keeps somebody from being idle though they touch no key: a call."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.alerts.tables import CallState, Page
from hotline.threads.tables import Call

# A call whose end was never told is over by then.
LONGEST = timedelta(hours=4)


def in_a_call(tx: Session, staff_id: str, now: datetime) -> bool:
    """Whether this member of staff is in a call of ours: one that they made, or one in which they were paged."""
    begun = now - LONGEST
    made = select(Call.sid).where(Call.staff_id == staff_id, Call.ended_at.is_(None), Call.begun_at > begun)
    paged = select(Page.id).where(
        Page.staff_id == staff_id, Page.call_state == CallState.TALKING, Page.answered_at > begun
    )
    return tx.scalar(made.limit(1)) is not None or tx.scalar(paged.limit(1)) is not None
