"""What is looked at before a calendar is read at all: a feed is somebody else's text, and a rule of repetition can ask for
millions of dates, or for one that never comes.

The text is looked through line by line; nothing here expands anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum

MOST_BYTES = 1_000_000
MOST_EVENTS = 2_000
MOST_COUNT = 1_000

_FOLD = re.compile(r"\r?\n[ \t]")
_RULE = re.compile(r"(?:RRULE|EXRULE)(?:;[^:]*)?:(.*)", re.IGNORECASE)
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
# One value at most: three of these with sixty values each are 216,000 dates a day.
_SINGLE = ("BYHOUR", "BYMINUTE", "BYSECOND")
# With these a rule may never come true, and one that ends by COUNT is then looked for until the year 9999.
_RARE = ("BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS")
_DAY = re.compile(r"[+-]?[1-5]?(MO|TU|WE|TH|FR|SA|SU)")


class Broken(StrEnum):
    """Why a calendar cannot be used. A code: what stood in it is told to nobody."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NO_CALENDAR = "no_calendar"
    CUT = "cut"
    UNREADABLE = "unreadable"
    ZONE = "zone"
    TOO_MANY = "too_many"


class BrokenCalendar(ValueError):
    """The text is no calendar that may decide who is on call."""

    def __init__(self, why: Broken) -> None:
        super().__init__(why.value)
        self.why = why


def checked(data: bytes) -> str:
    """The text of a calendar that is whole and asks for no more than it may. Raises `BrokenCalendar`."""
    if len(data) > MOST_BYTES:
        raise BrokenCalendar(Broken.TOO_LARGE)
    try:
        text = data.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise BrokenCalendar(Broken.UNREADABLE) from None
    if not text:
        raise BrokenCalendar(Broken.EMPTY)
    if not text[:15].upper() == "BEGIN:VCALENDAR":
        raise BrokenCalendar(Broken.NO_CALENDAR)
    _look_through(text)
    return text


def _look_through(text: str) -> None:
    """Every component that begins ends, in order, the calendar last; every rule is a small one."""
    within: list[str] = []
    events = 0
    ended = False
    for line in _lines(text):
        if ended:
            raise BrokenCalendar(Broken.UNREADABLE)
        upper = line.upper().strip()
        if upper.startswith("BEGIN:"):
            within.append(upper[6:].strip())
            events += within[-1] == "VEVENT"
        elif upper.startswith("END:"):
            if not within or within.pop() != upper[4:].strip():
                raise BrokenCalendar(Broken.CUT)
            ended = not within
        elif (rule := _RULE.fullmatch(line.strip())) and not _small(rule[1], "VTIMEZONE" in within):
            raise BrokenCalendar(Broken.TOO_MANY)
    if within:
        raise BrokenCalendar(Broken.CUT)
    if events > MOST_EVENTS:
        raise BrokenCalendar(Broken.TOO_MANY)


def _lines(text: str) -> Iterator[str]:
    yield from (line for line in _FOLD.sub("", text).splitlines() if line.strip())


def _small(rule: str, of_a_zone: bool) -> bool:
    """Whether expanding the rule costs little, whenever it begins."""
    parts = dict(_parts(rule))
    if parts.get("FREQ") not in (("YEARLY",) if of_a_zone else _FREQUENCIES):
        return False
    if any("," in parts.get(name, "") for name in _SINGLE):
        return False
    if not re.fullmatch(r"[1-9]\d{0,3}", parts.get("INTERVAL", "1")):
        return False
    return "COUNT" not in parts or _ends(parts)


def _ends(parts: Mapping[str, str]) -> bool:
    """Whether a rule with COUNT comes to its end soon."""
    count, days = parts["COUNT"], parts.get("BYDAY", "")
    if not re.fullmatch(r"\d{1,4}", count) or int(count) > MOST_COUNT or any(name in parts for name in _RARE):
        return False
    return not days or all(_DAY.fullmatch(day.strip()) for day in days.split(","))


def _parts(rule: str) -> Iterator[tuple[str, str]]:
    for part in rule.upper().split(";"):
        name, _, value = part.partition("=")
        yield name.strip(), value.strip()
