"""Probes: in at our own door, through everything, and back; nothing stays of them, and one that does not come back is told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, select
from werkzeug.serving import make_server

from hotline.access.people import add_officer, add_staff
from hotline.access.tables import Role
from hotline.config import DEFAULT_CONFIG
from hotline.db import read, write
from hotline.intake import create_app
from hotline.now import SetClock
from hotline.simulator.config import PhoneConfig
from hotline.tables import metadata
from hotline.threads.tables import Thread
from hotline.watch.probes import whose_number
from hotline.watch.tables import Probe
from tests.house import CALLER, FIRST, LINE, OFFICER, SECOND, Home, _Quiet, home
from tests.worker.watcher import Watcher, watcher
from worker.alarm import Alarm
from worker.dead_man import DeadMan
from worker.probing import Prober

LEADER, TEST = "+12025550134", "+12025550135"


@dataclass
class Watched:
    """A house whose clock sends probes to a real door, with an outside watcher."""

    house: Home
    prober: Prober
    outside: Watcher

    def go_on(
        self, *, minutes: float = 0, seconds: float = 0, worker: bool = True, clock: bool = True
    ) -> None:
        """Minutes pass one by one, seconds in steps of five."""
        for step in [60] * int(minutes) + [5] * int(seconds // 5):
            self.house.pass_time(seconds=step)
            if worker:
                self.house.work()
            if clock:
                self.prober.look()

    def jump(self, minutes: float) -> None:
        """So much time passes at once."""
        self.house.pass_time(minutes=minutes)

    def probes(self) -> list[Probe]:
        return sorted(self.house.all(Probe), key=lambda one: (one.begun_at, one.id))


def watched(house: Home, outside: Watcher) -> Iterator[Watched]:
    """Open a door and add a leader, who is told of what is wrong."""
    house.staffed()
    kit = house.desk.kit
    with write(house.desk.engine) as tx:
        add_staff(
            tx, kit.sealer, house.shop.house, kit.ids, house.clock.now(),
            name="Leader", phone=LEADER, role=Role.LEADER, verified=True,
        )  # fmt: skip
    for number in (LEADER, TEST):
        house.net.add_phone(PhoneConfig(number, "Phone"))
    server = make_server("127.0.0.1", 0, create_app(house.desk), threaded=True, request_handler=_Quiet)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    alarm = Alarm(house.shop, DeadMan(house.shop, outside.url))
    try:
        yield Watched(house, Prober(house.shop, alarm, f"http://127.0.0.1:{server.server_port}"), outside)
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def outside() -> Iterator[Watcher]:
    with watcher() as running:
        yield running


@pytest.fixture
def on(sqlite_url: str, tmp_path: Path, clock: SetClock, outside: Watcher) -> Iterator[Watched]:
    with home(sqlite_url, tmp_path / "var", clock) as house:
        yield from watched(house, outside)


@pytest.fixture
def on_both(database_url: str, tmp_path: Path, clock: SetClock, outside: Watcher) -> Iterator[Watched]:
    with home(database_url, tmp_path / "var", clock) as house:
        yield from watched(house, outside)


@pytest.fixture
def with_number(sqlite_url: str, tmp_path: Path, clock: SetClock, outside: Watcher) -> Iterator[Watched]:
    file = tmp_path / "hotline.toml"
    text = DEFAULT_CONFIG.read_text(encoding="utf-8").replace('test_number = ""', f'test_number = "{TEST}"')
    file.write_text(text, encoding="utf-8")
    (tmp_path / "sms_forms").symlink_to(DEFAULT_CONFIG.parent / "sms_forms")
    (tmp_path / "ivr_flows").symlink_to(DEFAULT_CONFIG.parent / "ivr_flows")
    (tmp_path / "locales").symlink_to(DEFAULT_CONFIG.parent / "locales")
    with home(sqlite_url, tmp_path / "var", clock, HOTLINE_CONFIG=str(file)) as house:
        yield from watched(house, outside)


def counted(house: Home) -> dict[str, int]:
    """The number of rows of every table but those of the machinery."""
    own = {"probes", "deeds", "heartbeats"}
    with read(house.desk.engine) as tx:
        return {
            table.name: tx.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata().sorted_tables
            if table.name not in own
        }


def bothered(on: Watched) -> list[str]:
    """Whoever was texted or rung."""
    net = on.house.net
    return [number for number, phone in net.phones.items() if phone.bubbles] + [
        call.to for call in net.calls.values()
    ]


def test_a_probe_goes_through_everything_and_leaves_nothing_behind(on_both: Watched) -> None:
    on = on_both
    before = counted(on.house)
    on.prober.look()
    (probe,) = on.probes()
    assert probe.heard_at is not None, "graded, and an alert with its first page was made and undone"
    assert on.house.pending() == ["probe"]
    on.go_on(seconds=10)
    (probe,) = on.probes()
    assert probe.closed_at is not None
    assert counted(on.house) == before
    assert bothered(on) == []
    on.go_on(minutes=32)
    assert len(on.probes()) == 3, "one every quarter of an hour"
    assert all(one.closed_at for one in on.probes())
    assert counted(on.house) == before
    assert (bothered(on), on.outside.asked) == ([], [])


@pytest.mark.parametrize("stopped", ["worker", "intake", "danger"])
def test_a_probe_that_does_not_come_back_in_180_seconds_is_told_by_other_ways(
    on: Watched, stopped: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if stopped == "intake":
        monkeypatch.setattr(on.prober, "_door", "http://127.0.0.1:9")
    if stopped == "danger":
        monkeypatch.setattr("hotline.intake.probes._would_page", lambda *_: False)
    on.prober.look()
    on.go_on(seconds=175, worker=stopped != "worker")
    assert bothered(on) == []
    on.go_on(seconds=10, worker=stopped != "worker")
    phone = on.house.net.phone(LEADER)
    assert [text[:24] for text in phone.texts] == ["The test of 08:00 did no"]
    assert phone.ringing is not None
    on.house.net.answer(LEADER)
    on.house.pass_time(seconds=2)
    assert phone.live is not None
    assert any("look at the machines" in heard.text for heard in phone.live.heard)
    assert on.outside.asked == ["/ping/a-long-secret/fail"]
    assert set(bothered(on)) == {LEADER}
    on.go_on(minutes=50, worker=stopped != "worker")
    assert len(phone.texts) == 1, "not again within the hour"
    on.go_on(minutes=20, worker=stopped != "worker")
    assert len(phone.texts) == 2, "but it goes on"


def test_a_door_that_opens_a_minute_later_raises_no_alarm(
    on: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as starting:
        starting.setattr(on.prober, "_door", "http://127.0.0.1:9")
        on.prober.look()
        on.go_on(minutes=1)
    on.go_on(seconds=30)
    (probe,) = on.probes()
    assert probe.closed_at is not None
    on.go_on(minutes=5)
    assert (bothered(on), on.outside.asked) == ([], [])


def test_a_probe_is_heard_as_soon_as_there_is_somebody_to_page(on: Watched) -> None:
    for number in (FIRST, SECOND, LEADER):
        on.house.text("STOP", sender=number)
    on.prober.look()
    on.go_on(seconds=10)
    assert on.probes()[0].heard_at is None, "nobody would be paged: that is no house that works"
    on.house.text("START", sender=FIRST)
    on.go_on(seconds=15)
    assert on.probes()[0].closed_at is not None


def test_once_it_came_back_the_next_failure_is_told_at_once(on: Watched) -> None:
    on.prober.look()
    on.go_on(minutes=4, worker=False)
    on.go_on(minutes=15)
    assert on.probes()[-1].closed_at is not None
    on.go_on(minutes=20, worker=False)
    assert len(on.house.net.phone(LEADER).texts) == 2


def test_a_carrier_that_takes_no_text_is_no_hindrance_to_the_call(on: Watched) -> None:
    on.house.net.faults.load([{"what": "message", "fault": "api_503"}])
    on.prober.look()
    on.go_on(seconds=190, worker=False)
    assert on.house.net.phone(LEADER).texts == []
    assert on.house.net.phone(LEADER).ringing is not None


def test_nobody_outside_can_send_a_probe_and_nothing_else_is_taken_for_one(on: Watched) -> None:
    on.prober.look()
    (probe,) = on.probes()
    on.house.text(f"help, he has a knife {probe.id}", sender=CALLER)
    assert len(on.house.all(Thread)) == 1, "from a person it is a text like any other"
    on.house.text(f"1 {probe.id}", sender=CALLER)
    assert on.probes()[0].closed_at is None


def test_no_test_goes_to_anybody_without_a_test_number(on: Watched) -> None:
    on.jump(minutes=119)
    on.go_on(minutes=6)
    assert {one.kind for one in on.probes()} == {"loop"}
    assert bothered(on) == []


def test_one_text_a_day_goes_to_the_test_number_and_its_receipt_closes_it(with_number: Watched) -> None:
    on = with_number
    on.jump(minutes=114)
    on.go_on(minutes=1)
    assert on.house.net.phone(TEST).texts == [], "08:00 to 09:55"
    on.go_on(minutes=8)
    assert on.house.net.phone(TEST).texts == ["10:00"]
    (probe,) = [one for one in on.probes() if one.kind == "carrier"]
    assert probe.closed_at is not None
    assert (set(bothered(on)), on.outside.asked) == ({TEST}, [])
    on.jump(minutes=24 * 60)
    on.go_on(minutes=8)
    assert len(on.house.net.phone(TEST).texts) == 2


def test_a_text_to_the_test_number_that_fails_is_told(with_number: Watched) -> None:
    on = with_number
    on.house.net.faults.load([{"what": "message", "to": TEST, "fault": "failed", "code": 30003}])
    on.jump(minutes=119)
    on.go_on(minutes=6)
    assert on.house.net.phone(LEADER).texts
    assert on.outside.asked == ["/ping/a-long-secret/fail"]


@pytest.mark.parametrize("whose", ["a member of staff", "an officer"])
def test_a_test_number_that_is_somebodys_of_ours_gets_nothing(with_number: Watched, whose: str) -> None:
    on, kit = with_number, with_number.house.desk.kit
    with write(on.house.desk.engine) as tx:
        if whose == "an officer":
            add_officer(
                tx, kit.sealer, on.house.shop.house, kit.ids, on.house.clock.now(),
                phone=TEST, name="An Officer", agency="Police",
            )  # fmt: skip
        else:
            add_staff(
                tx, kit.sealer, on.house.shop.house, kit.ids, on.house.clock.now(), name="New", phone=TEST
            )
        assert whose_number(tx, kit, TEST) == whose
        assert whose_number(tx, kit, LINE) == "one of our own lines"
    on.jump(minutes=119)
    on.go_on(minutes=6)
    assert on.house.net.phone(TEST).texts == []
    assert {FIRST, SECOND, OFFICER} & set(bothered(on)) == set()
