"""`join 4821`: a phone is registered in a training, in one message or asked step by step.

    join 4821                                   Your name?
    An Officer                                  Your post?
    Constable                                   You are registered. ...
    join 4821 An Officer; Constable; Police     You are registered. ...

The intake cannot seal names for the house: what was told is in flight until the worker makes the officer of it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from hotline.access.people import NUMBER
from hotline.access.tables import Joining, Officer, TrainingSession
from hotline.access.training import MOST_TRIES, count_trained, count_wrong, session_of, wrong_tries
from hotline.conversation.officer_words import Joins
from hotline.intake.desk import Desk
from hotline.threads import outbox
from hotline.threads.tables import Contact

_LONGEST = 80
_STEPS = ("name", "post", "agency")


@dataclass(frozen=True, slots=True)
class Joined:
    """What is said; None for silence."""

    text: str | None


def join(
    tx: Session,
    desk: Desk,
    number: str,
    contact: Contact,
    officer: Officer | None,
    word: Joins,
    now: datetime,
) -> Joined:
    """A code was sent."""
    index = desk.kit.sealer.index(number, NUMBER)
    locale = _locale(desk, contact, officer)
    if wrong_tries(tx, index, now) >= MOST_TRIES:
        return Joined(None)
    session = session_of(tx, desk.kit.sealer, word.code, now)
    if session is None:
        count_wrong(tx, desk.kit.ids, index, now)
        return Joined(desk.kit.book.say("join.wrong", locale))
    if officer is not None and not word.told:
        count_trained(tx, desk.kit.ids, session, officer, now)
        return Joined(desk.kit.book.say("officer.trained", locale))
    tx.execute(delete(Joining).where(Joining.number_index == index))
    joining = Joining(
        id=desk.kit.ids.new(),
        number_index=index,
        contact_id=contact.id,
        session_id=session.id,
        told_sealed=b"",
        language=locale,
        complete=False,
        at=now,
    )
    told = dict(zip(_STEPS, _parts(word.told), strict=False)) if word.told else {}
    return _go_on(tx, desk, joining, session, told, now)


def answer(tx: Session, desk: Desk, number: str, text: str, now: datetime) -> Joined | None:
    """The answer to what was asked last; None when nothing is asked of this phone."""
    joining = tx.scalar(
        select(Joining).where(
            Joining.number_index == desk.kit.sealer.index(number, NUMBER), Joining.complete.is_(False)
        )
    )
    silence = timedelta(minutes=desk.settings.deployment.timings.silence_minutes)
    if joining is None or now - joining.at > silence:
        return None
    session = tx.get(TrainingSession, joining.session_id)
    if session is None:
        return None
    kept = desk.kit.sealer.flying(joining.id, joining.told_sealed)
    if kept is None:
        return None
    told: dict[str, str] = json.loads(kept)
    missing = _missing(told, session)
    if missing is not None:
        told[missing] = text.strip()[:_LONGEST]
    return _go_on(tx, desk, joining, session, told, now)


def _go_on(
    tx: Session, desk: Desk, joining: Joining, session: TrainingSession, told: dict[str, str], now: datetime
) -> Joined:
    told = {step: words for step, words in told.items() if any(ch.isalpha() for ch in words)}
    missing = _missing(told, session)
    joining.at, joining.complete = now, missing is None
    joining.told_sealed = desk.kit.sealer.seal_flight(joining.id, json.dumps(told).encode())
    tx.add(joining)
    tx.flush()
    if missing is not None:
        return Joined(desk.kit.book.say(f"join.{missing}", joining.language))
    outbox.order(
        tx, desk.kit.ids, outbox.DeedKind.REGISTER, f"register:{joining.id}", {"joining": joining.id}, now
    )
    return Joined(desk.kit.book.say("officer.joined", joining.language))


def _missing(told: dict[str, str], session: TrainingSession) -> str | None:
    return next(
        (step for step in _STEPS if step not in told and not (step == "agency" and session.agency)), None
    )


def _parts(told: str) -> list[str]:
    sign = next((sign for sign in ("\n", ";", ",") if sign in told), "\n")
    return [re.sub(r"\s+", " ", part).strip()[:_LONGEST] for part in told.split(sign)]


def _locale(desk: Desk, contact: Contact, officer: Officer | None) -> str:
    if officer is not None:
        return officer.language
    return contact.language or desk.settings.deployment.languages[0]
