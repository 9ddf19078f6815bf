"""A line that is an Android phone as gateway: in at our door, out through its API, reports back at our door."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hotline.now import SetClock
from hotline.simulator.config import GatewayLineConfig
from hotline.threads.tables import Message, MessageStatus, Thread
from tests.house import CALLER, PUBLIC, Home, home

SIM_CARD = "+12025550105"
ISLAND = GatewayLineConfig(
    "island",
    SIM_CARD,
    f"{PUBLIC}/gateway/island/sms",
    "fictional-secret",
    send_fields={"to": "to", "text": "message", "reference": "reference", "status_url": "status_url"},
)
LINES = """
[[lines]]
id = "island"
carrier = "gateway"
number = "+12025550105"
sms_in = true
sms_out = true

[lines.gateway]
send_url = "{network}/gateway/island/send"
outbound = { to = "to", text = "message", id = "reference", status_url = "status_url" }
send_secret_env = "ISLAND_SECRET"
send_secret_field = "secret"
accepted = '"id": ?"([^"]+)"'
inbound = { id = "id", from = "from", text = "message" }
secret_env = "ISLAND_SECRET"
secret_field = "secret"
report = { id = "id", status = "status" }
"""


@pytest.fixture
def island(sqlite_url: str, tmp_path: Path, clock: SetClock) -> Iterator[Home]:
    """A house with a gateway line beside the main one."""
    with home(
        sqlite_url,
        tmp_path / "var",
        clock,
        gateways=(ISLAND,),
        lines=LINES,
        ISLAND_SECRET="fictional-secret",
    ) as running:
        yield running


def test_a_text_to_the_gateway_is_answered_through_its_api(island: Home) -> None:
    island.text("Hello", to=SIM_CARD)
    phone = island.net.phone(CALLER)
    assert phone.texts == [], "nothing travels in the webhook's answer"
    island.work()
    island.pass_time(seconds=10)
    assert len(phone.texts) == 1
    assert phone.bubbles[-1].other == SIM_CARD, "it comes from the number that was written to"
    (reply,) = island.all(Message, Message.direction == "out")
    assert (reply.line, reply.status) == ("island", MessageStatus.DELIVERED)
    assert reply.outgoing_sealed is None
    assert island.net.errors == []


def test_the_conversation_goes_on_through_the_gateway(island: Home) -> None:
    for body in ("Hello", "yes", "no", "2", "a woman cleans all day without pay"):
        island.text(body, to=SIM_CARD)
        island.work()
    island.pass_time(seconds=10)
    assert len(island.net.phone(CALLER).texts) == 5
    (record,) = island.records()
    assert record["form"] == "online"
    assert [thread.line for thread in island.all(Thread)] == ["island"]


def test_danger_on_the_gateway_pages_through_the_main_line(island: Home) -> None:
    island.staffed()
    island.text("he has a knife", to=SIM_CARD)
    island.work()
    island.pass_time(seconds=5)
    first = island.net.phone("+12025550131")
    assert first.ringing is not None
    assert len(first.texts) == 1


def test_a_stranger_at_the_gateways_door_is_not_heard(island: Home) -> None:
    door = island.net.gateways["island"]
    door.config = GatewayLineConfig("island", SIM_CARD, ISLAND.inbound_url, "another-secret")
    island.text("Hello", to=SIM_CARD)
    assert island.all(Message) == []
    assert [error.text for error in island.net.errors] == ["gateway: HTTP 403"]


def test_the_same_text_forwarded_twice_is_answered_once(island: Home) -> None:
    gateway = island.net.gateways["island"]
    number = gateway.text_from_phone(island.net.phone(CALLER), "Hello")
    island.net.spawn(gateway._forward(number, CALLER, "Hello"))
    island.pass_time(seconds=5)
    island.work()
    island.pass_time(seconds=5)
    assert len(island.net.phone(CALLER).texts) == 1


def test_what_waited_for_the_gateway_does_not_come_all_at_once(island: Home) -> None:
    """Seven times the same question in seven minutes is not too often; seven at once, after the gateway was away, is."""
    for _ in range(7):
        island.text("scr", to=SIM_CARD)
        island.pass_time(seconds=61)
    for _ in range(6):  # the gateway takes a little at a time
        island.work()
        island.pass_time(seconds=2)
    island.pass_time(seconds=10)
    assert len(island.net.phone(CALLER).texts) == 5
    failed = island.all(Message, Message.status == MessageStatus.FAILED)
    assert [message.error_code for message in failed] == ["repeated"] * 2
