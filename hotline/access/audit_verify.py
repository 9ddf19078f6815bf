"""Going through the whole audit: does every row bear the hash that it must, is none missing, and do the heads that went out
still stand in it?

What is found: any row that was changed, removed, inserted or swapped with another, and, by the heads, a chain that was
computed anew or cut, up to the newest head. What cannot be seen: what was cut or computed anew behind the newest head.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.audit_chain import BEGINNING, Link, hashed
from hotline.access.audit_heads import Head
from hotline.access.audit_tables import AuditRow

PAGE = 2000  # rows in memory at a time
_UNREADABLE = (ValueError, TypeError, AttributeError, OverflowError)
_COLUMNS = (
    AuditRow.seq, AuditRow.at, AuditRow.act, AuditRow.by, AuditRow.about, AuditRow.detail, AuditRow.salt,
    AuditRow.hash,
)  # fmt: skip


class Why(StrEnum):
    """What is wrong at the first row that does not hold."""

    MISSING = "missing"  # no row has this number
    STRANGE = "strange"  # a number that no row can have
    CHANGED = "changed"  # this row, or its hash, is another than was written
    ANEW = "anew"  # the chain holds, but the row is another than when its head went out
    CUT = "cut"  # a head went out of a row that is not there any more
    NO_SUCH_HEAD = "no_such_head"  # no row bears the head that was noted elsewhere


@dataclass(frozen=True, slots=True)
class Broken:
    """The first row that does not hold is `seq`; where only a head shows it, the first is one of `since` to `seq`."""

    seq: int
    why: Why
    since: int = 0
    head: Head | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found: `rows` that hold from the first on, the hash of the last of them, how many heads were looked for, and
    the newest row that one of them names (0: none)."""

    rows: int
    hash: str
    heads: int
    sure: int
    broken: Broken | None


def verify(tx: Session, heads: Iterable[Head] = (), noted: str = "") -> Verdict:
    """Go through all rows of the snapshot of `tx` (`db.read`), in bounded memory, up to the first that does not hold.

    `heads` are those that went out; `noted` is a head that was noted elsewhere, in hex, whole or its beginning.
    """
    waiting = {head.seq: head for head in heads}
    looked_for, found = len(waiting), not noted
    expected, before, sure = 1, BEGINNING, 0

    def told(broken: Broken | None) -> Verdict:
        return Verdict(expected - 1, before.hex(), looked_for, sure, broken)

    for seq, row in _rows(tx):
        if seq != expected:
            return told(Broken(expected, Why.MISSING) if seq > expected else Broken(seq, Why.STRANGE))
        if row is None or _hash_of(before, row) != row.hash:
            return told(Broken(seq, Why.CHANGED))
        here = row.hash.hex()
        head = waiting.pop(seq, None)
        if head is not None and head.hash != here:
            return told(Broken(seq, Why.ANEW, sure + 1, head))
        expected, before, sure = seq + 1, row.hash, seq if head is not None else sure
        found = found or here.startswith(noted)
    if waiting:
        first = waiting[min(waiting)]
        return told(Broken(expected, Why.CUT, sure + 1, first))
    return told(None if found else Broken(expected - 1, Why.NO_SUCH_HEAD, sure + 1))


def _hash_of(before: bytes, row: Any) -> bytes:
    """The hash that the row must bear; none where its columns are not what we write."""
    try:
        return hashed(before, Link(row.seq, row.at, row.act, row.by, row.about, row.detail, row.salt))
    except _UNREADABLE:
        return b""


def _rows(tx: Session) -> Iterator[tuple[int, Any]]:
    """Number and columns of each row in their order; None for columns that cannot even be read."""
    last: int | None = None
    while True:
        try:
            page: list[tuple[int, Any]] = [
                (row.seq, row) for row in tx.execute(_after(select(*_COLUMNS), last).limit(PAGE))
            ]
        except _UNREADABLE:
            page = _one_by_one(tx, list(tx.scalars(_after(select(AuditRow.seq), last).limit(PAGE))))
        yield from page
        if len(page) < PAGE:
            return
        last = page[-1][0]


def _after(query: Any, last: int | None) -> Any:
    query = query.order_by(AuditRow.seq)
    return query if last is None else query.where(AuditRow.seq > last)


def _one_by_one(tx: Session, numbers: Iterable[int]) -> list[tuple[int, Any]]:
    found: list[tuple[int, Any]] = []
    for seq in numbers:
        try:
            found.append((seq, tx.execute(select(*_COLUMNS).where(AuditRow.seq == seq)).one()))
        except _UNREADABLE:
            found.append((seq, None))
    return found
