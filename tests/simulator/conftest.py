"""A network on a virtual clock, with four phones, and the tests' own product behind its webhooks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hotline.simulator.clock import VirtualClock
from hotline.simulator.config import LineConfig, PhoneConfig, SimulatorConfig
from hotline.simulator.inprocess import wsgi_post
from hotline.simulator.network import Network
from tests.simulator.product import ORIGIN, TOKEN, Product

LINE = "+12025550100"
CALLER = "+12025550111"
OFFICER = "+12025550121"
STAFF = "+12025550131"
SECOND = "+12025550132"
START = datetime(2026, 3, 1, 22, 0, tzinfo=UTC)
ACCOUNT = "AC" + "1" * 32


@pytest.fixture
def product() -> Product:
    return Product()


@pytest.fixture
def config() -> SimulatorConfig:
    return SimulatorConfig(
        account_sid=ACCOUNT,
        auth_token=TOKEN,
        lines=(
            LineConfig(
                LINE,
                sms_url=f"{ORIGIN}/sms",
                voice_url=f"{ORIGIN}/voice",
                status_callback=f"{ORIGIN}/call-status",
            ),
        ),
        phones=(
            PhoneConfig(CALLER, "Caller"),
            PhoneConfig(OFFICER, "Officer"),
            PhoneConfig(STAFF, "Staff 1", voicemail=True),
            PhoneConfig(SECOND, "Staff 2"),
        ),
    )


@pytest.fixture
def net(config: SimulatorConfig, product: Product) -> Network:
    product.answers["/call-status"] = product.answers["/message-status"] = lambda form: _empty()
    return Network(config, VirtualClock(START), wsgi_post({ORIGIN: product}), seed=1)


def _empty():  # type: ignore[no-untyped-def]
    from werkzeug.wrappers import Response

    return Response("", 204)
