"""A call whose end was told to nobody: the next emergency rings that phone all the same, and no call is cut for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hotline.now import SetClock
from hotline.simulator.config import PhoneConfig
from tests.house import FIRST, Home, home

OTHER = "+12025550112"


@pytest.fixture
def taken(sqlite_url: str, tmp_path: Path, clock: SetClock) -> Iterator[Home]:
    """First took an emergency by a key and is still in that call; the carrier's events are lost from now on."""
    with home(sqlite_url, tmp_path / "var", clock) as house:
        house.staffed()
        house.net.add_phone(PhoneConfig(OTHER, "Another"))
        house.text("he has a knife")
        house.work()
        house.pass_time(seconds=2)
        house.net.answer(FIRST)
        house.pass_time(seconds=8)
        house.net.press(FIRST, "1")
        house.pass_time(seconds=2)
        house.net.faults.load([{"what": "call", "fault": "callback_lost"}])
        yield house


def lives(house: Home, seconds: int) -> None:
    for _ in range(seconds // 5):
        house.pass_time(seconds=5)
        house.tick()
        house.work()


def test_who_hung_up_without_news_is_rung_for_the_next_emergency(taken: Home) -> None:
    if taken.net.phone(FIRST).live is not None:
        taken.net.hang_up(FIRST)
    lives(taken, 180)
    taken.net.text(OTHER, "+12025550100", "he has a knife")
    taken.net.tick()
    lives(taken, 40)
    assert len([call for call in taken.net.calls.values() if call.to == FIRST]) == 2
    assert taken.net.errors == []


def test_only_what_the_carrier_says_is_over_is_over(taken: Home) -> None:
    """Whoever still talks is not cut off for another emergency."""
    carrier, phone = taken.shop.carriers["main"], taken.net.phone(FIRST)
    assert phone.live is not None, "the call goes on with its keys"
    sid = phone.live.sid
    assert not carrier.is_over(sid)
    taken.net.hang_up(FIRST)
    assert carrier.is_over(sid)
    assert carrier.is_over("CA" + "0" * 32), "forgotten there"
