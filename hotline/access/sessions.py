"""Sessions of staff: only the hash of an id is kept; they end when idle, in any case after some hours, and at log-out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from hotline.access.tables import Staff, StaffSession
from hotline.deployment import Timings
from hotline.now import Ids

# What somebody does is written down at most this often; a write for every page would only wear the disk.
_STEP = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is logged in: `csrf` must come with every form, `language` is the own one of the person."""

    staff_id: str
    name_sealed: bytes
    role: str
    language: str
    csrf: str
    session: bytes
    active_at: datetime


def hash_token(token: str) -> bytes:
    """What is kept of a session id or of a one-time link (they are random: no salt is needed)."""
    return hashlib.sha256(token.encode()).digest()


def begin(tx: Session, ids: Ids, staff_id: str, now: datetime) -> str:
    """A new session; gives its id, which is nowhere kept."""
    token = ids.token()
    tx.add(
        StaffSession(
            id_hash=hash_token(token), staff_id=staff_id, csrf=ids.token(), begun_at=now, active_at=now
        )
    )
    tx.flush()
    return token


def visitor_of(tx: Session, timings: Timings, token: str, now: datetime) -> Visitor | None:
    """Who holds this session id; None when the session ended, was idle too long, or its owner is not active any more."""
    session = tx.get(StaffSession, hash_token(token))
    if session is None or session.ended_at is not None:
        return None
    if now - session.active_at >= timedelta(minutes=timings.session_idle_minutes):
        return None
    if now - session.begun_at >= timedelta(hours=timings.session_hours):
        return None
    staff = tx.get(Staff, session.staff_id)
    if staff is None or not staff.active:
        return None
    return Visitor(
        staff.id,
        staff.name_sealed,
        staff.role,
        staff.languages.split(",")[0].strip() or "en",
        session.csrf,
        session.id_hash,
        session.active_at,
    )


def needs_touch(visitor: Visitor, now: datetime) -> bool:
    """Whether this act has to be written down."""
    return now - visitor.active_at >= _STEP


def touch(tx: Session, visitor: Visitor, now: datetime) -> None:
    """The person did something: idle time counts from now."""
    tx.execute(update(StaffSession).where(StaffSession.id_hash == visitor.session).values(active_at=now))


def end(tx: Session, session: bytes, now: datetime) -> None:
    """The session is over; a second time changes nothing."""
    tx.execute(
        update(StaffSession)
        .where(StaffSession.id_hash == session, StaffSession.ended_at.is_(None))
        .values(ended_at=now)
    )


def end_all(tx: Session, staff_id: str, now: datetime) -> None:
    """Every session of a person is over (a new password, a person who left)."""
    tx.execute(
        update(StaffSession)
        .where(StaffSession.staff_id == staff_id, StaffSession.ended_at.is_(None))
        .values(ended_at=now)
    )
