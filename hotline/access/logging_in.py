"""Logging in: name and password first, then the second factor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from hotline.access import key_grants, sessions
from hotline.access.audit import NOBODY, Act, note
from hotline.access.passwords import Busy, Passwords
from hotline.access.second_factor import fresh, has_second
from hotline.access.sessions import Stage, Visitor
from hotline.access.tables import Staff
from hotline.access.tries import claim_try, forget_tries, index_of, is_locked, take_back
from hotline.db import read, write
from hotline.now import Ids
from hotline.vault.sealing import House, Sealer
from hotline.vault.staff_keys import StaffPair


class Refused(StrEnum):
    """Why not. WRONG says nothing about which of name and password was wrong."""

    WRONG = "wrong"
    WRONG_CODE = "wrong_code"  # the second factor
    NO_SECOND = "no_second"  # right, but there is no second factor: a new one-time link is needed
    LOCKED = "locked"
    BUSY = "busy"  # too many at the door; nothing was looked at


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """The id of the new session, for the cookie; what is still to be done stands in the session."""

    token: str


def log_in(
    engine: Engine,
    sealer: Sealer,
    ids: Ids,
    passwords: Passwords,
    name: str,
    password: str,
    now: datetime,
    *,
    without_second: bool = False,
) -> LoggedIn | Refused:
    """Try a name and a password. The password is looked at outside any transaction, since that takes its time. Who has no
    second factor is let on only `without_second` (while the telephone network is the simulator)."""
    name_index = index_of(sealer, name)
    with write(engine) as tx:
        try_id = claim_try(tx, ids, name_index, now)
    if try_id is None:
        return Refused.LOCKED
    with read(engine) as tx:
        staff = tx.scalar(select(Staff).where(Staff.name_index == name_index, Staff.active))
    kept = staff.password_hash if staff else None
    try:
        if not passwords.check(kept, password) or staff is None or kept is None:
            _wrong(engine, ids, staff, name_index, now)
            return Refused.WRONG
        renewed = passwords.hash(password) if passwords.is_outdated(kept) else None
        store = sealer.store
        pair = key_grants.unlock(store, passwords, staff.id, password, now)
        if pair is None:  # the password was changed without its pair: what was granted is to be granted anew
            pair = key_grants.renew(store, passwords, staff.id, password, now)
    except Busy:
        with write(engine) as tx:
            take_back(tx, try_id)
        return Refused.BUSY
    with write(engine) as tx:
        fresh = tx.get(Staff, staff.id)
        if fresh is None or not fresh.active or fresh.password_hash != kept:
            note(tx, ids, Act.LOGIN_FAILED, now, by=NOBODY, about=staff.id)
            return Refused.WRONG  # changed or gone while we looked
        if renewed:
            fresh.password_hash = renewed
        if has_second(tx, staff.id):
            # The try counts until the second factor was given too.
            return LoggedIn(_begin(tx, sealer, ids, pair, fresh, Stage.SECOND, now))
        if not without_second:
            return Refused.NO_SECOND
        forget_tries(tx, name_index)
        return LoggedIn(_begin(tx, sealer, ids, pair, fresh, Stage.FORM, now))


def _begin(
    tx: Session, sealer: Sealer, ids: Ids, pair: StaffPair | None, staff: Staff, stage: Stage, now: datetime
) -> str:
    """A new session, and in it the key of the person's role, where it is granted to them."""
    token = sessions.begin(tx, ids, staff.id, now, stage)
    key_grants.keep_for_session(tx, sealer.store, pair, staff.role, token, now)
    return token


def give_second(
    engine: Engine, house: House, ids: Ids, visitor: Visitor, code: str, now: datetime
) -> Refused | None:
    """Try a code as the second step; None when it is right. Wrong ones count as tries to log in, like wrong passwords."""
    with write(engine) as tx:
        staff = tx.get(Staff, visitor.staff_id)
        if staff is None or claim_try(tx, ids, staff.name_index, now) is None:
            return Refused.LOCKED
        if not fresh(tx, house, staff.id, code, now):
            note(tx, ids, Act.LOGIN_FAILED, now, by=NOBODY, about=staff.id)
            return Refused.WRONG_CODE
        forget_tries(tx, staff.name_index)
        sessions.advance(tx, visitor.session, Stage.FORM)
    return None


def _wrong(engine: Engine, ids: Ids, staff: Staff | None, name_index: bytes, now: datetime) -> None:
    """In the audit: a wrong try, and that it was the one which locks. Under a name that nobody has it says about nobody; tries
    at a locked name change nothing and are not noted, or a stranger could fill the audit."""
    about = staff.id if staff is not None else ""
    with write(engine) as tx:
        note(tx, ids, Act.LOGIN_FAILED, now, by=NOBODY, about=about)
        if is_locked(tx, name_index, now):
            note(tx, ids, Act.LOGIN_LOCKED, now, by=NOBODY, about=about)
