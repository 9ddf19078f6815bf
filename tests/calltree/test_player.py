"""Callers, by keys: the tree of callers played without a carrier."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from hotline.answers.question import Circumstances
from hotline.calltree import player
from hotline.calltree.actions import Action, Enqueue, Gather, Hangup, Leave, Prompt, Record
from hotline.calltree.heard import Heard, Setting
from hotline.calltree.turn import CallTurn
from tests.conversation.talk import LANGUAGES, book, words

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@dataclass
class CallStory:
    """One call. `heard` is the outcome of the last turn."""

    heard: Heard = field(init=False)
    step: int = 0

    def __post_init__(self) -> None:
        here = Circumstances(NOW, ZoneInfo("America/St_Lucia"), "LC", True, "en")
        self.setting = Setting(LANGUAGES, words(), here)
        self.heard = player.begin(book(), "caller", self.setting)

    def press(self, *keys: str) -> CallStory:
        for digits in keys:
            self.step += 1
            turn = CallTurn("CA1", self.step, digits)
            self.heard = player.hear(book(), self.heard.state, self.setting, turn)
        return self

    def record(self, seconds: int, digits: str = "#") -> CallStory:
        self.step += 1
        turn = CallTurn("CA1", self.step, digits, "RE1" if seconds else "", seconds)
        self.heard = player.hear(book(), self.heard.state, self.setting, turn)
        return self

    def wait(self, digits: str) -> Heard:
        return player.wait(book(), self.heard.state, self.setting, CallTurn("CA1", 0, digits))

    @property
    def actions(self) -> tuple[Action, ...]:
        return self.heard.document.actions

    @property
    def prompts(self) -> list[Prompt]:
        return [p for action in self.actions for p in getattr(action, "prompts", ())]

    def value(self, name: str) -> object:
        given = self.heard.state.sheet.get(name)
        return given.value if given else None


def test_the_first_menu_says_every_language_in_its_own_words_and_no_name() -> None:
    story = CallStory()
    assert [prompt.locale for prompt in story.prompts] == list(LANGUAGES)
    assert all(
        str(number) in prompt.text or number > 0 for number, prompt in enumerate(story.prompts, start=1)
    )
    for prompt in story.prompts:
        assert "hotline" not in prompt.text.lower()


@pytest.mark.parametrize(("number", "locale"), list(enumerate(LANGUAGES, start=1)))
def test_after_the_language_nothing_else_is_heard(number: int, locale: str) -> None:
    story = CallStory().press(str(number))
    assert {prompt.locale for prompt in story.prompts} == {locale}
    story.press("2", "1")
    assert {prompt.locale for prompt in story.prompts} == {locale}


def test_danger_is_the_first_question_and_one_key() -> None:
    story = CallStory().press("1", "1")
    assert story.heard.connect is not None
    assert story.heard.connect.grade == "emergency"
    assert any(isinstance(action, Enqueue) for action in story.actions)


@pytest.mark.parametrize("before", [(), ("1",), ("1", "2"), ("1", "2", "2"), ("1", "2", "2", "1")])
def test_zero_is_a_person_everywhere(before: tuple[str, ...]) -> None:
    story = CallStory().press(*before, "0")
    assert story.heard.connect is not None
    assert story.heard.connect.grade == "urgent"


def test_silence_before_any_key_offers_a_message_and_is_counted() -> None:
    story = CallStory().press("")
    assert story.heard.silent
    assert any(isinstance(action, Record) for action in story.actions)


def test_silence_after_a_key_is_said_again_twice_then_a_person() -> None:
    story = CallStory().press("1", "", "")
    assert any(isinstance(action, Gather) for action in story.actions)
    story.press("")
    assert story.heard.connect is not None


def test_wrong_keys_are_said_again_twice_then_a_person() -> None:
    story = CallStory().press("1", "7", "8", "9")
    assert story.heard.connect is not None


def test_a_message_in_own_words_then_the_form_is_optional() -> None:
    story = CallStory().press("1", "2", "1").record(20)
    assert story.heard.recorded is not None
    assert story.heard.recorded.seconds == 20
    assert story.heard.state.sheet["own_words"].status == "pending"
    story.press("2")
    assert any(isinstance(action, Hangup) for action in story.actions)


def test_the_form_by_keys_alone() -> None:
    story = CallStory().press("1", "2", "2", "2", "08032026", "02", "1", "34", "9")
    assert any(isinstance(action, Record) for action in story.actions)  # another country is said
    story.record(3).press("15", "1")
    assert story.value("situation_status") == "potential"
    assert story.value("incident_period") == {"start": "2026-03-08", "end": "2026-03-08"}
    assert story.value("incident_location") == {"country": "LC", "district": "LC-02", "community": None}
    assert story.value("victim_age") == 34
    assert story.heard.state.sheet["victim_country_of_birth"].status == "pending"
    assert story.value("exploitation_types") == ["sexual_exploitation", "domestic_labour"]
    assert story.value("previous_report") == "none"


def test_what_was_typed_is_said_back_with_clips() -> None:
    story = CallStory().press("5", "2", "2", "2", "08032026")
    assert story.prompts[0].clips == ("number.8", "month.3", "digit.2", "digit.0", "digit.2", "digit.6")
    story.press("02")
    assert story.prompts[0].clips == ("district.LC-02",)
    assert isinstance(story.actions[0], Gather)  # a key cuts it short


# The keys that are the same everywhere: tests/calltree/test_star.py.


def test_an_impossible_date_is_asked_again() -> None:
    story = CallStory().press("1", "2", "2", "2", "31022026")
    assert story.heard.state.item == "incident_period"
    assert story.value("incident_period") is None


def test_waiting_always_has_a_key_for_a_message_and_for_calling_back() -> None:
    story = CallStory().press("1", "1")
    heard = story.wait("")
    assert isinstance(heard.document.actions[0], Gather)
    heard = story.wait("3")
    assert heard.state.sheet["contact_preference"].value == "none"
    heard = story.wait("1")
    assert heard.document.actions == (Leave(),)
    assert heard.state.node == "message"
