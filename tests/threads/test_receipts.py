"""Receipts move a message forward, in whatever order they come."""

from datetime import UTC, datetime
from random import Random

from sqlalchemy import Engine

from hotline.carriers.receipts import DeliveryStatus, Receipt
from hotline.db import read, write
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
        message = write_text(tx, kit, "Are you safe?", AT, line="main")
        tx.add(message)
    assert hear(engine, message.id, "sent", "SM77") == "sent"
    with write(engine) as tx:
        found = take_receipt(tx, Receipt("SM77", DeliveryStatus.DELIVERED, "", AT), "")
        assert found is not None, "found by the carrier's id as well"
        assert found.id == message.id


def test_a_receipt_for_nothing_we_know_is_no_error(engine: Engine, kit: Kit) -> None:
    with write(engine) as tx:
        assert take_receipt(tx, Receipt("SM9", DeliveryStatus.DELIVERED, "", AT), "gone") is None


def test_a_thousand_shuffled_and_doubled_orders_never_go_back(engine: Engine, kit: Kit) -> None:
    """Whatever comes when and how often: the status only rises, each step is told once, and the end is the best that any of
    the receipts said."""
    random = Random(4)  # noqa: S311  # chance that repeats
    rank = {"queued": 0, "sent": 1, "undelivered": 2, "failed": 2, "delivered": 3}
    best = {"queued": 0, "accepted": 0, "sending": 0, "sent": 1, "undelivered": 2, "failed": 2, "canceled": 2,
            "delivered": 3, "read": 3}  # fmt: skip
    with write(engine) as tx:
        for number in range(1000):
            message = write_text(tx, kit, "x", AT, line="main")
            message.status = MessageStatus.QUEUED
            tx.add(message)
            tx.flush()
            end = random.choice(
                [["delivered"], ["undelivered"], ["failed"], ["undelivered", "delivered"], ["read"], []]
            )
            came = [
                status
                for status in ("accepted", "queued", "sending", "sent", *end)
                for _ in range(random.randint(1, 3))
            ]
            random.shuffle(came)
            before, told = 0, []
            for status in came:
                moved = take_receipt(tx, Receipt(f"SM{number}", DeliveryStatus(status), "", AT), message.id)
                assert rank[message.status] >= before, f"{came} went back"
                assert (moved is not None) == (rank[message.status] > before), (
                    "what moved is told, and nothing else"
                )
                before = rank[message.status]
                told += [message.status] if moved else []
            assert before == max(best[status] for status in came)
            assert len(told) == len(set(told))
