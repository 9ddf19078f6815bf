"""A month on call in counts and times, played and then counted."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from hotline.db import read, write
from hotline.statistics.month import Month, month_bounds, month_report
from hotline.watch.drills import begin
from tests.house import CALLER, FIRST, OFFICER, SECOND, Home

ZONE = ZoneInfo("America/St_Lucia")


def go_on(house: Home, seconds: int) -> None:
    for _ in range(seconds // 2):
        house.pass_time(seconds=2)
        house.tick()
        house.work()


def counted(house: Home, year: int = 2026, month: int = 11) -> Month:
    with read(house.desk.engine) as tx:
        return month_report(tx, *month_bounds(year, month, ZONE), house.clock.now(), ZONE)


def test_a_month_tells_how_fast_people_were_and_what_went_wrong(house: Home) -> None:
    house.staffed()
    # At 08:00: First takes it by text after some seconds and settles it; the first page left at once.
    house.text("help he has a knife")
    house.work()
    go_on(house, 4)
    house.text("1", sender=FIRST)
    house.text("9 1", sender=FIRST)
    # An hour later nobody answers for two minutes, and First's text does not arrive.
    house.pass_time(hours=1)
    house.net.faults.load([{"what": "message", "to": FIRST, "fault": "undelivered", "code": 30003}])
    house.text("help he has a knife", sender=OFFICER)
    house.work()
    go_on(house, 120)
    house.text("1", sender=SECOND)
    with write(house.desk.engine) as tx:
        begin(tx, house.desk.kit, house.clock.now())
    house.text("1", sender=FIRST)
    found = counted(house)
    emergencies = found.grades["emergency"]
    assert (emergencies.alerts, emergencies.page.count, emergencies.take.count) == (2, 2, 2)
    assert emergencies.outcome.count == 1, "one of them is still open"
    slow = emergencies.take.percentile_95
    assert slow is not None
    assert timedelta(seconds=120) <= slow < timedelta(seconds=140)
    reached = emergencies.page.percentile_95
    assert reached is not None
    assert reached <= timedelta(seconds=10)
    assert {hour: times.alerts for hour, times in found.hours.items()} == {8: 1, 9: 1}
    assert found.happened["text_failed"] >= 1
    assert found.happened["texts_to_staff_failed"] >= 1
    assert found.happened["call_no-answer"] >= 2
    assert (found.gaps, found.uncovered) == (0, timedelta())
    (drill,) = found.drills
    assert (drill.people, drill.answered.count) == (2, 1)


def test_a_month_without_anything_is_empty_and_nothing_of_another_is_in_it(house: Home) -> None:
    house.staffed()
    house.text("help he has a knife", sender=CALLER)
    assert counted(house).grades["emergency"].alerts == 1
    before = counted(house, month=10)
    assert (before.grades, before.hours, before.happened, before.drills) == ({}, {}, {}, ())


def test_time_without_anybody_reachable_is_a_gap(house: Home) -> None:
    house.staffed()
    house.pass_time(hours=10)
    assert counted(house).uncovered == timedelta()
    house.text("STOP", sender=FIRST)
    house.text("STOP", sender=SECOND)
    found = counted(house)
    assert found.gaps == 1
    assert found.uncovered >= timedelta(hours=10), "by the rota as it stands now"


def test_the_bounds_of_a_month_are_those_of_the_country() -> None:
    since, until = month_bounds(2026, 12, ZONE)
    assert (since.isoformat(), until.isoformat()) == (
        "2026-12-01T00:00:00-04:00",
        "2027-01-01T00:00:00-04:00",
    )
