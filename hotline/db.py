"""The engine, and the one way to read and to write.

One code path for SQLite (the default, one machine) and PostgreSQL. Every change in the house is made inside `write`,
which is one transaction with one commit: what a 2xx acknowledged is in the database, and nothing is half done
(DESIGN, "The way of a message", 3).
"""

import hashlib
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from hotline.database_url import normalise_url

BUSY_TIMEOUT_MS = 10_000  # SQLite: how long a writer waits for the one before it
STATEMENT_TIMEOUT_MS = 15_000  # PostgreSQL: no statement of ours may run longer
LOCK_TIMEOUT_MS = 10_000  # PostgreSQL: the same patience as SQLite's
IDLE_IN_TRANSACTION_MS = 60_000  # PostgreSQL: a hung process gives its locks back

_READ_ONLY = "hotline_read_only"


class Base(DeclarativeBase):
    """The parent of every table. Constraints have names, so that a migration can speak of them on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in, aware UTC out, on both databases.

    SQLite has no time zones: there the UTC wall time is stored. Raises ValueError for a naive datetime, since whose
    wall clock it meant cannot be known later.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware datetime to what the driver stores."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant is stored from an aware datetime only")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """What the driver gives to an aware datetime in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def make_engine(url: str) -> Engine:
    """An engine for `url` (`sqlite:///…` or `postgresql://…`), set up so that several processes may write.

    The folder of an SQLite file is made, for the owner only. Raises ValueError for any other database.
    """
    parsed = make_url(normalise_url(url))
    if parsed.get_backend_name() == "sqlite":
        return _sqlite_engine(parsed)
    if parsed.get_backend_name() == "postgresql":
        return _postgres_engine(parsed)
    raise ValueError(f"DATABASE_URL: {parsed.get_backend_name()} is not supported; use sqlite or postgresql")


def _postgres_engine(url: URL) -> Engine:
    timeouts = {
        "statement_timeout": STATEMENT_TIMEOUT_MS,
        "lock_timeout": LOCK_TIMEOUT_MS,
        "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION_MS,
    }
    options = " ".join(f"-c {name}={ms}" for name, ms in timeouts.items())
    return create_engine(
        url,
        pool_size=5,
        max_overflow=15,
        pool_timeout=10,
        pool_pre_ping=True,
        pool_recycle=1800,
        hide_parameters=True,  # an error must not carry what people said into a log
        connect_args={"connect_timeout": 5, "options": f"{options} -c timezone=UTC"},
    )


def _sqlite_engine(url: URL) -> Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Run once for each new SQLite connection."""
    # The driver begins no transactions of its own (it would leave the reads before a write outside): `_begin_sqlite` does.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    _use_wal(cursor)
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _use_wal(cursor: sqlite3.Cursor) -> None:
    """Write-ahead log, kept in the file. Processes that start together may meet: the switch ignores busy_timeout."""
    deadline = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while cursor.execute("PRAGMA journal_mode").fetchone()[0] not in ("wal", "memory"):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at the start: a transaction that reads, then writes, cannot fail between the two.

    A plain BEGIN would hold a snapshot that another writer makes stale, and the first write would be refused at once,
    whatever the busy timeout. Readers take no lock and cannot write.
    """
    read_only = bool(connection.get_execution_options().get(_READ_ONLY))
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if read_only else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


@contextmanager
def read(engine: Engine) -> Iterator[Session]:
    """A session on one snapshot that cannot write: an attempt raises on both databases."""
    options: dict[str, Any] = {_READ_ONLY: True}
    if engine.dialect.name == "postgresql":
        options |= {"postgresql_readonly": True, "isolation_level": "REPEATABLE READ"}
    with Session(engine.execution_options(**options), expire_on_commit=False) as session:
        yield session


def is_read_only(session: Session) -> bool:
    """Whether the session came from `read`: nothing that it does is kept."""
    options: dict[str, Any] = dict(session.get_bind().get_execution_options())
    return bool(options.get(_READ_ONLY))


@contextmanager
def write(engine: Engine) -> Iterator[Session]:
    """A session in one transaction: committed once at the end, rolled back when anything is raised.

    Objects stay readable after the commit. Two writers on SQLite wait for one another (10 s); on PostgreSQL lock the
    row that stands for what is changed first (`lock_row`, `lock_name`).
    """
    with _turn(engine), Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def _turn(engine: Engine) -> Iterator[None]:
    """Let the threads of a process come to SQLite one by one.

    SQLite's own waiting is a race of sleepers that some lose for seconds in a burst. Whoever waits here too long goes on
    to wait there: never longer than a stuck writer, never a refusal of its own. PostgreSQL needs none of it.
    """
    lock = _turns.setdefault(engine, RLock()) if engine.dialect.name == "sqlite" else RLock()
    mine = lock.acquire(timeout=BUSY_TIMEOUT_MS / 1000)
    try:
        yield
    finally:
        if mine:
            lock.release()


_turns: WeakKeyDictionary[Engine, Any] = WeakKeyDictionary()


Row = TypeVar("Row")


def lock_row(session: Session, table: type[Row], key: object) -> Row | None:
    """The row of `table` with the primary key `key`, fresh, and nobody else's until the end of the transaction.

    None where there is none. SQLite's writer is alone anyway and needs no row lock.
    """
    return session.get(table, key, with_for_update=True, populate_existing=True)


def lock_name(session: Session, name: str) -> None:
    """Be alone with `name` until the end of the transaction, also where no row exists yet (a contact's first message)."""
    if session.get_bind().dialect.name != "postgresql":
        # A statement makes the transaction begin, and with it SQLite's write lock.
        session.execute(text("SELECT 1"))
        return
    number = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), signed=True)
    session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})
