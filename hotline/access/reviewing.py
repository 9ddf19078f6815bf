"""Who has access: every account with its role, last use and second factors, to be looked through and signed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hotline.access.login_tables import AccessReview, SecondFactor
from hotline.access.tables import Staff, StaffSession
from hotline.now import Ids

UNUSED_DAYS = 90


@dataclass(frozen=True, slots=True)
class Account:
    """One account. `used_at` is the last act in a session; None when the person never logged in. `unused` says that it was
    not used for 90 days, counted from the day when it was added where it never was."""

    staff_id: str
    name_sealed: bytes
    role: str
    added_at: datetime
    has_password: bool
    used_at: datetime | None
    factors: tuple[str, ...]
    unused: bool


def accounts(tx: Session, now: datetime) -> tuple[Account, ...]:
    """Every active account, in the order in which they were added."""
    last = select(StaffSession.staff_id, func.max(StaffSession.active_at)).group_by(StaffSession.staff_id)
    used: dict[str, datetime] = {row[0]: row[1] for row in tx.execute(last)}
    kinds: dict[str, set[str]] = {}
    for staff_id, kind in tx.execute(select(SecondFactor.staff_id, SecondFactor.kind)):
        kinds.setdefault(staff_id, set()).add(kind)
    long_ago = now - timedelta(days=UNUSED_DAYS)
    return tuple(
        Account(
            staff.id,
            staff.name_sealed,
            staff.role,
            staff.added_at,
            staff.password_hash is not None,
            used.get(staff.id),
            tuple(sorted(kinds.get(staff.id, ()))),
            used.get(staff.id, staff.added_at) <= long_ago,
        )
        for staff in tx.scalars(select(Staff).where(Staff.active).order_by(Staff.added_at, Staff.id))
    )


def unused_accounts(tx: Session, now: datetime) -> int:
    """How many accounts that can log in were not used for 90 days."""
    return sum(account.unused and account.has_password for account in accounts(tx, now))


def hash_of_list(listed: tuple[Account, ...]) -> bytes:
    """What a signature stands under: who, with which role and second factors. Last uses change by the minute and are not in it."""
    rows = [[account.staff_id, account.role, account.has_password, *account.factors] for account in listed]
    return hashlib.sha256(json.dumps(rows).encode()).digest()


def sign(tx: Session, ids: Ids, staff_id: str, seen: bytes, now: datetime) -> bool:
    """This person looked through the list and signs it; False when it has changed since it was shown."""
    if hash_of_list(accounts(tx, now)) != seen:
        return False
    tx.add(AccessReview(id=ids.new(), by_staff_id=staff_id, signed_at=now, seen_hash=seen))
    tx.flush()
    return True


def reviews(tx: Session, most: int = 12) -> tuple[AccessReview, ...]:
    """Who signed when, newest first."""
    newest = select(AccessReview).order_by(AccessReview.signed_at.desc(), AccessReview.id.desc())
    return tuple(tx.scalars(newest.limit(most)))
