"""The carrier of the first line is in trouble: after a minute staff are written to and rung by the second."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from hotline.alerts.tables import Alert
from hotline.now import SetClock
from hotline.threads.tables import LineTrouble, Message
from tests.house import CALLER, FIRST, LINE, Home, home
from tests.worker.test_gateway_line import ISLAND, LINES, SIM_CARD
from tests.worker.test_phones_and_helpers import listed

HELPER = "+12025550141"
SPARE = "+12025550106"
SPARE_LINE = f"""
[[lines]]
id = "spare"
carrier = "twilio"
number = "{SPARE}"
sms_out = true
voice = true
"""


@pytest.fixture
def two_lines(sqlite_url: str, tmp_path: Path, clock: SetClock) -> Iterator[Home]:
    """First is on call, then Second; a second number at the same carrier."""
    with home(sqlite_url, tmp_path / "var", clock, numbers=(SPARE,), lines=SPARE_LINE) as running:
        running.staffed()
        yield running


@pytest.fixture
def two_carriers(sqlite_url: str, tmp_path: Path, clock: SetClock) -> Iterator[Home]:
    """The second line is an Android phone behind a gateway: another carrier altogether, texts only."""
    gateways = {"gateways": (ISLAND,), "lines": LINES, "ISLAND_SECRET": "fictional-secret"}
    with home(sqlite_url, tmp_path / "var", clock, **gateways) as running:  # type: ignore[arg-type]
        running.staffed()
        yield running


def goes_on(house: Home, seconds: int, each: int = 2) -> None:
    """The house at work: worker and clock every two seconds."""
    for _ in range(0, seconds, each):
        house.work()
        house.tick()
        house.pass_time(seconds=each)


def heard(house: Home, number: str) -> list[tuple[str, datetime]]:
    """By which number the phone was written to, and when."""
    return [(text.other, text.at) for text in house.net.phone(number).bubbles if not text.mine]


def rung(house: Home, number: str) -> list[str]:
    """By which number the phone was rung."""
    return [call.sender for call in house.net.calls.values() if call.to == number]


@pytest.mark.parametrize("fault", ["api_503", "api_timeout_before", "api_429"])
def test_after_a_minute_of_trouble_text_and_call_come_by_the_second_line(two_lines: Home, fault: str) -> None:
    house = two_lines
    house.net.faults.load([{"fault": fault, "from": LINE}])
    since = house.clock.now()
    house.text("he has a knife")
    goes_on(house, 90)
    (by, at), *_ = heard(house, FIRST)
    assert by == SPARE
    assert 60 <= (at - since).total_seconds() <= 90
    assert SPARE in rung(house, FIRST)
    assert house.net.errors == []


def test_while_it_lasts_the_next_emergency_goes_by_the_second_line_at_once(two_lines: Home) -> None:
    house = two_lines
    house.net.faults.load([{"fault": "api_503", "from": LINE}])
    house.text("he has a knife")
    goes_on(house, 90)
    before = len(heard(house, FIRST))
    since = house.clock.now()
    house.text("help me they locked me in", sender="+12025550121")
    goes_on(house, 6)
    new = heard(house, FIRST)[before:]
    assert [by for by, _ in new] == [SPARE]
    assert (new[0][1] - since).total_seconds() <= 12


def test_once_it_is_well_again_the_first_line_is_used_again(two_lines: Home) -> None:
    house = two_lines
    until = house.clock.now().timestamp() + 120
    house.net.faults.load(
        [{"fault": "api_503", "from": LINE, "until": datetime.fromtimestamp(until, house.clock.now().tzinfo)}]
    )
    house.text("he has a knife")
    goes_on(house, 360)
    assert heard(house, FIRST)[-1][0] == LINE
    assert house.all(LineTrouble) == []


def test_an_account_that_is_refused_is_not_waited_for(two_carriers: Home) -> None:
    house = two_carriers
    house.text("he has a knife")
    house.net.lines[LINE].config = replace(
        house.net.lines[LINE].config, sms=False
    )  # the number may not send any more: configuration
    goes_on(house, 6)
    assert [by for by, _ in heard(house, FIRST)] == [SIM_CARD]


def test_a_second_carrier_takes_the_texts(two_carriers: Home) -> None:
    house = two_carriers
    house.net.faults.load([{"fault": "api_503", "from": LINE}])
    house.text("he has a knife")
    goes_on(house, 90)
    assert SIM_CARD in [by for by, _ in heard(house, FIRST)]
    sent = house.all(Message, Message.page_id.is_not(None), Message.line == "island")
    assert {message.status for message in sent} == {"delivered"}, "and its receipts are heard"
    assert [alert.state for alert in house.all(Alert)] == ["open"]


def test_the_public_hears_only_from_the_number_they_wrote_to(two_lines: Home) -> None:
    house = two_lines
    house.net.faults.load([{"fault": "api_503", "from": LINE}])
    house.queue("Where are you now?")
    goes_on(house, 120)
    assert heard(house, CALLER) == []


def test_who_said_stop_to_the_first_line_is_not_written_to_by_the_second(two_lines: Home) -> None:
    house = two_lines
    house.net.lines[LINE].stopped.add(FIRST)
    house.text("he has a knife")
    goes_on(house, 60)
    assert heard(house, FIRST) == []
    assert rung(house, FIRST) != []


def test_who_is_asked_to_help_is_rung_by_the_second_line_too(two_lines: Home) -> None:
    house = two_lines
    house.net.faults.load([{"fault": "api_503", "from": LINE}])
    house.text("he has a knife")
    goes_on(house, 90)  # by then the house knows that the first line is in trouble
    listed(house, HELPER)
    goes_on(house, 6)
    assert rung(house, HELPER) == [SPARE]
