"""How a row of the audit is hashed, and how a row is chained to the one before it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

BEGINNING = bytes(32)  # what stands before row 1
_WHAT = b"hotline audit 1"  # no hash of anything else is one of these


@dataclass(frozen=True, slots=True)
class Link:
    """All that is hashed of one row. `at` is aware; the salt keeps a hash that went out from confirming a guess."""

    seq: int
    at: datetime
    act: str
    by: str
    about: str
    detail: str
    salt: str


def hashed(before: bytes, link: Link) -> bytes:
    """The 32 bytes of SHA-256 over the hash before and the row.

    Each part goes in with its length in front, so that no two rows are the same bytes: about "ab", detail "c" and
    about "a", detail "bc" differ.
    """
    parts = (
        _WHAT,
        before,
        link.seq.to_bytes(8),
        link.at.astimezone(UTC).isoformat(timespec="microseconds").encode(),
        link.act.encode(),
        link.by.encode(),
        link.about.encode(),
        link.detail.encode(),
        link.salt.encode(),
    )
    return hashlib.sha256(b"".join(len(part).to_bytes(4) + part for part in parts)).digest()
