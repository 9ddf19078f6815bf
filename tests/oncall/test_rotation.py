"""Nobody is without a shift for a second, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise, product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline.oncall import Kind, Rota, Rotation, instant, shifts, who_is_on_call

# Where clocks jump at midnight, by half an hour, during Ramadan, or never.
ZONES = [
    "Africa/Cairo", "Asia/Beirut", "America/Havana", "America/Santiago", "America/Asuncion", "Australia/Lord_Howe",
    "Africa/Casablanca", "America/St_Lucia", "America/New_York", "America/Chicago", "America/Los_Angeles",
    "America/St_Johns", "America/Sao_Paulo", "America/Scoresbysund", "Atlantic/Azores", "Europe/London", "Europe/Paris",
    "Europe/Dublin", "Europe/Kyiv", "Europe/Chisinau", "Africa/El_Aaiun", "Asia/Jerusalem", "Asia/Gaza", "Asia/Tehran",
    "Asia/Kathmandu", "Australia/Sydney", "Australia/Adelaide", "Pacific/Auckland", "Pacific/Chatham",
    "Pacific/Easter", "Pacific/Apia", "Antarctica/Troll", "America/Port-au-Prince", "UTC",
]  # fmt: skip
FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2033, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HANDOVERS = [time(0, 0), time(0, 30), time(2, 15), time(2, 30), time(8, 0)]


@cache
def changes(zone_name: str) -> tuple[datetime, ...]:
    """Every instant from 2024 to 2032 at which the zone's offset changes."""
    zone = ZoneInfo(zone_name)
    found = []
    at = FIRST
    while at < LAST:
        after = at + timedelta(days=7)
        if at.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            low, high = at, after
            while high - low > SECOND:
                middle = low + timedelta(seconds=(high - low) // SECOND // 2)
                if middle.astimezone(zone).utcoffset() == at.astimezone(zone).utcoffset():
                    low = middle
                else:
                    high = middle
            found.append(high)
        at = after
    return tuple(found)


def test_the_zones_do_change_their_clocks() -> None:
    assert sum(len(changes(zone)) for zone in ZONES) > 400
    assert changes("America/St_Lucia") == ()


@pytest.mark.parametrize("zone", ZONES)
def test_shifts_meet_without_gap_or_overlap_at_every_change_of_clocks(zone: str) -> None:
    for handover, change in product(HANDOVERS, changes(zone)):
        rotation = Rotation(("a", "b", "c"), handover, 0, zone, date(2024, 1, 1), Kind.DAILY)
        number = rotation.shift_at(change - timedelta(days=2))
        for shift in range(number, number + 5):
            start, end = rotation.begins(shift), rotation.begins(shift + 1)
            assert start < end
            assert rotation.shift_at(start) == rotation.shift_at(end - SECOND) == shift
            assert rotation.order_at(end - SECOND)[1] == rotation.order_at(end)[0]


@pytest.mark.parametrize("zone", ZONES)
def test_weekly_shifts_that_hand_over_on_the_day_of_the_change_meet_to_the_second(zone: str) -> None:
    clock = ZoneInfo(zone)
    for handover, change in product(HANDOVERS, changes(zone)):
        weekday = change.astimezone(clock).weekday()
        for day in (weekday, (weekday - 1) % 7):  # a jump at midnight belongs to the evening before too
            rota = Rota(Rotation(("a", "b", "c"), handover, day, zone, date(2024, 1, 1), Kind.WEEKLY))
            since, until = change - timedelta(days=8), change + timedelta(days=8)
            seen = shifts(rota, since, until)
            assert (seen[0].start, seen[-1].end) == (since, until)
            assert all(one.end == two.start for one, two in pairwise(seen))
            for edge in seen[1:]:
                before, after = who_is_on_call(rota, edge.start - SECOND), who_is_on_call(rota, edge.start)
                assert before[1] == after[0]
                wall = edge.start.astimezone(clock)
                assert wall.weekday() == day
                assert wall.time() == handover or edge.start == change


@pytest.mark.parametrize("zone", ZONES)
def test_handover_is_at_the_wall_time_or_the_first_instant_after_a_gap(zone: str) -> None:
    clock = ZoneInfo(zone)
    for handover, change in product(HANDOVERS, changes(zone)):
        for days in (-1, 0, 1):
            day = change.astimezone(clock).date() + timedelta(days=days)
            at = instant(day, handover, clock)
            wall = at.astimezone(clock)
            if wall.time() == handover and wall.date() == day:
                continue
            before = (at - SECOND).astimezone(clock).replace(tzinfo=None)
            assert at == change  # the clocks jumped over it, so it is the first instant after the jump
            assert before < datetime.combine(day, handover) < wall.replace(tzinfo=None)


def test_a_missing_midnight_hands_over_when_the_clocks_have_jumped() -> None:
    # Cairo, 26 April 2024: after 23:59:59 comes 01:00.
    assert instant(date(2024, 4, 26), time(0, 0), ZoneInfo("Africa/Cairo")) == datetime(
        2024, 4, 25, 22, 0, tzinfo=UTC
    )


def test_a_wall_time_that_comes_twice_hands_over_the_first_time() -> None:
    at = instant(date(2026, 10, 25), time(2, 30), ZoneInfo("Europe/Paris"))
    assert at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_eight_in_the_morning_is_eight_in_the_morning_all_year_in_cairo() -> None:
    rotation = Rotation(("a", "b"), time(8, 0), 4, "Africa/Cairo", date(2024, 1, 1))
    for number in range(150):
        wall = rotation.begins(number).astimezone(ZoneInfo("Africa/Cairo"))
        assert (wall.weekday(), wall.time()) == (4, time(8, 0))


def test_a_weekly_rotation_changes_on_its_day() -> None:
    rotation = Rotation(("a", "b", "c"), time(8, 0), 0, "America/St_Lucia", date(2026, 11, 16))
    assert rotation.order_at(datetime(2026, 11, 16, 12, 0, tzinfo=UTC)) == ("a", "b", "c")
    assert rotation.order_at(datetime(2026, 11, 23, 11, 59, 59, tzinfo=UTC)) == ("a", "b", "c")
    assert rotation.order_at(datetime(2026, 11, 23, 12, 0, tzinfo=UTC)) == ("b", "c", "a")
    assert rotation.order_at(datetime(2026, 12, 7, 12, 0, tzinfo=UTC)) == ("a", "b", "c")


def test_before_its_first_week_it_runs_on_backwards() -> None:
    rotation = Rotation(("a", "b", "c"), time(8, 0), 0, "America/St_Lucia", date(2026, 11, 16))
    assert rotation.order_at(datetime(2026, 11, 9, 12, 0, tzinfo=UTC)) == ("c", "a", "b")


def test_nobody_stands_in_the_order_twice() -> None:
    rotation = Rotation(("a", "b", "a", "c"), time(8, 0), 0, "UTC", date(2026, 11, 16))
    assert rotation.order_at(datetime(2026, 11, 17, tzinfo=UTC)) == ("a", "b", "c")


def test_a_rotation_of_nobody_has_nobody() -> None:
    assert Rotation((), time(8, 0), 0, "UTC", date(2026, 11, 16)).order_at(FIRST) == ()


@settings(max_examples=150, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    handover=st.times(),
    weekday=st.integers(0, 6),
    kind=st.sampled_from(Kind),
    seconds=st.integers(0, int((LAST - FIRST).total_seconds())),
)
def test_every_instant_lies_in_exactly_its_shift(
    zone: str, handover: time, weekday: int, kind: Kind, seconds: int
) -> None:
    rotation = Rotation(("a", "b"), handover.replace(microsecond=0), weekday, zone, date(2026, 11, 16), kind)
    at = FIRST + timedelta(seconds=seconds)
    number = rotation.shift_at(at)
    assert rotation.begins(number) <= at < rotation.begins(number + 1)
