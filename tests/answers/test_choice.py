"""One of a list: digits, words of every language, typing errors that cross no two choices."""

from __future__ import annotations

import pytest

from hotline.answers.result import AskBack, Declined, Refused, Understood, Unknown, Why
from hotline.answers.understand import Choice, Kind, Question
from tests.answers.conftest import KIND, LANGUAGE, PREFERENCE, REPORT, SEX, Ask


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("f", "female"), ("F.", "female"), ("1", "female"), ("(2)", "male"), ("dos", "male"), ("femal", "female"),
        ("wonan", "female"), ("she is a girl", "female"), ("fanm", "female"), ("ti fi", "female"), ("mujer", "female"),
        ("Fille", "female"), ("女", "female"), ("她是女的", "female"), ("gason", "male"), ("hombre", "male"), ("garçon", "male"),
        ("男孩", "male"), ("a boy please", "male"), ("二", "male"), ("👩", "female"), ("fìmèl", "female"),
    ],
)  # fmt: skip
def test_sex(ask: Ask, text: str, code: str) -> None:
    assert ask(SEX, text) == Understood(code, text)


@pytest.mark.parametrize(
    ("text", "code", "descriptor"),
    [
        ("trans woman", "female", "transgender_female"),
        ("a trans woman", "female", "transgender_female"),
        ("trans man", "male", "transgender_male"),
        ("femme trans", "female", "transgender_female"),
        ("mujer trans", "female", "transgender_female"),
        ("跨性别女性", "female", "transgender_female"),
    ],
)
def test_trans_woman_is_female_with_the_descriptor(ask: Ask, text: str, code: str, descriptor: str) -> None:
    answer = ask(SEX, text)
    assert answer == Understood(code, text, {"descriptor": descriptor})


@pytest.mark.parametrize(
    "text",
    ["trans", "girl and boy", "female or male", "fmale", "1 2", "creole girl boy", "un garçon et une fille"],
)
def test_two_are_asked_back_in_list_order(ask: Ask, text: str) -> None:
    answer = ask(SEX, text)
    assert isinstance(answer, AskBack), answer
    assert answer.readings == ("female", "male")


@pytest.mark.parametrize("text", ["not female", "pa fi", "no es mujer", "female but", "4", "12", "femmes25"])
def test_denied_or_mixed_is_not_taken(ask: Ask, text: str) -> None:
    assert isinstance(ask(SEX, text), Refused)


def test_unknown_is_always_the_status(ask: Ask) -> None:
    assert ask(SEX, "3") == Unknown("3")
    assert ask(SEX, "unknown") == Unknown("unknown")
    assert ask(SEX, "sexo desconocido") == Unknown("sexo desconocido")
    assert ask(SEX, "skip") == Declined("skip")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("no", "none"), ("nobody", "none"), ("personne", "none"), ("a nadie", "none"), ("pyès moun", "none"), ("没有", "none"),
        ("police", "police"), ("plice", "police"), ("lapolis", "police"), ("la policía", "police"), ("警察", "police"),
        ("task force", "ntf"), ("immigration", "other_agency"), ("2", "ntf"), ("no officers", "none"),
    ],
)  # fmt: skip
def test_previous_report(ask: Ask, text: str, code: str) -> None:
    if text == "no officers":  # "no" and "officers" are two choices here
        assert isinstance(ask(REPORT, text), AskBack)
    else:
        assert ask(REPORT, text) == Understood(code, text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("me", "self"), ("moi", "self"), ("yo", "self"), ("mwen menm", "self"), ("我", "self"), ("somebody else", "other"),
        ("my friend", "other"), ("una amiga", "other"), ("yon zanmi", "other"), ("朋友", "other"), ("my work", "work"),
        ("for my work", "work"), ("mon travail", "work"), ("twavay", "work"), ("3", "work"),
    ],
)  # fmt: skip
def test_who_it_is_about(ask: Ask, text: str, code: str) -> None:
    assert ask(KIND, text) == Understood(code, text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("text", "write"), ("escríbame", "write"), ("ekri m", "write"), ("call me", "ring"), ("llámame", "ring"),
        ("either", "either"), ("les deux", "either"), ("tou de", "either"), ("都可以", "either"), ("neither", "none"),
        ("no", "none"), ("dont call", "none"), ("pa rele m", "none"), ("call or text", "either"), ("都不要", "none"),
    ],
)  # fmt: skip
def test_write_or_ring(ask: Ask, text: str, code: str) -> None:
    assert ask(PREFERENCE, text) == Understood(code, text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("English", "en"), ("inglés", "en"), ("patwa", "acf"), ("kwéyòl", "acf"), ("français", "fr"), ("Espanol", "es"),
        ("kreyòl ayisyen", "ht"), ("中文", "zh"), ("chinese", "zh"), ("4", "es"), ("spanich", "es"), ("haitian creole", "ht"),
    ],
)  # fmt: skip
def test_language(ask: Ask, text: str, code: str) -> None:
    assert ask(LANGUAGE, text) == Understood(code, text)


def test_creole_alone_is_two_languages(ask: Ask) -> None:
    answer = ask(LANGUAGE, "creole")
    assert isinstance(answer, AskBack)
    assert answer.readings == ("acf", "ht")


def test_the_forms_own_words_count_and_come_first(ask: Ask) -> None:
    question = Question(
        Kind.CHOICE,
        (Choice("labour", "1", ("lab",)), Choice("begging", "2", ("work",))),
        "exploitation_types",
    )
    assert ask(question, "lab") == Understood("labour", "lab")
    assert ask(question, "work") == Understood("begging", "work")


def test_a_typing_error_between_two_choices_is_asked_back(ask: Ask) -> None:
    question = Question(Kind.CHOICE, (Choice("a", "1", ("matter",)), Choice("b", "2", ("batter",))))
    answer = ask(question, "latter")
    assert isinstance(answer, AskBack)
    assert answer.readings == ("a", "b")


def test_short_words_allow_no_typing_error(ask: Ask) -> None:
    assert ask(SEX, "bay") == Refused(Why.NOT_A_CHOICE, "bay")
    answer = ask(SEX, "wman")  # woman with a letter lost, or man with one too many
    assert isinstance(answer, AskBack)
    assert answer.readings == ("female", "male")
