"""What a gateway is told by content alone: an Android phone, an SMSC of the Kannel kind, one of the Jasmin kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from hotline.calltree.actions import Document
from hotline.carriers.carrier import (
    BadRequest,
    CallLinks,
    CarrierError,
    DeliveryStatus,
    NotOnThisLine,
    Outgoing,
    OutgoingCall,
    Request,
    Retry,
)
from hotline.carriers.gateway import GatewayCarrier
from hotline.carriers.lines import CarrierKind, Encoding, GatewayReply, GatewaySettings, Line
from tests.carriers.conftest import NOW
from tests.carriers.desk import MARIE, OURS, PUBLIC, SHORT, SHOWN, GatewayDesk
from tests.carriers.stand_in import Fault, Network, StandIn

Opened = Callable[..., GatewayCarrier]


@pytest.fixture
def opened(stand_in: StandIn) -> Iterator[Opened]:
    carriers = []

    def open_with(**settings: Any) -> GatewayCarrier:
        settings = {
            "send_url": f"{stand_in.url}/gateway/send",
            "secret": SHOWN,
            "secret_field": "pw",
        } | settings
        gateway = GatewaySettings(**settings)
        replies = gateway.reply is not GatewayReply.NONE
        line = Line("sim", OURS, CarrierKind.GATEWAY, voice=False, reply_in_answer=replies, gateway=gateway)
        carriers.append(GatewayCarrier(line, SHORT))
        return carriers[-1]

    yield open_with
    for carrier in carriers:
        carrier.close()


def get(query: str) -> Request:
    return Request("GET", f"{PUBLIC}/gateway/sim/sms?{query}", {}, ())


def taken(network: Network, body: str = "OK") -> None:
    network.faults = [Fault("answer", 200, body)]


def test_an_smsc_that_asks_with_get_and_takes_plain_text(opened: Opened) -> None:
    carrier = opened(inbound={"from": "p", "text": "a", "id": "I"}, reply=GatewayReply.TEXT)
    request = get(
        "pw=" + SHOWN + "&p=+12025550123&a=Kote+ou%20y%C3%A8%00&I=abc-1"
    )  # its plus was not escaped
    assert carrier.authentic(request)
    inbound = carrier.message(request, NOW)
    assert (inbound.sender, inbound.text, inbound.key) == (MARIE, "Kote ou yè", "sim:abc-1")
    answer = carrier.answer_message("Wi & <non>", "")
    assert (answer.status, answer.content_type, answer.body) == (
        200,
        "text/plain; charset=utf-8",
        "Wi & <non>",
    )
    silent = carrier.answer_message(None, "")
    assert (silent.status, silent.content_type, silent.body) == (200, None, "")


def test_an_smsc_that_wants_its_own_acknowledgement(opened: Opened) -> None:
    carrier = opened(quiet_body="ACK/Jasmin", reply=GatewayReply.NONE)
    answer = carrier.answer_message(None, "")
    assert (answer.status, answer.content_type, answer.body) == (
        200,
        "text/plain; charset=utf-8",
        "ACK/Jasmin",
    )


@pytest.mark.parametrize(
    ("query", "headers", "good"),
    [
        ("pw=" + SHOWN, {}, True),
        ("pw=wrong", {}, False),
        ("", {}, False),
        ("", {"authorization": "Bearer " + SHOWN}, True),
        ("", {"Authorization": SHOWN}, True),
        ("", {"Authorization": "Bearer é"}, False),
    ],
)
def test_the_secret_is_in_the_header_or_the_field(
    opened: Opened, query: str, headers: dict[str, str], good: bool
) -> None:
    carrier = opened(secret_header="Authorization")
    assert carrier.authentic(Request("GET", f"{PUBLIC}/x?{query}", headers, ())) is good


def test_without_a_secret_of_our_own_nothing_is_believed(opened: Opened) -> None:
    carrier = opened(secret="")
    assert not carrier.authentic(get("pw="))
    assert not carrier.authentic(get(""))


def test_without_ids_the_time_tells_a_repeat_from_a_second_text(opened: Opened) -> None:
    carrier = opened(inbound={"from": "p", "text": "a", "time": "t"})
    first, again, later = (
        carrier.message(get(f"p=%2B12025550123&a=1&t={time}"), NOW).key
        for time in ("10:00:01", "10:00:01", "10:00:09")
    )
    assert first == again != later
    assert MARIE[1:] not in first
    with pytest.raises(BadRequest, match="t is missing"):
        carrier.message(get("p=%2B12025550123&a=1"), NOW)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[1, 2]", b'{"from": {"a": 1}}', b'{"from": null, "id": true}', b"\xff\xfe", b"[" * 100_000],
)
def test_a_body_that_cannot_be_read_gets_a_clear_refusal(opened: Opened, body: bytes) -> None:
    with pytest.raises(BadRequest, match="from is missing"):
        opened().message(Request("POST", PUBLIC, {}, (), body), NOW)


def test_a_number_as_its_id_and_a_long_id_both_make_keys(opened: Opened) -> None:
    carrier = opened()
    assert (
        carrier.message(Request("POST", PUBLIC, {}, (), b'{"from": "+12025550123", "id": 7}'), NOW).key
        == "sim:7"
    )
    long = Request("POST", PUBLIC, {}, [("from", MARIE), ("id", "x y/" * 100)])
    assert len(carrier.message(long, NOW).key) < 60


@pytest.mark.parametrize(
    ("written", "read"),
    [("17585550123", "+17585550123"), ("5550123", "+17585550123"), ("758 555-0123", "+17585550123"),
     ("447700900123", "+447700900123"), ("00447700900123", "+447700900123"), ("40404", "")],
)  # fmt: skip
def test_numbers_are_read_as_at_home(opened: Opened, written: str, read: str) -> None:
    request = Request("POST", PUBLIC, {}, [("from", written), ("id", "1"), ("text", "x")])
    assert opened().message(request, NOW).sender == read


def test_receipts_in_the_gateways_own_words(opened: Opened) -> None:
    carrier = opened(
        report={"id": "msg", "status": "dlr"},
        statuses={"1": "delivered", "2": "failed", "8": "sent", "x": "?"},
    )
    said = [carrier.receipt(get(f"msg=m-1&dlr={code}"), NOW).status for code in ("8", "1", "2", "x", "99")]
    unknown = DeliveryStatus.UNKNOWN
    assert said == [DeliveryStatus.SENT, DeliveryStatus.DELIVERED, DeliveryStatus.FAILED, unknown, unknown]


def message(carrier: GatewayCarrier) -> Outgoing:
    return Outgoing("m-1", MARIE, "wi è", carrier.line, "https://line.example.org/s", 900)


def test_sending_with_get_without_the_plus_and_with_constants(opened: Opened, network: Network) -> None:
    taken(network)
    carrier = opened(
        method="GET",
        encoding=Encoding.QUERY,
        outbound={"to": "to", "text": "text", "from": "from", "valid_seconds": "validity"},
        constants={"charset": "UTF-8"},
        unicode_constants={"coding": "2"},
        plus=False,
        send_secret="pass-word",
        send_secret_field="password",
    )
    assert carrier.send(message(carrier)).sid == "m-1"  # the gateway gives no id: ours serves
    assert network.requests == [
        (
            "GET /gateway/send",
            {
                "charset": ["UTF-8"],
                "to": [MARIE[1:]],
                "from": [OURS[1:]],
                "text": ["wi è"],
                "validity": ["900"],
                "password": ["pass-word"],
            },
        )
    ]


def test_a_text_outside_the_cheap_alphabet_is_marked(opened: Opened, network: Network) -> None:
    taken(network)
    carrier = opened(unicode_constants={"coding": "2"})
    carrier.send(replace(message(carrier), text="你好"))
    assert network.requests[0][1]["coding"] == ["2"]


def test_sending_json_with_a_token(opened: Opened, network: Network) -> None:
    taken(network, '{"data": {"id": "g-77"}}')
    carrier = opened(
        encoding=Encoding.JSON,
        outbound={"to": "message.phones.number", "text": "message.text", "id": "id"},
        send_secret="t0k3n",
        send_secret_header="Authorization",
        send_secret_prefix="Bearer ",
        accepted=r'"id":\s*"([^"]+)"',
    )
    assert carrier.send(message(carrier)).sid == "g-77"
    assert network.bodies == [
        '{"message": {"phones": {"number": "+12025550123"}, "text": "wi \\u00e8"}, "id": "m-1"}'
    ]
    assert network.authorizations == ["Bearer t0k3n"]


def test_a_refusal_inside_a_200_is_one(opened: Opened, network: Network) -> None:
    taken(network, "3: Malformed")
    carrier = opened(refused=r"^[1-9]:")
    with pytest.raises(CarrierError, match="refused") as caught:
        carrier.send(message(carrier))
    assert caught.value.retry is Retry.NEVER


def test_after_a_doubt_a_gateway_that_ignores_repeats_may_be_asked_again(opened: Opened) -> None:
    assert opened(deduplicates=True).find(MARIE, NOW, "x") is None


def test_there_is_no_voice_and_it_says_so(stand_in: StandIn) -> None:
    desk = GatewayDesk.at(stand_in.url)
    carrier, request = desk.carrier, get("")
    call = OutgoingCall("p-1", MARIE, carrier.line, PUBLIC, PUBLIC, 20)
    for act in (
        lambda: carrier.call(request, NOW, 0),
        lambda: carrier.call_receipt(request, NOW),
        lambda: carrier.recording_receipt(request, NOW),
        lambda: carrier.answer_call(Document(()), CallLinks(PUBLIC), lambda _: ()),
        carrier.answer_join,
        lambda: carrier.place(call),
        lambda: carrier.end("x"),
        lambda: carrier.redirect("x", PUBLIC),
        lambda: carrier.fetch_recording("x"),
    ):
        with pytest.raises(NotOnThisLine, match="no-voice"):
            act()
    assert carrier.joined(request) is None
    carrier.delete_message("x")
    carrier.redact("x")
    carrier.delete_recording("x")
    assert stand_in.network.requests == []
    carrier.close()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"outbound": {"to": "to"}}, "outbound needs `text`"),
        ({"inbound": {"from": "p", "text": "a"}}, "needs `id` or `time`"),
        ({"report": {}}, "report needs `id`, `status`"),
        ({"method": "GET"}, "goes with method POST"),
        ({"encoding": Encoding.QUERY}, "goes with method GET"),
    ],
)
def test_content_that_cannot_work_is_refused_in_words(wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        GatewaySettings(send_url="http://x.example", **wrong)


def test_a_line_that_promises_what_its_gateway_cannot_is_refused() -> None:
    settings = GatewaySettings(send_url="http://x.example")
    with pytest.raises(ValueError, match="reply_in_answer needs"):
        Line("sim", OURS, CarrierKind.GATEWAY, gateway=settings)
    with pytest.raises(ValueError, match="needs its gateway settings"):
        Line("sim", OURS, CarrierKind.GATEWAY)
    assert "s3cret" not in repr(replace(settings, secret="s3cret", send_secret="s3cret"))
