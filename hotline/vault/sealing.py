"""Sealing with libsodium. Every sealed blob carries its owner (a row's id), so that a blob moved to another row
does not open: `Unsealable`.

A blob names the field's class, and opens only under that name; which role's key opens a class is decided here and nowhere else:
today every class goes to the one records key.
"""

from __future__ import annotations

import hashlib

from nacl.bindings import crypto_secretbox_easy, crypto_secretbox_NONCEBYTES, crypto_secretbox_open_easy
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox
from nacl.utils import random

from hotline.standards.crosswalk import Sensitivity
from hotline.vault.keys import KeyFolder, NoKey


class Unsealable(ValueError):
    """The blob is not for this key, was changed, or belongs to another row."""


# What stands before a blob of a record: its field's class.
_MARKS = {
    Sensitivity.AGGREGATE: "a",
    Sensitivity.RESTRICTED: "r",
    Sensitivity.REPORTER_IDENTITY: "p",
    Sensitivity.VICTIM_IDENTITY: "v",
    Sensitivity.SUSPECT_IDENTITY: "s",
    Sensitivity.IMMIGRATION: "i",
}


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

    It holds no private key: what it sealed with `seal` or `seal_for_worker` it cannot open again.
    """

    def __init__(self, keys: KeyFolder) -> None:
        self._index = keys.read("index.key")
        self._flight = keys.read("flight.key")
        self._records = SealedBox(PublicKey(keys.read("records.pub")))
        self._worker = SealedBox(PublicKey(keys.read("worker.pub")))

    def index(self, value: str, purpose: str) -> bytes:
        """A keyed hash (32 bytes) of a number or a carrier's id; `purpose` keeps kinds apart ("number", "key")."""
        return hashlib.blake2b(value.encode(), key=self._index, person=purpose.encode()[:16]).digest()[:32]

    def seal(self, owner: str, sensitivity: Sensitivity, data: bytes) -> bytes:
        """Seal to those who may read this class; only a `RecordsReader` opens it."""
        mark = _MARKS[sensitivity]
        return mark.encode() + self._records.encrypt(_with_owner(mark + owner, data))

    def seal_for_worker(self, owner: str, data: bytes) -> bytes:
        """Seal what only the worker may open."""
        return self._worker.encrypt(_with_owner(owner, data))

    def seal_flight(self, owner: str, data: bytes) -> bytes:
        """Seal what is in flight; every process of the house opens it while it is."""
        # What SecretBox does, a nonce of its own for each blob included, without the objects that it makes round it.
        nonce = random(crypto_secretbox_NONCEBYTES)
        return nonce + crypto_secretbox_easy(_with_owner(owner, data), nonce, self._flight)

    def open_flight(self, owner: str, blob: bytes) -> bytes:
        """Open what is in flight; raises `Unsealable`."""
        try:
            nonce, sealed = blob[:crypto_secretbox_NONCEBYTES], blob[crypto_secretbox_NONCEBYTES:]
            return _without_owner(owner, crypto_secretbox_open_easy(sealed, nonce, self._flight))
        except CryptoError as error:
            raise Unsealable(
                "cannot open what was in flight: the key changed or the row was altered"
            ) from error


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
    def __init__(self, private_key: bytes) -> None:
        self._box = SealedBox(PrivateKey(private_key))

    def _open(self, owner: str, blob: bytes) -> bytes:
        try:
            return _without_owner(owner, self._box.decrypt(blob))
        except (CryptoError, TypeError) as error:
            raise Unsealable("this key does not open it, or it was altered") from error


class RecordsReader(_PrivateReader):
    """Opens records and messages (exports, the staff page)."""

    def open(self, owner: str, blob: bytes) -> bytes:
        """Open what `Sealer.seal` sealed for this owner; raises `Unsealable`."""
        return self._open(blob[:1].decode("latin-1") + owner, blob[1:])


class WorkerReader(_PrivateReader):
    """Opens what only the worker may open (numbers to write to or ring)."""

    @classmethod
    def load(cls, keys: KeyFolder) -> WorkerReader:
        return cls(keys.read("worker.key"))

    def open(self, owner: str, blob: bytes) -> bytes:
        """Open what `Sealer.seal_for_worker` sealed for this owner; raises `Unsealable`."""
        return self._open(owner, blob)


__all__ = ["House", "KeyFolder", "NoKey", "RecordsReader", "Sealer", "Unsealable", "WorkerReader"]
