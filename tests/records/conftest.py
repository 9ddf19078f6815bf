"""Records as the worker makes them from whole conversations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hotline.access.people import add_officer
from hotline.db import write
from hotline.now import SetClock
from tests.house import OFFICER, Home, home


@pytest.fixture
def house(sqlite_url: str, tmp_path: Path, clock: SetClock) -> Iterator[Home]:
    """A house at a network; nobody registered."""
    with home(sqlite_url, tmp_path / "var", clock) as running:
        yield running


@pytest.fixture
def registered(house: Home) -> Home:
    """The officer's phone is registered, with name, agency and post."""
    with write(house.desk.engine) as tx:
        add_officer(
            tx, house.desk.kit.sealer, house.shop.house, house.desk.kit.ids, house.clock.now(),
            phone=OFFICER, name="An Officer", agency="Police", post="Sergeant",
        )  # fmt: skip
    return house
