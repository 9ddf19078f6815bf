"""A calendar at an address says who is on call, and nothing that happens there changes anybody."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import structlog

from hotline.access.people import add_staff
from hotline.access.tables import Role, Staff
from hotline.alerts.rota.calendars import accept, add_feed, the_calendar, the_feed, turn_off
from hotline.alerts.rota.stored import on_call, set_rotation, stored_rota
from hotline.alerts.rota.tables import CalendarState, RotaCalendar, RotaFeed, RotaShift
from hotline.alerts.rota.watch import watch_rota
from hotline.carriers.http import Timeouts
from hotline.db import read, write
from hotline.now import SetClock
from hotline.oncall import who_is_on_call
from hotline.threads.tables import Deed, Message
from tests.house import CALLER, FIRST, SECOND, Home, home
from tests.worker.calendar_server import SECRET, CalendarServer, Way, calendar_server
from worker import feed as worker_feed

HOUR = timedelta(hours=1)
BROKEN = [
    Way.TIME_OUT,
    Way.HTML,
    Way.EMPTY,
    Way.CUT,
    Way.ZONE,
    Way.STATUS,
    Way.ELSEWHERE,
    Way.TOO_LARGE,
    Way.DROPPED,
]


def calendar(*events: tuple[str, str, str]) -> bytes:
    """Of events (title, rule, first day) that last a day each from 08:00 in Saint Lucia."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN"]
    for number, (title, rule, day) in enumerate(events):
        zone = ";TZID=America/St_Lucia:"
        lines += [
            "BEGIN:VEVENT",
            f"UID:{number}",
            f"DTSTART{zone}{day}T080000",
            "DURATION:P1D",
            f"SUMMARY:{title}",
        ]
        lines += [rule] if rule else []
        lines.append("END:VEVENT")
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


EVERY_OTHER = calendar(
    ("First", "RRULE:FREQ=DAILY;INTERVAL=2", "20260101"), ("SP", "RRULE:FREQ=DAILY;INTERVAL=2", "20260102")
)
HALF = calendar(("First", "RRULE:FREQ=DAILY;INTERVAL=2", "20260101"))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[CalendarServer]:
    monkeypatch.setattr(worker_feed, "TIMEOUTS", Timeouts(connect=2, read=0.1))
    with calendar_server() as running:
        running.calendar = EVERY_OTHER
        yield running


@pytest.fixture
def house(sqlite_url: str, tmp_path: Path, clock: SetClock) -> Iterator[Home]:
    """First and Second are on the rota, a leader keeps it."""
    with home(sqlite_url, tmp_path / "var", clock) as running:
        people(running)
        yield running


def people(house: Home) -> None:
    kit, now = house.desk.kit, house.clock.now()
    with write(house.desk.engine) as tx:
        added = [
            add_staff(
                tx, kit.sealer, house.shop.house, kit.ids, now, name=name, phone=phone, role=role, verified=True
            )
            for name, phone, role in (
                ("First", FIRST, Role.RESPONDER), ("Second Person", SECOND, Role.RESPONDER), ("Leader", CALLER, Role.LEADER)
            )
        ]  # fmt: skip
        set_rotation(tx, kit, added[:2], now)


def feed(house: Home, server: CalendarServer) -> None:
    with write(house.desk.engine) as tx:
        add_feed(tx, house.desk.kit, server.url, house.clock.now())
    look(house)


def look(house: Home, **parts: float) -> None:
    """Let time pass; the clock looks at the rota, the worker does what is due."""
    house.pass_time(**(parts or {"minutes": 10}))
    with write(house.shop.engine) as tx:
        watch_rota(tx, house.shop.kit, house.clock.now())
    house.work()
    house.pass_time(seconds=3)  # a text takes its time to a phone


def plan(house: Home, since: datetime, days: int = 6) -> list[tuple[str, ...]]:
    """Who is on call at each hour from `since` on."""
    with read(house.shop.engine) as tx:
        rota = stored_rota(tx)
    return [who_is_on_call(rota, since + hour * HOUR) for hour in range(days * 24)]


def told(house: Home) -> list[str]:
    """What the coordinator got so far."""
    return list(house.net.phone(CALLER).texts)


def now(house: Home) -> list[str]:
    with read(house.shop.engine) as tx:
        ids = on_call(tx, house.shop.kit, house.clock.now())
        return [house.shop.house.open(one, _sealed_name(house, one)) for one in ids]


def _sealed_name(house: Home, staff_id: str) -> bytes:
    (member,) = house.all(Staff, Staff.id == staff_id)
    sealed: bytes = member.name_sealed
    return sealed


@pytest.mark.parametrize("way", BROKEN)
def test_a_feed_broken_for_72_hours_changes_nobody_and_is_told_once(
    house: Home, server: CalendarServer, way: Way
) -> None:
    feed(house, server)
    start = house.clock.now()
    before = plan(house, start)
    assert len(set(before)) == 2
    server.way = way
    look(house)
    for _ in range(36):
        look(house, hours=2)
        assert plan(house, house.clock.now(), 1)[0] == before[int((house.clock.now() - start) / HOUR)]
    assert plan(house, start) == before
    stale = [text for text in told(house) if "has not been read since" in text]
    assert stale == ["Rota: the calendar has not been read since " + stale[0].split("since ")[1]]
    assert [text for text in told(house) if text not in stale and "gap" in text] == []
    (row,) = house.all(RotaFeed)
    assert row.failing_since is not None
    server.way = Way.GOOD
    look(house)
    (row,) = house.all(RotaFeed)
    assert (row.error, row.failing_since) == ("", None)
    assert house.clock.now() - row.good_at < timedelta(minutes=1)


def test_the_first_copy_counts_and_is_worked_out_far_ahead(house: Home, server: CalendarServer) -> None:
    feed(house, server)
    (row,) = house.all(RotaCalendar)
    assert row.state == CalendarState.GOOD
    assert len(house.all(RotaShift)) > 100


def test_under_a_broken_feed_the_last_copy_goes_on_for_months(house: Home, server: CalendarServer) -> None:
    feed(house, server)
    server.way = Way.STATUS
    for _ in range(12):
        look(house, days=12)
        assert len(now(house)) == 1
    assert plan(house, house.clock.now()).count(()) == 0


def test_it_is_read_every_ten_minutes_and_not_more(house: Home, server: CalendarServer) -> None:
    feed(house, server)
    asked = server.asked
    for _ in range(60):
        look(house, minutes=1)
    assert server.asked - asked == 6


def test_thirty_minutes_without_a_copy_are_told_by_text(house: Home, server: CalendarServer) -> None:
    feed(house, server)
    server.way = Way.HTML
    for _ in range(27):
        look(house, minutes=1)
    assert told(house) == []
    for _ in range(120):
        look(house, minutes=1)
    (text,) = told(house)
    assert text.startswith("Rota: the calendar has not been read since")


def test_a_calendar_that_takes_cover_away_waits_for_a_yes(house: Home, server: CalendarServer) -> None:
    feed(house, server)
    before = plan(house, house.clock.now())
    server.calendar = HALF
    for _ in range(6):
        look(house)
    assert plan(house, house.clock.now() - HOUR) == before
    (text,) = told(house)
    assert text.startswith("Rota: the new calendar leaves nobody on call from ")
    code = text.split("Reply ")[1][:4]
    house.text(code, sender=CALLER)
    assert told(house)[1:] == ["The new calendar counts now."]
    assert () in plan(house, house.clock.now())


def test_a_calendar_that_mends_itself_is_not_asked_about_any_more(
    house: Home, server: CalendarServer
) -> None:
    feed(house, server)
    server.calendar = HALF
    look(house)
    look(house, minutes=1)
    (text,) = told(house)
    server.calendar = EVERY_OTHER
    look(house)
    with write(house.shop.engine) as tx:
        assert the_calendar(tx, CalendarState.WAITING) is None
        assert not accept(tx, house.clock.now())
    code = text.split("Reply ")[1][:4]
    house.text(code, sender=CALLER)
    assert told(house)[-1] == f"{code} is over. Nothing changes."
    assert plan(house, house.clock.now()).count(()) == 0


def test_an_empty_calendar_never_empties_the_rota(house: Home, server: CalendarServer) -> None:
    server.calendar = calendar()
    feed(house, server)
    look(house, minutes=1)
    assert plan(house, house.clock.now()).count(()) == 0
    assert told(house)[0].startswith("Rota: the new calendar leaves nobody on call from ")


def test_another_zone_with_other_hours_waits_for_a_yes(house: Home, server: CalendarServer) -> None:
    feed(house, server)
    before = plan(house, house.clock.now())
    server.calendar = EVERY_OTHER.replace(b"America/St_Lucia", b"Asia/Tokyo")
    look(house)
    look(house, minutes=1)
    assert plan(house, house.clock.now() - timedelta(minutes=12)) == before
    assert told(house)[0].startswith("Rota: the new calendar is in another time zone. Reply ")


def test_a_name_that_fits_nobody_is_told_once(house: Home, server: CalendarServer) -> None:
    server.calendar = calendar(("First", "RRULE:FREQ=DAILY", "20260101"), ("Nobody Known", "", "20261205"))
    feed(house, server)
    for _ in range(6):
        look(house)
    assert told(house) == ["Rota: names in the calendar that fit nobody on the staff: 1. See the rota page."]


def test_a_server_that_drips_holds_nobody_up(
    house: Home, server: CalendarServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No byte is late, the answer never ends: after a while nobody waits for it, and no second request joins it."""
    feed(house, server)
    monkeypatch.setattr(worker_feed, "LONGEST", timedelta(seconds=0.3))
    server.way = Way.DRIPPING
    asked = server.asked
    look(house)
    look(house)
    assert server.asked <= asked + 1
    (row,) = house.all(RotaFeed)
    assert row.error == "time_out"
    assert len(now(house)) == 1


def test_a_redirect_within_the_host_is_followed(house: Home, server: CalendarServer) -> None:
    server.way = Way.SAME_HOST
    feed(house, server)
    assert len(now(house)) == 1


def test_the_address_stands_in_no_row_and_no_log(
    house: Home, server: CalendarServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    with structlog.testing.capture_logs() as lines:
        feed(house, server)
        server.way = Way.STATUS
        look(house)
    rows = [str(vars(row)) for table in (RotaFeed, RotaCalendar, Deed, Message) for row in house.all(table)]
    assert SECRET not in " ".join([*rows, *map(str, lines), caplog.text])
    assert any(line["event"] == "feed_not_read" for line in lines)


def test_turned_off_it_is_read_no_more_and_the_rotation_counts(house: Home, server: CalendarServer) -> None:
    feed(house, server)
    with write(house.shop.engine) as tx:
        assert turn_off(tx, house.clock.now())
    asked = server.asked
    look(house)
    assert server.asked == asked
    assert now(house) == ["First", "Second Person"]
    with read(house.shop.engine) as tx:
        assert the_feed(tx) is None
