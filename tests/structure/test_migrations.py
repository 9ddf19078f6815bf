"""The database as the migrations make it is the database that the code expects."""

import multiprocessing

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from hotline import db_migrate
from hotline.db import make_engine
from hotline.tables import metadata, room_modules

PROCESSES = multiprocessing.get_context("spawn")


def table_names(url: str) -> set[str]:
    """All tables but Alembic's own."""
    engine = make_engine(url)
    try:
        return set(inspect(engine).get_table_names()) - {"alembic_version"}
    finally:
        engine.dispose()


def test_there_is_one_newest_migration() -> None:
    assert len(db_migrate.heads()) == 1


def test_every_room_with_tables_is_known() -> None:
    assert "hotline.threads.tables" in room_modules()
    assert metadata().tables


def test_models_equal_the_migrated_database(empty_database_url: str) -> None:
    db_migrate.upgrade(empty_database_url)
    engine = make_engine(empty_database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        differences = compare_metadata(context, metadata())
    engine.dispose()
    assert differences == []
    assert table_names(empty_database_url) == set(metadata().tables)


def test_every_migration_goes_down_and_up_again(empty_database_url: str) -> None:
    db_migrate.upgrade(empty_database_url)
    assert db_migrate.is_current(empty_database_url)
    db_migrate.downgrade(empty_database_url, "base")
    assert table_names(empty_database_url) == set()
    assert not db_migrate.is_current(empty_database_url)
    db_migrate.upgrade(empty_database_url)
    assert table_names(empty_database_url) == set(metadata().tables)


def test_processes_that_start_together_migrate_once(empty_database_url: str) -> None:
    starting = [PROCESSES.Process(target=db_migrate.upgrade, args=(empty_database_url,)) for _ in range(3)]
    for process in starting:
        process.start()
    for process in starting:
        process.join(60)
    assert [process.exitcode for process in starting] == [0, 0, 0]
    assert db_migrate.is_current(empty_database_url)
