"""The worker and the clock at work in a whole house, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hotline.now import SetClock
from tests.house import Home, home


@pytest.fixture
def house(database_url: str, tmp_path: Path, clock: SetClock) -> Iterator[Home]:
    """A house with our line and four phones; nobody on the staff yet."""
    with home(database_url, tmp_path / "var", clock) as running:
        yield running
