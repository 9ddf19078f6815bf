"""What every test may ask for: both databases, a Redis, settings, and a clock and ids that repeat.

Tests run in several processes (pytest-xdist): each has databases and a Redis of its own.
"""

import os
import shutil
import weakref
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import redis
from sqlalchemy import Engine

from hotline import config, db
from hotline.content import expect_much
from hotline.db import make_engine
from hotline.now import CountedIds, SetClock
from hotline.private_redis import private_redis
from hotline.tables import metadata
from tests import postgres

FRIDAY_NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--rewrite-golden` writes the golden files anew (tests/golden)."""
    parser.addoption("--rewrite-golden", action="store_true", help="write the golden files anew")
    parser.addoption("--seeds", type=int, default=1, help="how many nights of chance each kill point gets")


def pytest_configure() -> None:
    """As a process of the house: the content lies in memory for the whole run, and looking through it costs a tenth of it.

    A database that a test left open is closed when nothing holds it any more, not in the middle of another test."""
    expect_much()
    create = db.create_engine

    def create_and_close(*args: Any, **more: Any) -> Engine:
        engine = create(*args, **more)
        weakref.finalize(engine, engine.pool.dispose)
        return engine

    db.create_engine = create_and_close


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A run ends with the figures that a test measured (`tests/triage/test_figures.py`)."""
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    figures = [
        str(value)
        for report in reports
        for name, value in (
            getattr(report, "user_properties", ()) if getattr(report, "when", "") == "call" else ()
        )
        if name == "figure"
    ]
    if figures:
        terminalreporter.section("how danger is heard, and replies are read")
        for line in figures:
            terminalreporter.write_line(line)


@pytest.fixture
def seeds(request: pytest.FixtureRequest) -> int:
    """How many nights of chance a test plays; a long run asks for more."""
    return int(request.config.getoption("seeds"))


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands at Friday, 20 November 2026, 12:00 UTC (08:00 in Saint Lucia)."""
    return SetClock(FRIDAY_NOON)


@pytest.fixture
def ids() -> CountedIds:
    """The same ids in every run."""
    return CountedIds()


@pytest.fixture
def settings(tmp_path: Path) -> config.Settings:
    """What an empty environment gives, with the data in a folder of the test."""
    return config.load({"DATA_DIR": str(tmp_path / "var")})


@pytest.fixture(scope="session")
def worker_id() -> str:
    """The name of this test process."""
    return os.environ.get("PYTEST_XDIST_WORKER", "alone")


@pytest.fixture(scope="session")
def postgres_server(worker_id: str) -> Iterator[str]:
    """The URL of a PostgreSQL server, shared by all processes of this run."""
    with postgres.server(os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))) as url:
        yield url


@pytest.fixture(scope="session")
def postgres_database(postgres_server: str, worker_id: str) -> Iterator[str]:
    """The URL of this test process's own database, with every table; tests leave it empty."""
    name = f"hotline_{worker_id}"
    url = postgres.create_database(postgres_server, name)
    engine = make_engine(url)
    metadata().create_all(engine)
    engine.dispose()
    yield url
    postgres.drop_database(postgres_server, name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file that holds every table and no row."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    engine = make_engine(f"sqlite:///{file}")
    metadata().create_all(engine)
    engine.dispose()  # the last connection puts the write-ahead log into the file
    return file


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh SQLite database with every table."""
    file = tmp_path / "hotline.db"
    shutil.copyfile(sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgres_url(postgres_database: str) -> Iterator[str]:
    """A PostgreSQL database with every table and no row."""
    yield postgres_database
    postgres.empty_database(postgres_database, metadata())


@pytest.fixture
def empty_postgres_url(postgres_server: str, worker_id: str) -> Iterator[str]:
    """A PostgreSQL database without any table, for migrations."""
    name = f"hotline_empty_{worker_id}"
    yield postgres.create_database(postgres_server, name)
    postgres.drop_database(postgres_server, name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh database with every table; the test runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without any table; the test runs once on each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    url: str = request.getfixturevalue("empty_postgres_url")
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a fresh database with every table; the test runs once on SQLite and once on PostgreSQL."""
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """The URL of a Redis of this test process alone."""
    with private_redis() as url:
        yield url


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """The URL of an empty Redis."""
    with redis.Redis.from_url(redis_server) as client:
        client.flushall()
    return redis_server


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the Chromium that `make test` found; without it the test fails, for a skipped one proves nothing."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = os.environ.get("HOTLINE_TEST_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.fail("no Chromium: run `make browser`, or `make test`, which does")
    return found
