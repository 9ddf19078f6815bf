"""A day, a month or a year, and the time between two of them: dates as precise as they were told."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

EARLIEST_YEAR = 1900
LATEST_YEAR = 2100


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A year, a month of it, or a day: `month` and `day` are 0 where they were not told."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def first(self) -> date:
        """The first day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        """YYYY, YYYY-MM or YYYY-MM-DD."""
        if not self.month:
            return f"{self.year:04}"
        return f"{self.year:04}-{self.month:02}" + (f"-{self.day:02}" if self.day else "")


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """From `start` to `end`, both included."""

    start: Moment
    end: Moment


def moment(year: int, month: int = 0, day: int = 0) -> Moment | None:
    """The moment, or None where the calendar has none (31 February, a year before 1900)."""
    if not EARLIEST_YEAR <= year <= LATEST_YEAR or not 0 <= month <= 12 or day < 0:
        return None
    if day and (not month or day > calendar.monthrange(year, month)[1]):
        return None
    return Moment(year, month, day)


def of_day(day: date) -> Moment:
    """The moment that is exactly `day`."""
    return Moment(day.year, day.month, day.day)


def of_days(start: date, end: date) -> Range:
    """The range of two days."""
    return Range(of_day(start), of_day(end))


def single(at: Moment) -> Range:
    """The range that is one moment."""
    return Range(at, at)


def months_before(day: date, months: int) -> Moment | None:
    """The month `months` before that of `day`, without its day."""
    count = day.year * 12 + day.month - 1 - months
    return moment(count // 12, count % 12 + 1)


def back(day: date, number: int, unit: str) -> Moment | None:
    """`number` units before `day`, as precise as the unit: days and weeks give a day, months a month, years a year."""
    if number > 3650:
        return None
    if unit in ("day", "night"):
        return of_day(day - timedelta(days=number))
    if unit == "week":
        return of_day(day - timedelta(weeks=number))
    if unit == "month":
        return months_before(day, number)
    return moment(day.year - number)


def span(day: date, unit: str, offset: int) -> Range | None:
    """This week, weekend, month or year (offset 0), the one before (-1), the next (1). A week begins on Monday."""
    if unit == "year":
        year = moment(day.year + offset)
        return single(year) if year else None
    if unit == "month":
        month = months_before(day, -offset)
        return single(month) if month else None
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=offset)
    return (
        of_days(monday + timedelta(days=5), monday + timedelta(days=6))
        if unit == "weekend"
        else of_days(monday, monday + timedelta(days=6))
    )
