"""Revealing what is hidden in a thread: for a reason, some fields with a second person's yes, for half an hour.

    12:00  asked, granted at once         used at each look        12:30  hidden again: expired
    12:00  asked, a second yes wanted     12:10 granted or refused (by the Leader; a stand-in where there is none)

Each of these leaves a row (`RevealEvent`). The second factor is looked at before (`hotline.staff.step_up`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.audit import Act, as_code, note
from hotline.access.reveal_tables import RevealEvent, RevealRow
from hotline.access.tables import Staff
from hotline.db import lock_row
from hotline.deployment_access import Access
from hotline.now import Ids

BY_PHONE = "by_phone"
OPEN_FOR = timedelta(hours=24)
"""A wish that nobody answered is over after this."""


class Became(StrEnum):
    """What happened to a reveal."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    USED = "used"
    EXPIRED = "expired"


def ask(
    tx: Session,
    ids: Ids,
    access: Access,
    thread_id: str,
    staff_id: str,
    reason: str,
    now: datetime,
    *,
    second: bool = False,
) -> RevealRow:
    """Somebody wants to see what is hidden in a thread. Without a second person it is granted at once. Raises ValueError
    for a reason that is not listed. The same wish twice is one, while it is open or shown."""
    if reason not in access.reveal_reasons:
        raise ValueError(f"'{reason}' is no reason")
    for row in of_thread(tx, thread_id, staff_id, now):
        if row.second == second:
            return row
    row = RevealRow(
        id=ids.new(), thread_id=thread_id, staff_id=staff_id, reason=reason, second=second,
        asked_at=now, expires_at=now + OPEN_FOR,
    )  # fmt: skip
    tx.add(row)
    tx.flush()
    _note(tx, ids, row, Became.ASKED, staff_id, now)
    if not second:
        _grant(tx, ids, access, row, None, now)
    return row


def heard_by_phone(tx: Session, ids: Ids, thread_id: str, staff_id: str, now: datetime) -> None:
    """Who has taken an alert heard its case by phone after the PIN: written down like a reveal, and shown on no page."""
    row = RevealRow(
        id=ids.new(), thread_id=thread_id, staff_id=staff_id, reason=BY_PHONE,
        asked_at=now, granted_at=now, expires_at=now, over=True,
    )  # fmt: skip
    tx.add(row)
    tx.flush()
    for kind in (Became.GRANTED, Became.USED):
        _note(tx, ids, row, kind, staff_id, now)


def of_thread(tx: Session, thread_id: str, staff_id: str, now: datetime) -> Sequence[RevealRow]:
    """A person's reveals of a thread that are open or shown now."""
    return tx.scalars(
        select(RevealRow).where(
            RevealRow.thread_id == thread_id,
            RevealRow.staff_id == staff_id,
            RevealRow.refused_at.is_(None),
            RevealRow.expires_at > now,
        )
    ).all()


def shown(rows: Sequence[RevealRow], *, second: bool) -> RevealRow | None:
    """The one of these that shows something now."""
    return next((row for row in rows if row.second == second and row.granted_at is not None), None)


def waiting(tx: Session, now: datetime) -> Sequence[RevealRow]:
    """All wishes that wait for a second person's yes, the oldest first."""
    return tx.scalars(
        select(RevealRow)
        .where(
            RevealRow.second,
            RevealRow.granted_at.is_(None),
            RevealRow.refused_at.is_(None),
            RevealRow.expires_at > now,
        )
        .order_by(RevealRow.asked_at, RevealRow.id)
    ).all()


def may_answer(tx: Session, access: Access, row: RevealRow, staff_id: str, role: str, now: datetime) -> bool:
    """Whether this person may say yes or no: never who asked. A stand-in where no other of the first-named is there, or
    none has answered in time."""
    if staff_id == row.staff_id:
        return False
    if role in access.second:
        return True
    late = now - row.asked_at >= timedelta(minutes=access.stand_in_minutes)
    return role in access.second_stand_in and (late or not others_of(tx, access.second, row.staff_id))


def answer(
    tx: Session, ids: Ids, access: Access, reveal_id: str, staff_id: str, role: str, yes: bool, now: datetime
) -> bool:
    """A second person's word, once. False where it is not theirs to give, or was given or is too late."""
    row = lock_row(tx, RevealRow, reveal_id)
    if row is None or row.granted_at or row.refused_at or now >= row.expires_at:
        return False
    if not may_answer(tx, access, row, staff_id, role, now):
        return False
    if yes:
        _grant(tx, ids, access, row, staff_id, now)
    else:
        row.refused_at, row.answered_by, row.over = now, staff_id, True
        _note(tx, ids, row, Became.REFUSED, staff_id, now)
    return True


def used(tx: Session, ids: Ids, rows: Sequence[RevealRow], now: datetime) -> None:
    """What was revealed was looked at."""
    for row in rows:
        if row.granted_at is not None:
            _note(tx, ids, row, Became.USED, row.staff_id, now)


def expire(tx: Session, ids: Ids, now: datetime) -> int:
    """Write down the end of those whose time is over; how many."""
    rows = tx.scalars(select(RevealRow).where(RevealRow.over.is_(False), RevealRow.expires_at <= now)).all()
    for row in rows:
        row.over = True
        _note(tx, ids, row, Became.EXPIRED, None, row.expires_at)
    return len(rows)


def others_of(tx: Session, roles: Sequence[str], without: str) -> list[str]:
    """The ids of active staff with one of the roles but for one person, in a lasting order, the first role first."""
    found: list[str] = []
    for role in roles:
        people = select(Staff.id).where(Staff.active, Staff.role == role, Staff.id != without)
        found += tx.scalars(people.order_by(Staff.added_at, Staff.id))
    return found


def _grant(tx: Session, ids: Ids, access: Access, row: RevealRow, by: str | None, now: datetime) -> None:
    row.granted_at, row.answered_by = now, by
    row.expires_at = now + timedelta(minutes=access.reveal_minutes)
    _note(tx, ids, row, Became.GRANTED, by or row.staff_id, now)


def _note(tx: Session, ids: Ids, row: RevealRow, kind: Became, staff_id: str | None, at: datetime) -> None:
    tx.add(RevealEvent(id=ids.new(), reveal_id=row.id, kind=kind.value, staff_id=staff_id, at=at))
    tx.flush()
    if row.reason != BY_PHONE:  # a case heard by phone is noted as such
        by, detail = staff_id or "job:clock", as_code(row.reason)
        note(tx, ids, Act(f"reveal.{kind.value}"), at, by=by, about=row.thread_id, detail=detail)
