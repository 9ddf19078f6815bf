"""Gaps: times without anybody on call who can be reached."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hotline.oncall.rota import Rota, shifts, who_is_on_call


class Why(StrEnum):
    """What is wrong with the time."""

    NOBODY = "nobody"
    UNREACHABLE = "unreachable"
    """Only people without a verified phone, or who sent STOP."""


@dataclass(frozen=True, slots=True)
class Gap:
    """From `start` to `end` (not in it); `people` are those who cannot be reached, () for nobody at all."""

    start: datetime
    end: datetime
    why: Why
    people: tuple[str, ...] = ()


def gaps(rota: Rota, since: datetime, until: datetime, reachable: Collection[str]) -> tuple[Gap, ...]:
    """The gaps from `since` to `until`, from the same forecast that is shown. `reachable`: the ids of all who have a
    verified phone that is not stopped. A first one without a phone is no gap while the second has one: the page goes there.
    """
    found: list[Gap] = []
    for shift in shifts(rota, since, until):
        if any(person in reachable for person in shift.people):
            continue
        why = Why.UNREACHABLE if shift.people else Why.NOBODY
        before = found[-1] if found else None
        if before and before.end == shift.start and before.why is why:
            people = tuple(dict.fromkeys((*before.people, *shift.people)))
            found[-1] = Gap(before.start, shift.end, why, people)
        else:
            found.append(Gap(shift.start, shift.end, why, shift.people))
    return tuple(found)


def loses_cover(
    old: Rota, new: Rota, since: datetime, until: datetime, reachable: Collection[str]
) -> datetime | None:
    """The first instant from `since` to `until` at which `new` has nobody who can be reached where `old` has somebody; None
    when there is none."""
    edges = {shift.start for shift in (*shifts(old, since, until), *shifts(new, since, until))}
    for edge in sorted(edges):
        had, has = (any(person in reachable for person in who_is_on_call(rota, edge)) for rota in (old, new))
        if had and not has:
            return edge
    return None
