"""A fresh second factor before something that is hidden is shown."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from hotline.access.login_tables import FactorKind
from hotline.access.second_factor import factors_of, fresh, has_second
from hotline.staff.desk import StaffDesk


def wants_code(tx: Session, desk: StaffDesk, staff_id: str) -> bool:
    """Whether a code is asked for: always, but of who has no second factor while the telephone network is the simulator."""
    return has_second(tx, staff_id) or not desk.may_skip_second


def has_passkey(tx: Session, staff_id: str) -> bool:
    """Whether a passkey can be used in place of a code."""
    return bool(factors_of(tx, staff_id, FactorKind.PASSKEY))


def is_fresh(tx: Session, desk: StaffDesk, staff_id: str, code: str, now: datetime) -> bool:
    """Whether the code that was given just now is right; each counts once. The caller lets the transaction commit."""
    return not wants_code(tx, desk, staff_id) or fresh(tx, desk.house, staff_id, code, now)
