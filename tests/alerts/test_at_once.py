"""Several processes at the same instant: two people take, two clocks sweep, an alert is raised while another is taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from hotline import db
from hotline.access.tables import StaffPhone
from hotline.alerts.page_calls import page_call
from hotline.alerts.raising import raise_alert
from hotline.alerts.staff_texts import staff_text
from hotline.alerts.sweep import sweep
from hotline.alerts.tables import Alert, CallState, Page
from hotline.alerts.taking import TakeResult, Way, take
from hotline.calltree.turn import CallTurn
from hotline.threads.tables import Deed, Thread
from hotline.triage.kinds import Grade
from tests.alerts.night import Night


def at_once(*acts: Callable[[], object]) -> list[object]:
    """All acts in threads of their own; what each gave. An exception in any of them fails the test."""
    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(30) for future in [pool.submit(act) for act in acts]]


def test_of_two_who_take_at_once_one_has_it(night: Night) -> None:
    alert = night.danger()

    def taking(name: str) -> Callable[[], TakeResult]:
        def act() -> TakeResult:
            with night.tx() as tx:
                return take(tx, night.kit, alert, night.staff[name], Way.TEXT, night.now).result

        return act

    results = Counter(at_once(taking("Alice"), taking("Ben"), taking("Carla")))
    assert results == {TakeResult.DONE: 1, TakeResult.LATE: 2}


def test_two_clocks_do_each_thing_once(night: Night) -> None:
    night.danger()
    night.dial()
    night.clock.advance(seconds=60)

    def act() -> None:
        with night.tx() as tx:
            sweep(tx, night.kit, night.now)

    at_once(act, act, act)
    assert [name for name, _ in night.texts()] == ["Alice", "Ben"]
    assert night.dial() == ["Ben"]


def test_two_emergencies_at_once_ring_a_phone_once(night: Night) -> None:
    threads = [night.thread() for _ in range(4)]
    at_once(*[lambda thread=thread: night.danger(thread) for thread in threads])
    with db.read(night.engine) as tx:
        calls = Counter(tx.scalars(select(Page.call_state).where(Page.staff_id == night.staff["Alice"])))
        codes = set(tx.scalars(select(Alert.code)))
    assert calls == {CallState.ORDERED: 1, CallState.WAITING: 3}
    assert len(codes) == 4


def test_a_message_and_a_taking_do_not_lock_each_other_out(night: Night) -> None:
    """The message holds its contact and thread when it raises the alert; taking locks the thread first as well."""
    thread = night.thread()
    alert = night.danger(thread, Grade.URGENT)

    def message() -> None:
        for _ in range(5):
            with night.tx() as tx:
                row = tx.get(Thread, thread)
                assert row is not None
                row.last_in_at = night.now
                raise_alert(
                    tx, night.kit, thread_id=thread, grade=Grade.EMERGENCY, rules=["en.cry.1"], language="en",
                    now=night.now,
                )  # fmt: skip
                row.waiting_since = night.now

    def taking() -> None:
        for name in ("Alice", "Ben", "Carla"):
            with night.tx() as tx:
                take(tx, night.kit, alert, night.staff[name], Way.WEB, night.now)

    def clock() -> None:
        for _ in range(5):
            with night.tx() as tx:
                sweep(tx, night.kit, night.now)

    at_once(message, taking, clock)
    assert night.alert(alert).grade == Grade.EMERGENCY


def test_a_reply_and_a_key_work_on_both_databases(night: Night) -> None:
    first = night.danger()
    night.dial()
    with night.tx() as tx:
        page = night.page("Alice", first)
        page_call(tx, night.kit, page, CallTurn(night.calls["Alice"], 0), night.now)
    with night.tx() as tx:
        page_call(tx, night.kit, page, CallTurn(night.calls["Alice"], 1, "1"), night.now)
    second = night.danger()
    with night.tx() as tx:
        phone = tx.get(StaffPhone, night.phone("Alice").id)
        assert phone is not None
        staff_text(tx, night.kit, phone, f"1 {night.alert(second).code}", night.now)
    assert night.alert(first).taken_by == night.alert(second).taken_by == night.staff["Alice"]


def test_what_is_rolled_back_pages_nobody(night: Night) -> None:
    thread = night.thread()
    with pytest.raises(ZeroDivisionError), night.tx() as tx:  # the process dies in the message's transaction
        raise_alert(
            tx, night.kit, thread_id=thread, grade=Grade.EMERGENCY, rules=["en.held.1"], language="en", now=night.now
        )  # fmt: skip
        raise ZeroDivisionError
    with db.read(night.engine) as tx:
        assert tx.scalar(select(Deed.id)) is None
        assert tx.scalar(select(Alert.id)) is None
