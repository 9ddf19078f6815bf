"""Shifts from a calendar in iCalendar form (RFC 5545): text in, shifts out. What may be asked of it is bounded
(`ics_bounds`); whoever is meant is found by `ics_names`.

Times: those with a zone of their own, by IANA or Windows name or by a VTIMEZONE of the file; those without one on the
clocks of X-WR-TIMEZONE, else of the rota; whole days from midnight to midnight there. Events that are cancelled count for
nothing.
"""

from __future__ import annotations

import datetime as dt
import threading
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Component
from icalendar.timezone import tzp
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from hotline.oncall.calendar_shifts import CalendarShift
from hotline.oncall.ics_bounds import Broken, BrokenCalendar, checked
from hotline.oncall.ics_names import Names
from hotline.oncall.walltime import instant

MOST_OCCURRENCES = 5_000
MOST_STEPS = 200_000
_DAYS_A_STEP = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}
_TIMES = ("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE")
_NEEDED = {*_TIMES, "DURATION", "RRULE", "STATUS"}
_EARLIEST = dt.date(1970, 1, 1)
# The library keeps the zones that files define for the whole process; each file is read with none kept.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name in an event that begins at `start` and fits nobody, or more than one, on the staff."""

    start: dt.datetime
    name: str


@dataclass(frozen=True, slots=True)
class CalendarRead:
    """What a calendar says from `since` to `until`. `zones`: the names of the zones that its times are told in."""

    shifts: tuple[CalendarShift, ...]
    unknown: tuple[Unknown, ...]
    zones: frozenset[str]


def read_calendar(
    data: bytes, people: Mapping[str, str], zone: ZoneInfo, since: dt.datetime, until: dt.datetime
) -> CalendarRead:
    """The shifts of a calendar that touch `since` to `until` (aware). `people`: the names of all staff by id. `zone` is the
    rota's. Raises `BrokenCalendar` rather than reading half of it."""
    text = checked(data)
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a zone's long name that the library shortens
        tzp.use_default()
        try:
            return _read(text, Names(people), zone, since, until)
        except BrokenCalendar:
            raise
        except Exception as unreadable:  # whatever a stranger's text makes of two libraries
            raise BrokenCalendar(Broken.UNREADABLE) from unreadable
        finally:
            tzp.use_default()


def _read(text: str, names: Names, zone: ZoneInfo, since: dt.datetime, until: dt.datetime) -> CalendarRead:
    calendar = Calendar.from_ical(text)
    zones = set()
    if (named := str(calendar.get("X-WR-TIMEZONE", "")).strip()) != "":
        zone = _zone_called(named)
        calendar["X-WR-TIMEZONE"] = zone.key
        zones.add(zone.key)
    steps = 0
    for event in calendar.walk("VEVENT"):
        zones |= _checked_zones(event)
        steps += _bounded(event, until)
        if steps > MOST_STEPS:
            raise BrokenCalendar(Broken.TOO_MANY)
    shifts, unknown = [], []
    for number, event in enumerate(recurring_ical_events.of(calendar).between(since, until)):
        if number >= MOST_OCCURRENCES:
            raise BrokenCalendar(Broken.TOO_MANY)
        start, end = _instant(_date(event, "DTSTART"), zone), _instant(_date(event, "DTEND"), zone)
        if end <= start or str(event.get("STATUS", "")).upper() == "CANCELLED":
            continue
        found = names.find(str(event.get("SUMMARY", "")))
        unknown += [Unknown(start, name) for name in found.unknown]
        if found.people:
            shifts.append(CalendarShift(start, end, found.people))
    shifts.sort(key=lambda one: (one.start, one.end, one.people))
    unknown.sort(key=lambda one: (one.start, one.name))
    return CalendarRead(tuple(shifts), tuple(unknown), frozenset(zones))


def _zone_called(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(WINDOWS_TO_OLSON.get(name, name))
    except (KeyError, ValueError, OSError):
        raise BrokenCalendar(Broken.ZONE) from None


def _checked_zones(event: Component) -> set[str]:
    """The zones that its times name. A zone that nobody knows would be read as some other time: the file is refused."""
    if any(name.upper() in _NEEDED for name, _ in event.errors if name):
        raise BrokenCalendar(Broken.UNREADABLE)
    if "DTSTART" not in event:
        raise BrokenCalendar(Broken.UNREADABLE)
    zones = set()
    for value in _values(event):
        zone = str(value.params.get("TZID", ""))
        if not zone:
            continue
        zones.add(zone)
        if any(isinstance(one, dt.datetime) and one.tzinfo is None for one in _dates(value)):
            raise BrokenCalendar(Broken.ZONE)
    return zones


def _values(event: Component) -> Iterator[Any]:
    for name in _TIMES:
        yield from _all(event, name)


def _all(event: Component, name: str) -> list[Any]:
    """The values of a property that may stand once, often or never."""
    value: Any = event.get(name)
    return value if isinstance(value, list) else [value] if value is not None else []


def _dates(value: Any) -> Iterator[object]:
    for one in getattr(value, "dts", [value]):
        yield from one.dt if isinstance(one.dt, tuple) else (one.dt,)


def _date(event: Component, name: str) -> dt.date:
    value: Any = event[name]
    found = value.dt
    if not isinstance(found, dt.date):
        raise BrokenCalendar(Broken.UNREADABLE)
    return found


def _bounded(event: Component, until: dt.datetime) -> int:
    """Let its rules end where we stop looking; how many steps its expansion takes."""
    steps = 0
    for rule in _all(event, "RRULE"):
        first = _date(event, "DTSTART")
        day = first.date() if isinstance(first, dt.datetime) else first
        if day < _EARLIEST:
            raise BrokenCalendar(Broken.TOO_MANY)
        if "COUNT" not in rule:
            rule["UNTIL"] = [_sooner(rule.get("UNTIL", []), _last(first, until))]
        stride = _DAYS_A_STEP[str(rule["FREQ"][0]).upper()] * int(rule.get("INTERVAL", [1])[0])
        steps += max(0, (until.date() - day).days) // stride + 1
    return steps


def _last(first: dt.date, until: dt.datetime) -> dt.date:
    """`until`, a day later, as the kind of date that the rule's UNTIL must be beside a start like `first`."""
    late = until.astimezone(dt.UTC) + dt.timedelta(days=1)
    if not isinstance(first, dt.datetime):
        return late.date()
    return late if first.tzinfo else late.replace(tzinfo=None)


def _sooner(given: list[dt.date], last: dt.date) -> dt.date:
    """The earlier of a rule's own UNTIL, as it stands there, and ours."""
    if given and _day(given[0]) <= _day(last):
        return given[0]
    return last


def _day(value: dt.date) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value


def _instant(at: dt.date, zone: ZoneInfo) -> dt.datetime:
    """An instant of a calendar: a whole day begins at midnight; a wall time that the clocks jump over is the first instant
    behind the jump, as everywhere in the rota."""
    if not isinstance(at, dt.datetime):
        return instant(at, dt.time(0, 0), zone)
    own = at.tzinfo or zone
    if isinstance(own, ZoneInfo):
        return instant(at.date(), at.time(), own)
    return at.astimezone(dt.UTC)
