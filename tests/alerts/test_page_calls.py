"""A phone rings at night: what is heard, and what the keys do."""

from __future__ import annotations

import pytest

from hotline.access.tables import StaffPhone
from hotline.alerts.joining import caller_left
from hotline.alerts.page_calls import page_call, staff_calls_in
from hotline.alerts.rings import call_ended
from hotline.alerts.tables import AlertState
from hotline.alerts.taking import Way, take
from hotline.calltree.actions import Conference, Document, Gather, Hangup, Speak
from hotline.calltree.turn import CallTurn
from hotline.triage.kinds import Grade
from tests.alerts.night import Night


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On SQLite alone: the same acts run on both databases in `test_escalation`, `test_taking` and `test_at_once`."""
    return sqlite_url


class Listening:
    """Somebody with a phone at the ear."""

    def __init__(self, night: Night, name: str, alert: str = "", sid: str = "") -> None:
        self.night, self.name, self.alert = night, name, alert
        self.sid = sid or night.calls[name]
        self.step = 0
        self.document = Document(())

    def hears(self, digits: str = "") -> str:
        with self.night.tx() as tx:
            turn = CallTurn(self.sid, self.step, digits)
            self.document = page_call(
                tx, self.night.kit, self.night.page(self.name, self.alert), turn, self.night.now
            )
        self.step = self.document.next_step
        return self.words()

    def words(self) -> str:
        said = [action for action in self.document.actions if isinstance(action, (Speak, Gather))]
        return " ".join(prompt.text for action in said for prompt in action.prompts)

    @property
    def over(self) -> bool:
        return Hangup() in self.document.actions


def picks_up(night: Night, name: str, alert: str) -> Listening:
    return Listening(night, name, alert)


def test_it_is_said_three_times_and_silence_takes_nothing(night: Night) -> None:
    alert = night.danger()
    night.dial()
    alice = picks_up(night, "Alice", alert)
    once = "An emergency. To take it, press 1. If you cannot, press 2."
    assert [alice.hears() for _ in range(3)] == [once] * 3
    alice.hears()
    assert alice.over
    night.ring_ends("Alice", alert, "completed")
    assert night.alert(alert).state == AlertState.OPEN
    assert night.dial() == ["Ben"]


def test_key_one_takes_it(night: Night) -> None:
    alert = night.danger()
    night.dial()
    alice = picks_up(night, "Alice", alert)
    alice.hears()
    assert alice.hears("1").startswith("It is yours, the others know.")
    assert night.alert(alert).taken_by == night.staff["Alice"]


def test_the_outcome_in_the_same_call(night: Night) -> None:
    alert = night.danger()
    night.dial()
    alice = picks_up(night, "Alice", alert)
    alice.hears()
    alice.hears("1")
    assert alice.hears("9").startswith("How did it end?")
    assert alice.hears("2") == "Noted. Thank you."
    assert night.alert(alert).outcome == "handed_over"


@pytest.mark.parametrize("key", ["3", "9", "0", "*", "#"])
def test_no_other_key_takes_it(night: Night, key: str) -> None:
    alert = night.danger()
    night.dial()
    alice = picks_up(night, "Alice", alert)
    alice.hears()
    assert alice.hears(key).startswith("An emergency.")
    assert night.alert(alert).state == AlertState.OPEN


def test_key_two_wakes_the_next(night: Night) -> None:
    alert = night.danger()
    night.dial()
    alice = picks_up(night, "Alice", alert)
    alice.hears()
    assert alice.hears("2") == "Noted. The next person is called."
    assert night.dial() == ["Ben"]


def test_a_late_key_one_is_told(night: Night) -> None:
    alert = night.danger()
    night.dial()
    alice = picks_up(night, "Alice", alert)
    alice.hears()
    with night.tx() as tx:
        take(tx, night.kit, alert, night.staff["Ben"], Way.TEXT, night.now)
    assert night.others() == []  # who is listening is not cut off
    assert alice.hears("1") == "Somebody else has taken it already. You need do nothing."
    assert night.alert(alert).taken_by == night.staff["Ben"]


@pytest.mark.parametrize("language", ["en", "acf", "fr", "es", "ht", "zh"])
def test_each_is_paged_in_their_own_language(empty_night: Night, language: str) -> None:
    night = empty_night
    night.add("Luc", "+12025550115", language)
    alert = night.danger()
    [(_, text)] = night.texts()
    wanted = night.kit.book.say("page.text_emergency", language, code=night.alert(alert).code)
    assert text == wanted
    night.dial()
    luc = picks_up(night, "Luc", alert)
    luc.hears()
    [gather] = [action for action in luc.document.actions if isinstance(action, Gather)]
    assert {prompt.locale for prompt in gather.prompts} == {language}
    assert {prompt.key for prompt in gather.prompts} == {"page.emergency.say"}


def test_with_a_caller_waiting_key_one_joins_both(night: Night) -> None:
    alert = night.danger(live_call="CAcaller")
    night.dial()
    alice = picks_up(night, "Alice", alert)
    assert alice.hears().startswith("Somebody is on the line")
    assert alice.hears("1") == (
        "It is yours. You are being connected. For an interpreter or other help, press the star key."
    )
    assert Conference(alert, ends=False, star=True) in alice.document.actions
    assert night.others() == [("bridge", {"call": "CAcaller", "alert": alert})]
    night.wait(900)
    assert alice.hears().startswith("The person is still on the line.")  # the star key
    assert alice.hears() == ""
    assert Conference(alert, ends=False, star=True) in alice.document.actions, "silence leads back to them"
    with night.tx() as tx:
        caller_left(tx, night.kit, "CAcaller", night.now)
    assert alice.hears().startswith("How did it end?")  # the conference is over
    assert alice.hears("1") == "Noted. Thank you."
    assert night.alert(alert).outcome == "safe"


def test_taken_by_text_the_call_that_rings_already_joins(night: Night) -> None:
    alert = night.danger(live_call="CAcaller")
    night.dial()
    with night.tx() as tx:
        take(tx, night.kit, alert, night.staff["Alice"], Way.TEXT, night.now)
    assert night.others() == []
    alice = picks_up(night, "Alice", alert)
    assert alice.hears().startswith("You have taken it. Somebody is on the line")
    alice.hears("1")
    assert ("bridge", {"call": "CAcaller", "alert": alert}) in night.others()


def test_a_voicemail_that_answers_the_joining_call_leaves_nobody_waiting(night: Night) -> None:
    alert = night.danger(live_call="CAcaller")
    night.dial()
    with night.tx() as tx:
        take(tx, night.kit, alert, night.staff["Alice"], Way.TEXT, night.now)
    picks_up(night, "Alice", alert).hears()
    night.wait(15)
    night.ring_ends("Alice", alert, "completed")
    assert night.alert(alert).state == AlertState.OPEN


def test_a_long_talk_keeps_the_promise(night: Night) -> None:
    alert = night.danger(live_call="CAcaller")
    night.dial()
    alice = picks_up(night, "Alice", alert)
    alice.hears()
    alice.hears("1")
    night.wait(50 * 60)
    assert night.alert(alert).state == AlertState.TAKEN


class TestCallingTheHotline:
    """From a staff phone, instead of waiting for the ring."""

    def call(self, night: Night, name: str, sid: str, step: int = 0, digits: str = "") -> Document | None:
        with night.tx() as tx:
            phone = tx.get(StaffPhone, night.phone(name).id)
            assert phone is not None
            return staff_calls_in(tx, night.kit, phone, CallTurn(sid, step, digits), night.now)

    def test_plays_the_page_and_takes_the_key(self, night: Night) -> None:
        alert = night.danger(grade=Grade.URGENT)
        first = self.call(night, "Alice", "CAin")
        assert first is not None
        assert "Something urgent" in str(first)
        assert "It is yours" in str(self.call(night, "Alice", "CAin", 1, "1"))
        assert night.alert(alert).taken_by == night.staff["Alice"]
        assert "How did it end" in str(self.call(night, "Alice", "CAin", 2, "9"))

    def test_is_an_ordinary_call_when_nothing_is_open(self, night: Night) -> None:
        night.danger()
        assert self.call(night, "Carla", "CAin") is None

    def test_ends_the_ring_that_is_under_way(self, night: Night) -> None:
        alert = night.danger()
        night.dial()
        self.call(night, "Alice", "CAin")
        assert night.others() == [("hang_up", {"call": night.calls["Alice"]})]
        night.ring_ends("Alice", alert, "canceled")  # of the ring: she is still listening
        assert night.dial() == []
        with night.tx() as tx:
            assert call_ended(tx, night.kit, "CAin", "completed", night.now)
        assert night.dial() == ["Ben"]

    def test_later_gives_the_outcome(self, night: Night) -> None:
        alert = night.danger()
        with night.tx() as tx:
            take(tx, night.kit, alert, night.staff["Carla"], Way.WEB, night.now)
        assert "If it is settled, press 9" in str(self.call(night, "Carla", "CAin"))
        self.call(night, "Carla", "CAin", 1, "9")
        self.call(night, "Carla", "CAin", 2, "4")
        assert night.alert(alert).outcome == "no_danger"
