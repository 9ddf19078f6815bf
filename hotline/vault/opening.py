"""The vault as a process opens it: key files and key store, made where they are missing."""

from __future__ import annotations

from collections.abc import Mapping

from hotline.config import Settings
from hotline.now import Clock
from hotline.standards.crosswalk import Sensitivity
from hotline.vault.keys import KeyFolder
from hotline.vault.roles import READERS
from hotline.vault.sealing import Sealer
from hotline.vault.store import KeyStore


def key_folder(settings: Settings) -> KeyFolder:
    """The folder of the key files, with what was missing."""
    keys = KeyFolder(settings.data_dir / "keys")
    keys.make()
    return keys


def open_store(settings: Settings, keys: KeyFolder) -> KeyStore:
    """The key store, with the public keys of this house."""
    return KeyStore.open(settings.vault_url, keys)


def open_sealer(
    settings: Settings, clock: Clock, readers: Mapping[Sensitivity, tuple[str, ...]] = READERS
) -> Sealer:
    """What every process may do; its `store` is the key store. `readers`: the roles for which the key of a class is wrapped."""
    keys = KeyFolder(settings.data_dir / "keys")
    if not keys.can_seal:
        keys.make()
    return Sealer(keys, open_store(settings, keys), clock, readers)
