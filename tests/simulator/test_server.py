"""The network in real time over loopback: the official client, signed webhooks over HTTP, the phones' control."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from hotline.simulator.config import SimulatorConfig
from hotline.simulator.server import RunningNetwork, http_post, routed
from tests.simulator.conftest import CALLER, LINE, STAFF
from tests.simulator.official import Loopback

pytestmark = pytest.mark.timeout(30)


class Web:
    """The product's side: counts what came, answers each path."""

    def __init__(self) -> None:
        self.came: list[tuple[str, dict[str, str]]] = []
        self.news = threading.Condition()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        request = Request(environ)
        with self.news:
            self.came.append((request.path, request.form.to_dict()))
            self.news.notify_all()
        answers = {
            "/sms": '<Response><Message statusCallback="/status">Yes?</Message></Response>',
            "/voice": '<Response><Gather numDigits="1" action="/key"><Say>Press</Say></Gather></Response>',
            "/key": "<Response><Say>Good</Say></Response>",
        }
        inner = answers.get(request.path)
        response = Response(inner, content_type="text/xml") if inner else Response("", 204)
        return response(environ, start_response)

    def wait_for(self, happened: Callable[[], bool]) -> None:
        with self.news:
            assert self.news.wait_for(happened, timeout=10)


@pytest.fixture
def web() -> Iterator[tuple[Web, str]]:
    app = Web()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield app, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def running(config: SimulatorConfig, web: tuple[Web, str]) -> Iterator[RunningNetwork]:
    origin = web[1]
    line = replace(config.lines[0], sms_url=f"{origin}/sms", voice_url=f"{origin}/voice", status_callback="")
    network = RunningNetwork(replace(config, lines=(line,), port=0))
    network.start()
    yield network
    network.stop()


def control(running: RunningNetwork, path: str, data: Any = None, method: str = "POST") -> Any:
    request = urllib.request.Request(
        f"http://127.0.0.1:{running.port}{path}",
        json.dumps(data).encode() if data is not None else None,
        {"Content-Type": "application/json", "X-Simulator": "test"} if data is not None else {},
        method=method if data is not None else "GET",
    )
    with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
        return json.loads(answer.read())


def until(running: RunningNetwork, happened: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    pause = threading.Event()
    for _ in range(200):
        state: dict[str, Any] = control(running, "/phones/state")
        if happened(state):
            return state
        pause.wait(0.05)
    raise AssertionError(state)


def test_a_text_there_and_back_over_http(running: RunningNetwork, web: tuple[Web, str]) -> None:
    control(running, f"/phones/{CALLER}/text", {"to": LINE, "body": "hello"})
    state = until(running, lambda s: len(s["phones"][0]["bubbles"]) == 2)
    sent, got = state["phones"][0]["bubbles"]
    assert (sent["direction"], got["direction"], got["text"]) == ("out", "in", "Yes?")
    assert (got["segments"], got["encoding"], got["cost"]) == (1, "GSM-7", 0.05)
    web[0].wait_for(
        lambda: [f["MessageStatus"] for p, f in web[0].came if p == "/status"] == ["sent", "delivered"]
    )
    assert state["errors"] == []


def test_the_official_client_over_loopback(
    running: RunningNetwork, config: SimulatorConfig, web: tuple[Web, str]
) -> None:
    carrier = Client(
        config.account_sid,
        config.auth_token,
        http_client=Loopback(f"http://127.0.0.1:{running.port}"),
    )
    sent = carrier.messages.create(to=CALLER, from_=LINE, body="hello")
    assert sent.status == "queued"
    with pytest.raises(TwilioRestException) as refusal:
        carrier.messages.create(to=CALLER, from_=LINE, body="")
    assert refusal.value.code == 21602
    until(running, lambda s: len(s["phones"][0]["bubbles"]) == 1)
    carrier.calls.create(to=STAFF, from_=LINE, url=f"{web[1]}/voice")
    until(running, lambda s: (s["phones"][2]["call"] or {}).get("state") == "ringing")
    control(running, f"/phones/{STAFF}/answer", {})
    until(running, lambda s: any(h["text"] == "Press" for h in s["phones"][2]["call"]["heard"]))
    control(running, f"/phones/{STAFF}/press", {"keys": "1"})
    until(running, lambda s: any(h["text"] == "Good" for h in s["phones"][2]["call"]["heard"]))


def test_a_lost_answer_closes_the_connection(running: RunningNetwork, config: SimulatorConfig) -> None:
    control(running, "/phones/faults", [{"fault": "api_timeout_after", "seconds": 0.2}], "PUT")
    carrier = Client(
        config.account_sid,
        config.auth_token,
        http_client=Loopback(f"http://127.0.0.1:{running.port}", timeout=3.0),
    )
    with pytest.raises(OSError, match=r"abort|reset|closed|Remote"):
        carrier.messages.create(to=CALLER, from_=LINE, body="hello")
    until(running, lambda s: len(s["phones"][0]["bubbles"]) == 1)


def test_the_control_refuses_in_words(running: RunningNetwork) -> None:
    for path, data, words in (
        (f"/phones/{CALLER}/press", {"keys": "1"}, "not in a call"),
        (f"/phones/{CALLER}/sing", {}, "unknown deed"),
        ("/phones", {"number": "12"}, "form"),
        ("/phones", {"number": "+12025550155", "shoe": 1}, "unknown shoe"),
        (f"/phones/{CALLER}/text", {"to": LINE}, "body is missing"),
    ):
        with pytest.raises(urllib.error.HTTPError) as refusal:
            control(running, path, data)
        assert refusal.value.code == 400
        assert words in json.loads(refusal.value.read())["error"]
        refusal.value.close()


def test_a_page_of_another_site_cannot_use_the_phones(running: RunningNetwork) -> None:
    request = urllib.request.Request(
        f"http://127.0.0.1:{running.port}/phones/{CALLER}/hangup", b"", method="POST"
    )
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(request, timeout=5)  # noqa: S310
    assert refusal.value.code == 403
    refusal.value.close()


def test_an_unchanged_state_costs_nothing(running: RunningNetwork) -> None:
    address = f"http://127.0.0.1:{running.port}/phones/state"
    with urllib.request.urlopen(address, timeout=5) as answer:
        tag = answer.headers["ETag"]
    with pytest.raises(urllib.error.HTTPError) as unchanged:
        urllib.request.urlopen(urllib.request.Request(address, headers={"If-None-Match": tag}), timeout=5)
    assert unchanged.value.code == 304
    unchanged.value.close()
    control(running, "/phones", {"number": "+12025550155", "name": "New"})
    with urllib.request.urlopen(address, timeout=5) as answer:
        assert answer.headers["ETag"] != tag


def test_a_public_name_is_signed_and_carried_to_where_it_is_reached(web: tuple[Web, str]) -> None:
    post = routed(http_post, {"https://hotline.example": web[1]})
    status, _, body = post("https://hotline.example/sms?a=b", (("Body", "x"),), {}, 5.0)
    assert (status, b"Yes?" in body) == (200, True)
