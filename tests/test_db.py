"""Reading and writing, on both databases."""

import multiprocessing
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest
from sqlalchemy import Engine, MetaData, String, func, select, text, update
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from hotline import db

# Forking a process with open connections would share them: each starts afresh.
PROCESSES = multiprocessing.get_context("spawn")


class TestBase(DeclarativeBase):
    """Tables of this test alone, so that the house's own metadata stays clean."""

    __test__ = False
    metadata = MetaData(naming_convention=db.Base.metadata.naming_convention)


class Parent(TestBase):
    """Something that is counted."""

    __tablename__ = "test_parent"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime | None] = mapped_column(db.UtcDateTime)


@pytest.fixture
def tables(engine: Engine) -> Engine:
    """The engine with the tables above."""
    TestBase.metadata.create_all(engine)
    with db.write(engine) as session:
        session.add(Parent(id="one", count=0, at=None))
    return engine


def count_of(engine: Engine) -> int:
    """What stands in the only row."""
    with db.read(engine) as session:
        return session.scalars(select(Parent.count)).one()


def test_what_is_written_is_there_for_the_next_reader(tables: Engine) -> None:
    with db.write(tables) as session:
        session.get_one(Parent, "one").count = 7
    assert count_of(tables) == 7


def test_an_error_undoes_everything(tables: Engine) -> None:
    with pytest.raises(RuntimeError, match="in the middle"), db.write(tables) as session:
        session.get_one(Parent, "one").count = 7
        session.flush()
        raise RuntimeError("in the middle")
    assert count_of(tables) == 0


def test_nobody_commits_halfway(tables: Engine) -> None:
    with pytest.raises(Exception, match="closed transaction"), db.write(tables) as session:
        session.get_one(Parent, "one").count = 7
        session.commit()
        session.get_one(Parent, "one").count = 8


def test_a_row_can_be_read_after_the_commit(tables: Engine) -> None:
    with db.write(tables) as session:
        row = session.get_one(Parent, "one")
        row.count = 3
    assert row.count == 3


def test_a_reader_cannot_write(tables: Engine) -> None:
    with pytest.raises(DBAPIError, match=r"read-?only"), db.read(tables) as session:
        session.execute(text("UPDATE test_parent SET count = 9"))
    # and the same connection writes again afterwards
    with db.write(tables) as session:
        session.get_one(Parent, "one").count = 1
    assert count_of(tables) == 1


def test_a_reader_sees_one_moment_and_holds_up_nobody(tables: Engine) -> None:
    with db.read(tables) as reader:
        before = reader.scalars(select(Parent.count)).one()
        with db.write(tables) as writer:
            writer.get_one(Parent, "one").count = 5
        reader.expire_all()
        assert reader.scalars(select(Parent.count)).one() == before
    assert count_of(tables) == 5


@pytest.mark.parametrize(
    "given",
    [
        datetime(2026, 11, 20, 12, 0, 0, 123456, tzinfo=UTC),
        datetime(2026, 11, 20, 8, 0, 0, 123456, tzinfo=timezone(timedelta(hours=-4))),
    ],
)
def test_an_instant_comes_back_aware_in_utc(tables: Engine, given: datetime) -> None:
    with db.write(tables) as session:
        session.get_one(Parent, "one").at = given
    with db.read(tables) as session:
        found = session.scalars(select(Parent.at)).one()
        same = session.scalars(select(func.count()).where(Parent.at == given)).one()
    assert found == datetime(2026, 11, 20, 12, 0, 0, 123456, tzinfo=UTC)
    assert found.tzinfo is UTC
    assert same == 1


def test_a_naive_instant_is_refused(tables: Engine) -> None:
    with pytest.raises(StatementError, match="aware"), db.write(tables) as session:
        session.get_one(Parent, "one").at = datetime(2026, 11, 20)  # noqa: DTZ001  # that is the point
        session.flush()


def test_an_error_does_not_carry_what_people_said(tables: Engine) -> None:
    with pytest.raises(DBAPIError) as refused, db.write(tables) as session:
        session.execute(text("INSERT INTO test_parent (id, count) VALUES ('one', :said)"), {"said": 4711})
    assert "4711" not in str(refused.value)


@pytest.mark.parametrize("lock", ["row", "name"])
def test_who_holds_a_lock_is_alone_until_the_end(tables: Engine, lock: str) -> None:
    """Ten rounds of read, think, write in three processes: no count is lost."""
    url = tables.url.render_as_string(hide_password=False)
    workers = [PROCESSES.Process(target=add_slowly, args=(url, lock, 10)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert count_of(tables) == 30


def add_slowly(url: str, lock: str, times: int) -> None:
    """Read the count under a lock, then write it one higher."""
    engine = db.make_engine(url)
    for _ in range(times):
        with db.write(engine) as session:
            if lock == "row":
                row = db.lock_row(session, Parent, "one")
            else:
                db.lock_name(session, "+12025550123")
                row = session.get(Parent, "one")
            assert row is not None
            row.count += 1


def test_there_is_no_row_to_lock(tables: Engine) -> None:
    with db.write(tables) as session:
        assert db.lock_row(session, Parent, "none") is None


def test_five_processes_write_a_hundred_times_each(tables: Engine) -> None:
    """Nobody meets "database is locked", although each reads before it writes."""
    url = tables.url.render_as_string(hide_password=False)
    processes = [PROCESSES.Process(target=add_slowly, args=(url, "row", 100)) for _ in range(5)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * 5
    assert count_of(tables) == 500


def test_in_a_burst_no_thread_is_overtaken_again_and_again(tables: Engine) -> None:
    """Eight webhooks at a time: SQLite alone lets some of them wait for seconds while the others go by. Counted in writes,
    not in seconds, so that a busy machine is no failure."""
    done: list[int] = []

    def add(number: int) -> int:
        before = len(done)
        with db.write(tables) as session:
            db.lock_row(session, Parent, "one")
            session.execute(update(Parent).values(count=Parent.count + 1))
        done.append(number)
        return len(done) - 1 - before

    with ThreadPoolExecutor(8) as threads:
        overtaken = list(threads.map(add, range(400)))
    assert count_of(tables) == 400
    assert max(overtaken) < 200


def test_a_writer_that_is_killed_leaves_nothing_and_holds_up_nobody(tables: Engine) -> None:
    inside = PROCESSES.Event()
    writer = PROCESSES.Process(
        target=write_and_hang, args=(tables.url.render_as_string(hide_password=False), inside)
    )
    writer.start()
    assert inside.wait(20)
    assert writer.pid is not None
    os.kill(writer.pid, signal.SIGKILL)
    writer.join(10)
    with db.write(tables) as session:
        row = db.lock_row(session, Parent, "one")
        assert row is not None
        assert row.count == 0


def write_and_hang(url: str, inside: Event) -> None:
    """Change the row, say so, and never commit."""
    with db.write(db.make_engine(url)) as session:
        session.get_one(Parent, "one").count = 99
        session.flush()
        inside.set()
        time.sleep(60)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_a_postgresql_url_is_understood(scheme: str) -> None:
    engine = db.make_engine(f"{scheme}://somebody@127.0.0.1:1/hotline")
    assert engine.dialect.driver == "psycopg"


def test_another_database_is_refused_in_one_line() -> None:
    with pytest.raises(ValueError, match="DATABASE_URL: mysql is not supported"):
        db.make_engine("mysql://127.0.0.1/hotline")


def test_an_sqlite_file_is_set_up_to_lose_nothing(tmp_path: Path) -> None:
    engine = db.make_engine(f"sqlite:///{tmp_path}/new/folder/hotline.db")
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 10_000,
    }
    with Session(engine) as session:
        assert {name: session.execute(text(f"PRAGMA {name}")).scalar() for name in expected} == expected
    assert (tmp_path / "new" / "folder").stat().st_mode & 0o777 == 0o700
