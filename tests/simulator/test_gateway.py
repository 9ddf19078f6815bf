"""An Android phone as gateway: another carrier with its own field names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from hotline.simulator.app import create_app
from hotline.simulator.clock import VirtualClock
from hotline.simulator.config import GatewayLineConfig, SimulatorConfig
from hotline.simulator.inprocess import wsgi_post
from hotline.simulator.network import Network
from tests.simulator.conftest import CALLER, START
from tests.simulator.product import EMPTY, ORIGIN, Product

NUMBER = "+12025550105"
GATEWAY = GatewayLineConfig(
    "island",
    NUMBER,
    f"{ORIGIN}/gateway/in",
    "shared-fictional-secret",
    inbound_fields={"sender": "phone", "text": "msg", "id": "ref"},
    report_url=f"{ORIGIN}/gateway/report",
)


def network(config: SimulatorConfig, product: Product, gateway: GatewayLineConfig) -> Network:
    product.answers.setdefault("/gateway/report", EMPTY)
    return Network(
        replace(config, gateways=(gateway,)), VirtualClock(START), wsgi_post({ORIGIN: product}), seed=2
    )


def test_a_text_is_forwarded_with_the_configured_fields_and_secret(
    config: SimulatorConfig, product: Product
) -> None:
    product.answers["/gateway/in"] = EMPTY
    net = network(config, product, GATEWAY)
    sid = net.text(CALLER, NUMBER, "help at the market")
    net.advance(1)
    assert product.forms("/gateway/in") == [
        {"phone": CALLER, "msg": "help at the market", "ref": sid, "secret": "shared-fictional-secret"}
    ]


@pytest.mark.parametrize(
    ("reply_field", "answer"),
    [
        ("text", Response("Where are you?", content_type="text/plain")),
        ("reply", Response('{"reply": "Where are you?"}', content_type="application/json")),
    ],
)
def test_the_answer_can_be_the_reply(
    config: SimulatorConfig, product: Product, reply_field: str, answer: Response
) -> None:
    product.answers["/gateway/in"] = answer
    net = network(config, product, replace(GATEWAY, reply_field=reply_field))
    net.text(CALLER, NUMBER, "hi")
    net.advance(5)
    assert net.phone(CALLER).texts == ["Where are you?"]


def test_our_sends_are_accepted_delivered_and_reported(config: SimulatorConfig, product: Product) -> None:
    net = network(config, product, GATEWAY)
    web = Client(create_app(net))
    form = {"to": CALLER, "message": "hello", "reference": "7", "secret": "shared-fictional-secret"}
    accepted = web.post("/gateway/island/send", data=form)
    assert accepted.status_code == 202
    assert web.post("/gateway/island/send", json=form | {"to": "+12025550199"}).status_code == 202
    net.advance(5)
    assert net.phone(CALLER).texts == ["hello"]
    reports = product.forms("/gateway/report")
    assert [(r["status"], r["reference"]) for r in reports] == [("delivered", "7"), ("failed", "7")]
    assert reports[0]["id"] == (accepted.get_json() or {})["id"]


def test_bad_sends_are_refused(config: SimulatorConfig, product: Product) -> None:
    web = Client(create_app(network(config, product, GATEWAY)))
    good = {"to": CALLER, "message": "hello", "secret": "shared-fictional-secret"}
    for change, status in (
        ({"secret": "wrong"}, 401),
        ({"to": "12"}, 400),
        ({"message": ""}, 400),
        ({"extra": "1"}, 400),
    ):
        assert web.post("/gateway/island/send", data=good | change).status_code == status
    assert web.post("/gateway/nowhere/send", data=good).status_code == 404


def test_a_secret_in_a_header(config: SimulatorConfig, product: Product) -> None:
    product.answers["/gateway/in"] = Response("", 500)
    gateway = replace(GATEWAY, secret_field="header:X-Secret", inbound_json=True)
    net = network(config, product, gateway)
    net.text(CALLER, NUMBER, "hi")
    net.advance(1)
    assert [e.text for e in net.errors] == ["gateway: HTTP 500"]
    web = Client(create_app(net))
    headers = {"X-Secret": "shared-fictional-secret"}
    form = {"to": CALLER, "message": "hello"}
    assert web.post("/gateway/island/send", data=form, headers=headers).status_code == 202
    assert web.post("/gateway/island/send", data=form).status_code == 401


def test_a_get_with_a_status_url_of_its_own(config: SimulatorConfig, product: Product) -> None:
    gateway = replace(
        GATEWAY, send_fields={"to": "to", "text": "text", "from": "from", "status_url": "dlr-url"}
    )
    net = network(config, product, gateway)
    product.answers["/dlr"] = EMPTY
    query = {"to": CALLER, "from": NUMBER, "text": "hello", "dlr-url": f"{ORIGIN}/dlr"}
    web = Client(create_app(net))
    accepted = web.get("/gateway/island/send", query_string=query | {"secret": "shared-fictional-secret"})
    assert accepted.status_code == 202
    net.advance(5)
    assert product.forms("/dlr")[0]["status"] == "delivered"
    assert product.forms("/gateway/report") == []
