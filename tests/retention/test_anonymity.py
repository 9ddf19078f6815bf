"""Who stays unnamed is forgotten when the thread closes: nothing leads to the number any more."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from hotline.access.audit_tables import AuditRow
from hotline.alerts.raising import raise_alert
from hotline.alerts.taking import close
from hotline.db import write
from hotline.records.tables import Record
from hotline.retention.anonymity import to_forget
from hotline.threads.tables import Call, Contact, Message, Thread
from hotline.triage.grade import Grade
from tests.house import CALLER, LINE
from tests.retention.conftest import ROAD, Keeping
from tests.retention.shelf import a_record


def rename(keeping: Keeping, anonymous: bool) -> None:
    """As if they had answered whether to stay unnamed."""
    with write(keeping.home.desk.engine) as tx:
        for record in tx.scalars(select(Record)):
            record.anonymous = anonymous


def test_on_closing_the_link_and_the_number_are_destroyed(keeping: Keeping) -> None:
    keeping.home.text(*ROAD)
    keeping.home.work()
    keeping.look()
    (contact,) = keeping.home.all(Contact)
    assert contact.number_sealed is not None, "while it is open they can be asked back"
    assert keeping.has_keys(contact.id)
    thread_id = keeping.close()
    keeping.look()
    assert keeping.home.all(Contact) == []
    (thread,) = keeping.home.all(Thread)
    assert (thread.id, thread.contact_id) == (thread_id, None)
    assert {(row.contact_id, row.text_index) for row in keeping.home.all(Message) if row.thread_id} == {
        (None, None)
    }
    assert not keeping.has_keys(contact.id), "its keys go too"
    keeping.look()
    assert len(keeping.home.records()) == 1, "the report stays"


def test_who_is_named_is_not_forgotten(one_keeping: Keeping) -> None:
    a_record(one_keeping.home.desk.engine, one_keeping.home.desk.kit, one_keeping.home.clock.now())
    rename(one_keeping, anonymous=False)
    one_keeping.close()
    one_keeping.look()
    (contact,) = one_keeping.home.all(Contact)
    assert contact.number_sealed is not None


def test_while_an_emergency_is_open_nobody_is_forgotten(one_keeping: Keeping) -> None:
    thread_id = one_keeping.report()
    with write(one_keeping.home.desk.engine) as tx:
        alert = raise_alert(
            tx, one_keeping.home.desk.kit, thread_id=thread_id, grade=Grade.EMERGENCY, rules=("en.held.3",),
            language="en", now=one_keeping.home.clock.now(),
        )  # fmt: skip
    one_keeping.look()
    assert len(one_keeping.home.all(Contact)) == 1
    with write(one_keeping.home.desk.engine) as tx:
        close(tx, one_keeping.home.desk.kit, alert, one_keeping.leader, "safe", one_keeping.home.clock.now())
    one_keeping.look()
    assert one_keeping.home.all(Contact) == []


def test_a_number_that_wrote_again_stays_for_the_new_thread_alone(one_keeping: Keeping) -> None:
    old = one_keeping.report()
    one_keeping.home.text("Hello")
    one_keeping.look()
    links = {row.id: row.contact_id for row in one_keeping.home.all(Thread)}
    assert links.pop(old) is None
    assert list(links.values()) == [contact.id for contact in one_keeping.home.all(Contact)]


def test_a_report_that_the_worker_has_not_made_is_waited_for(one_keeping: Keeping) -> None:
    one_keeping.home.text(*ROAD)
    one_keeping.close()
    with write(one_keeping.home.desk.engine) as tx:
        assert to_forget(tx, 10) == ()
    one_keeping.home.work()
    with write(one_keeping.home.desk.engine) as tx:
        assert len(to_forget(tx, 10)) == 1


def test_a_quiet_thread_that_was_looked_at_is_closed_and_forgotten_by_the_clock(one_keeping: Keeping) -> None:
    a_record(one_keeping.home.desk.engine, one_keeping.home.desk.kit, one_keeping.home.clock.now())
    one_keeping.days(6)
    (thread,) = one_keeping.home.all(Thread)
    assert thread.state == "open"
    one_keeping.days(30)
    assert one_keeping.home.all(Thread)[0].state == "open", "nobody has read it"
    with write(one_keeping.home.desk.engine) as tx:
        for row in tx.scalars(select(Thread)):
            row.waiting_since = None
    one_keeping.days(0)
    (thread,) = one_keeping.home.all(Thread)
    assert (thread.state, thread.outcome, thread.contact_id) == ("closed", "quiet", None)
    assert one_keeping.home.all(Contact) == []


def test_the_calls_of_who_is_forgotten_bear_no_trace_of_the_number(one_keeping: Keeping) -> None:
    home = one_keeping.home
    home.net.dial(CALLER, LINE)
    for keys in ("1", "2", "1"):
        home.pass_time(seconds=2)
        home.net.press(CALLER, keys)
    home.pass_time(seconds=10)
    home.net.hang_up(CALLER)
    home.pass_time(seconds=5)
    home.work()
    rename(one_keeping, anonymous=True)
    assert [call.caller_index is None for call in home.all(Call)] == [False]
    one_keeping.close()
    one_keeping.look()
    assert [call.caller_index for call in home.all(Call)] == [None]
    assert home.all(Contact) == []


@pytest.mark.parametrize("anonymous", [True, False])
def test_a_closed_thread_is_looked_at_once(one_keeping: Keeping, anonymous: bool) -> None:
    one_keeping.report()
    rename(one_keeping, anonymous)
    one_keeping.look()
    one_keeping.look()
    noted = one_keeping.home.all(AuditRow, AuditRow.act == "change.forgotten")
    assert len(noted) == int(anonymous)
