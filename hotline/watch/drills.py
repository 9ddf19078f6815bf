"""A drill: everybody on the rota is paged as practice, by text and call, and it is kept who answered when.

No alert is opened and nothing escalates: one text, one call, and then it is over. What is real goes first: a drill does not
begin while an alert is open, and makes way when one opens.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from hotline.access.tables import StaffPhone
from hotline.alerts.phones import language_of, page_phone, text_line
from hotline.alerts.rota.stored import on_call, stored_rota
from hotline.alerts.staff_reply import read_reply
from hotline.alerts.staff_words import Act, staff_words
from hotline.alerts.standing import open_pages, own_alerts
from hotline.alerts.tables import Alert, AlertState
from hotline.threads import outbox
from hotline.threads.kit import Kit
from hotline.threads.outbox import DeedKind, Priority
from hotline.threads.sending import queue_text
from hotline.threads.tables import Message
from hotline.watch.tables import Drill, DrillCall, DrillPerson

AHEAD = timedelta(days=35)  # whoever has a shift in this time is on the rota
LOOK_EVERY = timedelta(hours=12)
CODE_REST = timedelta(hours=24)


class NoDrill(RuntimeError):
    """A drill cannot begin now; the text says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One person of a drill, as it stands: `after` is the time from its beginning to their key or reply, None for none;
    `text` and `call` are the carrier's last words on both ("" for none); `reachable` says whether they have a phone."""

    staff_id: str
    reachable: bool
    after: timedelta | None
    way: str
    text: str
    call: str


def begin(tx: Session, kit: Kit, now: datetime) -> str:
    """Page everybody on the rota as practice; the drill's id. Raises `NoDrill`."""
    if tx.scalar(select(Alert.id).where(Alert.state == AlertState.OPEN).limit(1)):
        raise NoDrill("an alert is open: first what is real")
    if running(tx, now) is not None:
        raise NoDrill("a drill is under way: `hotline drill --report`")
    people = rota_people(tx, kit, now)
    if not people:
        raise NoDrill("nobody is on the rota: `hotline rota set NAME ...`")
    minutes = kit.settings.deployment.watch.drill_minutes
    drill = Drill(
        id=kit.ids.new(),
        code=_free_code(tx, kit, now),
        begun_at=now,
        ends_at=now + timedelta(minutes=minutes),
    )
    tx.add(drill)
    tx.flush()
    for position, staff_id in enumerate(people):
        _page(tx, kit, drill, staff_id, position, now)
    return drill.id


def rota_people(tx: Session, kit: Kit, now: datetime) -> tuple[str, ...]:
    """The ids of who is on the rota: on call now, in the rotation, or with a shift in the next weeks."""
    found = dict.fromkeys(on_call(tx, kit, now))
    rotation = stored_rota(tx).rotation
    found |= dict.fromkeys(rotation.people if rotation else ())
    for number in range(1, AHEAD // LOOK_EVERY):
        found |= dict.fromkeys(on_call(tx, kit, now + number * LOOK_EVERY))
    return tuple(found)


def _page(tx: Session, kit: Kit, drill: Drill, staff_id: str, position: int, now: datetime) -> None:
    phone = page_phone(tx, staff_id)
    person = DrillPerson(
        id=kit.ids.new(), drill_id=drill.id, staff_id=staff_id, phone_id=phone.id if phone else None, position=position
    )  # fmt: skip
    tx.add(person)
    tx.flush()
    if phone is None:
        return
    locale = language_of(tx, kit, staff_id)
    text = kit.book.as_sent(kit.book.say("drill.text", locale, code=drill.code), locale)
    person.message_id = queue_text(
        tx, kit, text, now, line=text_line(kit), priority=Priority.NOTICE, staff_id=staff_id
    )
    person.call_state = DrillCall.ORDERED
    outbox.order(
        tx, kit.ids, DeedKind.DRILL_RING, f"drill_ring:{person.id}", {"person": person.id}, now,
        priority=Priority.NOTICE,
    )  # fmt: skip
    tx.flush()


def running(tx: Session, now: datetime) -> Drill | None:
    """The drill that is open for answers now."""
    return tx.scalar(
        select(Drill)
        .where(Drill.begun_at <= now, Drill.ends_at > now)
        .order_by(Drill.begun_at.desc())
        .limit(1)
    )


def newest(tx: Session) -> Drill | None:
    """The last drill, open or over."""
    return tx.scalar(select(Drill).order_by(Drill.begun_at.desc(), Drill.id.desc()).limit(1))


def answer(tx: Session, person: DrillPerson, way: str, now: datetime) -> None:
    """They are there. Only the first answer counts."""
    if person.said_at is None:
        person.said_at, person.way = now, way
        tx.flush()


def answer_by_text(tx: Session, kit: Kit, phone: StaffPhone, text: str, now: datetime) -> str | None:
    """A text from a staff phone that answers the drill; the thanks in their language. None when it means something else.

    What is real goes first: while a page is open for them, or an alert is theirs, only the drill's own code answers it.
    """
    drill = running(tx, now)
    if drill is None or phone.verified_at is None or phone.stopped:
        return None
    person = tx.scalar(
        select(DrillPerson).where(DrillPerson.drill_id == drill.id, DrillPerson.staff_id == phone.staff_id)
    )
    reply = read_reply(text, staff_words(kit.book.root / "locales"))
    if person is None or reply is None or reply.act is not Act.TAKE:
        return None
    if reply.codes:
        if not all(drill.code in readings for readings in reply.codes):
            return None
    elif person.said_at or open_pages(tx, phone.staff_id) or own_alerts(tx, phone.staff_id):
        return None
    answer(tx, person, "text", now)
    locale = language_of(tx, kit, phone.staff_id)
    return kit.book.as_sent(kit.book.say("drill.thanks", locale, code=drill.code), locale)


def answers(tx: Session, drill: Drill) -> tuple[Answer, ...]:
    """Everybody of a drill in the order of the rota."""
    people = tx.scalars(
        select(DrillPerson).where(DrillPerson.drill_id == drill.id).order_by(DrillPerson.position)
    ).all()
    found = []
    for person in people:
        message = tx.get(Message, person.message_id) if person.message_id else None
        found.append(
            Answer(
                person.staff_id,
                person.phone_id is not None,
                person.said_at - drill.begun_at if person.said_at else None,
                person.way,
                message.status if message else "",
                person.call_status or ("" if person.call_state == DrillCall.NONE else person.call_state),
            )
        )
    return tuple(found)


def _free_code(tx: Session, kit: Kit, now: datetime) -> str:
    """Four digits that no alert has or had within a day: an answer to practice never takes what is real."""
    alerts = select(Alert.code).where(
        or_(Alert.state != AlertState.CLOSED, Alert.closed_at > now - CODE_REST)
    )
    used = {*tx.scalars(alerts), *tx.scalars(select(Drill.code).where(Drill.begun_at > now - CODE_REST))}
    while (code := kit.ids.page_code()) in used:
        pass
    return code
