"""A vault: the key files, a clock that stands still, and the key store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from hotline.db import make_engine
from hotline.now import SetClock
from hotline.standards.crosswalk import Sensitivity
from hotline.vault.keys import KeyFolder
from hotline.vault.sealing import Sealer
from tests.vaulted import sealer_of

# A house in which responders read neither of suspects nor of immigration.
_FEW = ("data_manager", "leader", "export")
NARROW: Mapping[Sensitivity, tuple[str, ...]] = {
    **dict.fromkeys(Sensitivity, (*_FEW, "responder")),
    Sensitivity.SUSPECT_IDENTITY: _FEW,
    Sensitivity.IMMIGRATION: _FEW,
}
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # a Monday; an epoch begins


@pytest.fixture
def keys(tmp_path: Path) -> KeyFolder:
    keys = KeyFolder(tmp_path / "keys")
    keys.make()
    return keys


@pytest.fixture
def sqlite_engine(sqlite_url: str) -> Iterator[Engine]:
    engine = make_engine(sqlite_url)
    yield engine
    engine.dispose()


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOON)


@pytest.fixture
def sealer(keys: KeyFolder, clock: SetClock) -> Iterator[Sealer]:
    sealer = sealer_of(keys, clock, NARROW)
    yield sealer
    sealer.store.engine.dispose()
