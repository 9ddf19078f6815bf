"""Maria is the Data Manager, Ben a responder; it is eight in the morning in Saint Lucia."""

from pathlib import Path

import pytest
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine

from hotline.access.key_readers import key_readers
from hotline.access.passwords import Passwords
from hotline.access.tables import Role
from hotline.config import Settings
from hotline.forms.book import Book
from hotline.now import CountedIds, SetClock
from hotline.staff import create_app
from hotline.staff.desk import StaffDesk
from hotline.threads.bell import Bell
from hotline.threads.kit import Kit
from hotline.vault.keys import KeyFolder
from hotline.vault.sealing import House
from hotline.wording.discretion import Discretion
from tests.staff.office import Office
from tests.vaulted import sealer_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def passwords() -> Passwords:
    """Quick ones: what the real ones cost is tested where they are made."""
    return Passwords(memory_kib=8, time_cost=1, parallelism=1)


@pytest.fixture(scope="session")
def book() -> Book:
    return Book.open(ROOT)


@pytest.fixture(scope="session")
def discretion() -> Discretion:
    return Discretion.load(ROOT / "locales")


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeyFolder:
    folder = KeyFolder(tmp_path_factory.mktemp("keys"))
    folder.make()
    return folder


@pytest.fixture
def desk(
    engine: Engine,
    settings: Settings,
    clock: SetClock,
    book: Book,
    keys: KeyFolder,
    discretion: Discretion,
    passwords: Passwords,
) -> StaffDesk:
    """What the page works with, on the database of the test."""
    kit = Kit(settings, sealer_of(keys, clock, key_readers(settings, book.crosswalk)), CountedIds(), book)
    return StaffDesk(engine, kit, House(keys), keys, discretion, passwords, Bell(None), clock)


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates are compiled once, not for the app of every test."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def empty_office(desk: StaffDesk, clock: SetClock, compiled: FileSystemBytecodeCache) -> Office:
    """Nobody on the staff yet."""
    app = create_app(desk)
    app.jinja_env.bytecode_cache = compiled
    return Office(app, desk, clock)


@pytest.fixture
def office(empty_office: Office) -> Office:
    empty_office.add("Maria")
    empty_office.add("Ben", "fr", Role.RESPONDER)
    empty_office.rotation("Maria", "Ben")
    return empty_office
