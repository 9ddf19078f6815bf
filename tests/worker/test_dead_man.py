"""The dead-man ping: once a minute while worker and clock go round, and not at all when one of them stands still."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator

import pytest

from hotline.access.audit_heads import HeadFile
from hotline.log import set_up
from tests.house import Home
from tests.worker.watcher import Watcher, watcher
from worker import dead_man as dead_man_module
from worker.dead_man import DeadMan, look_beside

PING, FAIL = "/ping/a-long-secret", "/ping/a-long-secret/fail"


@pytest.fixture
def outside() -> Iterator[Watcher]:
    with watcher() as running:
        yield running


@pytest.fixture
def dead_man(house: Home, outside: Watcher) -> DeadMan:
    return DeadMan(house.shop, outside.url)


def minutes(house: Home, dead_man: DeadMan, count: int, *, worker: bool = True, clock: bool = True) -> None:
    """So many minutes of a house that goes round every ten seconds, or half of it."""
    for _ in range(count * 6):
        house.pass_time(seconds=10)
        if worker:
            house.work()
        if clock:
            house.tick()
        dead_man.look()


def test_it_pings_once_a_minute_while_all_goes_round(
    house: Home, outside: Watcher, dead_man: DeadMan
) -> None:
    minutes(house, dead_man, 5)
    assert outside.asked == [PING] * 5


@pytest.mark.parametrize("stopped", ["worker", "clock"])
def test_no_ping_when_one_of_them_stands_still_and_again_when_it_goes_on(
    house: Home, outside: Watcher, dead_man: DeadMan, stopped: str
) -> None:
    minutes(house, dead_man, 1)
    outside.asked.clear()
    minutes(house, dead_man, 5, **{stopped: False})
    assert outside.asked in ([], [PING]), "at most the one of the minute in which it was still fresh"
    outside.asked.clear()
    minutes(house, dead_man, 2)
    assert outside.asked == [PING] * 2


def test_a_house_that_never_went_round_does_not_ping(
    house: Home, outside: Watcher, dead_man: DeadMan
) -> None:
    assert not dead_man.look()
    house.tick()
    assert not dead_man.look(), "the clock alone is not a full cycle"
    house.work()
    assert dead_man.look()
    assert outside.asked == [PING]


def test_whatever_the_watcher_does_nothing_is_raised(
    house: Home, outside: Watcher, dead_man: DeadMan, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.work()
    house.tick()
    outside.status = 503
    assert not dead_man.look()
    monkeypatch.setattr(dead_man_module, "TIMEOUTS", (0.2, 0.2))
    outside.hold.set()
    house.pass_time(seconds=61)
    house.work()
    house.tick()
    assert not dead_man.look(), "it does not wait for an answer that does not come"
    nobody = DeadMan(house.shop, "http://127.0.0.1:9/ping/a-long-secret")
    assert not nobody.look()
    assert not nobody.fail()


def test_something_wrong_is_said_at_the_same_address(outside: Watcher, dead_man: DeadMan) -> None:
    assert dead_man.fail()
    assert outside.asked == [FAIL]


def test_a_watcher_that_hangs_delays_nothing_beside_it_and_is_in_no_log(
    house: Home, outside: Watcher, capfd: pytest.CaptureFixture[str]
) -> None:
    before = logging.getLogger().handlers[:]
    set_up("clock")
    stop = threading.Event()
    try:
        house.work()
        house.tick()
        outside.hold.set()
        thread = look_beside("dead-man", DeadMan(house.shop, outside.url).look, stop, 0.01)
        until = time.monotonic() + 5
        while not outside.asked and time.monotonic() < until:
            time.sleep(0.01)
        began = time.monotonic()
        house.tick()
        assert time.monotonic() - began < 2, "the clock goes on while the watcher hangs"
        stop.set()
        outside.hold.clear()
        thread.join(10)
        DeadMan(house.shop, "http://127.0.0.1:9/ping/a-long-secret").fail()
    finally:
        stop.set()
        logging.getLogger().handlers[:] = before
    told = capfd.readouterr().err
    assert "watcher_away" in told
    assert "a-long-secret" not in told
    assert outside.asked == [PING]


def test_the_head_of_the_audit_goes_out_with_a_ping_once_a_day(
    house: Home, outside: Watcher, dead_man: DeadMan
) -> None:
    """The watcher's log is out of reach for whoever can change the database."""
    minutes(house, dead_man, 3)
    (head,) = HeadFile(house.shop.settings.data_dir).heads()
    assert outside.said == [f"audit 1 {head.hash}"]
    assert outside.asked == [PING] * 3, "in place of the usual ping"
    house.pass_time(hours=24)
    minutes(house, dead_man, 2)
    assert len(outside.said) == 2
    outside.asked.clear()
    outside.status = 405
    house.pass_time(hours=24)
    minutes(house, dead_man, 1)
    assert outside.asked == [PING] * 2, "who takes no body gets the usual ping behind it"
