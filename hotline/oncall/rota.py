"""The rota: a rotation or a calendar, and the overrides over it. `who_is_on_call` pages, shows and forecasts: there is no
other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from hotline.oncall.calendar_shifts import CalendarShift, order_on_calendar
from hotline.oncall.rotation import Rotation


@dataclass(frozen=True, slots=True)
class Override:
    """`person` instead of `replaces` from `start` (in it) to `end` (not in it), both aware.

    `replaces` None: instead of whoever is first then. A person who is replaced is not second either.
    """

    start: datetime
    end: datetime
    person: str
    replaces: str | None = None

    def covers(self, at: datetime) -> bool:
        return self.start <= at < self.end


@dataclass(frozen=True, slots=True)
class Rota:
    """A rotation (None: nobody yet) and its overrides; of two that meet, the later in the tuple wins.

    `calendar`: the shifts of a calendar, which then stand instead of the rotation. Between them is nobody: a hole in the
    calendar is a gap that is told, not silently somebody else's night.
    """

    rotation: Rotation | None
    overrides: tuple[Override, ...] = ()
    calendar: tuple[CalendarShift, ...] | None = None

    def planned(self, at: datetime) -> tuple[str, ...]:
        """All in order at `at`, before any override."""
        if self.calendar is not None:
            return order_on_calendar(self.calendar, at)
        return self.rotation.order_at(at) if self.rotation else ()


@dataclass(frozen=True, slots=True)
class Shift:
    """Who is on call from `start` to `end` (not in it): first, then second."""

    start: datetime
    end: datetime
    people: tuple[str, ...]


def who_is_on_call(rota: Rota, at: datetime) -> tuple[str, ...]:
    """The first on call at `at` (aware), then the second: the next in the rotation, or the next named in the calendar; ()
    when there is nobody."""
    order = rota.planned(at)
    for override in rota.overrides:
        if override.covers(at):
            order = _replaced(order, override)
    return order[:2]


def _replaced(order: tuple[str, ...], override: Override) -> tuple[str, ...]:
    if override.replaces is None:
        return _without_repeats((override.person, *order[1:]))
    return _without_repeats(override.person if one == override.replaces else one for one in order)


def _without_repeats(people: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(people))


def shifts(rota: Rota, since: datetime, until: datetime) -> tuple[Shift, ...]:
    """Who is on call from `since` to `until`, in one piece for as long as it is the same people; without holes."""
    edges = sorted({since, until, *(edge for edge in _edges(rota, since, until) if since < edge < until)})
    found: list[Shift] = []
    for start, end in pairwise(edges):
        people = who_is_on_call(rota, start)
        if found and found[-1].people == people:
            start = found.pop().start
        found.append(Shift(start, end, people))
    return tuple(found)


def _edges(rota: Rota, since: datetime, until: datetime) -> Iterable[datetime]:
    """Every instant at which the answer may change."""
    for override in rota.overrides:
        yield from (override.start, override.end)
    if rota.calendar is not None:
        for one in rota.calendar:
            yield from (one.start, one.end)
    elif rota.rotation and rota.rotation.people:
        for number in range(rota.rotation.shift_at(since), rota.rotation.shift_at(until) + 1):
            yield rota.rotation.begins(number)
