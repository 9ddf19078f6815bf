"""Hours as people write them."""

from __future__ import annotations

from datetime import datetime

import pytest

from hotline.oncall.hours import NoHours, read_hours

SATURDAY_NOON = datetime.fromisoformat("2026-03-07T12:00")


def never(_local: datetime) -> bool:
    return False


def always(_local: datetime) -> bool:
    return True


def at(day: int, clock: str) -> datetime:
    """A wall time in the week that begins on Monday, 2 March 2026."""
    return datetime.fromisoformat(f"2026-03-{2 + day:02}T{clock}")


def test_nothing_is_always_and_office_is_the_offices() -> None:
    assert read_hours("").open_at(SATURDAY_NOON, never)
    assert read_hours("office").open_at(SATURDAY_NOON, always)
    assert not read_hours("office").open_at(SATURDAY_NOON, never)


def test_the_end_is_not_in_it_any_more() -> None:
    hours = read_hours("mon-fri 08:00-16:30")
    assert hours.open_at(at(0, "08:00"), never)
    assert hours.open_at(at(4, "16:29"), never)
    assert not hours.open_at(at(4, "16:30"), never)
    assert not hours.open_at(at(5, "09:00"), never)


def test_a_night_belongs_to_the_day_on_which_it_begins() -> None:
    hours = read_hours("fri 20:00-06:00")
    assert hours.open_at(at(4, "23:00"), never)
    assert hours.open_at(at(5, "05:59"), never)
    assert not hours.open_at(at(4, "05:00"), never)
    assert not hours.open_at(at(5, "21:00"), never)


def test_several_spans_and_days_round_the_week() -> None:
    hours = read_hours("sat-mon 9:00-11:00; wed,thu 14:00-15:00")
    assert [day for day in range(7) if hours.open_at(at(day, "10:00"), never)] == [0, 5, 6]
    assert [day for day in range(7) if hours.open_at(at(day, "14:30"), never)] == [2, 3]


@pytest.mark.parametrize(
    "said", ["sometimes", "mon 8-16", "mon 25:00-26:00", "xyz 08:00-09:00", "mon 08:00-08:00"]
)
def test_what_no_clock_shows_is_told(said: str) -> None:
    with pytest.raises(NoHours):
        read_hours(said)
