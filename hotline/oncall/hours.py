"""Hours of a week as people write them, on the clocks of the country.

mon-fri 08:00-16:30            days and times
mon,wed 20:00-06:00            over midnight: the night that begins on that day
mon-sat 08:00-12:00; sun 09:00-11:00
office                         as `[office]` of hotline.toml, holidays too
(nothing)                      always
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OFFICE = "office"
_PART = re.compile(r"([a-z,-]+)\s+(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})")


class NoHours(ValueError):
    """Hours that cannot be read; the text says how to write them."""


@dataclass(frozen=True, slots=True)
class Span:
    """From `opens` to `closes` on each of `days` (Monday is 0); into the next day where it closes before it opens."""

    days: frozenset[int]
    opens: time
    closes: time

    def holds(self, local: datetime) -> bool:
        """Whether the wall time is in it; the end is not any more."""
        wall, day = local.time(), local.weekday()
        if self.opens < self.closes:
            return day in self.days and self.opens <= wall < self.closes
        yesterday = (local - timedelta(days=1)).weekday()
        return (day in self.days and wall >= self.opens) or (yesterday in self.days and wall < self.closes)


@dataclass(frozen=True, slots=True)
class Hours:
    """`office`: the office's own hours. Neither that nor spans: always."""

    spans: tuple[Span, ...] = ()
    office: bool = False

    def open_at(self, local: datetime, office: Callable[[datetime], bool]) -> bool:
        """Whether somebody is there at `local`, a wall time of the country; `office` tells it of the office."""
        if self.office:
            return office(local)
        return not self.spans or any(span.holds(local) for span in self.spans)


def read_hours(said: str) -> Hours:
    """The hours in words. Raises NoHours."""
    text = said.strip().casefold()
    if text in ("", "always", "24/7"):
        return Hours()
    if text == OFFICE:
        return Hours(office=True)
    return Hours(tuple(_span(part.strip()) for part in text.split(";") if part.strip()))


def _span(part: str) -> Span:
    found = _PART.fullmatch(part)
    if found is None:
        raise NoHours(
            f"'{part}' are no hours: write 'mon-fri 08:00-16:30', with ; between several, or 'office'"
        )
    try:
        opens, closes = (time.fromisoformat(clock.zfill(5)) for clock in found.groups()[1:])
    except ValueError:
        raise NoHours(f"'{part}' has a time that no clock shows") from None
    if opens == closes:
        raise NoHours(f"'{part}' ends when it begins")
    return Span(frozenset(day for days in found[1].split(",") for day in _days(days, part)), opens, closes)


def _days(said: str, part: str) -> range | tuple[int, ...]:
    first, _, last = said.partition("-")
    if first not in DAYS or (last and last not in DAYS):
        raise NoHours(f"'{part}': days are {', '.join(DAYS)}")
    begin, end = DAYS.index(first), DAYS.index(last or first)
    return range(begin, end + 1) if begin <= end else (*range(begin, 7), *range(end + 1))
