"""First pages, then repeats, then answers, then notices, however much is waiting and however slow the carrier is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from hotline.carriers.carrier import Accepted, Carrier, Outgoing, OutgoingCall
from hotline.db import write
from hotline.now import SetClock
from hotline.simulator.config import PhoneConfig
from hotline.threads.line_pace import Way, take_room
from hotline.threads.outbox import Priority
from hotline.threads.tables import Deed
from tests.house import FIRST, LINE, Home, home, unpaced, workshop_of
from worker.drain import drain, drain_pages
from worker.workshop import Workshop

OTHER = "+12025550112"


@pytest.fixture
def house(sqlite_url: str, tmp_path: Path, clock: SetClock) -> Iterator[Home]:
    """On SQLite alone: this is about order. First and Second are on call."""
    with home(sqlite_url, tmp_path / "var", clock) as running:
        running.staffed()
        yield running


@dataclass
class Slow:
    """The real carrier, that takes `seconds` for each text; `meanwhile` happens during the first."""

    real: Carrier
    clock: SetClock
    seconds: float
    meanwhile: Callable[[], object] = lambda: None
    taken: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def send(self, message: Outgoing) -> Accepted:
        self.clock.advance(seconds=self.seconds)
        self.taken.append(message.to if message.to == FIRST else message.text)
        accepted = self.real.send(message)
        if len(self.taken) == 1:
            self.meanwhile()
        return accepted

    def place(self, call: OutgoingCall) -> Accepted:
        self.taken.append(f"call {call.to}")
        return self.real.place(call)


def slow(house: Home, shop: Workshop, seconds: float, meanwhile: Callable[[], object] = lambda: None) -> Slow:
    """The workshop's main line becomes slow."""
    carrier = Slow(shop.carriers["main"], house.clock, seconds, meanwhile)
    cast("dict[str, Any]", shop.carriers)["main"] = carrier
    return carrier


def test_a_first_page_leaves_before_the_answers_that_are_in_hand_already(house: Home) -> None:
    for number in range(30):
        house.queue(f"Answer {number}", priority=Priority.ANSWER)
    house.net.add_phone(PhoneConfig(OTHER, "Another"))
    carrier = slow(house, unpaced(house.shop), 0.25, lambda: house.net.text(OTHER, LINE, "he has a knife"))
    begun = house.clock.now()
    drain(house.shop)
    assert carrier.taken[0].startswith("Answer")
    assert set(carrier.taken[1:3]) == {FIRST, f"call {FIRST}"}
    assert (house.clock.now() - begun).total_seconds() >= 30 * 0.25
    assert len(carrier.taken) == 32, "and nothing is forgotten for it"


def test_repeats_go_after_first_pages_and_before_answers_and_those_before_notices(house: Home) -> None:
    for words, priority in (
        ("notice", Priority.NOTICE),
        ("answer", Priority.ANSWER),
        ("repeat", Priority.PAGE),
        ("first page", Priority.FIRST_PAGE),
    ):
        house.queue(words, priority=priority)
    carrier = slow(house, house.shop, 0.25)
    drain(house.shop)
    assert carrier.taken == ["first page", "repeat", "answer", "notice"]


def test_what_waited_too_long_in_hand_is_left_to_the_worker_that_has_it_now(house: Home) -> None:
    """The carrier takes ten seconds for each text, so the lease of the third runs out before its turn."""
    words = [f"Line {number}" for number in range(5)]
    for one in words:
        house.queue(one)
    other = unpaced(workshop_of(house.desk))
    both: list[str] = []

    def meanwhile() -> None:
        house.clock.advance(seconds=21)
        second = slow(house, other, 0)
        drain(other)
        both.extend(second.taken)

    carrier = slow(house, unpaced(house.shop), 10, meanwhile)
    drain(house.shop)
    other.engine.dispose()
    sent = [message.body for message in house.net.messages.values() if message.direction == "outbound-api"]
    assert len(carrier.taken) == 1
    assert len(both) == 4, "the first was found at the carrier"
    assert sorted(sent) == words


def test_pages_have_a_road_of_their_own(house: Home) -> None:
    """While one thread waits for the carrier to take an answer, another takes pages, and nothing else."""
    house.queue("Answer", priority=Priority.ANSWER)
    house.queue("page", priority=Priority.PAGE)
    house.queue("first page", priority=Priority.FIRST_PAGE)
    carrier = slow(house, house.shop, 0.25)
    assert drain_pages(house.shop) == 2
    assert carrier.taken == ["first page", "page"]
    assert house.pending() == ["send"]


def test_a_first_page_overtakes_what_would_have_waited_at_the_carrier(house: Home) -> None:
    """Thirty texts go one a second, as the number can; a first page leaves at once, and nothing counts as a try."""
    for number in range(30):
        house.queue(f"Notice {number}", priority=Priority.NOTICE)
    carrier = slow(house, house.shop, 0)
    drain(house.shop)
    assert len(carrier.taken) == 3
    house.queue("first page", priority=Priority.FIRST_PAGE)
    drain(house.shop)
    assert carrier.taken[3:] == ["first page"]
    for _ in range(40):
        house.pass_time(seconds=1)
        drain(house.shop)
    assert len(carrier.taken) == 31
    assert {deed.attempts for deed in house.all(Deed)} == {1}
    assert house.pending() == []


def test_calls_are_dialled_no_faster_than_the_number_can(house: Home) -> None:
    with write(house.desk.engine) as tx:
        now = house.clock.now()
        cost = timedelta(seconds=1)
        taken = [take_room(tx, "main", Way.CALL, cost, now, first=False) for _ in range(5)]
        assert taken[:3] == [None] * 3
        assert taken[3] == taken[4] == now + timedelta(milliseconds=1)
        assert take_room(tx, "main", Way.TEXT, cost, now, first=False) is None, "texts have room of their own"
        assert take_room(tx, "main", Way.CALL, cost, now, first=True) is None
