"""Median and 95th percentile of times, as the monthly report gives them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from statistics import median


@dataclass(frozen=True, slots=True)
class Spread:
    """So many times, the one in the middle, and the one that 95 of 100 are not longer than (nearest rank); None for none."""

    count: int
    median: timedelta | None
    percentile_95: timedelta | None


def spread(times: Iterable[timedelta]) -> Spread:
    """Of 20 times the 19th is the 95th percentile; of few it is the longest."""
    ordered = sorted(times)
    if not ordered:
        return Spread(0, None, None)
    middle = timedelta(seconds=median(one.total_seconds() for one in ordered))
    return Spread(len(ordered), middle, ordered[ceil(0.95 * len(ordered)) - 1])
