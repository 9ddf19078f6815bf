"""The fault script: each fault seen from the product's side."""

from __future__ import annotations

import threading

import pytest
from twilio.base.exceptions import TwilioRestException

from hotline.simulator.faults import FaultError, parse_rule
from hotline.simulator.network import Network
from hotline.simulator.trouble import NoAnswer
from tests.simulator.conftest import CALLER, LINE, SECOND, START
from tests.simulator.official import client
from tests.simulator.product import ORIGIN, Product, twiml

HOOK = f"{ORIGIN}/message-status"


def statuses(product: Product) -> list[str]:
    return [form["MessageStatus"] for form in product.forms("/message-status")]


def send(net: Network, body: str = "hello") -> str:
    sent = client(net).messages.create(to=CALLER, from_=LINE, body=body, status_callback=HOOK)
    return str(sent.sid)


def test_a_timeout_after_acceptance_has_sent_the_message_all_the_same(net: Network) -> None:
    net.faults.load([{"what": "message", "fault": "api_timeout_after", "nth": 1}])
    with pytest.raises(NoAnswer):
        send(net)
    net.advance(5)
    assert net.phone(CALLER).texts == ["hello"]
    (found,) = client(net).messages.list(to=CALLER, from_=LINE, date_sent_after=START)
    assert found.body == "hello"


def test_a_timeout_before_acceptance_has_sent_nothing(net: Network) -> None:
    net.faults.load([{"fault": "api_timeout_before", "nth": [1, 2]}])
    for _ in range(2):
        with pytest.raises(NoAnswer):
            send(net)
    send(net)
    net.advance(5)
    assert net.phone(CALLER).texts == ["hello"]


@pytest.mark.parametrize(
    ("fault", "status", "code"), [("api_429", 429, 20429), ("api_500", 500, 20500), ("api_503", 503, 20503)]
)
def test_refusals_of_a_carrier_in_trouble(net: Network, fault: str, status: int, code: int) -> None:
    net.faults.load([{"fault": fault, "until": "2026-03-01T22:01:00+00:00"}])
    with pytest.raises(TwilioRestException) as refusal:
        send(net)
    assert (refusal.value.status, refusal.value.code) == (status, code)
    net.advance(60)
    send(net)


def test_undelivered_and_failed_with_their_codes(net: Network, product: Product) -> None:
    net.faults.load(
        [
            {"what": "message", "to": CALLER, "nth": 1, "fault": "undelivered", "code": 30007},
            {"what": "message", "to": CALLER, "nth": 2, "fault": "failed"},
        ]
    )
    for _ in range(3):
        send(net)
    net.advance(10)
    assert sorted(statuses(product)) == ["delivered", "failed", "sent", "sent", "undelivered"]
    codes = {f["MessageStatus"]: f["ErrorCode"] for f in product.forms("/message-status") if "ErrorCode" in f}
    assert codes == {"undelivered": "30007", "failed": "30008"}
    assert net.phone(CALLER).texts == ["hello"]


def test_receipts_lost_doubled_shuffled_and_missing(net: Network, product: Product) -> None:
    for fault, seen in (
        ("callback_lost", []),
        ("callback_doubled", ["sent", "sent", "delivered", "delivered"]),
        ("callback_shuffled", ["delivered", "sent"]),
        ("no_receipt", ["sent"]),
    ):
        net.faults.load([{"what": "message", "fault": fault}])
        product.asked.clear()
        send(net)
        net.advance(30)
        assert statuses(product) == seen, fault


def test_a_webhook_doubled_at_once_arrives_on_two_threads(net: Network, product: Product) -> None:
    both = threading.Barrier(2, timeout=5)

    def answer(form: dict[str, str]) -> str:
        both.wait()
        return twiml("<Message>once</Message>")

    product.answers["/sms"] = answer
    net.faults.load([{"what": "message", "fault": "webhook_doubled_at_once"}])
    sid = net.text(CALLER, LINE, "hi")
    net.advance(5)
    assert [form["MessageSid"] for form in product.forms("/sms")] == [sid, sid]
    assert net.phone(CALLER).texts == ["once"]


@pytest.mark.parametrize(
    ("fault", "posts", "fallbacks", "codes"),
    [
        ("webhook_lost", 0, 0, []),
        ("webhook_unreachable", 0, 1, [11205]),
        ("webhook_timeout", 1, 1, [11200]),
        ("webhook_doubled", 2, 0, []),
    ],
)
def test_webhooks_that_go_astray(
    net: Network, product: Product, fault: str, posts: int, fallbacks: int, codes: list[int]
) -> None:
    product.answers["/sms"] = product.answers["/fallback"] = twiml("<Message>hello</Message>")
    net.lines[LINE].settings["SmsFallbackUrl"] = f"{ORIGIN}/fallback"
    net.faults.load([{"what": "message", "fault": fault}])
    net.text(CALLER, LINE, "hi")
    net.advance(40)
    assert (len(product.forms("/sms")), len(product.forms("/fallback"))) == (posts, fallbacks)
    assert [e.code for e in net.errors] == codes


def test_a_webhook_comes_late(net: Network, product: Product) -> None:
    product.answers["/sms"] = twiml("")
    net.faults.load([{"fault": "webhook_delayed", "seconds": 45}])
    net.text(CALLER, LINE, "hi")
    net.advance(44)
    assert product.forms("/sms") == []
    net.advance(2)
    assert len(product.forms("/sms")) == 1


@pytest.mark.parametrize(
    ("fault", "status"), [("busy", "busy"), ("no_answer", "no-answer"), ("call_failed", "failed")]
)
def test_calls_that_reach_nobody(net: Network, product: Product, fault: str, status: str) -> None:
    net.faults.load([{"what": "call", "to": SECOND, "fault": fault}])
    call = client(net).calls.create(to=SECOND, from_=LINE, twiml="<Response><Say>hello</Say></Response>")
    net.advance(70)
    assert client(net).calls(call.sid).fetch().status == status


def test_a_rule_that_makes_no_sense_is_named(net: Network) -> None:
    for rule, words in (
        ({"fault": "meteor"}, "meteor"),
        ({"fault": "busy", "what": "message"}, "cannot happen"),
        ({"fault": "busy", "nth": 0}, "nth"),
        ({"fault": "busy", "to": "5550131"}, "to:"),
        ({"fault": "busy", "after": "22:00"}, "after"),
        ({"fault": "busy", "colour": "red"}, "colour"),
        ({}, "fault is missing"),
    ):
        with pytest.raises(FaultError, match=words):
            parse_rule(rule)
    with pytest.raises(FaultError, match="rule 2"):
        net.faults.load([{"fault": "busy"}, {"fault": "meteor"}])
    assert net.faults.rules == []
