"""Receipts move a message forward, in whatever order they come."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from hotline.carriers.receipts import DeliveryStatus, Receipt
from hotline.db import make_engine, read, write
from hotline.now import SetClock
from hotline.threads.kit import Kit
from hotline.threads.receipts import take_receipt
from hotline.threads.sending import queue_text, write_text
from hotline.threads.tables import Message, MessageStatus

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ROAD = ["queued", "sending", "sent", "delivered"]


def ours(engine: Engine, kit: Kit) -> str:
    """A text of ours on its way; its id."""
    with write(engine) as tx:
        return queue_text(tx, kit, "Where are you now?", AT, line="main", priority=2)


def hear(engine: Engine, message_id: str, status: str, sid: str = "SM1", error: str = "") -> str:
    with write(engine) as tx:
        take_receipt(tx, Receipt(sid, DeliveryStatus(status), error, AT), message_id)
    with read(engine) as tx:
        message = tx.get(Message, message_id)
        assert message is not None
        return message.status


def test_a_text_goes_from_queued_to_delivered(engine: Engine, kit: Kit) -> None:
    message = ours(engine, kit)
    assert [hear(engine, message, status) for status in ROAD] == ["queued", "queued", "sent", "delivered"]


def test_each_step_is_told_once(engine: Engine, kit: Kit) -> None:
    message = ours(engine, kit)
    told = []
    for status in ("sent", "sent", "delivered", "sent", "failed", "delivered", "read"):
        with write(engine) as tx:
            moved = take_receipt(tx, Receipt("SM1", DeliveryStatus(status), "", AT), message)
            told.append(moved.status if moved else None)
    assert told == ["sent", None, "delivered", None, None, None, None]


def test_a_late_delivery_outranks_a_failure(engine: Engine, kit: Kit) -> None:
    message = ours(engine, kit)
    assert hear(engine, message, "undelivered", error="30003") == "undelivered"
    assert hear(engine, message, "delivered") == "delivered"


def test_a_failure_keeps_its_code_and_the_words_are_not_kept_for_sending(engine: Engine, kit: Kit) -> None:
    message = ours(engine, kit)
    hear(engine, message, "failed", error="30008")
    with read(engine) as tx:
        row = tx.get(Message, message)
        assert row is not None
        assert (row.error_code, row.outgoing_sealed) == ("30008", None)


def test_a_reply_in_the_webhooks_answer_learns_its_id(engine: Engine, kit: Kit) -> None:
    with write(engine) as tx:
        message = write_text(kit, "Are you safe?", AT, line="main")
        tx.add(message)
    assert hear(engine, message.id, "sent", "SM77") == "sent"
    with write(engine) as tx:
        found = take_receipt(tx, Receipt("SM77", DeliveryStatus.DELIVERED, "", AT), "")
        assert found is not None, "found by the carrier's id as well"
        assert found.id == message.id


def test_a_receipt_for_nothing_we_know_is_no_error(engine: Engine, kit: Kit) -> None:
    with write(engine) as tx:
        assert take_receipt(tx, Receipt("SM9", DeliveryStatus.DELIVERED, "", AT), "gone") is None


@pytest.fixture(scope="module")
def one_message(sqlite_template, tmp_path_factory) -> Engine:  # type: ignore[no-untyped-def]
    """A database for many rounds of one property."""
    file = tmp_path_factory.mktemp("receipts") / "hotline.db"
    file.write_bytes(sqlite_template.read_bytes())
    engine = make_engine(f"sqlite:///{file}")
    yield engine
    engine.dispose()


@given(
    order=st.permutations(ROAD).flatmap(
        lambda road: st.lists(st.sampled_from(road), max_size=4).map(lambda more: [*road, *more])
    )
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_shuffled_and_doubled_receipts_never_go_back_and_end_delivered(
    order: list[str], one_message: Engine, kit: Kit, clock: SetClock
) -> None:
    with write(one_message) as tx:
        message = write_text(kit, "x", AT, line="main")
        message.status = MessageStatus.QUEUED
        tx.add(message)
    rank = {"queued": 0, "sent": 1, "undelivered": 2, "failed": 2, "delivered": 3}
    before = 0
    for status in order:
        now = rank[hear(one_message, message.id, status, message.id)]
        assert now >= before
        before = now
    assert before == 3
    with write(one_message) as tx:
        tx.delete(tx.get(Message, message.id))
