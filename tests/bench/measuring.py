"""How a figure is measured and printed: the lowest, middle and highest rate of several runs."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

RUNS = 7


@dataclass(frozen=True, slots=True)
class Rates:
    """A second of one core does so many, in the slowest, the middle and the fastest run."""

    lowest: float
    middle: float
    highest: float


def rates(work: Callable[[int], int], runs: int = RUNS) -> Rates:
    """`work` is given the number of the run, so that no two runs bring the same texts, and tells how much it did. Time is
    that of the processor: what else the machine does is not counted."""
    found = []
    for run in range(runs):
        begun = time.process_time()
        count = work(run)
        found.append(count / (time.process_time() - begun))
    return Rates(min(found), statistics.median(found), max(found))


def head(title: str) -> None:
    print(f"\n{title:<58} {'lowest':>9} {'middle':>9} {'highest':>9}")


def say(what: str, found: Rates, unit: str) -> None:
    print(f"{what:<58} {found.lowest:>9,.0f} {found.middle:>9,.0f} {found.highest:>9,.0f}  {unit}")


def say_share(what: str, stage: Rates, whole: Rates) -> None:
    """What a stage takes of the time of the whole, both in the middle run."""
    microseconds = 1e6 / stage.middle
    print(f"    {what:<54} {microseconds:>9.1f} us {100 * whole.middle / stage.middle:>7.0f} %")


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of the values do not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]
