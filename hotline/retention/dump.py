"""A database as lines of JSON, the same for SQLite and PostgreSQL: what was dumped from one is loaded into either.

    {"revision": "0016", "at": "2026-11-25T00:00:00+00:00"}
    {"table": "contacts", "columns": ["id", ...]}
    ["aaaaaaaaaaaaaaaa", null, ...]          rows, in the order of what points to what
    {"file": "keys/index.key", "data": "..."}

Bytes are {"b": base64}, instants {"t": ...}, days {"d": ...}, times of day {"c": ...}.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, insert, select, text
from sqlalchemy.orm import Session

ROWS = 500
KEY_FILES = (".key", ".pub")


class Unfit(ValueError):
    """The dump does not fit this version or this database."""


def dump_tables(tx: Session, metadata: MetaData) -> Iterator[bytes]:
    """The tables and their rows, one snapshot, a few rows at a time."""
    connection = tx.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))
    for table in metadata.sorted_tables:
        yield _line({"table": table.name, "columns": [column.name for column in table.columns]})
        rows = connection.execute(select(table), execution_options={"yield_per": ROWS})
        for piece in rows.partitions():
            yield b"".join(_line([_plain(value) for value in row]) for row in piece)


def dump_files(folder: Path, under: str) -> Iterator[bytes]:
    """The key files of a folder, and nothing else that lies there: never a key store."""
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        if file.is_file() and file.suffix in KEY_FILES and not file.name.startswith("."):
            yield _line({"file": f"{under}/{file.name}", "data": b64encode(file.read_bytes()).decode()})


def head(**facts: str) -> bytes:
    """The first line."""
    return _line(facts)


def lines_of(pieces: Iterable[bytes]) -> Iterator[Any]:
    """The lines of a dump, as they were written."""
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            yield json.loads(line)
    if rest:
        raise Unfit("the dump ends in the middle of a line")


def load_tables(
    connection: Connection, metadata: MetaData, lines: Iterable[Any]
) -> Iterator[Mapping[str, str]]:
    """Insert every row into empty tables; gives the lines that are no rows and no tables (files). Raises Unfit."""
    table: Table | None = None
    columns: list[str] = []
    waiting: list[dict[str, Any]] = []
    for line in lines:
        if isinstance(line, list):
            if table is None:
                raise Unfit("rows of no table")
            waiting.append(dict(zip(columns, map(_value, line), strict=True)))
            if len(waiting) >= ROWS:
                connection.execute(insert(table), waiting)
                waiting = []
            continue
        if table is not None and waiting:
            connection.execute(insert(table), waiting)
            waiting = []
        table = None
        if "table" not in line:
            yield line
            continue
        table, columns = metadata.tables.get(line["table"]), line["columns"]
        if table is None or set(columns) != {column.name for column in table.columns}:
            raise Unfit(f"the dump's table {line['table']} is not as this version knows it")
    if table is not None and waiting:
        connection.execute(insert(table), waiting)
    _count_on(connection, metadata)


def _count_on(connection: Connection, metadata: MetaData) -> None:
    """PostgreSQL counts numbered rows on from the highest."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', '{column.name}'), "  # noqa: S608
                    f'coalesce((SELECT max("{column.name}") FROM "{table.name}"), 1))'
                )
            )


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _plain(value: object) -> object:
    match value:
        case bytes() | memoryview():
            return {"b": b64encode(bytes(value)).decode()}
        case datetime():
            return {"t": value.isoformat()}
        case date():
            return {"d": value.isoformat()}
        case time():
            return {"c": value.isoformat()}
        case _:
            return value


def _value(plain: Any) -> Any:
    if not isinstance(plain, dict):
        return plain
    ((kind, told),) = plain.items()
    match kind:
        case "b":
            return b64decode(told)
        case "t":
            return datetime.fromisoformat(told)
        case "d":
            return date.fromisoformat(told)
        case "c":
            return time.fromisoformat(told)
    raise Unfit(f"the dump holds something of an unknown kind: {kind}")
