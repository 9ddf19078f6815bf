"""While the house is locked down nothing is revealed, to whomever; what was revealed before is hidden."""

from __future__ import annotations

from sqlalchemy.orm import Session

from hotline.access.lockdown.locking import LockedDown, refuse_if_locked


def is_shut(tx: Session) -> bool:
    """Whether it is locked down."""
    try:
        refuse_if_locked(tx)
    except LockedDown:
        return True
    return False
