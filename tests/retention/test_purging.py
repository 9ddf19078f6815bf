"""Classes come to their end: first the words, then the record; a tombstone remains, and what must not go does not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from hotline.db import read, write
from hotline.records.tables import Record, RecordField
from hotline.retention.classes import Class, standing
from hotline.retention.holds import lift, place
from hotline.retention.tables import Tombstone
from hotline.threads.tables import Call, Contact, Conversation, Deed, Message, Thread
from tests.house import CALLER, LINE, SECOND
from tests.retention.conftest import Keeping
from tests.retention.shelf import a_record


def kept_as(keeping: Keeping, thread_id: str) -> Class:
    with read(keeping.home.desk.engine) as tx:
        thread = tx.get(Thread, thread_id)
        assert thread is not None
        return standing(tx, keeping.home.desk.settings.deployment.retention, thread).kept_as


def stones(keeping: Keeping) -> list[tuple[str, str, str, str]]:
    rows = keeping.home.all(Tombstone)
    return sorted((stone.what, stone.kept_as, stone.forms, stone.why) for stone in rows)


def test_words_go_after_thirty_days_and_the_record_after_a_year(keeping: Keeping) -> None:
    thread_id = keeping.report()
    assert kept_as(keeping, thread_id) is Class.TIP
    keeping.days(29)
    assert keeping.home.all(Message, Message.thread_id == thread_id)
    keeping.days(1.1)
    assert keeping.home.all(Message, Message.thread_id == thread_id) == []
    assert len(keeping.home.records()) == 1
    assert stones(keeping) == [("words", "tip", "", "class_ended")]
    keeping.days(334)
    assert len(keeping.home.all(Record)) == 1
    record_id = keeping.home.all(Record)[0].id
    assert keeping.has_keys(record_id)
    keeping.days(1)
    for table in (Record, RecordField, Thread, Conversation, Contact):
        assert keeping.home.all(table) == [], table.__name__
    assert stones(keeping) == [
        ("record", "tip", "online", "class_ended"),
        ("thread", "tip", "online", "class_ended"),
        ("words", "tip", "", "class_ended"),
    ]
    assert not keeping.has_keys(thread_id)
    assert not keeping.has_keys(record_id)
    columns = {column.name for column in Tombstone.__table__.columns}
    assert columns == {
        "id", "what", "row_id", "kept_as", "forms", "why", "begun_at", "ended_at", "purged_at",
    }, "a tombstone has no place for content"  # fmt: skip


def test_what_led_to_something_is_kept_three_years(one_keeping: Keeping) -> None:
    thread_id = one_keeping.report(outcome="handed_over")
    assert kept_as(one_keeping, thread_id) is Class.SERVICE
    one_keeping.days(1094)
    assert len(one_keeping.home.all(Record)) == 1
    one_keeping.days(1.1)
    assert one_keeping.home.all(Record) == []


def test_where_nothing_was_told_all_goes_after_a_week(one_keeping: Keeping) -> None:
    one_keeping.home.text("Hello")
    thread_id = one_keeping.close()
    assert kept_as(one_keeping, thread_id) is Class.SILENT
    one_keeping.days(7.1)
    assert one_keeping.home.all(Thread) == []
    assert one_keeping.home.all(Contact) == []
    assert stones(one_keeping) == [("thread", "silent", "", "class_ended")]


def test_new_words_begin_the_days_anew(one_keeping: Keeping) -> None:
    old = one_keeping.report()
    with write(one_keeping.home.desk.engine) as tx:
        tx.scalars(select(Record)).one().anonymous = False  # who is forgotten cannot be known again
    one_keeping.days(364)
    one_keeping.home.text("Hello")
    one_keeping.days(2)
    assert one_keeping.home.all(Thread, Thread.id == old), "the contact has an open thread"
    one_keeping.close()
    one_keeping.days(360)
    assert one_keeping.home.all(Thread, Thread.id == old)
    one_keeping.days(6)
    assert one_keeping.home.all(Thread, Thread.id == old) == []


def test_what_is_still_to_be_coded_keeps_its_words(one_keeping: Keeping) -> None:
    thread_id = one_keeping.report()
    with write(one_keeping.home.desk.engine) as tx:
        tx.scalars(select(RecordField)).first().status = "pending"  # type: ignore[union-attr]
    one_keeping.days(60)
    assert one_keeping.home.all(Message, Message.thread_id == thread_id)


def test_what_nobody_has_read_is_told_each_day_and_never_goes(one_keeping: Keeping) -> None:
    a_record(one_keeping.home.desk.engine, one_keeping.home.desk.kit, one_keeping.home.clock.now())
    one_keeping.days(2)
    texts = one_keeping.home.net.phone(SECOND).texts
    one_keeping.home.pass_time(seconds=10)
    assert not any("nobody has read" in text for text in texts)
    one_keeping.days(400)
    one_keeping.look()
    one_keeping.days(1)
    one_keeping.home.pass_time(seconds=20)
    (thread,) = one_keeping.home.all(Thread)
    told = [text for text in one_keeping.home.net.phone(SECOND).texts if "nobody has read" in text]
    assert len(told) == 2, "once a day"
    assert thread.reference in told[0]
    assert "cleans" not in told[0]
    assert thread.state == "open"
    assert len(one_keeping.home.all(Record)) == 1


def test_a_legal_hold_stops_it_until_it_is_lifted(one_keeping: Keeping) -> None:
    thread_id = one_keeping.report()
    home = one_keeping.home
    with write(home.desk.engine) as tx:
        assert not place(tx, home.desk.kit, thread_id, "because", one_keeping.leader, home.clock.now())
        assert place(tx, home.desk.kit, thread_id, "court_order", one_keeping.leader, home.clock.now())
    one_keeping.days(800)
    assert home.all(Message, Message.thread_id == thread_id)
    assert home.all(Contact) == [], "who stays unnamed was promised it"
    with write(home.desk.engine) as tx:
        assert lift(tx, thread_id, one_keeping.leader, home.clock.now())
        assert not lift(tx, thread_id, one_keeping.leader, home.clock.now())
    one_keeping.days(0.1)
    assert home.all(Thread) == []


def test_a_purge_that_fails_leaves_rows_and_keys_and_is_done_later(
    one_keeping: Keeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    thread_id = one_keeping.report()

    def away(*_: object) -> None:
        raise OSError("the disk is full")

    one_keeping.home.pass_time(days=31)
    with monkeypatch.context() as broken:
        broken.setattr("hotline.retention.purging.doom", away)
        one_keeping.fails = True
        one_keeping.look()
        one_keeping.fails = False
    assert one_keeping.home.all(Message, Message.thread_id == thread_id), "rows and keys go together"
    assert one_keeping.has_keys(thread_id)
    one_keeping.look()
    assert one_keeping.home.all(Message, Message.thread_id == thread_id) == []
    assert not one_keeping.has_keys(thread_id)


def test_silent_calls_and_deeds_that_name_calls_leave_no_trace(one_keeping: Keeping) -> None:
    home = one_keeping.home
    home.net.dial(CALLER, LINE)
    home.pass_time(minutes=3)
    home.text("Hello")
    home.work()
    assert [call.thread_id for call in home.all(Call)] == [None]
    one_keeping.days(8)
    assert home.all(Call) == []
    sent = [deed for deed in home.all(Deed) if home.clock.now() - deed.ordered_at > timedelta(days=7)]
    assert [deed.kind for deed in sent if deed.kind in ("send", "fetch", "submit")] == []


def test_texts_to_staff_lose_their_words_and_the_figures_keep_their_times(one_keeping: Keeping) -> None:
    one_keeping.home.pass_time(days=1)
    one_keeping.days(0)
    (told,) = one_keeping.home.all(Message, Message.staff_id == one_keeping.leader)
    assert told.body_sealed
    one_keeping.days(31)
    kept = one_keeping.home.message(told.id)
    assert (kept.body_sealed, kept.sent_at) == (b"", told.sent_at)
    one_keeping.days(365)
    assert told.id not in {row.id for row in one_keeping.home.all(Message)}
