"""Tries to log in: after five that failed within 15 minutes a name is locked until the first of them is 15 minutes old.

Counted for every name that is typed, known or not, so that a lock tells nobody whether a name exists. A try is counted
before the password is looked at: tries side by side are no way around.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from hotline.access.people import NAME
from hotline.access.tables import LoginTry
from hotline.db import lock_name
from hotline.now import Ids
from hotline.vault.sealing import Sealer

MOST_TRIES = 5
WINDOW = timedelta(minutes=15)


def index_of(sealer: Sealer, name: str) -> bytes:
    """The keyed hash under which a name is found, case and outer spaces ignored."""
    return sealer.index(name.casefold().strip(), NAME)


def claim_try(tx: Session, ids: Ids, name_index: bytes, now: datetime) -> str | None:
    """Count one try; gives its id, None when the name is locked (then nothing is counted)."""
    lock_name(tx, f"login:{name_index.hex()}")
    # Whatever is too old goes; what another log-in is just wiping is left to it.
    old = select(LoginTry.id).where(LoginTry.at <= now - WINDOW).with_for_update(skip_locked=True)
    tx.execute(delete(LoginTry).where(LoginTry.id.in_(old)))
    if is_locked(tx, name_index, now):
        return None
    tx.add(LoginTry(id=(try_id := ids.new()), name_index=name_index, at=now))
    tx.flush()
    return try_id


def is_locked(tx: Session, name_index: bytes, now: datetime) -> bool:
    """Whether the tries of the last minutes lock the name."""
    recent = (LoginTry.name_index == name_index, LoginTry.at > now - WINDOW)
    return (tx.scalar(select(func.count()).where(*recent)) or 0) >= MOST_TRIES


def take_back(tx: Session, try_id: str) -> None:
    """It was no try: the password was not looked at."""
    tx.execute(delete(LoginTry).where(LoginTry.id == try_id))


def forget_tries(tx: Session, name_index: bytes) -> None:
    """A log-in succeeded."""
    tx.execute(delete(LoginTry).where(LoginTry.name_index == name_index))
