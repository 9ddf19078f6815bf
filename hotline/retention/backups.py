"""Backup and restore: one sealed file with the main database and the keys folder, and beside it the newest copy of the key store.

The file is sealed to a public key; its private half is printed once and lies in a safe. The key store is never part of the file:
it is copied into one place, each time over the last copy. So a backup of last year, restored with the key store of today, cannot
read what was purged since.
"""

from __future__ import annotations

import base64
import hashlib
import os
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from nacl.public import PrivateKey
from sqlalchemy import Engine, MetaData, func, select
from sqlalchemy.orm import Session

from hotline.db import read, write
from hotline.db_migrate import heads
from hotline.retention.archive import Broken, read_sealed, write_sealed
from hotline.retention.dump import Unfit, dump_files, dump_tables, head, lines_of, load_tables
from hotline.retention.tables import BackupMade

KEYS = "keys"
_GROUP, _CHECK = 4, 4


def new_pair() -> tuple[str, bytes]:
    """A new pair: the private half as it is printed (letters and digits in groups, the last group proves the others), the
    public half as bytes."""
    key = PrivateKey.generate()
    told = _letters(bytes(key))
    whole = told + _proof(told)
    printed = "-".join(whole[at : at + _GROUP] for at in range(0, len(whole), _GROUP))
    return printed, bytes(key.public_key)


def private_key(printed: str) -> bytes:
    """The private half as somebody typed it: capitals, spaces and dashes do not matter. Raises Broken for a slip."""
    typed = "".join(printed.lower().replace("-", " ").split())
    told, proof = typed[:-_CHECK], typed[-_CHECK:]
    if len(told) != 52 or proof != _proof(told):
        raise Broken("this is not the private half of a backup key: 14 groups of 4, and one was typed wrong")
    return base64.b32decode(told.upper() + "====")


def back_up(engine: Engine, metadata: MetaData, keys: Path, file: Path, public: bytes, now: datetime) -> int:
    """Write a backup whole, or not at all; gives its size in bytes. The file is for its owner alone."""
    with read(engine) as tx:
        first = head(revision=heads()[0], at=now.isoformat())
        tables = dump_tables(tx, metadata)
        return _write_whole(file, public, chain([first], tables, dump_files(keys, KEYS)))


def back_up_store(engine: Engine, metadata: MetaData, file: Path, public: bytes, now: datetime) -> int:
    """The newest copy of the key store, over the last one."""
    with read(engine) as tx:
        return _write_whole(file, public, chain([head(at=now.isoformat())], dump_tables(tx, metadata)))


def restore(engine: Engine, metadata: MetaData, keys: Path, file: Path, private: bytes) -> str:
    """Put a backup into an empty database of this version and an empty keys folder, whole or not at all; gives when it was
    written. Raises Broken, Unfit."""
    with file.open("rb") as source:
        lines = lines_of(read_sealed(source, private))
        told: Mapping[str, str] = next(lines, {})
        if told.get("revision") != heads()[0]:
            raise Unfit(
                "this backup is of another version of the hotline: restore it with that one, then upgrade"
            )
        if any(keys.glob("*.key")) or any(keys.glob("*.pub")):
            raise Unfit(f"there are keys in {keys} already: restore into a new DATA_DIR")
        files = _load(engine, metadata, lines)
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, data in files.items():
        with open(os.open(keys / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            target.write(data)
    return told["at"]


def restore_store(engine: Engine, metadata: MetaData, file: Path, private: bytes) -> None:
    """The key store, into an empty one. Raises Broken, Unfit."""
    with file.open("rb") as source:
        lines = lines_of(read_sealed(source, private))
        next(lines, None)
        _load(engine, metadata, lines)


def was_made(tx: Session, ids_new: str, size: int, now: datetime) -> None:
    """Note that a backup was written, for `hotline doctor`."""
    tx.add(BackupMade(id=ids_new, at=now, size=size))


def newest_backup(tx: Session) -> datetime | None:
    """When the newest was written."""
    return tx.scalar(select(func.max(BackupMade.at)))


def _load(engine: Engine, metadata: MetaData, lines: Iterator[Any]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    with write(engine) as tx:
        connection = tx.connection()
        for table in metadata.sorted_tables:
            if connection.execute(select(table).limit(1)).first() is not None:
                raise Unfit("the database holds data already: restore into an empty one")
        for line in load_tables(connection, metadata, lines):
            folder, _, name = line.get("file", "").partition("/")
            if folder != KEYS or not name or Path(name).name != name:
                raise Unfit("the backup holds something that this version does not know")
            files[name] = b64decode(line["data"])
    return files


def _write_whole(file: Path, public: bytes, data: Iterable[bytes]) -> int:
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            write_sealed(out, public, data)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    return file.stat().st_size


def _letters(key: bytes) -> str:
    return base64.b32encode(key).decode().lower().rstrip("=")


def _proof(told: str) -> str:
    return _letters(hashlib.blake2b(told.encode(), digest_size=5).digest())[:_CHECK]
