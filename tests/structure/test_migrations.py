"""The database as the migrations make it is the database that the code expects."""

import multiprocessing
from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect

from hotline import db_migrate
from hotline.db import make_engine
from hotline.tables import metadata, room_modules
from tests.structure.rows import count, empty, fill

PROCESSES = multiprocessing.get_context("spawn")


def table_names(url: str) -> set[str]:
    """All tables but Alembic's own."""
    engine = make_engine(url)
    try:
        return set(inspect(engine).get_table_names()) - {"alembic_version"}
    finally:
        engine.dispose()


@pytest.fixture
def empty_engine(empty_database_url: str) -> Iterator[Engine]:
    """An engine on the database that the test migrates."""
    engine = make_engine(empty_database_url)
    yield engine
    engine.dispose()


def test_there_is_one_newest_migration() -> None:
    assert len(db_migrate.heads()) == 1


def test_every_room_with_tables_is_known() -> None:
    assert "hotline.threads.tables" in room_modules()
    assert metadata().tables


def test_models_equal_the_migrated_database(empty_database_url: str, empty_engine: Engine) -> None:
    db_migrate.upgrade(empty_database_url)
    with empty_engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        differences = compare_metadata(context, metadata())
    assert differences == [], 'the tables changed: make migration NAME="what changes"'
    assert table_names(empty_database_url) == set(metadata().tables)


def test_every_migration_goes_up_and_down_with_data(empty_database_url: str, empty_engine: Engine) -> None:
    """At each step every table has a row: going on keeps it, and going back and on again ends in the same shape."""
    before, old = "base", set[str]()
    for step in db_migrate.steps():
        db_migrate.upgrade(empty_database_url, step)
        shape = table_names(empty_database_url)
        with empty_engine.begin() as connection:
            full = fill(connection)
        assert set(full.values()) == {1}
        db_migrate.downgrade(empty_database_url, before)
        with empty_engine.begin() as connection:
            assert all(rows == 1 for rows in count(connection).values()), (
                "going back kept what the old shape holds"
            )
        db_migrate.upgrade(empty_database_url, step)
        assert table_names(empty_database_url) == shape
        with empty_engine.begin() as connection:
            rows = count(connection)
            assert all(rows[table] == 1 for table in old & shape), "and going on again kept them"
            empty(connection)
        before, old = step, shape
    assert db_migrate.is_current(empty_database_url)
    db_migrate.downgrade(empty_database_url, "base")
    assert table_names(empty_database_url) == set()
    assert not db_migrate.is_current(empty_database_url)


def test_processes_that_start_together_migrate_once(empty_database_url: str) -> None:
    starting = [PROCESSES.Process(target=db_migrate.upgrade, args=(empty_database_url,)) for _ in range(3)]
    for process in starting:
        process.start()
    for process in starting:
        process.join(60)
    assert [process.exitcode for process in starting] == [0, 0, 0]
    assert db_migrate.is_current(empty_database_url)
