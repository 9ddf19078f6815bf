"""Median and 95th percentile."""

from datetime import timedelta

import pytest

from hotline.statistics.spread import spread


@pytest.mark.parametrize(
    ("seconds", "middle", "slow"),
    [([7], 7, 7), ([9, 1], 5, 9), ([3, 1, 2], 2, 3), (range(1, 21), 10.5, 19), (range(1, 101), 50.5, 95)],
)
def test_the_middle_and_the_slow_end(seconds: list[int], middle: float, slow: int) -> None:
    found = spread(timedelta(seconds=one) for one in seconds)
    assert (found.count, found.median, found.percentile_95) == (
        len(seconds),
        timedelta(seconds=middle),
        timedelta(seconds=slow),
    )


def test_of_nothing_there_is_nothing() -> None:
    assert spread([]).median is None
    assert spread([]).percentile_95 is None
