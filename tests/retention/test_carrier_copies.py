"""What lies at the carrier is deleted there once we hold it, and a look at the carrier proves it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from hotline.db import write
from hotline.retention.reconciling import reconcile
from hotline.retention.tables import CarrierCheck, CarrierCopy
from hotline.threads.tables import Call, Message, Recording
from tests.house import CALLER, LINE, SECOND
from tests.retention.conftest import Keeping


def bodies(keeping: Keeping) -> list[str]:
    """What the carrier still holds of texts to and from the caller."""
    return [text.body for text in keeping.home.net.messages.values() if CALLER in (text.to, text.sender)]


def leave_a_message(keeping: Keeping) -> None:
    """A caller tells it in own words, and the worker fetches it."""
    home = keeping.home
    home.net.dial(CALLER, LINE)
    for keys in ("1", "2", "1"):
        home.pass_time(seconds=2)
        home.net.press(CALLER, keys)
    home.pass_time(seconds=10)
    home.net.speak(CALLER, "she is at the market")
    home.pass_time(seconds=2)
    home.net.press(CALLER, "#")
    home.pass_time(milliseconds=500)
    home.net.hang_up(CALLER)
    home.work()
    home.pass_time(seconds=40)
    home.work()
    assert len(home.all(Recording)) == 1


def test_after_a_day_texts_and_our_replies_are_gone_there_and_stay_here(keeping: Keeping) -> None:
    keeping.home.text("Hello", "yes")
    keeping.days(0.9)
    assert len(bodies(keeping)) == 4
    keeping.days(0.2)
    assert bodies(keeping) == []
    said = keeping.home.all(Message, Message.thread_id.is_not(None))
    assert len(said) == 4
    assert {row.sid for row in said} == {None}, "an id that leads to nothing is kept no longer"
    assert all(row.body_sealed for row in said)
    assert keeping.home.net.errors == []


def test_a_text_to_staff_goes_too(one_keeping: Keeping) -> None:
    one_keeping.days(1.1)
    (told,) = one_keeping.home.all(Message, Message.staff_id == one_keeping.leader)
    assert told.sid in one_keeping.home.net.messages, "the rota has a gap"
    one_keeping.days(1.1)
    assert told.sid not in one_keeping.home.net.messages


def test_what_is_not_final_is_tried_again_for_days_and_then_told(one_keeping: Keeping) -> None:
    one_keeping.home.text("Hello")
    stubborn = next(iter(one_keeping.home.net.messages))
    one_keeping.home.net.unsettled.add(stubborn)
    one_keeping.days(1.1)
    assert bodies(one_keeping) == ["Hello"], "our reply is gone"
    (copy,) = one_keeping.home.all(CarrierCopy, CarrierCopy.state == "due")
    assert copy.error == "20009"
    one_keeping.days(15)
    one_keeping.home.pass_time(seconds=20)
    told = one_keeping.home.net.phone(SECOND).texts
    assert any("should be gone at the carrier" in text for text in told)
    assert not any("Hello" in text for text in told)
    one_keeping.home.net.unsettled.clear()
    one_keeping.days(1)
    one_keeping.days(1)
    assert stubborn not in one_keeping.home.net.messages, "each look has it tried again"


def test_a_recording_goes_after_it_was_compared_with_what_we_sealed(one_keeping: Keeping) -> None:
    leave_a_message(one_keeping)
    one_keeping.days(1.1)
    (recording,) = one_keeping.home.net.recordings.values()
    assert recording.status == "deleted"
    assert one_keeping.home.net.calls == {}, "and what the carrier noted of the call"
    assert one_keeping.home.all(Call) == []
    (message,) = one_keeping.home.all(Message, Message.recording.is_not(None))
    assert (message.recording, message.sid) == ("gone", None)
    assert len(one_keeping.home.all(Recording)) == 1


@pytest.mark.parametrize("wrong", ["differs", "not_sealed"])
def test_a_recording_that_we_cannot_account_for_stays_there(one_keeping: Keeping, wrong: str) -> None:
    leave_a_message(one_keeping)
    (recording,) = one_keeping.home.net.recordings.values()
    if wrong == "differs":
        recording.words.append("and much more that we never had")
        recording.seconds += 20
    else:
        with write(one_keeping.home.desk.engine) as tx:
            tx.delete(tx.scalars(select(Recording)).one())
    one_keeping.days(1.1)
    assert recording.status == "completed"
    (copy,) = one_keeping.home.all(CarrierCopy, CarrierCopy.kind == "recording")
    assert (copy.state, copy.error) == ("kept", wrong)


def test_who_asks_to_be_forgotten_is_forgotten_at_the_carrier_at_once(one_keeping: Keeping) -> None:
    one_keeping.home.text("Hello", "yes", "forget", "1")
    one_keeping.home.work()
    assert "Hello" not in bodies(one_keeping)


def test_a_second_look_proves_that_it_is_gone(one_keeping: Keeping) -> None:
    one_keeping.home.text("Hello", "yes")
    one_keeping.days(1.1)
    first = {copy.id for copy in one_keeping.home.all(CarrierCopy, CarrierCopy.state == "gone")}
    assert len(first) == 4
    one_keeping.days(1.2)
    assert not first & {copy.id for copy in one_keeping.home.all(CarrierCopy)}, (
        "with the proof the last id goes"
    )
    newest = one_keeping.home.all(CarrierCheck)[-1]
    assert (newest.left, newest.missed, newest.whole) == (0, 0, True)
    assert sum(check.proven for check in one_keeping.home.all(CarrierCheck)) == 4


def test_what_was_said_to_be_gone_and_is_there_is_deleted_again(one_keeping: Keeping) -> None:
    one_keeping.home.text("Hello")
    kept = dict(one_keeping.home.net.messages)
    one_keeping.days(1.1)
    one_keeping.home.net.messages.update(kept)
    one_keeping.days(1.2)
    one_keeping.home.work()
    assert bodies(one_keeping) == []


def test_a_reply_whose_id_we_never_learnt_is_found_and_deleted(one_keeping: Keeping) -> None:
    one_keeping.home.net.faults.load([{"what": "message", "to": CALLER, "fault": "callback_lost"}])
    one_keeping.home.text("Hello")
    assert [row.sid for row in one_keeping.home.all(Message, Message.direction == "out")] == [None]
    one_keeping.days(1.2)
    one_keeping.home.work()
    assert bodies(one_keeping) == []


def test_what_never_reached_us_is_never_deleted_and_is_told(one_keeping: Keeping) -> None:
    net = one_keeping.home.net
    net.lines[LINE].settings["SmsUrl"] = ""  # our house is away
    net.text(CALLER, LINE, "they come tonight")
    one_keeping.home.pass_time(seconds=5)
    for _ in range(3):
        one_keeping.days(1.2)
    assert bodies(one_keeping) == ["they come tonight"], "nobody else has it"
    (look,) = reconcile(
        one_keeping.home.shop.engine, one_keeping.home.desk.kit, one_keeping.home.shop.carriers,
        one_keeping.home.clock.now(),
    )  # fmt: skip
    assert (look.left, look.missed) == (0, 1)
    one_keeping.home.pass_time(seconds=20)
    told = [text for text in net.phone(SECOND).texts if "never reached us" in text]
    assert len(told) == 1, "once, until there is more of it"


def test_at_night_no_carrier_is_asked_since_nobody_could_be_told(one_keeping: Keeping) -> None:
    one_keeping.home.pass_time(hours=16)  # midnight in Saint Lucia: a new day
    one_keeping.look()
    assert one_keeping.home.all(CarrierCheck) == []
    one_keeping.home.pass_time(hours=8)
    one_keeping.look()
    assert len(one_keeping.home.all(CarrierCheck)) == 1
