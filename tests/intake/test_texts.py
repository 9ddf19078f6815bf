"""Texts at the door: kept once, answered once, whatever comes."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hotline.access.people import add_staff
from hotline.alerts.rota.stored import on_call, set_rotation
from hotline.alerts.tables import Alert, Page
from hotline.alerts.taking import Way, close, take
from hotline.db import read, write
from hotline.intake import create_app
from hotline.intake.desk import Desk
from hotline.now import SetClock
from hotline.records.export import rows
from hotline.standards.crosswalk import Crosswalk
from hotline.threads.tables import Contact, Deed, Message, Thread
from hotline.vault.keys import KeyFolder
from hotline.vault.sealing import House, RecordsReader
from tests.intake.webhooks import Twilio, said
from tests.whole import whole
from worker.drain import drain
from worker.workshop import Workshop

ODD = [
    "",
    " ",
    "🙏🏽" * 200,
    "x" * 1600,
    "\x00\x01\x02\x07",
    "hi\x00there",
    "مرحبا أحتاج مساعدة",
    "\u202eevil\u202c",
    "<Response><Dial>+12025550199</Dial></Response>",
    "'; DROP TABLE messages; --",
    "{code} %s {0}",
    "\ud83d",
]


def count(desk: Desk, table: type) -> int:
    with read(desk.engine) as tx:
        return tx.scalar(select(func.count()).select_from(table)) or 0


def staffed(desk: Desk, clock: SetClock) -> None:
    keys = KeyFolder(desk.settings.data_dir / "keys")
    with write(desk.engine) as tx:
        ids = [
            add_staff(
                tx,
                desk.kit.sealer,
                House(keys),
                desk.kit.ids,
                clock.now(),
                name=name,
                phone=phone,
                verified=True,
            )
            for name, phone in (("One", "+12025550131"), ("Two", "+12025550132"))
        ]
        set_rotation(tx, desk.kit, ids, clock.now())


def test_the_same_id_again_gets_the_same_reply_and_changes_nothing(twilio: Twilio, desk: Desk) -> None:
    first = twilio.text("Hello", sid="SM" + "a" * 32)
    again = [twilio.text("Hello", sid="SM" + "a" * 32) for _ in range(5)]
    assert said(first) is not None
    assert {answer.data for answer in again} == {first.data}
    assert count(desk, Message) == 2  # theirs and ours


def test_after_48_hours_a_repeat_gets_an_empty_answer(twilio: Twilio, desk: Desk, clock: SetClock) -> None:
    twilio.text("Hello", sid="SM" + "b" * 32)
    clock.advance(timedelta(hours=49))
    assert said(twilio.text("Hello", sid="SM" + "b" * 32)) is None
    assert count(desk, Message) == 2


def test_the_same_id_at_the_same_instant(desk: Desk, twilio: Twilio) -> None:
    app = create_app(desk)
    answers: list[bytes] = []

    def one() -> None:
        answers.append(Twilio(app.test_client()).text("he has a knife", sid="SM" + "c" * 32).data)

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(answers)) == 1
    assert count(desk, Message) == 2
    assert count(desk, Alert) == 1
    assert count(desk, Thread) == 1


def test_fifty_texts_of_one_contact_at_once_are_all_kept(desk: Desk) -> None:
    app = create_app(desk)

    def one(number: int) -> None:
        assert Twilio(app.test_client()).text(f"story {number}", sid=f"SM{number:032x}").status_code in (
            200,
            204,
        )

    threads = [threading.Thread(target=one, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with read(desk.engine) as tx:
        inbound = tx.scalar(select(func.count()).where(Message.direction == "in"))
    assert inbound == 50
    assert count(desk, Contact) == 1


@pytest.mark.parametrize("body", ODD)
def test_odd_texts_get_a_clear_answer_and_are_kept(twilio: Twilio, desk: Desk, body: str) -> None:
    answer = twilio.text(body.encode("utf-8", "replace").decode())
    assert answer.status_code in (200, 204)
    assert b"Traceback" not in answer.data
    with read(desk.engine) as tx:
        assert tx.scalar(select(func.count()).where(Message.direction == "in")) == 1


def test_missing_parameters_are_told_not_crashed(twilio: Twilio) -> None:
    assert twilio.post("/twilio/sms", {}).status_code == 400
    assert twilio.post("/twilio/voice", {}).status_code == 400
    assert twilio.post("/twilio/status/message", {}).status_code == 400


def test_unknown_parameters_are_welcome(twilio: Twilio) -> None:
    assert said(twilio.text("Hello", FromCity="X", SomethingNew="1")) is not None


def test_a_body_of_two_megabytes_is_refused(twilio: Twilio) -> None:
    assert twilio.text("x" * 2_000_000).status_code == 413


@pytest.mark.parametrize(
    "sender", ["anonymous", "Restricted", "+266696687", "", "12345", "whatsapp:+12025550123"]
)
def test_senders_of_every_kind_are_heard(twilio: Twilio, desk: Desk, sender: str) -> None:
    assert twilio.text("Hello", sender).status_code in (200, 204)
    assert count(desk, Thread) == 1


def test_two_hidden_senders_are_two_contacts(twilio: Twilio, desk: Desk) -> None:
    twilio.text("Hello", "anonymous")
    twilio.text("Hello", "+266696687")
    assert count(desk, Contact) == 2


def test_danger_opens_the_alert_and_its_first_page_in_the_same_transaction(
    twilio: Twilio, desk: Desk, clock: SetClock
) -> None:
    staffed(desk, clock)
    twilio.text("he has a knife")
    assert count(desk, Alert) == 1
    assert count(desk, Page) == 1
    with read(desk.engine) as tx:
        kinds = sorted(tx.scalars(select(Deed.kind).where(Deed.kind.in_(("send", "ring")))))
    assert kinds == ["ring", "send"]


def test_after_stop_nothing_is_sent_and_all_is_read(twilio: Twilio, desk: Desk, clock: SetClock) -> None:
    staffed(desk, clock)
    twilio.text("Hello")
    assert said(twilio.text("STOP")) is None
    assert said(twilio.text("please he has a knife")) is None
    assert count(desk, Alert) == 1
    assert said(twilio.text("START")) is not None


def test_a_record_is_there_as_soon_as_an_item_is_answered(twilio: Twilio, desk: Desk, shop: Workshop) -> None:
    for body in ("Hello", "yes", "no", "2", "a woman cleans all day without pay", "castries"):
        twilio.text(body)
    drain(shop)
    reader = RecordsReader(
        (desk.settings.data_dir / "keys" / "export.key").read_bytes(), desk.kit.sealer.store
    )
    with read(desk.engine) as tx:
        (record,) = rows(tx, reader, Crosswalk.load(), whole())
    assert record["form"] == "online"
    assert record["disposition"] == "partial"
    assert record["contact_kind"] == "other"
    assert record["fields"]["incident_location"]["value"]["district"] == "LC-02"
    assert record["fields"]["incident_period"]["status"] == "not_asked"


def test_nothing_said_lies_open_in_the_database(twilio: Twilio, desk: Desk, shop: Workshop) -> None:
    for body in ("Hello", "yes", "no", "2", "xylophone canary sentence", "castries"):
        twilio.text(body, "+12025550177")
    drain(shop)
    found = b""
    with read(desk.engine) as tx:
        for table in (Message, Contact, Thread, Deed):
            for row in tx.scalars(select(table)):
                found += repr({c.name: getattr(row, c.name) for c in row.__table__.columns}).encode()
    for canary in (b"xylophone", b"5550177", b"castries"):
        assert canary not in found.lower()


def test_danger_after_the_outcome_is_a_new_alert_that_nobody_has(
    twilio: Twilio, desk: Desk, clock: SetClock
) -> None:
    staffed(desk, clock)
    twilio.text("he has a knife")
    with write(desk.engine) as tx:
        alert = tx.scalars(select(Alert)).one()
        first = on_call(tx, desk.kit, clock.now())[0]
        take(tx, desk.kit, alert.id, first, Way.TEXT, clock.now())
        close(tx, desk.kit, alert.id, first, "safe", clock.now())
    clock.advance(timedelta(minutes=2))
    twilio.text("he is beating her again")
    with read(desk.engine) as tx:
        assert tx.scalars(select(Thread)).one().taken_by is None
        assert [row.state for row in tx.scalars(select(Alert).order_by(Alert.opened_at))] == [
            "closed",
            "open",
        ]
