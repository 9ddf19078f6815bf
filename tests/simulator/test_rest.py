"""The REST API as the official client and a raw caller meet it."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client
from werkzeug.test import Client as WsgiClient

from hotline.simulator.app import create_app
from hotline.simulator.network import Network
from hotline.simulator.rest.parameters import KNOWN
from tests.simulator.conftest import ACCOUNT, CALLER, LINE, OFFICER
from tests.simulator.official import InProcess, client
from tests.simulator.product import ORIGIN, TOKEN, Product, twiml

BASE = f"/2010-04-01/Accounts/{ACCOUNT}"


def raw(net: Network, method: str, path: str, data: Any = None, token: str = TOKEN) -> tuple[int, Any]:
    login = base64.b64encode(f"{ACCOUNT}:{token}".encode()).decode()
    headers = {"Authorization": f"Basic {login}"}
    with WsgiClient(create_app(net)).open(path, method=method, data=data, headers=headers) as answer:
        return answer.status_code, answer.get_json(silent=True)


def test_wrong_credentials(net: Network) -> None:
    stranger = Client(ACCOUNT, "wrong", http_client=InProcess(net))
    with pytest.raises(TwilioRestException) as refusal:
        stranger.messages.create(to=CALLER, from_=LINE, body="x")
    assert (refusal.value.status, refusal.value.code) == (401, 20003)
    status, body = raw(net, "GET", f"{BASE}/Messages.json", token="")
    assert (status, body["code"], body["status"]) == (401, 20003, 401)
    assert body["more_info"].endswith("/20003")


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"From": LINE, "Body": "x"}, 21604),
        ({"To": CALLER, "Body": "x"}, 21603),
        ({"To": CALLER, "From": LINE}, 21602),
        ({"To": CALLER, "From": LINE, "Body": ""}, 21602),
        ({"To": CALLER, "From": LINE, "Body": "x" * 1601}, 21617),
        ({"To": "5550111", "From": LINE, "Body": "x"}, 21211),
        ({"To": "+1202", "From": LINE, "Body": "x"}, 21211),
        ({"To": CALLER, "From": OFFICER, "Body": "x"}, 21659),
        ({"To": CALLER, "From": "hotline", "Body": "x"}, 21212),
        ({"To": LINE, "From": LINE, "Body": "x"}, 21266),
        ({"To": CALLER, "From": LINE, "Body": "x", "StatusCallback": "/relative"}, 21609),
        ({"To": CALLER, "From": LINE, "Body": "x", "Colour": "red"}, 20001),
        ({"To": CALLER, "From": LINE, "Body": ["x", "y"]}, 20001),
        ({"To": CALLER, "From": LINE, "Body": "x", "RiskCheck": "maybe"}, 20001),
        ({"To": CALLER, "From": LINE, "Body": "x", "ValidityPeriod": "0"}, 20001),
    ],
)
def test_a_text_that_the_carrier_refuses(net: Network, form: dict[str, Any], code: int) -> None:
    status, body = raw(net, "POST", f"{BASE}/Messages.json", form)
    assert (status, body["code"]) == (400, code)
    assert net.messages == {}


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"From": LINE, "Url": f"{ORIGIN}/x"}, 21201),
        ({"To": CALLER, "Url": f"{ORIGIN}/x"}, 21213),
        ({"To": CALLER, "From": LINE}, 21205),
        ({"To": CALLER, "From": LINE, "Url": "product.test/x"}, 21205),
        ({"To": CALLER, "From": LINE, "Url": "http://bad_host.test/x"}, 21205),
        ({"To": CALLER, "From": OFFICER, "Url": f"{ORIGIN}/x"}, 21210),
        ({"To": CALLER, "From": LINE, "Twiml": "<Response><Shout/></Response>"}, 12200),
        ({"To": CALLER, "From": LINE, "Twiml": twiml(f"<Say>{'x' * 4000}</Say>")}, 21218),
        ({"To": CALLER, "From": LINE, "Url": f"{ORIGIN}/x", "StatusCallbackEvent": "answerd"}, 21626),
        ({"To": CALLER, "From": LINE, "Url": f"{ORIGIN}/x", "Timeout": "601"}, 20001),
        ({"To": CALLER, "From": LINE, "Url": f"{ORIGIN}/x", "Method": "PUT"}, 20001),
        ({"To": CALLER, "From": LINE, "Url": f"{ORIGIN}/x", "MachineDetection": "yes"}, 20001),
    ],
)
def test_a_call_that_the_carrier_refuses(net: Network, form: dict[str, Any], code: int) -> None:
    status, body = raw(net, "POST", f"{BASE}/Calls.json", form)
    assert (status, body["code"]) == (400, code)
    assert net.calls == {}


def test_lists_come_in_pages_newest_first(net: Network) -> None:
    carrier = client(net)
    for n in range(7):
        carrier.messages.create(to=CALLER if n % 2 else OFFICER, from_=LINE, body=str(n))
        net.advance(2)
    assert [m.body for m in carrier.messages.list(page_size=3)] == list("6543210")
    assert [m.body for m in carrier.messages.list(to=CALLER, page_size=2)] == list("531")
    assert [m.body for m in carrier.messages.list(limit=2)] == list("65")
    status, body = raw(net, "GET", f"{BASE}/Messages.json?PageSize=3&Page=2")
    assert (status, body["next_page_uri"], len(body["messages"])) == (200, None, 1)
    assert raw(net, "GET", f"{BASE}/Messages.json?PageSize=0")[1]["code"] == 20001
    assert raw(net, "GET", f"{BASE}/Messages.json?Sort=up")[1]["code"] == 20001


def test_messages_are_found_by_when_they_were_sent(net: Network) -> None:
    carrier = client(net)
    carrier.messages.create(to=CALLER, from_=LINE, body="before")
    net.advance(60)
    middle = net.clock()
    carrier.messages.create(to=CALLER, from_=LINE, body="after")
    net.advance(60)
    assert [m.body for m in carrier.messages.list(date_sent_after=middle)] == ["after"]
    assert [m.body for m in carrier.messages.list(date_sent_before=middle)] == ["before"]
    assert len(carrier.messages.list(date_sent=middle.date())) == 2


def test_the_numbers_webhooks_are_set_as_connect_does(net: Network, product: Product) -> None:
    carrier = client(net)
    (number,) = carrier.incoming_phone_numbers.list(phone_number=LINE)
    number.update(
        sms_url=f"{ORIGIN}/new",
        sms_fallback_url=f"{ORIGIN}/fallback",
        voice_url=f"{ORIGIN}/voice",
        voice_fallback_url=f"{ORIGIN}/fallback",
        status_callback=f"{ORIGIN}/call-status",
    )
    assert carrier.incoming_phone_numbers(number.sid).fetch().sms_url == f"{ORIGIN}/new"
    product.answers["/new"] = twiml("")
    net.text(CALLER, LINE, "hi")
    net.advance(1)
    assert len(product.forms("/new")) == 1


def test_what_is_not_there_is_20404(net: Network) -> None:
    for path in (
        "Messages/SM1.json",
        "Calls/CA1.json",
        "Recordings/RE1.wav",
        "Queues/QU1.json",
        "Nonsense.json",
    ):
        assert raw(net, "GET", f"{BASE}/{path}") == (
            404,
            {
                "code": 20404,
                "message": f"The requested resource {BASE}/{path} was not found",
                "more_info": "https://www.twilio.com/docs/errors/20404",
                "status": 404,
            },
        )


def test_a_redirected_call_plays_the_new_document(net: Network, product: Product) -> None:
    product.answers["/voice"] = twiml("<Pause length='60'/>")
    product.answers["/new"] = twiml("<Say>And now this</Say>")
    sid = net.dial(CALLER, LINE)
    net.advance(5)
    client(net).calls(sid).update(url=f"{ORIGIN}/new", method="POST")
    net.advance(0.1)
    live = net.phone(CALLER).live
    assert live is not None
    assert [h.text for h in live.heard if h.kind == "say"] == ["And now this"]
    client(net).calls(sid).update(status="completed")
    net.advance(0.1)
    assert net.phone(CALLER).live is None


def test_a_ringing_call_cannot_be_redirected(net: Network) -> None:
    call = client(net).calls.create(to=CALLER, from_=LINE, twiml=twiml("<Say>x</Say>"))
    net.advance(2)
    with pytest.raises(TwilioRestException) as refusal:
        client(net).calls(call.sid).update(twiml=twiml("<Say>y</Say>"))
    assert refusal.value.code == 21220


def test_the_parameters_known_are_those_of_the_served_endpoints() -> None:
    assert KNOWN["post messages"]["To"] == "string!"
    assert KNOWN["post calls"]["StatusCallbackEvent"] == "list"
    assert "get numbers" in KNOWN


def test_a_request_of_two_megabytes_is_refused(net: Network) -> None:
    status, body = raw(net, "POST", f"{BASE}/Messages.json", {"Body": "x" * 2_000_000})
    assert (status, body["status"]) == (413, 413)


def test_queues_are_made_changed_and_removed_when_empty(net: Network, product: Product) -> None:
    carrier = client(net)
    queue = carrier.queues.create(friendly_name="alert-1", max_size=1)
    with pytest.raises(TwilioRestException) as twice:
        carrier.queues.create(friendly_name="alert-1")
    assert twice.value.code == 22003
    product.answers["/voice"] = twiml('<Enqueue action="/left">alert-1</Enqueue>')
    product.answers["/left"] = lambda form: twiml(f"<Say>{form['QueueResult']}</Say>")
    sid = net.dial(CALLER, LINE)
    net.dial(OFFICER, LINE)
    net.advance(1)
    assert product.forms("/left")[0]["QueueResult"] == "queue-full"
    (member,) = queue.members.list()
    assert (member.call_sid, member.position) == (sid, 1)
    with pytest.raises(TwilioRestException):
        queue.delete()
    net.hang_up(CALLER)
    net.advance(1)
    assert product.forms("/left")[1]["QueueResult"] == "hangup"
    assert queue.update(max_size=50).max_size == 50
    assert queue.delete()


def test_calls_are_listed_by_state_and_forgotten_only_when_over(net: Network, product: Product) -> None:
    product.answers["/voice"] = twiml("<Pause length='30'/>")
    sid = net.dial(CALLER, LINE)
    net.advance(2)
    carrier = client(net)
    assert [c.sid for c in carrier.calls.list(status="in-progress", from_=CALLER)] == [sid]
    with pytest.raises(TwilioRestException) as early:
        carrier.calls(sid).delete()
    assert early.value.code == 20009
    net.hang_up(CALLER)
    net.advance(1)
    (call,) = carrier.calls.list(status="completed")
    assert (call.duration, call.direction) == ("2", "inbound")
    assert call.delete()
    assert carrier.calls.list() == []


def test_a_participant_can_be_put_out(net: Network, product: Product) -> None:
    product.answers["/voice"] = twiml("<Dial><Conference>room</Conference></Dial>")
    net.dial(CALLER, LINE)
    net.dial(OFFICER, LINE)
    net.advance(1)
    (room,) = client(net).conferences.list(friendly_name="room")
    first = room.participants.list()[0]
    assert first.delete()
    net.advance(1)
    assert net.phone(CALLER).live is None
    assert net.phone(OFFICER).live is not None
