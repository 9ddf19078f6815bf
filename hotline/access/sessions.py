"""Sessions of staff: only the hash of an id is kept; they end when idle, in any case after some hours, and at log-out.

Who is idle is asked again, unless a call is in hand; what they sent meanwhile is not lost (`hotline.staff.kept`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from hotline.access.audit import Act, note
from hotline.access.tables import Staff, StaffSession
from hotline.deployment import Timings
from hotline.now import Ids

# What somebody does is written down at most this often; a write for every page would only wear the disk.
_STEP = timedelta(seconds=30)


class Stage(StrEnum):
    """How far a log-in has come. Only `IN` opens anything."""

    SECOND = "second"  # the password was right; the second factor is still to be given
    ENROL = "enrol"  # a first password was chosen; the second factor is still to be added
    FORM = "form"  # the confidentiality form is still to be accepted
    IN = "in"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who holds a session: `csrf` must come with every form, `language` is the own one of the person. Logged in is only who
    has come to the stage `IN`."""

    staff_id: str
    name_sealed: bytes
    role: str
    language: str
    csrf: str
    session: bytes
    begun_at: datetime
    active_at: datetime
    stage: Stage

    def ends_at(self, timings: Timings) -> datetime:
        """When the session runs out if nothing more is done in it."""
        return min(
            self.active_at + timedelta(minutes=timings.session_idle_minutes),
            self.begun_at + timedelta(hours=timings.session_hours),
        )


def hash_token(token: str) -> bytes:
    """What is kept of a session id or of a one-time link (they are random: no salt is needed)."""
    return hashlib.sha256(token.encode()).digest()


def begin(tx: Session, ids: Ids, staff_id: str, now: datetime, stage: Stage) -> str:
    """A new session that has come so far; gives its id, which is nowhere kept."""
    token = ids.token()
    tx.add(
        StaffSession(
            id_hash=hash_token(token), staff_id=staff_id, csrf=ids.token(), begun_at=now, active_at=now,
            stage=stage,
        )
    )  # fmt: skip
    tx.flush()
    return token


def advance(tx: Session, session: bytes, stage: Stage) -> None:
    """The log-in has come a step further."""
    tx.execute(update(StaffSession).where(StaffSession.id_hash == session).values(stage=stage))


def let_in(tx: Session, ids: Ids, visitor: Visitor, now: datetime) -> None:
    """The last step of the log-in is done."""
    advance(tx, visitor.session, Stage.IN)
    note(tx, ids, Act.LOGIN, now, by=visitor.staff_id)


def nothing_in_hand(tx: Session, staff_id: str, now: datetime) -> bool:
    """For who cannot be in a call."""
    return False


def visitor_of(
    tx: Session,
    timings: Timings,
    token: str,
    now: datetime,
    in_hand: Callable[[Session, str, datetime], bool] = nothing_in_hand,
) -> Visitor | None:
    """Who holds this session id; None when the session ended, was idle too long, or its owner is not active any more.
    Who has something in hand (a call) at this moment is not idle."""
    found = holder_of(tx, token)
    if found is None or now - found.begun_at >= timedelta(hours=timings.session_hours):
        return None
    idle = now - found.active_at >= timedelta(minutes=timings.session_idle_minutes)
    return None if idle and not in_hand(tx, found.staff_id, now) else found


def holder_of(tx: Session, token: str) -> Visitor | None:
    """Whose session id this is, run out or not; None when the session was ended, or its owner is not active any more."""
    session = tx.get(StaffSession, hash_token(token))
    if session is None or session.ended_at is not None:
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
        session.begun_at,
        session.active_at,
        Stage(session.stage),
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


def end_others(tx: Session, visitor: Visitor, now: datetime) -> None:
    """Every session of this person but this one is over."""
    tx.execute(
        update(StaffSession)
        .where(
            StaffSession.staff_id == visitor.staff_id,
            StaffSession.id_hash != visitor.session,
            StaffSession.ended_at.is_(None),
        )
        .values(ended_at=now)
    )


def open_sessions(tx: Session, timings: Timings, staff_id: str, now: datetime) -> tuple[StaffSession, ...]:
    """The sessions of a person that still open something, newest act first."""
    return tuple(
        tx.scalars(
            select(StaffSession)
            .where(
                StaffSession.staff_id == staff_id,
                StaffSession.ended_at.is_(None),
                StaffSession.stage == Stage.IN,
                StaffSession.active_at > now - timedelta(minutes=timings.session_idle_minutes),
                StaffSession.begun_at > now - timedelta(hours=timings.session_hours),
            )
            .order_by(StaffSession.active_at.desc(), StaffSession.begun_at.desc())
        )
    )
