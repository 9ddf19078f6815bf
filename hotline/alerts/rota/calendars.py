"""Calendars as they are kept: the one whose shifts are the plan, and one that waits for a person's yes.

Only ids and times are read here; the text of a calendar and the names in it are the worker's to open.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from hotline.alerts.alone import rota_alone
from hotline.alerts.rota.tables import (
    CalendarState,
    QuestionKind,
    QuestionState,
    RotaCalendar,
    RotaFeed,
    RotaQuestion,
    RotaShift,
)
from hotline.oncall import CalendarShift
from hotline.oncall.ics import CalendarRead, Unknown
from hotline.threads.kit import Kit
from hotline.vault.sealing import House

# How much of a calendar is worked out. Each look at the feed, good or not, works it out anew once a day, so that the window
# goes on with the time; a worker that is away for months is told of by the gap at its end.
BEHIND, AHEAD = timedelta(days=2), timedelta(days=100)


def the_calendar(tx: Session, state: CalendarState) -> RotaCalendar | None:
    """The calendar that counts (GOOD), or the one that waits (WAITING)."""
    return tx.scalar(select(RotaCalendar).where(RotaCalendar.state == state).limit(1))


def the_feed(tx: Session) -> RotaFeed | None:
    """The feed that is on."""
    return tx.scalar(select(RotaFeed).where(RotaFeed.off_at.is_(None)).limit(1))


def calendar_shifts(tx: Session) -> tuple[CalendarShift, ...] | None:
    """The shifts of the calendar that counts; None when there is none."""
    good = the_calendar(tx, CalendarState.GOOD)
    return None if good is None else shifts_of(tx, good.id)


def shifts_of(tx: Session, calendar_id: str) -> tuple[CalendarShift, ...]:
    """The shifts of a calendar, in order."""
    columns = (RotaShift.number, RotaShift.start, RotaShift.end, RotaShift.staff_id)
    rows = tx.execute(
        select(*columns)
        .where(RotaShift.calendar_id == calendar_id)
        .order_by(RotaShift.number, RotaShift.position)
    )
    found: dict[int, CalendarShift] = {}
    for number, start, end, staff_id in rows:
        before = found.get(number)
        people = (*before.people, staff_id) if before else (staff_id,)
        found[number] = CalendarShift(start, end, people)
    return tuple(found.values())


def keep(
    tx: Session,
    kit: Kit,
    house: House,
    data: bytes,
    read: CalendarRead,
    now: datetime,
    *,
    state: CalendarState,
    feed_id: str | None,
) -> RotaCalendar:
    """Keep a copy of a calendar in that state, in place of the one that was in it."""
    row = the_calendar(tx, state)
    if row is not None and row.feed_id != feed_id:
        retire(tx, row, now)
        row = None
    if row is None:
        row = RotaCalendar(id=kit.ids.new(), feed_id=feed_id, state=state, set_at=now, unknown=0)
        row.unknown_told = False
        tx.add(row)
    row.text_sealed = kit.sealer.seal_for_worker(row.id, data)
    row.zones = ",".join(sorted(read.zones))[:400]
    row.read_at = now
    _keep_unknown(house, row, read.unknown)
    tx.flush()
    keep_shifts(tx, row.id, read.shifts)
    return row


def keep_shifts(tx: Session, calendar_id: str, shifts: Iterable[CalendarShift]) -> None:
    """Write the shifts of a calendar anew, where they are others than before."""
    shifts = tuple(shifts)
    if shifts and shifts_of(tx, calendar_id) == shifts:
        return
    tx.execute(delete(RotaShift).where(RotaShift.calendar_id == calendar_id))
    for number, shift in enumerate(shifts):
        for position, staff_id in enumerate(shift.people):
            tx.add(
                RotaShift(
                    calendar_id=calendar_id,
                    number=number,
                    position=position,
                    start=shift.start,
                    end=shift.end,
                    staff_id=staff_id,
                )
            )
    tx.flush()


def _keep_unknown(house: House, row: RotaCalendar, unknown: Iterable[Unknown]) -> None:
    """The names that fit nobody, each with the first time it stands there. Others than before are told anew."""
    first: dict[str, str] = {}
    for one in unknown:
        first.setdefault(one.name, one.start.isoformat())
    if {*first} - {*unknown_names(house, row)}:
        row.unknown_told = False
    row.unknown = len(first)
    row.unknown_sealed = house.seal(row.id, json.dumps(first, ensure_ascii=False)) if first else None


def unknown_names(house: House, row: RotaCalendar) -> dict[str, datetime]:
    """The names of a calendar that fit nobody on the staff, or several: since when."""
    if row.unknown_sealed is None:
        return {}
    told: dict[str, str] = json.loads(house.open(row.id, row.unknown_sealed))
    return {name: datetime.fromisoformat(at) for name, at in told.items()}


def retire(tx: Session, row: RotaCalendar, now: datetime) -> None:
    """A calendar that counts no more: its words and shifts go, and the question that was asked about it is over."""
    row.state, row.text_sealed, row.unknown_sealed = CalendarState.OVER, b"", None
    tx.execute(delete(RotaShift).where(RotaShift.calendar_id == row.id))
    tx.execute(
        update(RotaQuestion)
        .where(RotaQuestion.calendar_id == row.id, RotaQuestion.state == QuestionState.OPEN)
        .values(state=QuestionState.OVER, answered_at=now)
    )
    tx.flush()


def accept(tx: Session, now: datetime) -> bool:
    """A person says yes to the calendar that waits; False when none does."""
    rota_alone(tx)
    waiting = the_calendar(tx, CalendarState.WAITING)
    if waiting is None:
        return False
    if (good := the_calendar(tx, CalendarState.GOOD)) is not None:
        retire(tx, good, now)
    waiting.state, waiting.set_at = CalendarState.GOOD, now
    if waiting.feed_id is None:
        end_feed(tx, now)
    tx.flush()
    return True


def end_feed(tx: Session, now: datetime) -> bool:
    """The feed is read no more, what it gave stays; whether there was one."""
    feed = the_feed(tx)
    if feed is None:
        return False
    feed.off_at, feed.url_sealed = now, b""
    tx.flush()
    return True


def turn_off(tx: Session, now: datetime) -> bool:
    """No calendar and no feed any more; whether there was any. The rotation counts again."""
    rota_alone(tx)
    rows = tx.scalars(select(RotaCalendar).where(RotaCalendar.state != CalendarState.OVER)).all()
    for row in rows:
        retire(tx, row, now)
    return end_feed(tx, now) or bool(rows)


def add_feed(tx: Session, kit: Kit, url: str, now: datetime) -> RotaFeed:
    """Read a calendar at `url` (a secret) from now on; another feed ends. What counts stays until the first copy is there."""
    rota_alone(tx)
    end_feed(tx, now)
    waiting = the_calendar(tx, CalendarState.WAITING)
    if waiting is not None:
        retire(tx, waiting, now)
    feed_id = kit.ids.new()
    feed = RotaFeed(
        id=feed_id,
        url_sealed=kit.sealer.seal_for_worker(feed_id, url.encode()),
        added_at=now,
        next_at=now,
        error="",
        stale_told=False,
    )
    tx.add(feed)
    tx.flush()
    return feed


def waits_for_yes(tx: Session) -> RotaCalendar | None:
    """The calendar that waits and that nobody was asked about yet."""
    asked = select(RotaQuestion.calendar_id).where(RotaQuestion.kind == QuestionKind.CALENDAR)
    return tx.scalar(
        select(RotaCalendar)
        .where(
            RotaCalendar.state == CalendarState.WAITING,
            RotaCalendar.id.not_in(asked.where(RotaQuestion.calendar_id.is_not(None))),
        )
        .limit(1)
    )
