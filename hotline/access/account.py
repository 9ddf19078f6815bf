"""What somebody does with the own log-in: a new password, sessions ended."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from hotline.access import sessions
from hotline.access.audit import NOBODY, Act, note
from hotline.access.passwords import Busy, Passwords
from hotline.access.second_factor import fresh, has_second
from hotline.access.sessions import Visitor
from hotline.access.tables import Staff, StaffSession
from hotline.access.tries import claim_try, forget_tries, take_back
from hotline.db import lock_row, write
from hotline.now import Ids
from hotline.vault.sealing import House


class Changed(StrEnum):
    """What came of the wish for another password."""

    DONE = "done"
    WRONG = "wrong"  # the old one, or the code of the second factor
    LOCKED = "locked"
    BUSY = "busy"


def change_password(
    engine: Engine,
    house: House,
    ids: Ids,
    passwords: Passwords,
    me: Visitor,
    old: str,
    new: str,
    code: str,
    now: datetime,
) -> Changed:
    """Another password, for who gives the old one and a code of the second factor (where there is one). All other sessions
    of the person end. Whether the new one is good was looked at before (`weakness`)."""
    with write(engine) as tx:
        staff = tx.get(Staff, me.staff_id)
        try_id = claim_try(tx, ids, staff.name_index, now) if staff is not None else None
        if staff is None or try_id is None:
            return Changed.LOCKED
        kept = staff.password_hash
    try:
        right = passwords.check(kept, old)
        hashed = passwords.hash(new) if right else ""
    except Busy:
        with write(engine) as tx:
            take_back(tx, try_id)
        return Changed.BUSY
    with write(engine) as tx:
        staff = lock_row(tx, Staff, me.staff_id)
        if not right or staff is None or not staff.active or staff.password_hash != kept:
            note(tx, ids, Act.LOGIN_FAILED, now, by=NOBODY, about=me.staff_id)
            return Changed.WRONG
        if not given(tx, house, staff.id, code, now):
            note(tx, ids, Act.CODE_WRONG, now, by=me.staff_id)
            return Changed.WRONG
        staff.password_hash = hashed
        sessions.end_others(tx, me, now)
        forget_tries(tx, staff.name_index)
        note(tx, ids, Act.PASSWORD_SET, now, by=staff.id, about=staff.id)
    return Changed.DONE


def given(tx: Session, house: House, staff_id: str, code: str, now: datetime) -> bool:
    """Whether a second factor was given just now; who has none (while the network is the simulator) gives none."""
    return not has_second(tx, staff_id) or fresh(tx, house, staff_id, code, now)


def end_own(tx: Session, me: Visitor, mark: str, now: datetime) -> bool:
    """End one session of the own, named by its mark (`mark_of`); False when there is none of that name."""
    for session in tx.scalars(select(StaffSession).where(StaffSession.staff_id == me.staff_id)):
        if mark_of(session.id_hash) == mark and session.ended_at is None:
            session.ended_at = now
            return True
    return False


def mark_of(id_hash: bytes) -> str:
    """How a page names a session: a part of the kept hash, which opens nothing."""
    return id_hash.hex()[:16]
