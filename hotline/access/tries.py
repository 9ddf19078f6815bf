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


def claim_try(tx: Session, ids: Ids, name_index: bytes, now: datetime) -> bool:
    """Count one try; False when the name is locked (then nothing is counted)."""
    lock_name(tx, f"login:{name_index.hex()}")
    tx.execute(delete(LoginTry).where(LoginTry.at <= now - WINDOW))
    failed = tx.scalar(select(func.count()).where(LoginTry.name_index == name_index)) or 0
    if failed >= MOST_TRIES:
        return False
    tx.add(LoginTry(id=ids.new(), name_index=name_index, at=now))
    tx.flush()
    return True


def forget_tries(tx: Session, name_index: bytes) -> None:
    """A log-in succeeded."""
    tx.execute(delete(LoginTry).where(LoginTry.name_index == name_index))
