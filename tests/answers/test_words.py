"""The word files as a whole: no word for two choices, and every word means what it stands under, in any language."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from hotline.answers.check import problems
from hotline.answers.result import Answer, AskBack, Declined, Estimated, Understood, Unknown
from hotline.answers.understand import Choice, Circumstances, Kind, Question, Words, compatible
from tests.answers.conftest import AGE, ALL, DATE, KIND, LOCALES, PERIOD, PREFERENCE, SEX, TYPES, YES_NO, Ask

_MULTI = {"exploitation_types", "victim_descriptors"}


@cache
def tree(locale: str) -> dict[str, dict[str, dict[str, list[str]]]]:
    text = (LOCALES / locale / "words.yaml").read_text(encoding="utf-8")
    loaded = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - text only
    assert isinstance(loaded, dict)
    return loaded


def every_word() -> Iterator[tuple[str, str, str]]:
    for locale in ALL:
        for list_name, choices in tree(locale)["lists"].items():
            for code, words in choices.items():
                yield from ((list_name, code, word) for word in words)


def question_of(list_name: str) -> Question:
    codes = list(dict.fromkeys(code for name, code, _ in every_word() if name == list_name))
    kind = Kind.YES_NO if list_name == "yes_no" else Kind.MULTI if list_name in _MULTI else Kind.CHOICE
    return Question(kind, tuple(Choice(code, str(n)) for n, code in enumerate(codes, 1)), list_name)


def test_no_word_of_ours_means_two_choices() -> None:
    assert problems(LOCALES) == []


def test_every_language_has_words_for_every_list() -> None:
    lists = {list_name: set(tree("en")["lists"][list_name]) for list_name in tree("en")["lists"]}
    for locale in ALL:
        assert {name: set(choices) for name, choices in tree(locale)["lists"].items()} == lists, locale


def test_every_word_of_every_language_means_its_choice(ask: Ask) -> None:
    questions = {list_name: question_of(list_name) for list_name in tree("en")["lists"]}
    wrong = []
    for list_name, code, word in every_word():
        answer: Answer = ask(questions[list_name], word)
        value: object = (code,) if list_name in _MULTI else code
        if answer != Understood(value, word) and not (code == "unknown" and isinstance(answer, Unknown)):
            wrong.append((list_name, code, word, answer))
    assert wrong == []


@pytest.mark.parametrize(("section", "outcome"), [("unknown", Unknown), ("declined", Declined)])
def test_unknown_and_declined_are_understood_by_every_kind(ask: Ask, section: str, outcome: type) -> None:
    kinds = (YES_NO, SEX, KIND, PREFERENCE, TYPES, AGE, DATE, PERIOD)
    others = (Kind.TIME, Kind.COUNTRY, Kind.PLACE, Kind.PHONE, Kind.PERSON_NAME, Kind.TEXT)
    for locale in ALL:
        for word in tree(locale)[section]:
            for question in (*kinds, *(Question(kind) for kind in others)):
                assert isinstance(ask(question, word), outcome), (locale, word, question.kind)


def test_every_number_word_is_its_number(ask: Ask) -> None:
    for locale in ALL:
        for value, words in tree(locale)["numbers"].items():
            for word in words:
                if value != "0":
                    assert ask(AGE, word) == Understood(int(value), word), (locale, word)


def test_every_month_word_is_its_month(ask: Ask) -> None:
    for locale in ALL:
        for month, words in tree(locale)["dates"]["months"].items():
            for word in words:
                assert ask(DATE, f"{word} 2025") == Understood(f"2025-{int(month):02}", f"{word} 2025"), (
                    locale
                )


def test_every_word_of_one_list_can_be_mixed_with_another_languages_politeness(ask: Ask) -> None:
    for text, value in (
        ("wi please", "yes"),
        ("yes merci", "yes"),
        ("sí mèsi", "yes"),
        ("非 no 谢谢", None),
        ("non por favor", "no"),
    ):
        answer = ask(YES_NO, text)
        assert value is None or answer == Understood(value, text)


def test_a_word_put_under_two_choices_is_reported_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "fr").mkdir()
    (tmp_path / "en" / "words.yaml").write_text("lists:\n  yes_no:\n    yes: [yes, ok]\n    no: [no]\n")
    (tmp_path / "fr" / "words.yaml").write_text("lists:\n  yes_no:\n    no:\n      - non\n      - Ok\n")
    (found,) = problems(tmp_path)
    assert found.file.endswith("fr/words.yaml")
    assert found.line == 5
    assert '"Ok"' in found.text
    assert "en/words.yaml:3" in found.text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("lists: [", "is not readable as YAML"),
        ("listz:\n  a: {b: [c]}\n", 'nothing reads the section "listz"'),
        ("ages:\n  abuot: [about]\n", 'nothing reads "abuot" under ages'),
        ("numbers:\n  130: [onethirty]\n", "numbers have keys from 0 to 120"),
        ('unknown: ["!!"]\n', "has no letter, digit or picture"),
        ("two_meanings: {victim_sex: {trans: [female]}}\n", 'has no choice "female"'),
    ],
)
def test_slips_of_the_pen_are_reported(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "words.yaml").write_text(text)
    assert any(sentence in problem.text for problem in problems(tmp_path)), problems(tmp_path)


def test_tokens_are_placed_by_their_type(words: Words, here: Circumstances) -> None:
    """`scr pot 12/11 castries f16 ve sex none`: each token fits its own item."""
    country, place = Question(Kind.COUNTRY), Question(Kind.PLACE)

    def fits(text: str) -> set[str]:
        items = {"sex": SEX, "age": AGE, "period": PERIOD, "country": country, "place": place, "types": TYPES}
        return {name for name, question in items.items() if compatible(question, text, words, here)}

    assert fits("castries") == {"place"}
    assert fits("f") == {"sex"}
    assert fits("16") == {"age"}
    assert fits("12/11") == {"period"}
    assert "country" in fits("ve")
    assert fits("prostitution") == {"types"}


def test_an_estimate_is_a_value_and_two_readings_are_not(ask: Ask) -> None:
    assert isinstance(ask(AGE, "about 20"), Understood)
    assert ask(AGE, "about 20") == Understood(Estimated(18, 18, 22), "about 20")
    assert isinstance(ask(AGE, "25 or 26"), AskBack)
