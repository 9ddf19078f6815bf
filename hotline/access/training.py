"""Trainings: a code of four digits, good while the session lasts, registers the phones of those who are there.

A phone that guesses is not answered after three wrong codes within an hour; a right one is then not taken either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hotline.access.tables import JoinTry, Officer, Training, TrainingSession
from hotline.db import lock_name
from hotline.now import Ids
from hotline.vault.sealing import Sealer

MOST_TRIES = 3
WINDOW = timedelta(hours=1)
CODE = "training"
_DRAWS = 50


@dataclass(frozen=True, slots=True)
class Trained:
    """How many phones were registered or counted in one session."""

    begins_at: datetime
    place: str
    agency: str
    people: int


def open_session(
    tx: Session,
    sealer: Sealer,
    ids: Ids,
    now: datetime,
    *,
    lasts: timedelta,
    agency: str = "",
    place: str = "",
) -> str:
    """A new session from now on; gives its code, which is kept nowhere but as a keyed hash. Raises ValueError when no
    code is free."""
    lock_name(tx, "training")
    for _ in range(_DRAWS):
        code = ids.page_code()
        if session_of(tx, sealer, code, now) is None:
            tx.add(
                TrainingSession(
                    id=ids.new(),
                    code_index=sealer.index(code, CODE),
                    agency=agency,
                    place=place,
                    begins_at=now,
                    ends_at=now + lasts,
                )
            )
            tx.flush()
            return code
    raise ValueError("no code is free: too many sessions at once")


def session_of(tx: Session, sealer: Sealer, code: str, now: datetime) -> TrainingSession | None:
    """The session whose code this is, while it lasts."""
    return tx.scalar(
        select(TrainingSession).where(
            TrainingSession.code_index == sealer.index(code, CODE),
            TrainingSession.begins_at <= now,
            TrainingSession.ends_at > now,
        )
    )


def wrong_tries(tx: Session, number_index: bytes, now: datetime) -> int:
    """How many wrong codes the phone sent within the hour."""
    recent = (JoinTry.number_index == number_index, JoinTry.at > now - WINDOW)
    return tx.scalar(select(func.count()).select_from(JoinTry).where(*recent)) or 0


def count_wrong(tx: Session, ids: Ids, number_index: bytes, now: datetime) -> None:
    """Remember a wrong code."""
    tx.add(JoinTry(id=ids.new(), number_index=number_index, at=now))
    tx.flush()


def count_trained(tx: Session, ids: Ids, session: TrainingSession, officer: Officer, now: datetime) -> None:
    """The officer was there; once per session. Being trained also confirms that somebody is in post."""
    officer.confirmed_at, officer.asked_at = now, None
    known = select(Training.id).where(Training.session_id == session.id, Training.officer_id == officer.id)
    if tx.scalar(known) is None:
        tx.add(
            Training(
                id=ids.new(), session_id=session.id, officer_id=officer.id, agency=officer.agency, at=now
            )
        )
    tx.flush()


def trainings(tx: Session) -> tuple[Trained, ...]:
    """Every session, the newest first, with how many of which agency were trained; a session nobody joined too."""
    rows = tx.execute(
        select(
            TrainingSession.begins_at,
            TrainingSession.place,
            func.coalesce(Training.agency, TrainingSession.agency),
            func.count(Training.id),
        )
        .outerjoin(Training, Training.session_id == TrainingSession.id)
        .group_by(
            TrainingSession.id,
            TrainingSession.begins_at,
            TrainingSession.place,
            func.coalesce(Training.agency, TrainingSession.agency),
        )
        .order_by(TrainingSession.begins_at.desc(), TrainingSession.id)
    )
    return tuple(Trained(*row) for row in rows)
