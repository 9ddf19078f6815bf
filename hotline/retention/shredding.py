"""The keys of what is purged: gone for good, so that no backup and no page of the disk reads it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from hotline.standards.crosswalk import Sensitivity
from hotline.vault.compartments import doom
from hotline.vault.roles import KINDS


def shred(tx: Session, compartment: str, now: datetime, sensitivity: Sensitivity | None = None) -> None:
    """The keys of a thread, record or contact by its id, or those of one class of it, are destroyed once `tx` stands: it says
    so in the same transaction, and the clock process does it within seconds, however often it is interrupted. A second time
    changes nothing."""
    doom(tx, compartment, now, None if sensitivity is None else KINDS[sensitivity])
