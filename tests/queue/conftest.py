"""Maria and Ben are on the staff; a thread waits."""

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


@pytest.fixture(scope="module")
def book() -> Book:
    return Book.open(ROOT)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeyFolder:
    folder = KeyFolder(tmp_path_factory.mktemp("keys"))
    folder.make()
    return folder


@pytest.fixture
def night(engine: Engine, settings: Settings, clock: SetClock, book: Book, keys: KeyFolder) -> Night:
    kit = Kit(settings, sealer_of(keys, clock), CountedIds(), book)
    night = Night(engine, kit, House(keys), WorkerReader.load(keys, kit.sealer.store), clock)
    night.add("Maria", "+12025550111")
    night.add("Ben", "+12025550112")
    night.rotation("Ben", "Maria")
    return night
