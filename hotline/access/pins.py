"""The PIN of a member of staff, for what they do by phone from their own phone: six digits, hashed with Argon2.

Five wrong tries in a row lock it until a new one is set; the coordinator is told (`hotline.alerts.pin_locked`). A try is
counted before the PIN is looked at, so that tries side by side are no way around; the look itself takes its time and belongs
outside of any transaction.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from hotline.access.audit import NOBODY, Act, note
from hotline.access.passwords import Busy, Passwords
from hotline.access.tables import StaffPin
from hotline.db import lock_row, write
from hotline.now import Ids

LENGTH = 6
MOST_WRONG = 5


class Tried(StrEnum):
    """What came of a try."""

    RIGHT = "right"
    WRONG = "wrong"
    LOCKED = "locked"  # before this try already
    LOCKED_NOW = "locked_now"  # by this one: somebody is to be told
    BUSY = "busy"  # not looked at, not counted


def too_plain(pin: str) -> bool:
    """Whether these are not six digits, or ones that anybody tries first: all the same, or counting up or down."""
    if len(pin) != LENGTH or not (pin.isascii() and pin.isdigit()):
        return True
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    return len(steps) == 1 and steps <= {-1, 0, 1}


def set_pin(tx: Session, staff_id: str, pin_hash: str, now: datetime) -> None:
    """This is the PIN from now on; a lock is over."""
    pin = lock_row(tx, StaffPin, staff_id)
    if pin is None:
        tx.add(StaffPin(staff_id=staff_id, pin_hash=pin_hash, wrong=0, set_at=now))
    else:
        pin.pin_hash, pin.wrong, pin.locked_at, pin.set_at = pin_hash, 0, None, now
    tx.flush()


def has_pin(tx: Session, staff_id: str) -> bool:
    """Whether a PIN was ever set (it may be locked)."""
    return tx.get(StaffPin, staff_id) is not None


def try_pin(
    engine: Engine, passwords: Passwords, ids: Ids, staff_id: str, typed: str, now: datetime
) -> Tried:
    """Look whether `typed` is the PIN of this person; who has none is as wrong as anybody. Every try that was looked at is in
    the audit."""
    with write(engine) as tx:
        pin = lock_row(tx, StaffPin, staff_id)
        if pin is not None and (pin.locked_at is not None or pin.wrong >= MOST_WRONG):
            return Tried.LOCKED
        kept = pin.pin_hash if pin is not None else None
        if pin is not None:
            pin.wrong += 1
    try:
        right = passwords.check(kept, typed)
    except Busy:
        with write(engine) as tx:
            pin = lock_row(tx, StaffPin, staff_id)
            if pin is not None and pin.wrong > 0:
                pin.wrong -= 1
        return Tried.BUSY
    with write(engine) as tx:
        pin = lock_row(tx, StaffPin, staff_id)
        if pin is not None and pin.pin_hash == kept and right:
            pin.wrong = 0
            note(tx, ids, Act.PIN_RIGHT, now, by=staff_id)
            return Tried.RIGHT
        note(tx, ids, Act.PIN_WRONG, now, by=NOBODY, about=staff_id)
        if pin is None or pin.pin_hash != kept:
            return Tried.WRONG
        if pin.wrong >= MOST_WRONG and pin.locked_at is None:
            pin.locked_at = now
            note(tx, ids, Act.PIN_LOCKED, now, by=NOBODY, about=staff_id)
            return Tried.LOCKED_NOW
    return Tried.WRONG
