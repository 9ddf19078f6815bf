"""A whole house at a simulated network, First and Second on call, and Third on no shift."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hotline.now import SetClock
from tests.house import Home, home


@pytest.fixture
def house(sqlite_url: str, tmp_path: Path, clock: SetClock) -> Iterator[Home]:
    """A house with two people on the rota. What differs between databases is played in tests/worker."""
    with home(sqlite_url, tmp_path / "var", clock) as running:
        running.staffed()
        yield running
