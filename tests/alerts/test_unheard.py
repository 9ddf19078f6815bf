"""A text that does not arrive is an event: the person is called, and the text goes another way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select, update

from hotline import db
from hotline.alerts.taking import Way, take
from hotline.alerts.unheard import text_failed
from hotline.deployment import LineEntry
from hotline.threads.tables import Message, MessageStatus
from hotline.triage.kinds import Grade
from tests.alerts.night import Night


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On SQLite alone: the same acts run on both databases in `test_escalation`, `test_taking` and `test_at_once`."""
    return sqlite_url


def fails(night: Night, name: str, alert: str, error: str) -> None:
    with night.tx() as tx:
        text_failed(tx, night.kit, night.page(name, alert), night.now, error=error)


def status(night: Night, to: MessageStatus) -> None:
    """All texts so far have come so far."""
    with night.tx() as tx:
        tx.execute(update(Message).values(status=to))


def second_line(night: Night, **more: bool) -> None:
    deployment = night.kit.settings.deployment
    spare = LineEntry(id="spare", carrier="twilio", number="+12025550109", sms_out=True)
    lines = (deployment.lines[0].model_copy(update=more), spare)
    night.kit = replace(
        night.kit,
        settings=replace(night.kit.settings, deployment=deployment.model_copy(update={"lines": lines})),
    )


def lines_of_texts(night: Night) -> list[str]:
    with db.read(night.engine) as tx:
        return list(tx.scalars(select(Message.line).order_by(Message.at, Message.id)))


@pytest.mark.parametrize("grade", [Grade.URGENT, Grade.EMERGENCY])
@pytest.mark.parametrize("error", ["30003", "30005", "30006", "30007", "30008", "", "99999"])
def test_a_failed_text_is_followed_by_a_call_at_once(night: Night, error: str, grade: Grade) -> None:
    alert = night.danger(grade=grade)
    night.texts()
    if night.dial():  # an emergency: nobody picks up, and only then the text turns out to have failed
        night.wait(3)
        night.ring_ends("Alice", alert, "busy")
        assert night.dial() == ["Ben"]
    fails(night, "Alice", alert, error)
    assert night.dial() == ["Alice"]


def test_a_call_under_way_is_enough(night: Night) -> None:
    alert = night.danger()
    night.texts(), night.dial()
    fails(night, "Alice", alert, "30003")
    night.wait(10)
    assert night.dial() == []


def test_without_a_receipt_in_ninety_seconds_the_call_comes(night: Night) -> None:
    night.danger(grade=Grade.URGENT)
    night.texts()
    status(night, MessageStatus.SENT)  # at the carrier, and nobody knows whether on the handset
    night.wait(89)
    assert night.dial() == []
    night.wait(2)
    assert night.dial() == ["Alice"]
    night.wait(60)
    assert night.dial() == [], "one text, one such call"


def test_a_line_without_receipts_is_believed_once_the_text_left(night: Night) -> None:
    second_line(night, delivery_receipts=False)
    night.danger(grade=Grade.URGENT)
    night.texts()
    status(night, MessageStatus.SENT)
    night.wait(200)
    assert night.dial() == []


@pytest.mark.parametrize(
    ("error", "lines"),
    [
        ("30007", ["main", "spare"]),  # blocked on its way
        ("30008", ["main", "spare"]),  # the carrier's trouble
        ("30002", ["main", "spare"]),  # our account
        ("30006", ["main"]),  # a landline is one everywhere
        ("30003", ["main"]),  # the handset is off
        ("21610", ["main"]),  # they said STOP: no line goes around that
    ],
)
def test_what_another_line_can_mend_goes_by_the_next_line(night: Night, error: str, lines: list[str]) -> None:
    second_line(night)
    alert = night.danger(grade=Grade.URGENT)
    night.texts()
    fails(night, "Alice", alert, error)
    night.texts()
    assert lines_of_texts(night) == lines
    assert night.dial() == ["Alice"]


def test_both_lines_failing_is_the_end_of_texts_and_not_of_calls(night: Night) -> None:
    second_line(night)
    alert = night.danger(grade=Grade.URGENT)
    night.texts()
    for _ in range(3):
        fails(night, "Alice", alert, "30007")
        night.texts()
    assert lines_of_texts(night) == ["main", "spare"]
    assert night.dial() == ["Alice"]


@pytest.mark.parametrize(("error", "texts"), [("30006", 1), ("30003", 2)])
def test_a_number_that_takes_no_texts_gets_no_more_of_them(
    empty_night: Night, error: str, texts: int
) -> None:
    night = empty_night
    night.add("Alice", "+12025550111")
    night.rotation("Alice")
    alert = night.danger()
    sent = len(night.texts())
    fails(night, "Alice", alert, error)
    for _ in range(18):
        rings = bool(night.dial())
        night.wait(20)
        if rings:
            night.ring_ends("Alice", alert)
        sent += len(night.texts())
    assert sent == texts


def test_the_end_of_an_older_text_rings_nobody(night: Night) -> None:
    alert = night.danger(grade=Grade.URGENT)
    with night.tx() as tx:
        text_failed(
            tx, night.kit, night.page("Alice", alert), night.now, error="30003", message_id="an older one"
        )
    assert night.dial() == []


def test_after_the_taking_a_failed_text_rings_nobody(night: Night) -> None:
    alert = night.danger(grade=Grade.URGENT)
    night.texts()
    page = night.page("Alice", alert)
    with night.tx() as tx:
        take(tx, night.kit, alert, night.staff["Ben"], Way.TEXT, night.now)
        text_failed(tx, night.kit, page, night.now, error="30003")
    assert night.dial() == []
