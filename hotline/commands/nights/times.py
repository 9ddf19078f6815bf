"""When something happens in a night: "+90 s", "+5 min", "+00:10:30" after its start, or "02:15" on the clocks of the
country (the next time they show it)."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

_UNITS = {"s": 1, "min": 60, "h": 3600}
_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*(s|min|h)")
_COLONS = re.compile(r"(\d{1,3}):(\d{2}):(\d{2})")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")


class NoTime(ValueError):
    """A time that cannot be read; the text says how to write it."""


def span(said: object) -> timedelta:
    """ "90 s", "5 min", "2 h", "00:01:30", or a bare number of seconds. Raises NoTime."""
    text = str(said).strip()
    if found := _SPAN.fullmatch(text):
        return timedelta(seconds=float(found[1]) * _UNITS[found[2]])
    if found := _COLONS.fullmatch(text):
        hours, minutes, seconds = map(int, found.groups())
        return timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return timedelta(seconds=float(text))
    raise NoTime(f'\'{text}\' is no length of time: write "90 s", "5 min", "2 h" or "00:01:30"')


def instant(said: object, starts: datetime, zone: ZoneInfo) -> datetime:
    """The instant (UTC) of a time in a night that starts at `starts`. Raises NoTime."""
    if not isinstance(said, str):
        raise NoTime('write a time in quotes: "+90 s", "+00:10:30" or "02:15"')
    text = said.strip()
    if text.startswith("+"):
        return starts + span(text[1:])
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise NoTime(f'\'{text}\' is no time: write "+90 s", "+00:10:30" or "02:15"')
    try:
        wall = time(int(found[1]), int(found[2]), int(found[3] or 0))
    except ValueError:
        raise NoTime(f"'{text}' is no time of day") from None
    here = starts.astimezone(zone)
    day = here.date() if wall >= here.time().replace(microsecond=0) else here.date() + timedelta(days=1)
    return datetime.combine(day, wall, zone).astimezone(starts.tzinfo)


def start(said: object, zone: ZoneInfo) -> datetime:
    """When the night starts: a date and a time on the clocks of the country, as in 2026-03-07 01:10. Raises NoTime."""
    try:
        told = datetime.fromisoformat(str(said).strip())
    except ValueError:
        raise NoTime(f"'{said}' is no start: write 2026-03-07 01:10") from None
    return told.replace(tzinfo=told.tzinfo or zone)
