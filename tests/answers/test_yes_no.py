"""Yes and no, as people text them, in all languages whatever theirs is."""

from __future__ import annotations

import pytest

from hotline.answers.question import Kind, Question
from hotline.answers.result import AskBack, Declined, Refused, Understood, Unknown, Why
from tests.answers.conftest import YES_NO, Ask


@pytest.mark.parametrize(
    "text",
    [
        "yes", "Yes.", "YES!!", "y", "1", "1.", "(1)", "1)", "1️⃣", "one", "un", "uno", "yonn", "一",
        "yeah", "yep", "yess", "yes please", "ok", "👍", "👍🏽", "✅", "oui", "Oui merci", "si", "sí, claro", "wi", "men wi",
        "wi souplé", "是", "是的", "对", "yes i am", "yes she is", "yes, he is here now", "ｙｅｓ", "y\u200bes", " yes\n",
    ],
)  # fmt: skip
def test_means_yes(ask: Ask, text: str) -> None:
    assert ask(YES_NO, text) == Understood("yes", text)


@pytest.mark.parametrize(
    "text",
    [
        "no", "No thanks", "n", "2", "2.", "two", "dos", "deux", "nope", "👎", "❌", "non", "non mèsi", "pa ditou", "jamais",
        "不是", "没有", "不", "para nada", "not at all", "no i am not", "no, he is outside", "no way",
    ],
)  # fmt: skip
def test_means_no(ask: Ask, text: str) -> None:
    assert ask(YES_NO, text) == Understood("no", text)


@pytest.mark.parametrize(
    "text", ["yes no", "1 or 2?", "1,2", "oui non", "si o no", "yes and no", "是不是", "no problem"]
)
def test_both_is_asked_back(ask: Ask, text: str) -> None:
    answer = ask(YES_NO, text)
    assert isinstance(answer, AskBack)
    assert answer.readings == ("yes", "no")
    assert answer.why is Why.TWO_ANSWERS


@pytest.mark.parametrize(
    "text", ["no idea", "don't know", "dont know", "I don't know", "idk", "?", "je ne sais pas", "no sé", "mwen pa konnen", "mwen pa sav", "不知道", "not sure"]
)  # fmt: skip
def test_no_idea_is_not_no(ask: Ask, text: str) -> None:
    assert ask(YES_NO, text) == Unknown(text)


@pytest.mark.parametrize(
    "text", ["-", "skip", "rather not say", "prefiero no decir", "m pa vle di", "不想说", "passer"]
)
def test_declining_is_an_answer(ask: Ask, text: str) -> None:
    assert ask(YES_NO, text) == Declined(text)


@pytest.mark.parametrize(
    "text",
    [
        "maybe", "yes but he comes home at 5", "yes, maybe", "7 no", "3", "-1", "yes?no", "no one is here yes", "yesterday",
        "noodles", "sixteen", "petèt", "tal vez", "也许", "yes 7", "no, 7", "12", "a", "hello", "",
    ],
)  # fmt: skip
def test_is_never_taken_for_an_answer(ask: Ask, text: str) -> None:
    assert not isinstance(ask(YES_NO, text), Understood)


def test_nothing_at_all_is_refused_as_empty(ask: Ask) -> None:
    assert ask(YES_NO, "  \n ") == Refused(Why.EMPTY, "  \n ")
    assert ask(YES_NO, "...") == Refused(Why.EMPTY, "...")


def test_but_and_maybe_are_unclear_not_yes(ask: Ask) -> None:
    assert ask(YES_NO, "yes but later") == Refused(Why.UNCLEAR, "yes but later")


def test_a_story_is_no_choice(ask: Ask) -> None:
    story = "he said yes " * 60
    assert ask(YES_NO, story) == Refused(Why.NOT_A_CHOICE, story)


def test_safe_is_yes_where_safety_is_asked(ask: Ask) -> None:
    safe = Question(Kind.YES_NO, list_name="safe_now")
    assert ask(safe, "I'm safe") == Understood("yes", "I'm safe")
    assert ask(safe, "yes its safe") == Understood("yes", "yes its safe")
    assert ask(safe, "not safe") == Understood("no", "not safe")
    assert ask(safe, "he is here") == Understood("no", "he is here")
    assert ask(safe, "不安全") == Understood("no", "不安全")
    assert ask(safe, "oui") == Understood("yes", "oui")
    assert isinstance(ask(safe, "safe for now but he comes"), Refused)
    assert isinstance(ask(YES_NO, "not safe"), Refused)
