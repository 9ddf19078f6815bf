"""Locking the house down and opening it again. What is said, paged, taken and answered by phone goes on as ever: nobody in
danger waits for an inquiry."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from hotline.access.lockdown.tables import Lockdown
from hotline.access.reveal_tables import RevealRow
from hotline.access.tables import Role, StaffSession
from hotline.db import lock_name
from hotline.now import Ids


class LockedDown(Exception):
    """What was asked for is closed while the house is locked down."""

    def __init__(self) -> None:
        super().__init__(
            "the house is locked down: nothing is exported or revealed until `hotline lockdown off`"
        )


def locked_since(tx: Session) -> datetime | None:
    """Since when the house is locked down; None when it is open."""
    return tx.scalar(select(Lockdown.begun_at).where(Lockdown.ended_at.is_(None)).limit(1))


def refuse_if_locked(tx: Session) -> None:
    """For exports, whoever asks. Raises LockedDown."""
    if locked_since(tx) is not None:
        raise LockedDown


def is_shut_out(tx: Session, role: str) -> bool:
    """Whether this role gets nothing of the staff page now: every role but the Leader's, while the house is locked down."""
    return role != Role.LEADER and locked_since(tx) is not None


def is_locked(tx: Session) -> bool:
    """Whether the house is locked down now."""
    return locked_since(tx) is not None


def lock_down(tx: Session, ids: Ids, now: datetime) -> bool:
    """From now on. Every session ends, the Leader's too, who logs in again: one of them may be the stolen one; what is
    revealed is hidden. False when it was locked down already; the sessions end all the same."""
    lock_name(tx, "lockdown")
    tx.execute(update(StaffSession).where(StaffSession.ended_at.is_(None)).values(ended_at=now))
    tx.execute(update(RevealRow).where(RevealRow.expires_at > now).values(expires_at=now))
    if locked_since(tx) is not None:
        return False
    tx.add(Lockdown(id=ids.new(), begun_at=now))
    tx.flush()
    return True


def open_again(tx: Session, now: datetime) -> bool:
    """Everybody may log in again. False when the house was open."""
    lock_name(tx, "lockdown")
    was_locked = locked_since(tx) is not None
    tx.execute(update(Lockdown).where(Lockdown.ended_at.is_(None)).values(ended_at=now))
    return was_locked
