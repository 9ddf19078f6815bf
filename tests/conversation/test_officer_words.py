"""The words of officers: what is one, what is none, and what `hotline check` says of the files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hotline.conversation.officer_words import (
    AsksSigns,
    AsksStanding,
    IsStill,
    Joins,
    OfficerWord,
    OfficerWords,
    Practises,
    problems,
)
from tests.conversation.talk import LANGUAGES, ROOT, book


def read(text: str) -> OfficerWord | None:
    return OfficerWords.load(ROOT / "locales").read(text, book())


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("st K7P", AsksStanding("K7P")),
        (" St: k7p. ", AsksStanding("K7P")),
        ("join 4821", Joins("4821", "")),
        ("JOIN #4821, Officer One; Nurse", Joins("4821", "Officer One; Nurse")),
        ("try scr pot f16", Practises("scr pot f16")),
        ("Try: SCR1 12/11", Practises("SCR1 12/11")),
        ("SIGNS", AsksSigns()),
        ("señales", AsksSigns()),
        ("Still!", IsStill()),
    ],
)
def test_an_officers_word(text: str, word: OfficerWord) -> None:
    assert read(text) == word


@pytest.mark.parametrize(
    "text",
    ["st lucia", "st", "st K7P he has a knife", "join", "join us", "i want to join 4821", "try", "try to help me", "no signs of her", "still waiting", "scr pot"],
)  # fmt: skip
def test_no_officers_word(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("locale", LANGUAGES)
def test_every_language_has_its_words(locale: str) -> None:
    words = OfficerWords.load(ROOT / "locales")
    assert isinstance(words.read(words.shown(locale, "signs"), book()), AsksSigns)
    assert isinstance(words.read(words.shown(locale, "still"), book()), IsStill)


def checked(tmp_path: Path, english: str, carriers: tuple[str, ...] = ("STOP", "INFO")) -> list[str]:
    for locale in LANGUAGES:
        (tmp_path / locale).mkdir()
        shutil.copy(ROOT / "locales" / locale / "officer.yaml", tmp_path / locale)
    (tmp_path / "en" / "officer.yaml").write_text(english, encoding="utf-8")
    return [str(problem) for problem in problems(tmp_path, book(), LANGUAGES, carriers)]


@pytest.mark.parametrize(
    ("english", "told"),
    [
        ("signs: [info]\nstill: [still]\n", "'info' is a word that the carrier acts on"),
        ("signs: [try]\nstill: [still]\n", "'try' is no word, or another officer's word"),
        ("signs: [scr one]\nstill: [still]\n", "'scr one' begins a report"),
        ("signs: [here]\nstill: [here]\n", "'here' is still here and signs elsewhere"),
        ("signs: [signs]\n", "no word for 'still' in 'en'"),
        ("signs: signs\nstill: [still]\n", "'signs' is not one of signs, still, or no list"),
    ],
)
def test_what_check_says_of_a_wrong_file(tmp_path: Path, english: str, told: str) -> None:
    assert any(told in problem for problem in checked(tmp_path, english))


def test_the_words_as_they_are_have_no_problem(tmp_path: Path) -> None:
    shutil.rmtree(tmp_path)
    tmp_path.mkdir()
    english = (ROOT / "locales" / "en" / "officer.yaml").read_text(encoding="utf-8")
    assert checked(tmp_path, english) == []
