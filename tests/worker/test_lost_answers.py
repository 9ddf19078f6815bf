"""The carrier took it and its answer was lost: it is looked up before it is done again, and where nobody can be asked, nobody
gets anything three times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest

from hotline.carriers.carrier import Accepted, Carrier, CarrierError, Outgoing, Retry
from hotline.now import SetClock
from hotline.threads.tables import MessageStatus
from tests.house import FIRST, Home, home
from tests.worker.test_gateway_line import ISLAND, LINES

WORDS = "Where are you now?"


@pytest.fixture
def house(sqlite_url: str, tmp_path: Path, clock: SetClock) -> Iterator[Home]:
    """On SQLite alone: this is between the worker and the carrier. First and Second are on call."""
    with home(sqlite_url, tmp_path / "var", clock) as running:
        running.staffed()
        yield running


def rung(house: Home, number: str = FIRST) -> int:
    """How often the carrier rang a phone for us."""
    return len([call for call in house.net.calls.values() if call.to == number])


def test_a_call_whose_answer_and_events_were_lost_is_not_placed_twice(house: Home) -> None:
    house.net.faults.load(
        [{"what": "call", "fault": "api_timeout_after", "nth": 1}, {"what": "call", "fault": "callback_lost"}]
    )
    house.text("he has a knife")
    house.work()
    assert rung(house) == 1
    for _ in range(4):
        house.pass_time(seconds=2)
        house.work()
    assert rung(house) == 1, "found at the carrier"
    assert house.pending() == []
    house.net.answer(FIRST)
    house.pass_time(seconds=2)
    house.net.press(FIRST, "1")
    house.pass_time(seconds=2)
    assert house.net.errors == []


def test_an_earlier_call_is_not_taken_for_the_lost_one(house: Home) -> None:
    """First was rung and declined; in the next round the phone is rung again, and that order never reached the carrier."""
    house.net.faults.load([{"what": "call", "to": FIRST, "fault": "api_timeout_before", "nth": 2}])
    house.text("he has a knife")
    house.work()
    house.pass_time(seconds=2)
    house.net.decline(FIRST)
    for _ in range(100):
        house.tick()
        house.work()
        house.pass_time(seconds=2)
        if rung(house) == 2:
            break
    assert rung(house) == 2


def test_a_call_that_was_never_placed_is_placed(house: Home) -> None:
    house.net.faults.load([{"what": "call", "fault": "api_timeout_before", "nth": 1}])
    house.text("he has a knife")
    house.work()
    assert rung(house) == 0
    house.pass_time(seconds=2)
    house.work()
    assert rung(house) == 1


@dataclass
class Forgetful:
    """A gateway that takes every text and says so to nobody. `send` is the real one's, whose answer is thrown away."""

    real: Carrier
    taken: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def send(self, message: Outgoing) -> Accepted:
        self.real.send(message)
        self.taken.append(message.text)
        raise CarrierError("time-out", Retry.AMBIGUOUS)


@pytest.mark.parametrize(("repeats", "got"), [("true", 2), ("false", 1)])
def test_a_gateway_that_cannot_be_asked_gets_a_text_once_more_at_most(
    sqlite_url: str, tmp_path: Path, clock: SetClock, repeats: str, got: int
) -> None:
    lines = LINES.replace('send_url = "', f'repeats_lost = {repeats}\nsend_url = "')
    with home(
        sqlite_url, tmp_path / "var", clock, gateways=(ISLAND,), lines=lines, ISLAND_SECRET="fictional-secret"
    ) as house:
        gateway = Forgetful(house.shop.carriers["island"])
        cast("dict[str, Any]", house.shop.carriers)["island"] = gateway
        message = house.queue(WORDS, line="island")
        for _ in range(10):
            house.work()
            house.clock.advance(seconds=30)
        assert gateway.taken == [WORDS] * got
        assert house.pending() == []
        assert house.message(message).status == MessageStatus.FAILED, "staff see that it is not sure"


def test_a_text_found_at_the_carrier_is_not_one_that_went_before(house: Home) -> None:
    house.text("Hello")
    house.queue(WORDS)
    house.work()
    house.net.faults.load([{"what": "message", "fault": "api_timeout_after", "nth": 1}])
    lost = house.queue(WORDS)
    house.work()
    house.clock.advance(seconds=10)
    house.work()
    sids = [message.sid for message in house.net.messages.values() if message.body == WORDS]
    assert len(sids) == 2
    assert house.message(lost).sid == sids[1]
