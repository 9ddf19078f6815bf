"""The confidentiality form: who accepted which words of it, and when. Words that changed are asked again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.login_tables import Acceptance


def hash_of(sentences: Sequence[str]) -> bytes:
    """The hash of the form as it was shown to somebody, in their language."""
    return hashlib.sha256("\n".join(sentences).encode()).digest()


def accepted(tx: Session, staff_id: str, text_hash: bytes) -> bool:
    """Whether this person accepted these words."""
    return tx.get(Acceptance, (staff_id, text_hash)) is not None


def accept(tx: Session, staff_id: str, text_hash: bytes, now: datetime) -> None:
    """This person accepts these words; a second time changes nothing."""
    if not accepted(tx, staff_id, text_hash):
        tx.add(Acceptance(staff_id=staff_id, text_hash=text_hash, accepted_at=now))
        tx.flush()


def last_accepted(tx: Session, staff_id: str) -> datetime | None:
    """When this person last accepted the form."""
    return tx.scalar(
        select(Acceptance.accepted_at)
        .where(Acceptance.staff_id == staff_id)
        .order_by(Acceptance.accepted_at.desc())
        .limit(1)
    )
