"""Writing the audit: one line beside an act, one row of the chain, in the transaction of the act.

    note(tx, ids, Act.THREAD_READ, now, by=visitor().staff_id, about=thread_id)

The row is written when the transaction commits, as its last words: whoever writes is alone with the chain for those
words only, and holding it waits for nothing else, so that two acts cannot wait for one another. Rolled back, nothing
was noted. A savepoint that ends takes or loses its own notes with it.
"""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session, SessionTransaction

from hotline.access.audit_acts import Act
from hotline.access.audit_chain import BEGINNING, Link, hashed
from hotline.access.audit_tables import AuditRow
from hotline.db import is_read_only, lock_name
from hotline.now import Ids

__all__ = ["NOBODY", "Act", "as_code", "note", "noted_since"]

NOBODY = "nobody"  # whoever tried to log in: not known to be anybody
_WAITING = "audit rows that wait for the commit"
_LOCK = "audit"

_ID = r"[a-z2-7]{16}"
_CODE = r"[a-z][a-z0-9_.-]{0,39}"
_BY = re.compile(rf"{_ID}|{NOBODY}|(?:command|job):[a-z][a-z0-9_. -]{{0,40}}")
_ABOUT = re.compile(rf"(?:{_ID}|{_CODE})?")
# Codes with commas between, each with a value where it needs one: `role=leader`, `fields=age,sex`, `rows=12`.
_VALUE = rf"(?:{_CODE}|[0-9]{{1,6}})"
_DETAIL = re.compile(rf"(?:{_CODE}(?:={_VALUE})?(?:,(?:{_CODE}(?:={_VALUE})?|{_VALUE}))*)?")
_LONGEST = 200
_NUMBER = re.compile(r"[0-9]{7}")  # as long as a phone number: no code of ours is


def note(
    tx: Session, ids: Ids, act: Act, now: datetime, *, by: str, about: str = "", detail: str = ""
) -> None:
    """Write that `by` did `act`, in the transaction of `tx`.

    `by`: a staff id, `command:<name>`, `job:<name>`, or NOBODY; `about`: the id of what was acted on, or a code;
    `detail`: codes only, with commas (`age,immigration_status`, `role=leader`). ValueError for what could be content;
    RuntimeError where `tx` cannot write, for the row would be lost.
    """
    if is_read_only(tx):
        raise RuntimeError("an act is noted where it can be written: in hotline.db.write")
    if not _BY.fullmatch(by):
        raise ValueError("by: a staff id, command:<name> or job:<name>")
    if not _ABOUT.fullmatch(about) or (_NUMBER.search(about) and not re.fullmatch(_ID, about)):
        raise ValueError("about: an id or a code")
    if len(detail) > _LONGEST or not _DETAIL.fullmatch(detail) or _NUMBER.search(detail):
        raise ValueError("detail: codes only, at most 200 characters")
    if now.tzinfo is None:
        raise ValueError("an act happens at an aware instant")
    entry = Link(0, now, act.value, by, about, detail, ids.new())
    if tx.in_nested_transaction():
        _append(tx, [entry])
    else:
        tx.info.setdefault(_WAITING, []).append(entry)


def as_code(code: str) -> str:
    """A code that a task force chose (an outcome, a reason), as a detail may bear it: `Safe now!` gives `safe_now_`."""
    plain = re.sub(r"[^a-z0-9_.-]", "_", code.lower())
    return _NUMBER.sub("n", re.sub(r"^[^a-z]+", "", plain))[:40]


def noted_since(tx: Session, act: Act, since: datetime, *, by: str, about: str) -> bool:
    """Whether that was noted already at `since` or later: for a page that looks again by itself."""
    found = select(AuditRow.seq).where(
        AuditRow.about == about, AuditRow.by == by, AuditRow.act == act.value, AuditRow.at >= since
    )
    return tx.scalar(found.limit(1)) is not None


def _append(tx: Session, entries: list[Link]) -> None:
    """Chain `entries` to the newest row. Nobody else reads or writes the head until the transaction ends."""
    lock_name(tx, _LOCK)
    newest = tx.execute(select(AuditRow.seq, AuditRow.hash).order_by(AuditRow.seq.desc()).limit(1)).first()
    seq, head = (newest.seq, newest.hash) if newest else (0, BEGINNING)
    rows = []
    for entry in entries:
        seq += 1
        link = Link(seq, entry.at, entry.act, entry.by, entry.about, entry.detail, entry.salt)
        head = hashed(head, link)
        rows.append(
            {
                "seq": seq,
                "at": link.at,
                "act": link.act,
                "by": link.by,
                "about": link.about,
                "detail": link.detail,
                "salt": link.salt,
                "hash": head,
            }
        )
    tx.execute(insert(AuditRow), rows)


@event.listens_for(Session, "before_commit")
def _write_waiting(tx: Session) -> None:
    if tx.in_nested_transaction() or not (waiting := tx.info.pop(_WAITING, None)):
        return
    tx.flush()  # the last thing that may wait for others comes before we are alone with the chain
    _append(tx, waiting)


@event.listens_for(Session, "after_soft_rollback")
def _forget_waiting(tx: Session, ended: SessionTransaction) -> None:
    if ended.parent is None:
        tx.info.pop(_WAITING, None)
