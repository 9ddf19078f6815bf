"""A call is cut, and the same number calls again; the phone may be in other hands by then."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from sqlalchemy import select

from hotline.alerts.tables import Alert
from hotline.answers.sheet import Given
from hotline.db import read, write
from hotline.intake.desk import Desk
from hotline.now import SetClock
from hotline.threads import conversations
from hotline.threads.tables import Contact, Conversation, Thread
from tests.calltree.test_star import ANSWERS, FORM, NAMES
from tests.intake.test_texts import count, staffed
from tests.intake.webhooks import Twilio, said, verbs

CALLER, OTHER = "+12025550123", "+12025550124"
TO_CONTINUE = "To continue in English, press 1. For another language, press 2."


class Phone:
    """A phone that calls, is cut off, and calls again."""

    def __init__(self, twilio: Twilio, clock: SetClock, sender: str = CALLER) -> None:
        self.twilio, self.clock, self.sender, self.calls = twilio, clock, sender, 0

    def dial(self) -> list[str]:
        self.clock.advance(minutes=1)
        self.calls += 1
        self.sid, self.step = f"CA{self.sender[-3:]}{self.calls:029x}", 0
        return self._hear(self.twilio.turn(self.sid, sender=self.sender))

    def press(self, *keys: str, **more: str) -> list[str]:
        heard: list[str] = []
        for digits in keys:
            self.step += 1
            answer = self.twilio.turn(self.sid, self.step, sender=self.sender, Digits=digits, **more)
            heard = self._hear(answer)
        return heard

    def cut(self) -> None:
        form = {
            "CallSid": self.sid, "From": self.sender, "To": "+12025550100", "CallStatus": "completed",
            "Direction": "inbound",
        }  # fmt: skip
        assert self.twilio.post("/twilio/status/call", form).status_code == 204

    def _hear(self, answer: object) -> list[str]:
        self.verbs = verbs(answer)  # type: ignore[arg-type]
        root = ElementTree.fromstring(answer.data)  # type: ignore[attr-defined]  # noqa: S314
        return [say.text or "" for say in root.iter("Say")]


@pytest.fixture
def phone(twilio: Twilio, clock: SetClock) -> Phone:
    return Phone(twilio, clock)


def sheets(desk: Desk) -> list[dict[str, Given]]:
    """What was answered, conversation by conversation."""
    with read(desk.engine) as tx:
        found = tx.scalars(select(Conversation).order_by(Conversation.begun_at, Conversation.id)).all()
        return [conversations.load(desk.kit, one).sheet for one in found]


# Where a call may be cut: the keys before it.
QUESTIONS = {
    "danger": ("1",),
    "how": ("1", "2"),
    "message": ("1", "2", "1"),
    **{name: (*FORM, *(ANSWERS[before] for before in NAMES[:at])) for at, name in enumerate(NAMES)},
    "callback": (*FORM, *ANSWERS.values()),
}


@pytest.mark.parametrize("hung_up", [True, False], ids=["told", "the carrier has not noticed yet"])
@pytest.mark.parametrize("question", list(QUESTIONS))
def test_cut_at_any_question_one_key_leads_back_to_it(
    phone: Phone, desk: Desk, clock: SetClock, question: str, hung_up: bool
) -> None:
    phone.dial()
    before = phone.press(*QUESTIONS[question])
    if hung_up:
        phone.cut()
    answered = sheets(desk)
    clock.advance(hours=3)
    assert phone.dial() == [TO_CONTINUE], "and nothing else: nothing of the call before"
    assert phone.press("1") == before[-1:], "the question alone: no answer is said back"
    assert sheets(desk) == answered


def test_the_rest_goes_on_the_same_record(phone: Phone, desk: Desk) -> None:
    phone.dial()
    phone.press(*QUESTIONS["victim_age"])
    phone.cut()
    phone.dial()
    phone.press("1", "34", "2", "15", "1", "1")
    (sheet,) = sheets(desk)
    assert set(ANSWERS) <= set(sheet)
    assert sheet["victim_age"].value == 34
    assert count(desk, Conversation) == 1
    assert count(desk, Thread) == 1


def test_a_second_cut_before_the_first_key_loses_nothing(phone: Phone) -> None:
    phone.dial()
    question = phone.press(*QUESTIONS["victim_sex"])[-1:]
    phone.cut()
    phone.dial()
    phone.cut()
    assert phone.dial() == [TO_CONTINUE]
    assert phone.press("1") == question


def test_the_star_leads_back_over_the_cut_without_saying_the_old_answer(phone: Phone, desk: Desk) -> None:
    phone.dial()
    question = phone.press(*QUESTIONS["victim_country_of_birth"])
    assert question[0] == "34"  # said back at once, to who typed it
    phone.cut()
    phone.dial()
    assert "34" not in phone.press("1")
    asked = phone.press("*", "")
    assert len(asked) == 1
    assert asked[0].startswith("How old is the person?")
    phone.press("16")
    with read(desk.engine) as tx:
        state = conversations.load(desk.kit, tx.scalars(select(Conversation)).one())
    assert state.sheet["victim_age"].value == 16
    assert [row[0] for row in state.older] == ["victim_age"]
    assert state.older[0][2] == 34


def test_another_language_begins_anew_and_mixes_nothing(phone: Phone, desk: Desk) -> None:
    phone.dial()
    phone.press(*QUESTIONS["victim_age"])
    phone.cut()
    phone.dial()
    phone.press("2", "1", "2", "2")
    phone.press("1")
    first, second = sheets(desk)
    assert first["situation_status"].value == "potential"
    assert second["situation_status"].value == "occurred"
    assert "incident_period" not in second


def test_after_a_day_it_is_a_new_call(phone: Phone, clock: SetClock) -> None:
    phone.dial()
    phone.press(*QUESTIONS["victim_age"])
    phone.cut()
    clock.advance(hours=25)
    assert len(phone.dial()) > 1, "the choice of languages"


def test_a_call_that_ended_by_itself_is_not_gone_on_with(phone: Phone) -> None:
    phone.dial()
    phone.press(*QUESTIONS["callback"], "1")
    assert "Hangup" in phone.verbs
    assert phone.dial() != [TO_CONTINUE]


def test_another_phone_and_a_hidden_number_begin_from_the_start(
    twilio: Twilio, phone: Phone, clock: SetClock
) -> None:
    phone.dial()
    phone.press(*QUESTIONS["victim_age"])
    phone.cut()
    assert len(Phone(twilio, clock, OTHER).dial()) > 1
    hidden = Phone(twilio, clock, "anonymous")
    hidden.dial()
    hidden.press(*QUESTIONS["victim_age"])
    assert len(hidden.dial()) > 1


@pytest.mark.parametrize("key", ["1", ""], ids=["one key", "silence"])
def test_danger_before_the_cut_keeps_its_alert_and_the_next_call_gets_a_person(
    phone: Phone, desk: Desk, clock: SetClock, key: str
) -> None:
    staffed(desk, clock)
    phone.dial()
    phone.press("1", "1")
    phone.cut()
    with read(desk.engine) as tx:
        alert = tx.scalars(select(Alert)).one()
        assert (alert.state, alert.grade, alert.live_call) == ("open", "emergency", None)
    clock.advance(minutes=5)
    assert phone.dial() == [TO_CONTINUE], "who hears it need not be who was in danger"
    phone.press(key)
    assert "Enqueue" in phone.verbs
    with read(desk.engine) as tx:
        assert tx.scalars(select(Alert)).one().live_call == phone.sid


def test_once_the_danger_is_settled_it_is_asked_about_anew(phone: Phone, desk: Desk) -> None:
    phone.dial()
    danger = phone.press("1")
    phone.press("1")
    phone.cut()
    with write(desk.engine) as tx:
        tx.scalars(select(Alert)).one().state = "closed"
    phone.dial()
    assert phone.press("1") == danger
    assert count(desk, Alert) == 1


# from a call to texts, and back


def label(desk: Desk, name: str, form: str = "hotline") -> str:
    book = desk.kit.book
    return book.text(book.forms[form].item(name).label, "en")


def test_a_call_goes_on_by_text_after_the_safety_question(twilio: Twilio, phone: Phone, desk: Desk) -> None:
    phone.dial()
    phone.press(*QUESTIONS["victim_age"])
    phone.cut()
    assert said(twilio.text("hello?")) == label(desk, "safe_now", "opening")
    assert said(twilio.text("yes")) == label(desk, "victim_age")
    assert said(twilio.text("15")) == label(desk, "victim_country_of_birth")
    assert said(twilio.text("haiti")) == label(desk, "exploitation_types")
    (sheet,) = sheets(desk)
    assert (sheet["victim_age"].value, sheet["victim_age"].channel) == (15, "sms")
    assert (sheet["victim_sex"].value, sheet["victim_sex"].channel) == ("female", "voice")


def test_and_back_to_a_call_where_the_texts_stopped(twilio: Twilio, phone: Phone, desk: Desk) -> None:
    phone.dial()
    phone.press(*QUESTIONS["victim_age"])
    phone.cut()
    for text in ("hi", "yes", "15", "haiti"):
        twilio.text(text)
    assert phone.dial() == [TO_CONTINUE]
    (question,) = phone.press("1")
    assert question.startswith("What is it about?")
    phone.press("15")
    assert said(twilio.text("me again")) == label(desk, "safe_now", "opening"), "however soon after the call"
    assert said(twilio.text("yes")) == label(desk, "previous_report")
    assert said(twilio.text("1")) == desk.kit.book.say("public.closing", "en")
    (sheet,) = sheets(desk)
    assert set(ANSWERS) <= set(sheet)


def test_not_safe_to_write_after_a_call_is_silent_and_nothing_is_asked(
    twilio: Twilio, phone: Phone, desk: Desk
) -> None:
    phone.dial()
    phone.press(*QUESTIONS["victim_age"])
    phone.cut()
    twilio.text("hello?")
    assert said(twilio.text("no")) is None
    assert said(twilio.text("34")) is None
    with read(desk.engine) as tx:
        assert tx.scalars(select(Thread)).one().unsafe


def test_danger_in_the_first_text_after_a_call_comes_before_everything(
    twilio: Twilio, phone: Phone, desk: Desk
) -> None:
    phone.dial()
    phone.press(*QUESTIONS["victim_age"])
    phone.cut()
    twilio.text("he has a knife")
    with read(desk.engine) as tx:
        assert tx.scalars(select(Alert)).one().grade == "emergency"


def test_a_call_goes_on_with_what_was_answered_by_text(twilio: Twilio, phone: Phone, desk: Desk) -> None:
    for text in ("Hello", "yes", "no", "2"):
        twilio.text(text)
    twilio.text("a girl works at a bar at night")
    twilio.text("castries")
    assert phone.dial() == [TO_CONTINUE]
    assert phone.press("1")[-1].startswith("If somebody is in danger now")
    phone.press("2", "2", "2")
    (question,) = phone.press("2026")[-1:]
    assert question.startswith("Is the person female?"), "the place was answered by text"
    text, call = sheets(desk)
    assert call["incident_location"].value == text["incident_location"].value
    assert call["exploitation_narrative"].value == "a girl works at a bar at night"


def test_texts_go_on_after_a_call_in_which_nothing_was_answered(
    twilio: Twilio, phone: Phone, desk: Desk
) -> None:
    for text in ("Hello", "yes", "no"):
        twilio.text(text)
    phone.dial()
    phone.press("2", "1")  # a language, nothing more
    phone.cut()
    assert said(twilio.text("2")) == label(desk, "safe_now", "opening")
    assert said(twilio.text("yes")) == label(desk, "contact_kind", "opening")


def test_nobody_but_who_spoke_or_pressed_a_key_has_a_thread(phone: Phone, desk: Desk) -> None:
    phone.dial()
    phone.press("")
    phone.cut()
    phone.dial()
    phone.cut()
    assert count(desk, Contact) == count(desk, Thread) == count(desk, Conversation) == 0
