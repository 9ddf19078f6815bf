"""Who picks an answer that a menu prints cries for nobody; who tells of danger in their own words does, in any answer."""

import itertools

import pytest

from tests.conversation.talk import LANGUAGES, Talk, book


def asked_for_kinds(locale: str) -> Talk:
    talk = Talk(officer=True, language=locale)
    talk.tell("scr", "2", "12/11/2026", "castries", "2", "30", "haiti", "-")
    assert talk.state is not None
    assert talk.state.open == "exploitation_types"
    return talk


@pytest.mark.parametrize("locale", LANGUAGES)
def test_no_two_kinds_as_they_are_printed_raise_an_alarm(locale: str) -> None:
    choices = book().lists["exploitation_types"]
    printed = [book().text(choice.short, locale) for choice in choices if choice.code != "child_labour"]
    for one, other in itertools.permutations(printed, 2):
        talk = asked_for_kinds(locale)
        talk.hear(f"{one}, {other}")
        assert talk.alerts == [], f"{one}, {other}"


@pytest.mark.parametrize("kinds", ["sex+beg", "sex beg", "beg sex", "sex, begging"])
def test_a_report_of_kinds_raises_no_alarm(kinds: str) -> None:
    talk = Talk(officer=True)
    talk.hear(f"scr; pot; 12/11/2026; castries; m; 30; haiti; -; {kinds}; none")
    assert talk.alerts == []


def test_own_words_of_danger_in_the_same_place_do() -> None:
    talk = asked_for_kinds("en")
    talk.hear("sex, he has a gun and she is bleeding")
    assert talk.alerts[-1][0] == "emergency"


def test_a_child_among_the_kinds_is_urgent_by_the_answer() -> None:
    talk = asked_for_kinds("en")
    talk.hear("sex, child work")
    assert talk.alerts == [("urgent", ("child_in_report",))]


def test_the_same_words_as_a_cry_of_their_own_are_heard() -> None:
    talk = Talk()
    talk.hear("they make the child beg and have sex with men")
    assert talk.alerts
