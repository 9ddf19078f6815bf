"""`*` back, `**` skip, `0` a person: the same in every menu, recording and question."""

from __future__ import annotations

import pytest

from hotline.calltree.actions import Gather, Record
from hotline.calltree.star import STAR_SECONDS
from tests.calltree.test_player import CallStory
from tests.conversation.talk import book

FORM = ("1", "2", "2")  # English, no danger, by keys
# Every question of the call form with keys that answer it, in order.
ANSWERS = {
    "situation_status": "2", "incident_period": "08032026", "incident_location": "02", "victim_sex": "1",
    "victim_age": "34", "victim_country_of_birth": "2", "exploitation_types": "15", "previous_report": "1",
}  # fmt: skip
NAMES = tuple(ANSWERS)


def at(name: str) -> CallStory:
    """A call that stands at this question of the form."""
    return CallStory().press(*FORM, *(ANSWERS[before] for before in NAMES[: NAMES.index(name)]))


def star(story: CallStory) -> CallStory:
    """One star, and no second one."""
    story.press("*")
    if story.prompts == []:
        assert story.actions[0] == Gather((), STAR_SECONDS)
        story.press("")
    return story


def two_stars(story: CallStory) -> CallStory:
    """Two stars as the carrier tells them: together where # ends the keys, else one after the other."""
    gather = story.actions[0]
    if isinstance(gather, Gather) and gather.digits is None:
        return story.press("**")
    return story.press("*", "*")


@pytest.mark.parametrize("name", NAMES[1:])
def test_one_star_is_the_question_before_and_its_answer_is_not_said(name: str) -> None:
    story = star(at(name))
    before = NAMES[NAMES.index(name) - 1]
    assert story.heard.state.item == before
    item = book().forms["hotline"].item(before)
    assert item.voice is not None
    assert [prompt.text for prompt in story.prompts] == [item.voice.english]


@pytest.mark.parametrize("name", NAMES)
def test_two_stars_leave_a_question_out(name: str) -> None:
    story = two_stars(at(name))
    given = story.heard.state.sheet[name]
    assert (given.status, given.value) == ("declined", None)
    assert story.heard.state.item == (NAMES[NAMES.index(name) + 1] if name != NAMES[-1] else "")


@pytest.mark.parametrize("name", NAMES)
def test_zero_is_a_person_at_every_question(name: str) -> None:
    assert at(name).press("0").heard.connect is not None


def test_an_answer_given_anew_replaces_the_old_one() -> None:
    story = star(at("incident_period")).press("1")
    assert story.value("situation_status") == "occurred"
    assert story.heard.state.item == "incident_period"


def test_back_from_the_first_question_and_on_through_the_menus_to_the_language() -> None:
    story = at("situation_status")
    nodes = []
    for _ in range(4):
        star(story)
        nodes.append(story.heard.state.node)
    assert nodes == ["how", "danger", "language", "language"]


def test_back_after_the_last_question_leads_into_the_form() -> None:
    story = at("previous_report").press("1")
    assert story.heard.state.node == "callback"
    star(story)
    assert (story.heard.state.node, story.heard.state.item) == ("form", "previous_report")


def test_after_a_wrong_language_the_star_leads_back_to_the_choice() -> None:
    story = star(CallStory().press("4")).press("3")
    assert {prompt.locale for prompt in story.prompts} == {"fr"}


@pytest.mark.parametrize(
    ("before", "lands"),
    [(("1",), "how"), (("1", "2"), "callback"), (("1", "2", "1"), "more")],
)
def test_two_stars_leave_a_menu_or_a_recording_out(before: tuple[str, ...], lands: str) -> None:
    story = CallStory().press(*before, "*", "*")
    assert story.heard.state.node == lands
    assert story.heard.connect is None


def test_where_nothing_can_be_left_out_the_same_is_said_again() -> None:
    story = CallStory()
    first = story.prompts
    assert story.press("*").prompts == first
    assert story.press("**").prompts == first


def test_the_star_and_zero_end_a_recording_and_keep_what_was_said() -> None:
    story = CallStory().press("1", "2", "1")
    record = story.actions[0]
    assert isinstance(record, Record)
    assert set(record.finish_on) == set("#*0")
    story.record(20, "0")
    assert story.heard.connect is not None
    assert story.heard.recorded is not None
    assert story.heard.state.sheet["own_words"].status == "pending"


def test_a_key_at_once_leaves_no_recording() -> None:
    story = CallStory().press("1", "2", "1").record(1, "0")
    assert story.heard.recorded is None
    assert "own_words" not in story.heard.state.sheet


def test_a_place_is_said_by_a_key_of_its_own_and_the_star_leads_back_to_the_keys() -> None:
    story = at("incident_location").press("99")
    assert isinstance(story.actions[0], Record)
    story.press("*", "")
    assert story.heard.state.item == "incident_location"
    story.press("02")
    assert story.value("incident_location") == {"country": "LC", "district": "LC-02", "community": None}
    assert story.heard.state.item == "victim_sex"


def test_the_keys_are_said_once_before_the_first_question() -> None:
    story = at("situation_status")
    keys = book().trees["caller"].nodes["keys"].say
    assert keys is not None
    assert story.prompts[0].key == keys.key
    assert isinstance(story.actions[0], Gather)  # a key cuts it short
    assert keys.key not in [prompt.key for prompt in story.press("2").prompts]


@pytest.mark.parametrize("name", NAMES)
def test_each_question_waits_as_long_as_it_says(name: str) -> None:
    gather = at(name).actions[0]
    assert isinstance(gather, Gather)
    assert gather.timeout == (book().forms["hotline"].item(name).timeout or 8)
    if gather.digits is None:
        assert gather.timeout >= 10
