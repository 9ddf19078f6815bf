"""Logging in with name and password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Engine, select

from hotline.access import key_grants, sessions
from hotline.access.passwords import Busy, Passwords
from hotline.access.tables import Staff
from hotline.access.tries import claim_try, forget_tries, index_of, take_back
from hotline.db import read, write
from hotline.now import Ids
from hotline.vault.sealing import Sealer


class Refused(StrEnum):
    """Why not. WRONG says nothing about which of name and password was wrong."""

    WRONG = "wrong"
    LOCKED = "locked"
    BUSY = "busy"  # too many at the door; nothing was looked at


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """The id of the new session, for the cookie."""

    token: str


def log_in(
    engine: Engine, sealer: Sealer, ids: Ids, passwords: Passwords, name: str, password: str, now: datetime
) -> LoggedIn | Refused:
    """Try a name and a password. The password is looked at outside any transaction, since that takes its time."""
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
            return Refused.WRONG
        renewed = passwords.hash(password) if passwords.is_outdated(kept) else None
        pair = key_grants.unlock(sealer.store, passwords, staff.id, password, now)
    except Busy:
        with write(engine) as tx:
            take_back(tx, try_id)
        return Refused.BUSY
    with write(engine) as tx:
        fresh = tx.get(Staff, staff.id)
        if fresh is None or not fresh.active or fresh.password_hash != kept:
            return Refused.WRONG  # changed or gone while we looked
        if renewed:
            fresh.password_hash = renewed
        forget_tries(tx, name_index)
        token = sessions.begin(tx, ids, staff.id, now)
        key_grants.keep_for_session(tx, sealer.store, pair, fresh.role, token, now)
        return LoggedIn(token)
