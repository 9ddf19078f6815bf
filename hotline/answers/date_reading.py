"""What a date expression can mean: ranges, likeliest first, or none and why."""

from __future__ import annotations

from dataclasses import dataclass

from hotline.answers.moment import Moment, Range, single
from hotline.answers.result import Why


@dataclass(frozen=True, slots=True)
class Reading:
    """The ranges an expression can mean, likeliest first, or none and why; `why` beside ranges asks for a choice."""

    ranges: tuple[Range, ...] = ()
    why: Why | None = None


NONE = Reading((), Why.NOT_A_DATE)


def exactly(found: Moment | Range | None) -> Reading:
    """The one meaning; None is a date that the calendar does not have."""
    if found is None:
        return Reading((), Why.IMPOSSIBLE_DATE)
    return Reading((found if isinstance(found, Range) else single(found),))
