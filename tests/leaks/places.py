"""Where one looks: every column of every table, Redis, files, this process's environment and arguments, the web's edges."""

from __future__ import annotations

import base64
import binascii
import contextlib
import os
import re
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import redis
from sqlalchemy import Engine, MetaData, select

from tests.leaks.canary import Place, place

# Megabytes of our own content, put there before anybody says a word; the file of the database, looked at besides, holds it too.
_CONTENT = "books.packed"


def columns(engine: Engine) -> Iterator[Place]:
    """Every value of every column of every table that the database has, sealed ones too: sealed bytes hold no canary."""
    found = MetaData()
    with engine.connect() as connection:
        found.reflect(connection)
        for table in found.sorted_tables:
            for row in connection.execute(select(table)):
                for column, value in zip(table.columns, row, strict=True):
                    if value is not None and f"{table.name}.{column.name}" != _CONTENT:
                        yield from _each(f"column {table.name}.{column.name}", value)


def redis_keys(url: str) -> Iterator[Place]:
    """Every key of every database of a Redis with all its values; what RQ packs is unpacked."""
    with redis.Redis.from_url(url) as client:
        for key in client.scan_iter():
            name = key.decode("utf-8", "replace")
            yield place(f"redis key {name}", key)
            for value in _values(client, key):
                yield from _each(f"redis {name}", value)


def _values(client: Any, key: bytes) -> Iterator[object]:
    match client.type(key):
        case b"string":
            yield client.get(key)
        case b"hash":
            for pair in client.hgetall(key).items():
                yield from pair
        case b"list":
            yield from client.lrange(key, 0, -1)
        case b"set":
            yield from client.smembers(key)
        case b"zset":
            yield from client.zrange(key, 0, -1)
        case b"stream":
            for _, pairs in client.xrange(key):
                for pair in pairs.items():
                    yield from pair


def files(*folders: Path) -> Iterator[Place]:
    """Every file below the folders: its name and its content."""
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            where = f"file {folder.name}/{file.relative_to(folder)}"
            yield place(where, str(file.relative_to(folder)))
            if file.is_file() and not file.is_symlink():
                yield from _each(where, file.read_bytes())


def process() -> Iterator[Place]:
    """What others on the machine see of this process."""
    yield place("process arguments", " ".join(sys.argv))
    yield place("process environment", repr(dict(os.environ)))
    for name in ("cmdline", "environ", "comm"):
        yield place(f"process {name}", Path(f"/proc/self/{name}").read_bytes())


def _each(where: str, value: object) -> Iterator[Place]:
    one = place(where, value)
    yield one
    for content in _unpacked(one.content):
        yield Place(where, content)


def _unpacked(content: bytes) -> Iterator[bytes]:
    """What is in it when it is compressed, or compressed and written as Base64."""
    tried = [content]
    if re.fullmatch(rb"[A-Za-z0-9+/_=-]{16,}", content):
        with contextlib.suppress(binascii.Error, ValueError):
            tried.append(base64.b64decode(content, b"-_" if re.search(rb"[-_]", content) else None))
    for data in tried:
        if data is not content:
            yield data
        try:
            yield zlib.decompress(data, wbits=47 if data[:2] == b"\x1f\x8b" else 15)
        except zlib.error:
            continue
