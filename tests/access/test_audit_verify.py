"""Whoever changes the audit is found: in rows, in their order, at both ends, and in a chain computed anew."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from hotline import db_migrate
from hotline.access import audit_verify
from hotline.access.audit import Act, note
from hotline.access.audit_chain import BEGINNING, Link, hashed
from hotline.access.audit_heads import Head, HeadFile, newest_head
from hotline.access.audit_tables import AuditRow
from hotline.access.audit_verify import Verdict, Why, verify
from hotline.db import make_engine, read, write
from hotline.now import CountedIds

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
STAFF = "aaaaaaaaaaaaaaab"
ROWS = 9


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a few rows are several pages."""
    monkeypatch.setattr(audit_verify, "PAGE", 4)


@pytest.fixture
def audit(engine: Engine, ids: CountedIds) -> Engine:
    """Nine rows; the tables of these tests have no trigger, as for somebody who owns the database."""
    with write(engine) as tx:
        for number in range(1, ROWS + 1):
            note(tx, ids, Act.THREAD_READ, NOON + timedelta(minutes=number), by=STAFF, about=f"n{number}")
    return engine


def looked(engine: Engine, *heads: Head, noted: str = "") -> Verdict:
    with read(engine) as tx:
        return verify(tx, heads, noted)


def head_of(engine: Engine) -> Head:
    with read(engine) as tx:
        head = newest_head(tx, NOON)
    assert head is not None
    return head


def first_broken(engine: Engine, *heads: Head) -> tuple[int, Why] | None:
    broken = looked(engine, *heads).broken
    return (broken.seq, broken.why) if broken is not None else None


def renumber(connection: Connection, was: int, becomes: int) -> None:
    connection.execute(update(AuditRow).where(AuditRow.seq == was).values(seq=becomes))


def anew_from(engine: Engine, first: int) -> None:
    """What somebody does who knows how rows are hashed: every hash from `first` on is right again."""
    with engine.begin() as connection:
        before = BEGINNING
        for row in connection.execute(select(AuditRow.__table__).order_by(AuditRow.seq)).all():
            link = Link(row.seq, row.at, row.act, row.by, row.about, row.detail, row.salt)
            before = hashed(before, link) if row.seq >= first else row.hash
            connection.execute(update(AuditRow).where(AuditRow.seq == row.seq).values(hash=before))


def test_a_whole_audit_holds(audit: Engine) -> None:
    head = head_of(audit)
    assert looked(audit) == Verdict(ROWS, head.hash, 0, 0, None)
    assert looked(audit, head) == Verdict(ROWS, head.hash, 1, ROWS, None)


def test_an_empty_one_holds_too(engine: Engine) -> None:
    assert looked(engine) == Verdict(0, "00" * 32, 0, 0, None)


@pytest.mark.parametrize(
    ("row", "change"),
    [
        (1, {"about": "n77"}),
        (4, {"about": "n77"}),  # the last of a page
        (ROWS, {"about": "n77"}),
        (5, {"about": ""}),
        (5, {"by": "aaaaaaaaaaaaaaac"}),
        (5, {"act": "read.record"}),
        (5, {"detail": "a"}),
        (5, {"at": NOON}),
        (5, {"salt": "b"}),
        (5, {"hash": b"x" * 32}),
    ],
)
def test_a_changed_column_is_found(audit: Engine, row: int, change: dict[str, object]) -> None:
    with audit.begin() as connection:
        connection.execute(update(AuditRow).where(AuditRow.seq == row).values(**change))
    assert first_broken(audit) == (row, Why.CHANGED)


@pytest.mark.parametrize("row", [1, 5, ROWS - 1])
def test_a_removed_row_is_found(audit: Engine, row: int) -> None:
    with audit.begin() as connection:
        connection.execute(delete(AuditRow).where(AuditRow.seq == row))
    assert first_broken(audit) == (row, Why.MISSING)


def test_a_removed_row_is_found_when_the_others_move_up(audit: Engine) -> None:
    with audit.begin() as connection:
        connection.execute(delete(AuditRow).where(AuditRow.seq == 3))
        for row in range(4, ROWS + 1):
            renumber(connection, row, row - 1)
    assert first_broken(audit) == (3, Why.CHANGED)


def test_two_swapped_rows_are_found(audit: Engine) -> None:
    with audit.begin() as connection:
        for was, becomes in ((4, 400), (7, 4), (400, 7)):
            renumber(connection, was, becomes)
    assert first_broken(audit) == (4, Why.CHANGED)


@pytest.mark.parametrize("number", [-1, 0])
def test_a_row_put_before_the_first_is_found(audit: Engine, number: int) -> None:
    insert_row(audit, number)
    assert first_broken(audit) == (number, Why.STRANGE)


def test_a_row_put_between_is_found(audit: Engine) -> None:
    with audit.begin() as connection:
        for row in range(ROWS, 4, -1):
            renumber(connection, row, row + 1)
    insert_row(audit, 5)
    assert first_broken(audit) == (5, Why.CHANGED)


def test_a_row_put_behind_the_last_is_found(audit: Engine) -> None:
    insert_row(audit, ROWS + 1)
    assert first_broken(audit) == (ROWS + 1, Why.CHANGED)


def insert_row(engine: Engine, seq: int) -> None:
    with engine.begin() as connection:
        connection.execute(
            insert(AuditRow).values(
                seq=seq, at=NOON, act="read.thread", by=STAFF, about="", detail="", salt="s", hash=b"h" * 32
            )
        )


@pytest.mark.parametrize("left", [0, 1, ROWS - 1])
def test_a_cut_end_is_found_by_the_head_that_went_out(audit: Engine, left: int) -> None:
    head = head_of(audit)
    with audit.begin() as connection:
        connection.execute(delete(AuditRow).where(AuditRow.seq > left))
    assert first_broken(audit) is None, "without a head it cannot be seen"
    assert first_broken(audit, head) == (left + 1, Why.CUT)


def test_a_chain_computed_anew_is_found_by_the_head_that_went_out(audit: Engine, ids: CountedIds) -> None:
    with read(audit) as tx:
        row = tx.get_one(AuditRow, 3)
        early = Head(3, row.hash.hex(), NOON)
    late = head_of(audit)
    with audit.begin() as connection:
        connection.execute(update(AuditRow).where(AuditRow.seq == 5).values(by="aaaaaaaaaaaaaaac"))
    anew_from(audit, 5)
    with write(audit) as tx:
        note(tx, ids, Act.THREAD_READ, NOON, by=STAFF)
    assert first_broken(audit) is None, "without a head it cannot be seen"
    broken = looked(audit, early, late).broken
    assert broken is not None
    assert (broken.why, broken.since, broken.seq) == (Why.ANEW, 4, ROWS), "after row 3, which a head names"


def test_a_head_noted_on_paper_is_looked_for(audit: Engine, ids: CountedIds) -> None:
    noted = head_of(audit).hash[:16]
    with write(audit) as tx:
        note(tx, ids, Act.TAKE, NOON, by=STAFF)
    assert looked(audit, noted=noted).broken is None
    with audit.begin() as connection:
        connection.execute(update(AuditRow).where(AuditRow.seq == ROWS).values(detail="a"))
    anew_from(audit, ROWS)
    broken = looked(audit, noted=noted).broken
    assert broken is not None
    assert broken.why is Why.NO_SUCH_HEAD


def test_what_cannot_even_be_read_is_found(sqlite_url: str, ids: CountedIds) -> None:
    """SQLite lets anything stand in a column; PostgreSQL keeps it to its type."""
    engine = make_engine(sqlite_url)
    with write(engine) as tx:
        for _ in range(6):
            note(tx, ids, Act.TAKE, NOON, by=STAFF)
    with engine.begin() as connection:
        connection.execute(text("UPDATE audit SET at = 'never', about = 7 WHERE seq = 6"))
    assert first_broken(engine) == (6, Why.CHANGED)
    engine.dispose()


def test_the_file_of_heads_gives_back_what_went_out(tmp_path: Path) -> None:
    file = HeadFile(tmp_path)
    assert (list(file.heads()), file.newest()) == ([], None)
    first = Head(3, "ab" * 32, NOON)
    second = replace(first, seq=7, at=NOON + timedelta(days=1))
    file.add(first)
    file.add(second)
    assert list(file.heads()) == [first, second]
    assert file.newest() == second
    assert file.path.stat().st_mode & 0o077 == 0, "for the owner only"
    file.path.write_text(file.path.read_text() + "who\n")
    with pytest.raises(ValueError, match=":3: this is no head"):
        list(file.heads())


REFUSED: list[tuple[str, Callable[[Connection], object]]] = [
    ("change", lambda connection: connection.execute(update(AuditRow).values(about="n2"))),
    ("remove", lambda connection: connection.execute(delete(AuditRow))),
    (
        "replace",
        lambda connection: connection.execute(
            text(
                "INSERT OR REPLACE INTO audit SELECT seq, at, act, by, 'n2', detail, salt, hash FROM audit"
                if connection.dialect.name == "sqlite"
                else "INSERT INTO audit SELECT * FROM audit ON CONFLICT (seq) DO UPDATE SET about = 'n2'"
            )
        ),
    ),
]


def test_the_database_itself_only_lets_rows_be_added(empty_database_url: str, ids: CountedIds) -> None:
    db_migrate.upgrade(empty_database_url)
    engine = make_engine(empty_database_url)
    acts = list(REFUSED)
    if engine.dialect.name == "postgresql":
        acts.append(("empty", lambda connection: connection.execute(text("TRUNCATE audit"))))
    try:
        with write(engine) as tx:
            note(tx, ids, Act.TAKE, NOON, by=STAFF, about="n1")
        for _name, act in acts:
            with pytest.raises(DBAPIError, match="the audit is only added to"), engine.begin() as connection:
                act(connection)
        with write(engine) as tx:
            note(tx, ids, Act.CLOSE, NOON, by=STAFF, about="n1")
        assert looked(engine).rows == 2
        assert looked(engine).broken is None
    finally:
        engine.dispose()
