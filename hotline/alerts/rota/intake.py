"""A new copy of a calendar: it counts at once, or waits for a person's yes when it takes cover away (field rule: never accept
a feed that removes cover by itself)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from hotline.access.people import names
from hotline.access.tables import Staff
from hotline.alerts.alone import rota_alone
from hotline.alerts.phones import everyone
from hotline.alerts.rota.calendars import (
    AHEAD,
    BEHIND,
    end_feed,
    keep,
    keep_shifts,
    retire,
    shifts_of,
    the_calendar,
)
from hotline.alerts.rota.stored import stored_rota
from hotline.alerts.rota.tables import CalendarState, RotaCalendar
from hotline.oncall import Rota, loses_cover, shifts
from hotline.oncall.ics import CalendarRead, read_calendar
from hotline.threads.kit import Kit
from hotline.vault.sealing import House, WorkerReader

ANEW = timedelta(hours=20)  # after so long the shifts of a copy are worked out further


class Lacks(StrEnum):
    """Why a copy waits."""

    COVER = "cover"
    ZONE = "zone"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a copy: `lacks` None when it counts now; `first` is the first instant without cover."""

    read: CalendarRead
    lacks: Lacks | None = None
    first: datetime | None = None


def active_names(tx: Session, house: House) -> dict[str, str]:
    """The names of all active staff by id."""
    known = names(tx, house)
    return {
        staff_id: name for staff_id, name in known.items() if (row := tx.get(Staff, staff_id)) and row.active
    }


def read_copy(kit: Kit, people: Mapping[str, str], data: bytes, now: datetime) -> CalendarRead:
    """Read a calendar; `people` are the names of the staff by id. It may take a second: outside of any transaction. Raises
    `BrokenCalendar`."""
    zone = ZoneInfo(kit.settings.deployment.rota.time_zone)
    return read_calendar(data, people, zone, now - BEHIND, now + AHEAD)


def take_copy(
    tx: Session,
    kit: Kit,
    house: House,
    data: bytes,
    read: CalendarRead,
    now: datetime,
    *,
    feed_id: str | None,
) -> Taken:
    """Let a copy count, or wait; a file that counts ends the feed. A copy that waits already with the same shifts waits on, and nobody is asked again."""
    rota_alone(tx)
    stands = stored_rota(tx)
    until = now + timedelta(days=kit.settings.deployment.rota.gap_days)
    new = replace(stands, calendar=read.shifts)
    first = loses_cover(stands, new, now, until, everyone(tx))
    lacks = Lacks.COVER if first else None
    good = the_calendar(tx, CalendarState.GOOD)
    if (
        lacks is None
        and _other_zone(good, read, feed_id)
        and shifts(stands, now, until) != shifts(new, now, until)
    ):
        lacks = Lacks.ZONE
    waiting = the_calendar(tx, CalendarState.WAITING)
    if lacks is None:
        if waiting is not None and (feed_id is None or waiting.feed_id == feed_id):
            retire(tx, waiting, now)
        if feed_id is None:
            end_feed(tx, now)
        keep(tx, kit, house, data, read, now, state=CalendarState.GOOD, feed_id=feed_id)
        return Taken(read)
    if waiting is not None and not _same(tx, stands, waiting, new, now, until):
        retire(tx, waiting, now)
    keep(tx, kit, house, data, read, now, state=CalendarState.WAITING, feed_id=feed_id)
    return Taken(read, lacks, first)


def _other_zone(good: RotaCalendar | None, read: CalendarRead, feed_id: str | None) -> bool:
    """Whether a feed tells its times in other zones than its last good copy did."""
    if good is None or feed_id is None or good.feed_id != feed_id:
        return False
    return bool(set(filter(None, good.zones.split(","))) - read.zones)


def _same(
    tx: Session, stands: Rota, waiting: RotaCalendar, new: Rota, now: datetime, until: datetime
) -> bool:
    there = replace(stands, calendar=shifts_of(tx, waiting.id))
    return shifts(there, now, until) == shifts(new, now, until)


@dataclass(frozen=True, slots=True)
class OldCopy:
    """The copy that counts, to be worked out further."""

    calendar_id: str
    data: bytes


def old_copy(tx: Session, reader: WorkerReader, now: datetime) -> OldCopy | None:
    """The copy that counts, once a day, so that it does not run out under a broken feed; None while there is time."""
    good = the_calendar(tx, CalendarState.GOOD)
    if good is None or now - good.read_at < ANEW:
        return None
    return OldCopy(good.id, reader.open_own(good.id, good.text_sealed))


def go_on(tx: Session, old: OldCopy, read: CalendarRead, now: datetime) -> None:
    """Keep what was worked out further, unless another copy counts by now."""
    good = the_calendar(tx, CalendarState.GOOD)
    if good is not None and good.id == old.calendar_id and now - good.read_at >= ANEW:
        keep_shifts(tx, good.id, read.shifts)
        good.read_at = now
