"""Maria is the Data Manager, Ben a responder; it is eight in the morning in Saint Lucia."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from hotline.access.passwords import Passwords
from hotline.access.tables import Role
from hotline.config import Settings
from hotline.now import CountedIds, SetClock
from hotline.staff import create_app
from hotline.staff.desk import open_desk
from tests.staff.office import Office


@pytest.fixture(scope="session")
def passwords() -> Passwords:
    """Quick ones: what the real ones cost is tested where they are made."""
    return Passwords(memory_kib=8, time_cost=1, parallelism=1)


@pytest.fixture
def empty_office(
    engine: Engine, settings: Settings, clock: SetClock, ids: CountedIds, passwords: Passwords
) -> Office:
    """Nobody on the staff yet."""
    opened = open_desk(settings, clock, ids, passwords)
    opened.engine.dispose()
    desk = replace(opened, engine=engine)
    return Office(create_app(desk), desk, clock)


@pytest.fixture
def office(empty_office: Office) -> Office:
    empty_office.add("Maria")
    empty_office.add("Ben", "fr", Role.RESPONDER)
    empty_office.rotation("Maria", "Ben")
    return empty_office
