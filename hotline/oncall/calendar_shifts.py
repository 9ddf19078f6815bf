"""Shifts as they stand in a calendar, and who comes first where several meet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CalendarShift:
    """`people` (ids, the first first) from `start` (in it) to `end` (not in it), both aware."""

    start: datetime
    end: datetime
    people: tuple[str, ...]

    def covers(self, at: datetime) -> bool:
        return self.start <= at < self.end


def order_on_calendar(shifts: Iterable[CalendarShift], at: datetime) -> tuple[str, ...]:
    """All who stand in the calendar at `at`, nobody twice.

    Where events meet, the one that began last comes first: who comes to take over, or a short one laid over a long one.
    Of those that began together the shorter comes first, then the order of the ids, so that the answer never wavers.
    """
    met = sorted((one for one in shifts if one.covers(at)), key=_rank)
    return tuple(dict.fromkeys(person for one in met for person in one.people))


def _rank(shift: CalendarShift) -> tuple[float, float, tuple[str, ...]]:
    return -shift.start.timestamp(), shift.end.timestamp(), shift.people
