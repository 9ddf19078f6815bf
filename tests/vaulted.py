"""The vault of a test: the key store lies beside the key files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import Engine

from hotline.db import write
from hotline.now import Clock, SystemClock
from hotline.standards.crosswalk import Sensitivity
from hotline.vault.compartments import destroy_doomed, doom
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


def destroyed(engine: Engine, store: KeyStore, owner: str) -> None:
    """The keys of `owner` are destroyed, as the clock process does it with what is doomed."""
    with write(engine) as tx:
        doom(tx, owner, datetime(2026, 11, 20, 12, tzinfo=UTC))
        destroy_doomed(tx, store)
