"""A sealer, a house key, and quick passwords."""

from pathlib import Path

import pytest

from hotline.access.passwords import Passwords
from hotline.vault.keys import KeyFolder
from hotline.vault.sealing import House, Sealer
from tests.vaulted import sealer_of


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeyFolder:
    folder = KeyFolder(Path(tmp_path_factory.mktemp("keys")))
    folder.make()
    return folder


@pytest.fixture
def sealer(keys: KeyFolder) -> Sealer:
    return sealer_of(keys)


@pytest.fixture
def house(keys: KeyFolder) -> House:
    return House(keys)


@pytest.fixture(scope="session")
def passwords() -> Passwords:
    return Passwords(memory_kib=8, time_cost=1, parallelism=1)
