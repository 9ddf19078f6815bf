"""Alice is on call, Ben is second, Carla is on the staff but not on the rota; it is one in the morning in Saint Lucia."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from hotline.config import Settings
from hotline.forms.book import Book
from hotline.now import CountedIds, SetClock
from hotline.threads.kit import Kit
from hotline.vault.keys import KeyFolder
from hotline.vault.sealing import House, WorkerReader
from tests.alerts.night import Night
from tests.vaulted import sealer_of

ROOT = Path(__file__).resolve().parents[2]
ONE_IN_THE_MORNING = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def book() -> Book:
    return Book.open(ROOT)


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeyFolder:
    folder = KeyFolder(tmp_path_factory.mktemp("keys"))
    folder.make()
    return folder


@pytest.fixture
def empty_night(engine: Engine, settings: Settings, book: Book, keys: KeyFolder) -> Night:
    """Nobody on the staff yet."""
    clock = SetClock(ONE_IN_THE_MORNING)
    kit = Kit(settings, sealer_of(keys, clock), CountedIds(), book)
    return Night(engine, kit, House(keys), WorkerReader.load(keys, kit.sealer.store), clock)


@pytest.fixture
def night(empty_night: Night) -> Night:
    empty_night.add("Alice", "+12025550111")
    empty_night.add("Ben", "+12025550112")
    empty_night.add("Carla", "+12025550113")
    empty_night.rotation("Alice", "Ben")
    return empty_night
