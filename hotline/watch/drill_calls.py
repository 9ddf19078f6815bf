"""The practice call of a drill: said three times in the person's language; key 1 says that they are there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.alerts.paging import hang_up
from hotline.alerts.phones import language_of
from hotline.alerts.tables import Alert, AlertState
from hotline.calltree.actions import Document, Gather, Hangup, Next, Prompt, Speak
from hotline.calltree.turn import CallTurn
from hotline.threads import outbox
from hotline.threads.kit import Kit
from hotline.watch.drills import answer
from hotline.watch.tables import Drill, DrillCall, DrillPerson

TREE, PRACTICE, THANKS = "drill", "practice", "thanks"
KEY = "1"
SAID = 3  # times
_UNDER_WAY = (DrillCall.ORDERED, DrillCall.RINGING, DrillCall.TALKING)


def call_wanted(tx: Session, person_id: str, now: datetime) -> DrillPerson | None:
    """Whom the worker is still to dial; None when they answered, the drill is over, or something real is open."""
    person = tx.get(DrillPerson, person_id)
    drill = tx.get(Drill, person.drill_id) if person else None
    if person is None or drill is None or person.call_state != DrillCall.ORDERED:
        return None
    return None if person.said_at or drill.ends_at <= now or _something_real(tx) else person


def dialled(tx: Session, kit: Kit, person_id: str, sid: str | None, now: datetime) -> None:
    """The carrier took the call; None: it was not dialled, and will not be. What made way meanwhile is hung up at once."""
    person = tx.get(DrillPerson, person_id)
    if person is None:
        return
    if person.call_state == DrillCall.ORDERED:
        person.call_state = DrillCall.RINGING if sid else DrillCall.MADE_WAY
    elif person.call_state == DrillCall.MADE_WAY and sid:
        hang_up(tx, kit, sid, now)
    person.call_sid = sid or person.call_sid


def drill_call(tx: Session, kit: Kit, person_id: str, turn: CallTurn, now: datetime) -> Document:
    """One turn of the call; what is played now. Only a key counts: a voicemail hears it three times, and is no answer."""
    person = tx.get(DrillPerson, person_id)
    drill = tx.get(Drill, person.drill_id) if person else None
    if person is None or drill is None or turn.ended:
        return Document((Hangup(),), turn.step + 1)
    if person.call_state in _UNDER_WAY:
        person.call_state, person.call_sid = DrillCall.TALKING, turn.call_sid
    if turn.digits[:1] == KEY and now < drill.ends_at:
        answer(tx, person, "call", now)
        return Document((Speak((_prompt(tx, kit, person, THANKS),)), Hangup()), turn.step + 1)
    if turn.step >= SAID:
        return Document((Hangup(),), turn.step + 1)
    timeout = kit.book.trees[TREE].nodes[PRACTICE].timeout
    said = Gather((_prompt(tx, kit, person, PRACTICE),), timeout)
    return Document((said, Next()), turn.step + 1)


def drill_call_ended(tx: Session, person_id: str, status: str) -> None:
    """The carrier's last word on the call."""
    person = tx.get(DrillPerson, person_id)
    if person is not None:
        person.call_status = status[:16]
        if person.call_state in _UNDER_WAY:
            person.call_state = DrillCall.ENDED


def make_way(tx: Session, kit: Kit, now: datetime) -> int:
    """End all practice calls when something real is open: their phones are needed. Gives how many."""
    calls = select(DrillPerson).where(DrillPerson.call_state.in_(_UNDER_WAY)).order_by(DrillPerson.id)
    people = tx.scalars(calls).all()
    if not people or not _something_real(tx):
        return 0
    for person in people:
        outbox.drop(tx, f"drill_ring:{person.id}", now)
        if person.call_sid:
            hang_up(tx, kit, person.call_sid, now)
        person.call_state = DrillCall.MADE_WAY
    tx.flush()
    return len(people)


def _something_real(tx: Session) -> bool:
    return tx.scalar(select(Alert.id).where(Alert.state == AlertState.OPEN).limit(1)) is not None


def _prompt(tx: Session, kit: Kit, person: DrillPerson, node: str) -> Prompt:
    locale = language_of(tx, kit, person.staff_id)
    wording = kit.book.trees[TREE].nodes[node].say
    assert wording is not None  # noqa: S101  # `hotline check` sees to it
    return Prompt(wording.key, locale, kit.book.text(wording, locale))
