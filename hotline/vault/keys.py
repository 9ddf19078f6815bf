"""The keys of the house: files of 32 bytes in `DATA_DIR/keys`, made at the first start.

    index.key            finds a number or a carrier's message id by keyed hash, without keeping it
    flight.key           half of the keys of what is in flight (`hotline.vault.epochs`)
    house.key            seals names and numbers of staff and officers; worker, clock, staff page and commands hold it
    worker.key  .pub     opens what only the worker may open: numbers that it must write to or ring, what it reads out
    export.key  .pub     opens every record for an export
    role-<role>.key .pub  opens for a role what it may read; the private half is here only until the key ceremony

The intake process needs index.key, flight.key and what is public, never a private key.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from nacl.public import PrivateKey
from nacl.utils import random

from hotline.vault.roles import EXPORT, ROLES, WORKER

_SYMMETRIC = ("index.key", "flight.key", "house.key")
_FIRST = (WORKER, EXPORT, *ROLES)


def _file(role: str) -> str:
    """What the files of a role's pair are called."""
    return role if role in (WORKER, EXPORT) else f"role-{role}"


class NoKey(RuntimeError):
    """A key file is missing or not a key; the text names it and says what to do."""


@dataclass(frozen=True, slots=True)
class KeyFolder:
    """The folder with the key files."""

    path: Path

    def make(self) -> None:
        """Make what is missing; safe when several processes start at once (the first file written stays)."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in _SYMMETRIC:
            self._write_once(name, random(32))
        for role in _FIRST:
            self.make_pair(role)

    def make_pair(self, role: str) -> None:
        """A pair of files for a role, where there is none."""
        name = _file(role)
        if (self.path / f"{name}.pub").exists():
            return  # the private half may be kept elsewhere: a new one would open nothing
        self._write_once(f"{name}.key", bytes(PrivateKey.generate()))
        key = PrivateKey(self.read(f"{name}.key"))
        self._write_once(f"{name}.pub", bytes(key.public_key))

    def publics(self) -> dict[str, bytes]:
        """The public half of every pair whose file is here, by role ("worker" and "export" among them)."""
        further = (path.stem.removeprefix("role-") for path in sorted(self.path.glob("role-*.pub")))
        files = {role: f"{_file(role)}.pub" for role in (*_FIRST, *further)}
        return {role: self.read(file) for role, file in files.items() if (self.path / file).exists()}

    def private(self, role: str) -> bytes:
        """The private half of a role's pair; raises `NoKey`, as after the key ceremony."""
        return self.read(f"{_file(role)}.key")

    @property
    def holds_roles(self) -> bool:
        """Whether private keys that open records lie here, as before the key ceremony."""
        return bool(self.role_files())

    @property
    def can_seal(self) -> bool:
        """Whether everything is here that the intake process needs; it may be all that is."""
        names = ("index.key", "flight.key", *(f"{_file(role)}.pub" for role in _FIRST))
        return all((self.path / name).exists() for name in names)

    @property
    def is_empty(self) -> bool:
        """Whether no key was made here yet."""
        return not any((self.path / name).exists() for name in _SYMMETRIC)

    def read(self, name: str) -> bytes:
        """The 32 bytes of one key; raises `NoKey`."""
        return read_key(self.path / name)

    def role_files(self) -> tuple[Path, ...]:
        """The files with private keys that open records, as far as they are here."""
        export = self.path / f"{_file(EXPORT)}.key"
        return (*sorted(self.path.glob("role-*.key")), *((export,) if export.exists() else ()))

    def replace_public(self, role: str, public: bytes) -> None:
        """The role has another key pair. Its private half is not kept here; a file with the old one is worth nothing."""
        name = _file(role)
        draft = self._draft(f"{name}.pub", public)
        draft.replace(self.path / f"{name}.pub")

    def _draft(self, name: str, key: bytes) -> Path:
        draft = self.path / f".{name}.{os.getpid()}.{random(4).hex()}"
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        return draft

    def _write_once(self, name: str, key: bytes) -> None:
        target = self.path / name
        if target.exists():
            return
        draft = self._draft(name, key)
        try:
            os.link(draft, target)  # fails when another process was first: its key stays
        except FileExistsError:
            pass
        finally:
            draft.unlink()


def read_key(path: Path) -> bytes:
    """The 32 bytes of a key file; raises `NoKey` with one line that says what to do."""
    try:
        key = path.read_bytes()
    except OSError as error:
        raise NoKey(
            f"no key at {path}: start the hotline once, or point HOTLINE_EXPORT_KEY at the key"
        ) from error
    if len(key) != 32:
        raise NoKey(f"{path} is not a key of 32 bytes")
    return key
