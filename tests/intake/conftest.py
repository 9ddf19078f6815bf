"""The intake app with a desk of its own, on both databases; no process, no Redis."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hotline import config
from hotline.intake import create_app
from hotline.intake.desk import Desk, open_desk
from hotline.now import CountedIds, RandomIds, SetClock
from tests.intake.webhooks import ACCOUNT, LINE, PUBLIC, TOKEN, Twilio
from worker.workshop import Workshop, open_workshop


@pytest.fixture
def told(database_url: str, tmp_path: Path) -> config.Settings:
    """Settings with a Twilio account and a public address behind a proxy."""
    return config.load(
        {
            "DATA_DIR": str(tmp_path / "var"),
            "DATABASE_URL": database_url,
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_API_BASE_URL": "http://127.0.0.1:9",
            "HOTLINE_NUMBER": LINE,
            "PUBLIC_URL": PUBLIC,
        }
    )


@pytest.fixture
def desk(told: config.Settings, clock: SetClock) -> Iterator[Desk]:
    """The intake's desk."""
    desk = open_desk(told, clock, CountedIds())
    yield desk
    desk.engine.dispose()


@pytest.fixture
def twilio(desk: Desk) -> Twilio:
    """The carrier at the doors."""
    return Twilio(create_app(desk).test_client())


@pytest.fixture
def shop(told: config.Settings, clock: SetClock) -> Iterator[Workshop]:
    """The worker's workshop on the same data."""
    shop = open_workshop(told, clock, RandomIds())
    yield shop
    shop.engine.dispose()
