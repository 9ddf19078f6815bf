"""The log rebuilds the night: what it tells of an alert, its pages, receipts, keys and replies is what the tables say."""

from __future__ import annotations

from datetime import datetime
from random import Random

import pytest
from sqlalchemy import select

from hotline import db
from hotline.alerts.log import timeline as log_of
from hotline.alerts.page_calls import page_call
from hotline.alerts.rings import text_receipt
from hotline.alerts.tables import Alert, CallState, Page
from hotline.alerts.taking import Way, close, take
from hotline.alerts.timeline import Timeline, rebuild
from hotline.calltree.turn import CallTurn
from hotline.threads.tables import Message
from tests.alerts.night import Night
from tests.alerts.test_random_nights import NAMES, Chaos


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On SQLite alone: the log is the same on both."""
    return sqlite_url


def told(night: Night, alert: str) -> Timeline:
    with db.read(night.engine) as tx:
        return rebuild(log_of(tx, alert))


def test_a_night_is_read_from_its_log(night: Night) -> None:
    alert = night.danger()
    began = night.now
    night.texts()
    night.dial()
    night.wait(2)
    with night.tx() as tx:
        text_receipt(tx, night.page("Alice", alert), "delivered", night.now)
    night.wait(18)
    night.ring_ends("Alice", alert)
    night.dial()
    with night.tx() as tx:
        page_call(tx, night.kit, night.page("Ben", alert), CallTurn(night.calls["Ben"], 0), night.now)
    night.wait(3)
    with night.tx() as tx:
        page_call(tx, night.kit, night.page("Ben", alert), CallTurn(night.calls["Ben"], 1, "1"), night.now)
    found = told(night, alert)
    assert (found.state, found.responding, found.way) == ("taken", night.staff["Ben"], "call")
    assert found.opened_at == began
    alice, ben = found.told[night.staff["Alice"]], found.told[night.staff["Ben"]]
    assert [text.receipt for text in alice.texts] == ["delivered"]
    assert alice.call is not None
    assert (alice.call.rang_at, alice.call.answered_at, alice.call.end) == (began, None, "no-answer")
    assert ben.call is not None
    assert ben.call.keys == ["1"]
    assert ben.call.answered_at is not None
    assert [reply.what for reply in ben.replies] == ["taken"]


def test_it_opens_again_and_somebody_else_is_too_late(night: Night) -> None:
    alert = night.danger()
    with night.tx() as tx:
        take(tx, night.kit, alert, night.staff["Alice"], Way.TEXT, night.now)
    with night.tx() as tx:
        take(tx, night.kit, alert, night.staff["Ben"], Way.WEB, night.now)
    found = told(night, alert)
    assert found.responding == night.staff["Alice"]
    assert [(reply.what, reply.way) for reply in found.told[night.staff["Ben"]].replies] == [("late", "web")]
    night.wait(31 * 60)
    found = told(night, alert)
    assert (found.state, found.responding) == ("open", None)
    with night.tx() as tx:
        take(tx, night.kit, alert, night.staff["Ben"], Way.WEB, night.now)
        close(tx, night.kit, alert, night.staff["Ben"], "safe", night.now)
    found = told(night, alert)
    assert (found.state, found.outcome, found.closed_at) == ("closed", "safe", night.now)
    assert found.responding == night.staff["Ben"]


@pytest.mark.parametrize("seed", range(3))
def test_after_a_random_night_the_log_says_all_that_the_tables_say(empty_night: Night, seed: int) -> None:
    night, random = empty_night, Random(seed)  # noqa: S311  # chance that repeats
    for number, name in enumerate(NAMES):
        night.add(name, f"+1202555012{number}")
    night.rotation(*NAMES[:2])
    chaos, receipts = Chaos(night, random), list[tuple[str, datetime, str]]()
    for second in range(300):
        if second % 60 == 0:
            chaos.danger()
        chaos.second()
        if random.random() < 0.02:
            receipt(night, random, receipts)
    with db.read(night.engine) as tx:
        alerts = tx.scalars(select(Alert)).all()
        pages = tx.scalars(select(Page)).all()
        messages = tx.scalars(select(Message).where(Message.page_id.is_not(None))).all()
    assert len(alerts) >= 2
    for alert in alerts:
        found = told(night, alert.id)
        assert (found.state, found.opened_at) == (alert.state, alert.opened_at)
        assert (found.responding, found.since) == (alert.taken_by, alert.taken_at)
        assert (found.outcome or None, found.closed_at) == (alert.outcome, alert.closed_at)
        for page in (page for page in pages if page.alert_id == alert.id):
            one = found.of(page.staff_id)
            texts = [message for message in messages if message.page_id == page.id]
            assert len(one.texts) == len(texts)
            if page.texted_at is not None:
                assert one.texts[-1].at == page.texted_at
                came = [(at, said) for page_id, at, said in receipts if page_id == page.id]
                newest = [said for at, said in came if at >= page.texted_at][-1:]
                assert [text.receipt for text in one.texts[-1:]] == (newest or [""])
            assert one.rings == page.rings
            state = one.call.state if one.call is not None else CallState.NONE
            assert state in _AS_LOGGED.get(CallState(page.call_state), (page.call_state,))
            if page.answered_at is not None:
                assert one.call is not None
                assert one.call.answered_at == page.answered_at


# What was ordered and dropped before it rang, or waits for the phone, has no line of its own end.
_AS_LOGGED = {
    CallState.NONE: (CallState.NONE, CallState.ORDERED, CallState.ENDED),
    CallState.WAITING: (CallState.NONE, CallState.ORDERED, CallState.ENDED),
}


def receipt(night: Night, random: Random, receipts: list[tuple[str, datetime, str]]) -> None:
    """The carrier tells of some page's text."""
    with night.tx() as tx:
        page = random.choice(tx.scalars(select(Page).order_by(Page.id)).all())
        said = random.choice(["sent", "delivered", "undelivered"])
        text_receipt(tx, page.id, said, night.now)
    receipts.append((page.id, night.now, said))
