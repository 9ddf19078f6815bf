"""A whole night on the virtual clock: many people at once, nothing lost, nothing to complain about, in no time."""

from __future__ import annotations

import time
from datetime import timedelta

from hotline.simulator.network import Network
from tests.simulator.conftest import CALLER, LINE, OFFICER, SECOND, STAFF, START
from tests.simulator.official import client
from tests.simulator.product import ORIGIN, Product, twiml


def test_twelve_hours_of_calls_and_texts(net: Network, product: Product) -> None:
    product.answers["/sms"] = twiml('<Message statusCallback="/message-status">noted</Message>')
    product.answers["/voice"] = twiml('<Enqueue waitUrl="/wait" action="/left">night</Enqueue>')
    product.answers["/wait"] = twiml("<Say>Somebody is coming</Say><Pause length='30'/>")
    product.answers["/left"] = product.answers["/page"] = twiml("<Hangup/>")
    carrier = client(net)
    began = time.perf_counter()
    for hour in range(12):
        net.advance_to(START + timedelta(hours=hour))
        net.dial(CALLER, LINE)
        for minute in range(0, 50, 5):
            net.advance_to(START + timedelta(hours=hour, minutes=minute))
            net.text(OFFICER, LINE, f"{hour}:{minute}")
            carrier.calls.create(to=SECOND, from_=LINE, url=f"{ORIGIN}/page", timeout=20)
        net.hang_up(CALLER)
    net.advance(60)
    took = time.perf_counter() - began
    assert len(net.phone(OFFICER).texts) == 120
    assert {c.status.value for c in net.calls.values() if c.to == SECOND} == {"no-answer"}
    assert not net.phone(STAFF).engaged
    assert (net.errors, product.unsigned) == ([], [])
    # 12 h, 120 texts, 120 rings, 12 h of waiting words: far below real time even on a busy machine.
    assert took < 20
