"""The stand-in on the loopback interface, and a desk at it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.carriers.desk import DESKS, Desk, TwilioDesk
from tests.carriers.stand_in import Network, StandIn

NOW = datetime(2026, 3, 2, 22, 15, 30, tzinfo=UTC)


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    with StandIn(NOW) as running:
        yield running


@pytest.fixture
def network(stand_in: StandIn) -> Network:
    return stand_in.network


@pytest.fixture(params=sorted(DESKS))
def desk(request: pytest.FixtureRequest, stand_in: StandIn) -> Iterator[Desk]:
    desk: Desk = DESKS[request.param].at(stand_in.url)
    yield desk
    desk.carrier.close()


@pytest.fixture
def twilio(stand_in: StandIn) -> Iterator[TwilioDesk]:
    desk = TwilioDesk.at(stand_in.url)
    yield desk
    desk.carrier.close()
