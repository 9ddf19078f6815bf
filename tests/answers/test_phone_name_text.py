"""Phone numbers, names, and stories."""

from __future__ import annotations

import pytest

from hotline.answers.result import AskBack, Declined, Refused, Understood, Unknown, Why
from hotline.answers.understand import Kind, Question
from tests.answers.conftest import Ask

PHONE, NAME, TEXT = Question(Kind.PHONE), Question(Kind.PERSON_NAME), Question(Kind.TEXT, max_length=40)
LOCAL = "+17584550123"


@pytest.mark.parametrize(
    "text",
    ["4550123", "455 0123", "455-0123", "+1 758 455 0123", "1-758-455-0123", "(758) 455-0123", "0017584550123", "011 1 758 455 0123", "my number is 455 0123", "tel: 455.0123", "４５５０１２３", "٤٥٥٠١٢٣"],
)  # fmt: skip
def test_phone(ask: Ask, text: str) -> None:
    assert ask(PHONE, text) == Understood(LOCAL, text)


def test_a_number_abroad(ask: Ask) -> None:
    assert ask(PHONE, "+12025550123") == Understood("+12025550123", "+12025550123")


@pytest.mark.parametrize(
    "text",
    ["455012", "45501234", "758455", "+1758455012", "call after 6 455 0123", "abc", "12/11/2026", "16"],
)
def test_a_mistyped_number_never_becomes_another(ask: Ask, text: str) -> None:
    assert ask(PHONE, text) == Refused(Why.NOT_A_PHONE, text)


def test_short_numbers_two_numbers_and_none(ask: Ask) -> None:
    assert ask(PHONE, "847") == Refused(Why.SHORT_NUMBER, "847")
    two = "455 0123 or 455 0124"
    assert ask(PHONE, two) == AskBack((LOCAL, "+17584550124"), two, Why.TWO_ANSWERS)
    assert ask(PHONE, "don't know") == Unknown("don't know")
    assert ask(PHONE, "-") == Declined("-")


@pytest.mark.parametrize(
    ("text", "name"),
    [("Ana Lopez", "Ana Lopez"), ("my name is Ana Lopez", "Ana Lopez"), ("je m'appelle Marie", "Marie"), ("Me llamo Ana.", "Ana"), ("mwen rele Jan", "Jan"), ("non mwen sé Jan", "Jan"), ("我叫王芳", "王芳"), ("Jean-Pierre d'Arc", "Jean-Pierre d'Arc")],
)  # fmt: skip
def test_name(ask: Ask, text: str, name: str) -> None:
    assert ask(NAME, text) == Understood(name, text)


def test_what_is_no_name(ask: Ask) -> None:
    assert ask(NAME, "12") == Refused(Why.NOT_A_NAME, "12")
    assert ask(NAME, "anonymous") == Declined("anonymous")
    assert ask(NAME, "no sé") == Unknown("no sé")
    story = "she works in a house and nobody pays her " * 4
    assert ask(NAME, story) == Refused(Why.TOO_LONG, story)


def test_text_is_kept_as_written(ask: Ask) -> None:
    assert ask(TEXT, "  He took\nmy passport. ") == Understood(
        "He took\nmy passport.", "  He took\nmy passport. "
    )
    assert ask(TEXT, "no") == Understood("no", "no")
    assert ask(TEXT, "a\x00b") == Understood("ab", "a\x00b")
    assert ask(TEXT, "😢") == Understood("😢", "😢")
    assert ask(TEXT, "x" * 41) == Refused(Why.TOO_LONG, "x" * 41)
    assert ask(TEXT, " ") == Refused(Why.EMPTY, " ")
    assert ask(TEXT, "-") == Declined("-")
    assert ask(TEXT, "?") == Unknown("?")
