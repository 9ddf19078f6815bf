"""Calls at the door."""

from xml.etree import ElementTree

import pytest
from sqlalchemy import func, select

from hotline.alerts.tables import Alert
from hotline.db import read
from hotline.intake.desk import Desk
from hotline.now import SetClock
from hotline.queue.listing import open_threads
from hotline.threads.tables import Call, Contact, Conversation, Deed, Message, Thread
from tests.intake.test_texts import count, staffed
from tests.intake.webhooks import Twilio, said, verbs


def languages_said(answer: object) -> set[str]:
    """The languages that a document speaks, by voice or by clip."""
    root = ElementTree.fromstring(answer.data)  # type: ignore[attr-defined]  # noqa: S314  # our own answer
    spoken = {say.get("language") or "" for say in root.iter("Say")}
    played = {(play.text or "").split("/audio/")[1].split("/")[0] for play in root.iter("Play")}
    return spoken | played


def test_the_first_answer_is_one_menu_in_six_languages(twilio: Twilio) -> None:
    answer = twilio.turn("CA" + "1" * 32)
    assert verbs(answer).count("Gather") == 1
    assert languages_said(answer) == {"en-US", "fr-FR", "es-MX", "cmn-CN", "acf", "ht"}


def test_a_repeated_turn_gets_the_same_document_and_changes_nothing(twilio: Twilio, desk: Desk) -> None:
    twilio.turn("CA" + "2" * 32)
    first = twilio.turn("CA" + "2" * 32, 1, Digits="1")
    again = twilio.turn("CA" + "2" * 32, 1, Digits="1")
    assert first.data == again.data
    assert count(desk, Call) == 1
    twilio.turn("CA" + "2" * 32, 2, Digits="1")
    twilio.turn("CA" + "2" * 32, 2, Digits="1")
    assert count(desk, Alert) == 1


def test_danger_puts_the_caller_into_a_queue_named_by_the_alert(
    twilio: Twilio, desk: Desk, clock: SetClock
) -> None:
    staffed(desk, clock)
    twilio.turn("CA" + "3" * 32)
    twilio.turn("CA" + "3" * 32, 1, Digits="1")
    answer = twilio.turn("CA" + "3" * 32, 2, Digits="1")
    enqueue = ElementTree.fromstring(answer.data).find("Enqueue")  # noqa: S314
    assert enqueue is not None
    with read(desk.engine) as tx:
        alert = tx.scalars(select(Alert)).one()
        rings = tx.scalar(select(func.count()).where(Deed.kind == "ring"))
    assert enqueue.text == alert.id
    assert alert.grade == "emergency"
    assert (
        rings == 2 or rings == 1
    )  # the person on call at once; the Data Manager too in office hours, if there is one


def test_waiting_has_words_and_a_key_and_the_key_leaves_for_a_message(twilio: Twilio) -> None:
    call = "CA" + "4" * 32
    twilio.turn(call)
    twilio.turn(call, 1, Digits="1")
    twilio.turn(call, 2, Digits="1")
    form = {
        "CallSid": call,
        "From": "+12025550123",
        "To": "+12025550100",
        "CallStatus": "in-progress",
        "Direction": "inbound",
    }
    assert "Gather" in verbs(twilio.post("/twilio/wait", form))
    assert "Leave" in verbs(twilio.post("/twilio/wait", {**form, "Digits": "1"}))
    assert "Record" in verbs(twilio.turn(call, 3, QueueResult="leave"))


def test_three_silent_calls_in_an_hour_are_urgent(twilio: Twilio, desk: Desk) -> None:
    for number in range(3):
        call = f"CA{number:032x}"
        twilio.turn(call)
        twilio.turn(call, 1)
        assert count(desk, Alert) == (1 if number == 2 else 0)
    with read(desk.engine) as tx:
        assert tx.scalars(select(Alert)).one().grade == "urgent"


def test_calls_of_silence_are_counted_and_are_no_threads_and_no_records(
    twilio: Twilio, desk: Desk, clock: SetClock
) -> None:
    for number in range(2):
        twilio.turn(f"CA{number:032x}")
        twilio.turn(f"CA{number:032x}", 1)
    twilio.turn("CA" + "e" * 32)
    twilio.post(
        "/twilio/status/call",
        {"CallSid": "CA" + "e" * 32, "From": "+12025550123", "To": "+12025550100",
         "CallStatus": "completed", "Direction": "inbound"},
    )  # fmt: skip
    with read(desk.engine) as tx:
        assert sorted(call.status for call in tx.scalars(select(Call))) == ["at_once", "silent", "silent"]
        assert open_threads(tx) == ()
    assert count(desk, Thread) == count(desk, Contact) == count(desk, Conversation) == count(desk, Deed) == 0


def test_who_is_silent_at_first_and_then_speaks_after_the_tone_is_heard(twilio: Twilio, desk: Desk) -> None:
    call = "CA" + "f" * 32
    twilio.turn(call)
    twilio.turn(call, 1)
    twilio.turn(
        call, 2, RecordingSid="RE" + "2" * 32, RecordingDuration="9", RecordingUrl="https://x.example"
    )
    with read(desk.engine) as tx:
        assert len(open_threads(tx)) == 1
        assert tx.scalars(select(Message)).one().recording == "RE" + "2" * 32
        assert tx.scalars(select(Call)).one().status != "silent"


def test_hidden_callers_are_one_contact_per_call(twilio: Twilio, desk: Desk) -> None:
    for number, sender in enumerate(("anonymous", "+266696687", "Restricted")):
        assert verbs(twilio.turn(f"CA{number:032x}", sender=sender))
        twilio.turn(f"CA{number:032x}", 1, sender=sender, Digits="1")
    assert count(desk, Contact) == 3
    assert count(desk, Thread) == 3


def test_forwarded_calls_are_normal(twilio: Twilio) -> None:
    assert "Gather" in verbs(twilio.turn("CA" + "5" * 32, ForwardedFrom="+12025550177"))


def test_a_turn_of_a_call_nobody_knows_begins_it(twilio: Twilio) -> None:
    assert verbs(twilio.turn("CA" + "6" * 32, 7, Digits="9"))


@pytest.mark.parametrize("digits", ["", "##", "*", "99999999999999999999", "abc", "\x00", "1" * 500])
def test_any_keys_are_answered(twilio: Twilio, digits: str) -> None:
    twilio.turn("CA" + "7" * 32)
    assert verbs(twilio.turn("CA" + "7" * 32, 1, Digits=digits))


def test_a_message_is_kept_in_the_thread_and_fetched(twilio: Twilio, desk: Desk) -> None:
    call = "CA" + "8" * 32
    for step, digits in enumerate(("", "1", "2", "1")):
        twilio.turn(call, step, Digits=digits) if step else twilio.turn(call)
    twilio.turn(
        call,
        4,
        Digits="#",
        RecordingSid="RE" + "1" * 32,
        RecordingDuration="12",
        RecordingUrl="https://x.example",
    )
    with read(desk.engine) as tx:
        message = tx.scalars(select(Message).where(Message.channel == "voice")).one()
        assert message.recording == "RE" + "1" * 32
        assert tx.scalar(select(func.count()).where(Deed.kind == "fetch")) == 1


def test_hanging_up_keeps_the_alert_open(twilio: Twilio, desk: Desk) -> None:
    call = "CA" + "9" * 32
    twilio.turn(call)
    twilio.turn(call, 1, Digits="1")
    twilio.turn(call, 2, Digits="1")
    form = {
        "CallSid": call,
        "From": "+12025550123",
        "To": "+12025550100",
        "CallStatus": "completed",
        "Direction": "inbound",
    }
    assert twilio.post("/twilio/status/call", form).status_code == 204
    with read(desk.engine) as tx:
        assert tx.scalars(select(Alert)).one().state == "open"
        assert tx.get(Call, call).ended_at is not None  # type: ignore[union-attr]


def test_who_called_and_then_texts_begins_with_the_safety_question(twilio: Twilio, desk: Desk) -> None:
    call = "CA" + "a" * 32
    twilio.turn(call)
    twilio.turn(call, 1, Digits="4")
    form = desk.kit.book.forms["opening"]
    assert said(twilio.text("1")) == desk.kit.book.text(form.item("safe_now").label, "es")
    assert count(desk, Thread) == 1
