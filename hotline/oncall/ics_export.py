"""One person's calendar, in iCalendar form, for the phone or the wall: when they are first on call, and when second."""

from __future__ import annotations

from datetime import UTC, datetime

from icalendar import Calendar, Event

from hotline.oncall.rota import Rota, shifts

PRODUCT = "-//hotline//rota//EN"


def person_calendar(
    rota: Rota, person: str, since: datetime, until: datetime, now: datetime, *, first: str, second: str
) -> bytes:
    """The shifts of `person` (an id) from `since` to `until` as a calendar; `first` and `second` are the titles of the events.

    The same forecast that pages. Times are in UTC, so that no reader's zones matter. A calendar without any event is
    still one.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for start, end, place in _spans(rota, person, since, until):
        event = Event()
        event.add("uid", f"{start:%Y%m%dT%H%M%SZ}-{place}-{person}@hotline")
        event.add("dtstamp", now.astimezone(UTC))
        event.add("dtstart", start.astimezone(UTC))
        event.add("dtend", end.astimezone(UTC))
        event.add("summary", first if place == 0 else second)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _spans(rota: Rota, person: str, since: datetime, until: datetime) -> list[tuple[datetime, datetime, int]]:
    """From, to, and whether first (0) or second (1), in one piece for as long as it is the same."""
    found: list[tuple[datetime, datetime, int]] = []
    for shift in shifts(rota, since, until):
        if person not in shift.people:
            continue
        place = shift.people.index(person)
        start = shift.start
        if found and found[-1][1:] == (start, place):
            start = found.pop()[0]
        found.append((start, shift.end, place))
    return found
