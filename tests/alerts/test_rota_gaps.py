"""The coordinator learns of gaps in time, of each once, and can still sleep."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from hotline.access.tables import Role, StaffPhone
from hotline.alerts.rota.gaps import coming_gaps
from hotline.alerts.rota.stored import add_override, stored_rota
from hotline.alerts.rota.watch import watch_rota
from hotline.alerts.staff_texts import speaks_as_staff, staff_text
from hotline.oncall import Why
from tests.alerts.night import Night

# It is Friday, 20 November 2026, one in the morning (05:00 UTC).
FRIDAY_8 = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On SQLite alone: it is the same few rows on both databases (`tests/worker/test_feed`)."""
    return sqlite_url


@pytest.fixture
def office(night: Night) -> Night:
    """A coordinator keeps the rota; on the rota itself is nobody."""
    night.add("Leader", "+12025550118", role=Role.LEADER)
    return night


def watch(night: Night, at: datetime | None = None) -> list[tuple[str, str]]:
    """The clock looks at that instant; what the coordinator gets about gaps."""
    night.clock.set(at or night.now + timedelta(seconds=20))
    with night.tx() as tx:
        watch_rota(tx, night.kit, night.now)
    return [(name, words) for name, words in night.texts() if name == "Leader" and "confirm" not in words]


def all_day(night: Night, since: datetime, until: datetime, every: timedelta) -> list[tuple[datetime, str]]:
    """What the coordinator gets in that time, with when."""
    got = []
    at = since
    while at < until:
        got += [(at, words) for _, words in watch(night, at)]
        at += every
    return got


def stop(night: Night, name: str, word: str = "STOP") -> None:
    with night.tx() as tx:
        phone = tx.scalars(select(StaffPhone).where(StaffPhone.staff_id == night.staff[name])).one()
        assert speaks_as_staff(tx, night.kit, phone, word, night.now)
        staff_text(tx, night.kit, phone, word, night.now)


def covers(night: Night, name: str, start: datetime, end: datetime) -> None:
    with night.tx() as tx:
        add_override(tx, night.kit, staff_id=night.staff[name], start=start, end=end, now=night.now)


def test_a_full_rota_is_silent(office: Night) -> None:
    assert all_day(office, office.now, office.now + 2 * DAY, HOUR) == []


def test_everybody_on_call_sends_stop_and_the_coordinator_knows_within_a_minute(office: Night) -> None:
    assert watch(office) == []
    stop(office, "Alice")
    assert watch(office) == [], "the second is still reached"
    stop(office, "Ben")
    told = watch(office)
    assert told == [("Leader", "Rota: only Alice is on call from 01:01 on, and has no working phone.")]
    assert all_day(office, office.now + HOUR, office.now + 2 * DAY, HOUR) == [], "told once"


def test_a_gap_that_closed_and_opens_again_is_told_again(office: Night) -> None:
    for _ in range(2):
        stop(office, "Alice"), stop(office, "Ben")
        assert len(watch(office)) == 1
        stop(office, "Alice", "START")
        assert watch(office) == []


def test_an_empty_rota_is_a_gap_from_now_on(empty_night: Night) -> None:
    empty_night.add("Leader", "+12025550118", role=Role.LEADER)
    assert watch(empty_night) == [("Leader", "Rota: nobody is on call from 01:00 on.")]
    with empty_night.tx() as tx:
        (gap,) = coming_gaps(tx, empty_night.kit, stored_rota(tx), empty_night.now)
    assert (gap.why, gap.end - gap.start) == (Why.NOBODY, timedelta(days=14))


def test_a_distant_gap_is_told_by_day_and_again_a_day_and_an_hour_before(empty_night: Night) -> None:
    """Nobody from Monday 22:00 to midnight; it is seen on Friday at one in the morning."""
    night = empty_night
    night.add("Leader", "+12025550118", role=Role.LEADER)
    night.add("Alice", "+12025550111")
    gap, ends = datetime(2026, 11, 24, 2, 0, tzinfo=UTC), datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
    covers(night, "Alice", night.now, gap)
    covers(night, "Alice", ends, ends + 60 * DAY)
    got = all_day(night, night.now, ends, timedelta(minutes=30))
    words = "Rota: nobody is on call from 23 Nov 22:00 to 24 Nov 00:00."
    assert got == [
        (FRIDAY_8, words),
        (gap - DAY, words),
        (gap - HOUR, "Rota: nobody is on call from 22:00 to 24 Nov 00:00."),
    ]


def test_several_distant_gaps_are_one_text(empty_night: Night) -> None:
    night = empty_night
    night.add("Leader", "+12025550118", role=Role.LEADER)
    night.add("Alice", "+12025550111")
    start = night.now
    for day in range(0, 30, 3):
        covers(night, "Alice", start + day * DAY, start + (day + 2) * DAY + 12 * HOUR)
    got = all_day(night, night.now, FRIDAY_8 + HOUR, timedelta(minutes=30))
    assert [words.endswith("More gaps: 3.") for _, words in got] == [True]


def test_a_gap_that_arises_at_night_for_tomorrow_does_not_wait_for_the_day(empty_night: Night) -> None:
    night = empty_night
    night.add("Leader", "+12025550118", role=Role.LEADER)
    night.add("Alice", "+12025550111")
    gap = night.now + 20 * HOUR
    covers(night, "Alice", night.now, gap)
    covers(night, "Alice", gap + 2 * HOUR, gap + 60 * DAY)
    assert watch(night) == [("Leader", "Rota: nobody is on call from 21:00 to 23:00.")]
    got = all_day(night, night.now, gap + DAY, timedelta(minutes=30))
    assert [HOUR / 2 <= gap - at <= HOUR for at, _ in got] == [True], "and once more, an hour before"


def test_while_nobody_can_be_told_it_is_not_taken_as_told(empty_night: Night) -> None:
    assert watch(empty_night) == []
    empty_night.add("Leader", "+12025550118", role=Role.LEADER)
    assert len(watch(empty_night)) == 1


def test_the_clock_looks_three_times_a_minute(office: Night) -> None:
    watch(office)
    stop(office, "Alice"), stop(office, "Ben")
    assert watch(office, office.now + timedelta(seconds=2)) == []
    assert len(watch(office, office.now + timedelta(seconds=18))) == 1
