"""Writing the audit: in the transaction of the act, one chain, never a word of content."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from hotline.access.audit import NOBODY, Act, note, noted_since
from hotline.access.audit_acts import Kind
from hotline.access.audit_chain import BEGINNING, Link, hashed
from hotline.access.audit_tables import AuditRow
from hotline.db import read, write
from hotline.now import CountedIds, RandomIds

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
STAFF, THREAD = "aaaaaaaaaaaaaaab", "aaaaaaaaaaaaaaac"


def rows(engine: Engine) -> list[AuditRow]:
    with read(engine) as tx:
        return list(tx.scalars(select(AuditRow).order_by(AuditRow.seq)))


def test_acts_are_rows_of_one_chain(engine: Engine, ids: CountedIds) -> None:
    with write(engine) as tx:
        note(tx, ids, Act.THREAD_READ, NOON, by=STAFF, about=THREAD)
        note(tx, ids, Act.TAKE, NOON, by=STAFF, about=THREAD)
    with write(engine) as tx:
        note(tx, ids, Act.EXPORT, NOON, by="command:export", detail="jsonl,rows=12")
    found = rows(engine)
    assert [(row.seq, row.act, row.by, row.about, row.detail) for row in found] == [
        (1, "read.thread", STAFF, THREAD, ""),
        (2, "change.take", STAFF, THREAD, ""),
        (3, "export.records", "command:export", "", "jsonl,rows=12"),
    ]
    before = BEGINNING
    for row in found:
        link = Link(row.seq, row.at, row.act, row.by, row.about, row.detail, row.salt)
        before = hashed(before, link)
        assert row.hash == before


def test_what_is_rolled_back_leaves_no_row(engine: Engine, ids: CountedIds) -> None:
    with pytest.raises(OSError, match="on the way"), write(engine) as tx:
        note(tx, ids, Act.TAKE, NOON, by=STAFF, about=THREAD)
        raise OSError("on the way")
    with write(engine) as tx:
        note(tx, ids, Act.RELEASE, NOON, by=STAFF, about=THREAD)
    assert [(row.seq, row.act) for row in rows(engine)] == [(1, "change.release")], "and no number is missing"


def test_a_part_that_is_undone_takes_its_row_along(engine: Engine, ids: CountedIds) -> None:
    with write(engine) as tx:
        note(tx, ids, Act.TAKE, NOON, by=STAFF, about=THREAD)
        undone = tx.begin_nested()
        note(tx, ids, Act.CLOSE, NOON, by=STAFF, about=THREAD)
        undone.rollback()
        with tx.begin_nested():
            note(tx, ids, Act.STILL, NOON, by=STAFF, about=THREAD)
    assert sorted(row.act for row in rows(engine)) == ["change.still", "change.take"]
    assert [row.seq for row in rows(engine)] == [1, 2]


def test_where_nothing_can_be_written_nothing_is_silently_lost(engine: Engine, ids: CountedIds) -> None:
    with read(engine) as tx, pytest.raises(RuntimeError, match=r"hotline\.db\.write"):
        note(tx, ids, Act.THREAD_READ, NOON, by=STAFF, about=THREAD)


@pytest.mark.parametrize(
    "content",
    [
        "he has a knife",
        "Castries",
        "+12025550123",
        "12025550123",
        "n=2025550123",
        "2025550",
        "sé",
        "a=b=c",
        "x" * 201,
        "age,",
        "line\n",
        "救命",
    ],
)
def test_a_detail_that_is_no_code_is_refused(engine: Engine, ids: CountedIds, content: str) -> None:
    with write(engine) as tx, pytest.raises(ValueError, match="detail"):
        note(tx, ids, Act.CLOSE, NOON, by=STAFF, about=THREAD, detail=content)
    assert rows(engine) == []


@pytest.mark.parametrize("about", ["+12025550123", "2025550123", "Staff 1", "a b", "n2025550123"])
def test_what_is_acted_on_is_named_by_its_id(engine: Engine, ids: CountedIds, about: str) -> None:
    with write(engine) as tx, pytest.raises(ValueError, match="about"):
        note(tx, ids, Act.CLOSE, NOON, by=STAFF, about=about)


@pytest.mark.parametrize("by", ["", "Staff 1", "+12025550123", "command:", "robot:x"])
def test_who_acted_is_an_id_a_command_or_a_job(engine: Engine, ids: CountedIds, by: str) -> None:
    with write(engine) as tx, pytest.raises(ValueError, match="by"):
        note(tx, ids, Act.CLOSE, NOON, by=by, about=THREAD)


def test_codes_that_the_house_uses_are_let_in(engine: Engine, ids: CountedIds) -> None:
    details = ("", "safe", "age,immigration_status", "role=leader", "jsonl,rows=120000", "week.2026-w47")
    with write(engine) as tx:
        for detail in details:
            note(tx, ids, Act.CLOSE, NOON, by="job:clock", about=THREAD, detail=detail)
        note(tx, ids, Act.LOGIN_FAILED, NOON, by=NOBODY)
        note(tx, ids, Act.EXPORT, NOON, by="command:staff add", about="export")
    assert [row.detail for row in rows(engine)[: len(details)]] == list(details)


def test_every_act_is_of_a_kind() -> None:
    assert {act.kind for act in Act} <= set(Kind)
    assert all(len(act.value) <= 40 for act in Act)


def test_no_two_rows_are_the_same_bytes() -> None:
    """What moves from one column to the next, or changes at all, gives another hash."""
    row = Link(1, NOON, "read.thread", "ab", "c", "d", "e")
    others = (
        Link(2, NOON, "read.thread", "ab", "c", "d", "e"),
        Link(1, NOON + timedelta(microseconds=1), "read.thread", "ab", "c", "d", "e"),
        Link(1, NOON, "read.threa", "dab", "c", "d", "e"),
        Link(1, NOON, "read.thread", "a", "bc", "d", "e"),
        Link(1, NOON, "read.thread", "ab", "", "cd", "e"),
        Link(1, NOON, "read.thread", "ab", "c", "", "de"),
    )
    assert len({hashed(BEGINNING, link) for link in (row, *others)} | {hashed(b"1" * 32, row)}) == 8
    west = NOON.astimezone(tz=datetime.fromisoformat("2026-11-20T08:00-04:00").tzinfo)
    assert hashed(BEGINNING, Link(1, west, "read.thread", "ab", "c", "d", "e")) == hashed(BEGINNING, row)


def test_a_page_that_looks_again_can_ask_what_was_noted(engine: Engine, ids: CountedIds) -> None:
    with write(engine) as tx:
        note(tx, ids, Act.THREAD_READ, NOON, by=STAFF, about=THREAD)
    with read(engine) as tx:
        assert noted_since(tx, Act.THREAD_READ, NOON, by=STAFF, about=THREAD)
        assert not noted_since(tx, Act.THREAD_READ, NOON + timedelta(seconds=1), by=STAFF, about=THREAD)
        assert not noted_since(tx, Act.THREAD_READ, NOON, by=THREAD, about=THREAD)


def test_writers_side_by_side_make_one_chain(engine: Engine) -> None:
    """Six at a time, each with work of its own around the note: no fork, no gap, nobody refused."""
    failed: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(8):
                with write(engine) as tx:
                    note(tx, RandomIds(), Act.TAKE, NOON, by=STAFF, about=f"n{number}.{turn}")
                    tx.execute(select(AuditRow.seq).limit(1)).all()
        except BaseException as trouble:
            failed.append(trouble)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []
    found = rows(engine)
    assert [row.seq for row in found] == list(range(1, 49))
    assert {row.about for row in found} == {f"n{n}.{t}" for n in range(6) for t in range(8)}
    before = BEGINNING
    for row in found:
        before = hashed(before, Link(row.seq, row.at, row.act, row.by, row.about, row.detail, row.salt))
        assert row.hash == before
