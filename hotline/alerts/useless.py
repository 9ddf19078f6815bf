"""Texts of staff that mean nothing to us: a short help line answers the first five in a row, then nothing does."""

from __future__ import annotations

from sqlalchemy.orm import Session

from hotline.alerts.tables import StaffReplies

ANSWERED = 5


def one_more(tx: Session, phone_id: str) -> bool:
    """Count one; whether it is still answered."""
    row = tx.get(StaffReplies, phone_id)
    if row is None:
        row = StaffReplies(phone_id=phone_id, useless=0)
        tx.add(row)
    row.useless += 1
    tx.flush()
    return row.useless <= ANSWERED


def forgive(tx: Session, phone_id: str) -> None:
    """An act, or a new page: the count begins anew."""
    row = tx.get(StaffReplies, phone_id)
    if row is not None:
        row.useless = 0
