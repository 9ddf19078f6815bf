"""The vault of a test: the key store lies beside the key files."""

from __future__ import annotations

from collections.abc import Mapping

from hotline.now import Clock, SystemClock
from hotline.standards.crosswalk import Sensitivity
from hotline.vault.keys import KeyFolder
from hotline.vault.roles import READERS
from hotline.vault.sealing import RecordsReader, Sealer
from hotline.vault.store import KeyStore


def sealer_of(
    keys: KeyFolder,
    clock: Clock | None = None,
    readers: Mapping[Sensitivity, tuple[str, ...]] = READERS,
) -> Sealer:
    """What every process may do, with the key store of these keys."""
    store = KeyStore.open(f"sqlite:///{keys.path}/vault.db", keys)
    return Sealer(keys, store, clock or SystemClock(), readers)


def reader_of(keys: KeyFolder, store: KeyStore, role: str = "data_manager") -> RecordsReader:
    """What a role reads with."""
    return RecordsReader(keys.private(role), store, role)
