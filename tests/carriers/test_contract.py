"""The contract: what the house may expect of every carrier, played on each of them."""

from __future__ import annotations

import socket
from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.carriers.carrier import (
    Accepted,
    BadRequest,
    Carrier,
    CarrierError,
    DeliveryStatus,
    NotOnThisLine,
    Outgoing,
    Retry,
)
from hotline.carriers.gateway import GatewayCarrier
from hotline.conversation.inbound import CarrierWord, Channel
from tests.carriers.conftest import NOW
from tests.carriers.desk import DESKS, MARIE, OURS, Desk
from tests.carriers.stand_in import Fault, Network

REPLY = "Eske ou an sekirite? 1 wi, 2 non"
STATUS = "https://line.example.org/twilio/status/message?id=7"


def outgoing(carrier: Carrier, text: str = REPLY) -> Outgoing:
    return Outgoing("m-7", MARIE, text, carrier.line, STATUS)


def test_a_text_reaches_us_whole(desk: Desk) -> None:
    request = desk.text("èd mwen \N{POLICE CARS REVOLVING LIGHT} مساعدة\r\nsecond line", key="41")
    assert desk.carrier.authentic(request)
    inbound = desk.carrier.message(request, NOW)
    assert inbound.text == "èd mwen \N{POLICE CARS REVOLVING LIGHT} مساعدة\nsecond line"
    assert inbound.sender == MARIE
    assert inbound.channel is Channel.SMS
    assert inbound.line == desk.carrier.line.id
    assert inbound.at == NOW
    assert inbound.carrier_word is None


def test_the_key_is_the_same_for_a_repeat_and_another_for_the_next_text(desk: Desk) -> None:
    first = desk.carrier.message(desk.text("1", key="41"), NOW)
    again = desk.carrier.message(desk.text("1", key="41"), NOW + timedelta(seconds=16))
    other = desk.carrier.message(desk.text("1", key="42"), NOW)
    assert first.key == again.key
    assert first.key != other.key


def test_nul_and_control_characters_are_taken_out(desk: Desk) -> None:
    assert desk.carrier.message(desk.text("he\x00lp\x1b[2J me\x07"), NOW).text == "help[2J me"


@pytest.mark.parametrize("text", ["", " ", "x" * 1600, "\N{BABY}\N{ZERO WIDTH JOINER}" * 700, "‮abc"])
def test_any_text_is_accepted(desk: Desk, text: str) -> None:
    assert desk.carrier.message(desk.text(text), NOW).text == text


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("stop", CarrierWord.STOP),
        (" Cancel\n", CarrierWord.STOP),
        ("INFO", CarrierWord.HELP),
        ("yes", CarrierWord.START),
        ("stop please", None),
        ("help me", None),
        ("", None),
    ],
)
def test_a_word_of_the_carrier_is_marked_and_kept(desk: Desk, text: str, word: CarrierWord | None) -> None:
    inbound = desk.carrier.message(desk.text(text), NOW)
    assert inbound.carrier_word is word
    assert inbound.text == text


@pytest.mark.parametrize("sender", ["anonymous", "Restricted", "LUCELEC", "40404", "+266696687"])
def test_who_cannot_be_named_has_no_number_and_is_heard_all_the_same(desk: Desk, sender: str) -> None:
    inbound = desk.carrier.message(desk.text("help", sender=sender), NOW)
    assert inbound.sender == ""
    assert inbound.text == "help"


def test_what_the_carrier_did_not_send_is_not_believed(desk: Desk) -> None:
    assert not desk.carrier.authentic(desk.unsigned(desk.text("hello")))
    assert not desk.carrier.authentic(desk.unsigned(desk.report("SM1", "delivered")))


def test_a_request_without_its_id_gets_a_clear_refusal(desk: Desk) -> None:
    for read, request in (
        (desk.carrier.message, desk.text("hello")),
        (desk.carrier.receipt, desk.report("SM1", "delivered")),
    ):
        with pytest.raises(BadRequest, match="is missing") as caught:
            read(desk.without_key(request), NOW)
        answer = desk.carrier.refuse(caught.value)
        assert answer.status == 400
        assert answer.body.endswith("is missing\n")


def test_a_reply_travels_in_the_answer(desk: Desk) -> None:
    assert desk.reply(desk.carrier.answer_message("Wi & <non>", STATUS)) == "Wi & <non>"


def test_no_reply_is_no_reply(desk: Desk) -> None:
    assert desk.reply(desk.carrier.answer_message(None, STATUS)) is None


def test_receipts_move_forward_whatever_their_order(desk: Desk) -> None:
    seen = DeliveryStatus.QUEUED
    for said in ("sent", "delivered", "sent", "brand-new-status"):
        request = desk.report("SM1", said)
        assert desk.carrier.authentic(request)
        receipt = desk.carrier.receipt(request, NOW)
        assert receipt.sid == "SM1"
        seen = seen.then(receipt.status)
    assert seen is DeliveryStatus.DELIVERED


def test_a_failed_message_says_why(desk: Desk) -> None:
    receipt = desk.carrier.receipt(desk.report("SM1", "failed"), NOW)
    assert receipt.status.failed
    assert receipt.error_code == "30003"
    assert receipt.at == NOW


def test_a_message_is_handed_over(desk: Desk, network: Network) -> None:
    accepted = desk.carrier.send(outgoing(desk.carrier))
    [message] = network.messages
    assert accepted == Accepted(str(message["sid"]))
    assert (message["from"], message["to"], message["body"]) == (OURS, MARIE, REPLY)
    assert STATUS in str(network.requests)
    assert network.complaints == []


@pytest.mark.parametrize(
    ("fault", "retry", "after"),
    [
        (Fault("answer", 429, "{}", {"Retry-After": "7"}), Retry.LATER, 7),
        (Fault("answer", 503, "<html>"), Retry.AMBIGUOUS, None),
        (Fault("answer", 500, '{"code": 20500}', {"Retry-After": "tomorrow"}), Retry.AMBIGUOUS, None),
        (Fault("answer", 400, "{}"), Retry.NEVER, None),
        (Fault("answer", 401, "no"), Retry.NEVER, None),
        (Fault("answer", 302, "", {"Location": "https://example.org/"}), Retry.NEVER, None),
        (Fault("answer", 201, "it worked, I think"), Retry.AMBIGUOUS, None),
        (Fault("silence", taken=True), Retry.AMBIGUOUS, None),
        (Fault("hang-up"), Retry.AMBIGUOUS, None),
    ],
    ids=lambda value: f"{value.kind}-{value.status}" if isinstance(value, Fault) else None,
)
def test_every_failure_says_whether_to_try_again(
    desk: Desk, network: Network, fault: Fault, retry: Retry, after: float | None
) -> None:
    network.faults = [fault]
    with pytest.raises(CarrierError) as caught:
        desk.carrier.send(outgoing(desk.carrier))
    assert caught.value.retry is retry
    assert caught.value.after == after
    assert caught.value.code
    assert len(network.requests) == 1  # nothing is repeated behind our back
    for hidden in (MARIE, MARIE[1:], REPLY, "example.org"):
        assert hidden not in f"{caught.value!s} {caught.value!r}"
    assert caught.value.__cause__ is None
    assert (
        caught.value.__context__ is None
    )  # the library's own error would bring the number into a stack trace


@pytest.mark.parametrize("kind", sorted(DESKS))
def test_a_carrier_that_is_not_there_took_nothing(kind: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    carrier = DESKS[kind].at(f"http://127.0.0.1:{port}").carrier
    with pytest.raises(CarrierError) as caught:
        carrier.send(outgoing(carrier))
    assert caught.value.retry is Retry.LATER
    assert caught.value.code == "unreachable"
    carrier.close()


def test_after_a_doubt_it_is_found_or_the_carrier_says_it_cannot_tell(desk: Desk, network: Network) -> None:
    network.faults = [Fault("silence", taken=True)]
    with pytest.raises(CarrierError):
        desk.carrier.send(outgoing(desk.carrier))
    network.released.set()
    if isinstance(desk.carrier, GatewayCarrier):
        with pytest.raises(NotOnThisLine, match="no-lookup"):
            desk.carrier.find(MARIE, NOW, REPLY)
    else:
        assert desk.carrier.find(MARIE, NOW, REPLY) == Accepted(str(network.messages[0]["sid"]))


def test_a_line_that_sends_no_texts_says_so_before_trying(desk: Desk, network: Network) -> None:
    desk.carrier.line = replace(desk.carrier.line, sms_out=False)
    with pytest.raises(NotOnThisLine, match="no-sms-out"):
        desk.carrier.send(outgoing(desk.carrier))
    assert network.requests == []


def test_a_reply_that_could_not_travel_is_never_lost_silently(desk: Desk) -> None:
    desk.carrier.line = replace(desk.carrier.line, reply_in_answer=False)
    with pytest.raises(ValueError, match="reply in the answer"):
        desk.carrier.answer_message(REPLY, STATUS)
    assert desk.reply(desk.carrier.answer_message(None, STATUS)) is None
