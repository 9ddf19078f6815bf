"""A turn: one person first on call, from when they come to when they go, whoever is second meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.oncall.rota import Rota, shifts


@dataclass(frozen=True, slots=True)
class Turn:
    """`person` is first on call from `start` to `end` (not in it). A turn cut by the end of the look is as long as was looked."""

    start: datetime
    end: datetime
    person: str


def turns(rota: Rota, since: datetime, until: datetime) -> tuple[Turn, ...]:
    """The turns from `since` to `until` in order; where nobody is on call there is none."""
    found: list[Turn] = []
    for shift in shifts(rota, since, until):
        if not shift.people:
            continue
        last = found[-1] if found else None
        if last and last.end == shift.start and last.person == shift.people[0]:
            found[-1] = Turn(last.start, shift.end, last.person)
        else:
            found.append(Turn(shift.start, shift.end, shift.people[0]))
    return tuple(found)


def coming_turn(rota: Rota, person: str, now: datetime, ahead: timedelta) -> Turn | None:
    """The next turn of `person` that has not begun at `now`, within `ahead`; None when there is none. Its end is whole:
    the look goes on behind it."""
    # A minute earlier: a turn that begins at `now` itself has begun.
    for turn in turns(rota, now - timedelta(minutes=1), now + 2 * ahead):
        if turn.person == person and now < turn.start <= now + ahead:
            return turn
    return None
