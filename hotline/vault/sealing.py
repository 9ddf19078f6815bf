"""Sealing with libsodium. Every sealed blob carries its owner (a row's id), so that a blob moved to another row
does not open: `Unsealable`.

A blob of a compartment names its class and its key; the key lies in the key store, wrapped for each role that may read the
class (`hotline.vault.roles`). A blob in flight names its epoch.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from nacl.bindings import crypto_secretbox_easy, crypto_secretbox_NONCEBYTES, crypto_secretbox_open_easy
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox
from nacl.utils import random
from sqlalchemy.orm import Session

from hotline.now import Clock
from hotline.standards.crosswalk import Sensitivity
from hotline.vault.compartments import Compartments
from hotline.vault.epochs import BYTES, Epochs, begins
from hotline.vault.keys import KeyFolder, NoKey
from hotline.vault.roles import EXPORT, FOR_WORKER, KINDS, READERS, WORKER
from hotline.vault.store import KeyStore

_HEAD = 1 + 16  # of a compartment's blob: its kind, and the id of its key
_FLIGHT_HEAD = BYTES + crypto_secretbox_NONCEBYTES


class Unsealable(ValueError):
    """The blob is not for this key, was changed, or belongs to another row."""


def _with_owner(owner: str, data: bytes) -> bytes:
    mark = owner.encode()
    return len(mark).to_bytes(1, "big") + mark + data


def _without_owner(owner: str, data: bytes) -> bytes:
    size = data[0]
    if data[1 : 1 + size] != owner.encode():
        raise Unsealable("this blob belongs to another row")
    return data[1 + size :]


class Sealer:
    """What every process may do: find by keyed hash, seal towards roles and worker, handle what is in flight.

    It holds no private key: what it sealed with `seal` or `seal_for_worker` it cannot open again. `clock` tells in which epoch
    something is in flight.
    """

    def __init__(
        self,
        keys: KeyFolder,
        store: KeyStore,
        clock: Clock,
        readers: Mapping[Sensitivity, tuple[str, ...]] = READERS,
    ) -> None:
        self.store = store
        self._index = keys.read("index.key")
        self._epochs = Epochs(keys.read("flight.key"), store, clock)
        self._worker = SealedBox(PublicKey(keys.read("worker.pub")))
        self._compartments = Compartments(store, readers)

    def index(self, value: str, purpose: str) -> bytes:
        """A keyed hash (32 bytes) of a number or a carrier's id; `purpose` keeps kinds apart ("number", "key")."""
        return hashlib.blake2b(value.encode(), key=self._index, person=purpose.encode()[:16]).digest()[:32]

    def seal(self, tx: Session, compartment: str, owner: str, sensitivity: Sensitivity, data: bytes) -> bytes:
        """Seal for the row `owner` in a compartment (the id of a thread or record, of a member of staff for texts to them), to
        those who may read this class."""
        return self._seal(tx, compartment, KINDS[sensitivity], owner, data)

    def seal_to_worker(self, tx: Session, compartment: str, owner: str, data: bytes) -> bytes:
        """Seal in a compartment (the id of a contact or thread) what only the worker may open, until its key is destroyed."""
        return self._seal(tx, compartment, FOR_WORKER, owner, data)

    def _seal(self, tx: Session, compartment: str, kind: str, owner: str, data: bytes) -> bytes:
        key_id, public = self._compartments.public(tx, compartment, kind)
        sealed = SealedBox(PublicKey(public)).encrypt(_with_owner(kind + owner, data))
        return kind.encode() + key_id + sealed

    def seal_for_worker(self, owner: str, data: bytes) -> bytes:
        """Seal what only the worker may open and what nobody told us: the address of a calendar and its text."""
        return self._worker.encrypt(_with_owner(owner, data))

    def seal_flight(self, owner: str, data: bytes) -> bytes:
        """Seal what is in flight, for two days at the most: every process of the house opens it while it is."""
        # What SecretBox does, a nonce of its own for each blob included, without the objects that it makes round it.
        number, key = self._epochs.current()
        nonce = random(crypto_secretbox_NONCEBYTES)
        return begins(number) + nonce + crypto_secretbox_easy(_with_owner(owner, data), nonce, key)

    def open_flight(self, owner: str, blob: bytes) -> bytes:
        """Open what is in flight; raises `Unsealable`, also when it was in flight too long ago."""
        key = self._epochs.key(int.from_bytes(blob[:BYTES], "big"))
        if key is None:
            raise Unsealable("this was in flight too long ago: its key is destroyed")
        try:
            nonce, sealed = blob[BYTES:_FLIGHT_HEAD], blob[_FLIGHT_HEAD:]
            return _without_owner(owner, crypto_secretbox_open_easy(sealed, nonce, key))
        except CryptoError as error:
            raise Unsealable(
                "cannot open what was in flight: the key changed or the row was altered"
            ) from error

    def flying(self, owner: str, blob: bytes) -> bytes | None:
        """What is in flight; None when it opens no more: it is as good as gone."""
        try:
            return self.open_flight(owner, blob)
        except Unsealable:
            return None


class House:
    """Names and numbers of staff and officers: sealed and opened by worker, clock, staff page and commands.

    The intake process does not hold this key: it knows an officer or a member of staff by keyed hash alone.
    """

    def __init__(self, keys: KeyFolder) -> None:
        self._box = SecretBox(keys.read("house.key"))

    def seal(self, owner: str, text: str) -> bytes:
        """Seal a name or a number for the row `owner`."""
        return bytes(self._box.encrypt(_with_owner(owner, text.encode())))

    def open(self, owner: str, blob: bytes) -> str:
        """Open it again; raises `Unsealable`."""
        try:
            return _without_owner(owner, self._box.decrypt(blob)).decode()
        except CryptoError as error:
            raise Unsealable("the house key does not open it, or it was altered") from error


class _PrivateReader:
    """Opens compartments for one role, with its private key and the key store."""

    def __init__(self, role: str, private_key: bytes, store: KeyStore) -> None:
        self._role, self._store = role, store
        self._box = SealedBox(PrivateKey(private_key))

    def open(self, owner: str, blob: bytes) -> bytes:
        """Open what was sealed in a compartment for this row; raises `Unsealable`, also when its key was destroyed."""
        kind, key_id, sealed = blob[:1].decode("latin-1"), blob[1:_HEAD], blob[_HEAD:]
        try:
            half = SealedBox(PrivateKey(self._half(key_id)))
            return _without_owner(kind + owner, half.decrypt(sealed))
        except (CryptoError, TypeError) as error:
            raise Unsealable("this key does not open it, or it was altered") from error

    def _half(self, key_id: bytes) -> bytes:
        """The private half of a compartment's key. It is not remembered: it may be destroyed at any time."""
        wrapped = self._store.wrapped(key_id, self._role)
        if wrapped is None:
            raise Unsealable("its key is destroyed, or this role may not read it")
        return self._box.decrypt(wrapped)


class RecordsReader(_PrivateReader):
    """Opens records and messages, as far as a role may (exports, the staff page)."""

    def __init__(self, private_key: bytes, store: KeyStore, role: str = EXPORT) -> None:
        super().__init__(role, private_key, store)


class WorkerReader(_PrivateReader):
    """Opens what only the worker may open: numbers to write to or ring, what is read out by phone, calendars."""

    @classmethod
    def load(cls, keys: KeyFolder, store: KeyStore) -> WorkerReader:
        return cls(WORKER, keys.read("worker.key"), store)

    def open_own(self, owner: str, blob: bytes) -> bytes:
        """Open what `Sealer.seal_for_worker` sealed for this owner; raises `Unsealable`."""
        try:
            return _without_owner(owner, self._box.decrypt(blob))
        except (CryptoError, TypeError) as error:
            raise Unsealable("this key does not open it, or it was altered") from error


__all__ = ["House", "KeyFolder", "NoKey", "RecordsReader", "Sealer", "Unsealable", "WorkerReader"]
