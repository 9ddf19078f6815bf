"""What a language needs besides sentences: `language.yaml`, `countries.yaml`, and what the check says without."""

from __future__ import annotations

from hotline.forms.book import Book
from hotline.forms.languages import read_languages
from hotline.forms.source import Problem
from tests.forms.conftest import LANGUAGES, Content

FILE = "locales/en/language.yaml"


def test_the_languages_of_the_project_are_choices_without_digits(content: Content) -> None:
    book = Book.open(content.root)
    choices = book.lists["contact_language"]
    assert {choice.code for choice in choices} == set(LANGUAGES)
    assert {choice.digit for choice in choices} == {""}
    assert set(book.crosswalk.field("opening", "contact_language").codes) == set(LANGUAGES)
    assert (book.languages.tag("zh"), book.languages.tag("fr")) == ("zh-Hans", "fr")


def test_an_unknown_key_script_or_pattern(english: Content) -> None:
    line = english.change(FILE, "english: English", "english: English\nscript: runes\nname: English")
    english.finds(FILE, line + 1, "unknown script 'runes'", "cyrillic")
    english.finds(FILE, line + 2, "unknown key 'name'")
    line = english.change(FILE, "dates:\n", 'dates:\n  day: "{day} {mouth}"\n')
    english.finds(FILE, line + 1, "'day' is made of {day}, {month}, {year}")


def test_months_are_twelve_words_of_the_phones_alphabet(english: Content) -> None:
    english.change(FILE, "Dec]", "Dec, Extra]")
    english.finds(FILE, english.line(FILE, "months:"), "must be a list of 12 names")
    english.change(FILE, "Dec, Extra]", "março]")
    english.finds(FILE, 1, "the month 'março' is not in the phones' alphabet")
    english.change(FILE, "março]", "Jan]")
    english.finds(FILE, 1, "two months under 'dates' are the same word")


def test_a_language_without_a_folder_and_a_folder_without_a_language(english: Content) -> None:
    english.languages = ("en", "pt")
    english.finds("locales/pt", 1, "`hotline locales new pt` makes it")
    (english.root / "locales" / "pt").mkdir()
    for file in ("language.yaml", "words.yaml", "danger.yaml", "greetings.yaml", "discretion.yaml"):
        english.finds(f"locales/pt/{file}", 1, "the file is not there")
    english.languages = ("en",)
    noted = [problem for problem in english.problems() if problem.file == "locales/pt"]
    assert [problem.serious for problem in noted] == [False]


def test_countries_need_names_or_a_stand_in(english: Content) -> None:
    folder = english.root / "locales" / "pt"
    folder.mkdir()
    (folder / "language.yaml").write_text("english: Portuguese\n", encoding="utf-8")
    english.languages = ("en", "pt")
    english.finds("locales/pt/language.yaml", 1, "no months under 'dates'")
    english.finds("locales/pt/countries.yaml", 1, "the file is not there")
    (folder / "countries.yaml").write_text("BR: [Brasil, brasileira]\nXX: Nada\n", encoding="utf-8")
    english.finds("locales/pt/countries.yaml", 2, "'XX' is the code of no country")
    english.finds("locales/pt/countries.yaml", 1, "248 countries have no name: AD, AE")
    (folder / "language.yaml").write_text("english: Portuguese\nstand_in: en\n", encoding="utf-8")
    here = [problem for problem in english.problems() if "countr" in problem.text and problem.serious]
    assert [problem.line for problem in here] == [2]
    problems: list[Problem] = []
    languages = read_languages(english.root, problems)
    assert [languages.countries.name(code, "pt") for code in ("BR", "FR")] == ["Brasil", "France"]
    assert languages.dates.word("2026-11-12", "pt") == "12 Nov 2026"
    assert languages.countries.find("brasileira") == ("BR",)


def test_words_that_give_the_service_away_are_listed_in_every_language(english: Content) -> None:
    file = "locales/en/discretion.yaml"
    text = (english.root / file).read_text(encoding="utf-8")
    head, _, tail = text.partition("victim:\n")
    (english.root / file).write_text(
        f"{head}victim: []\n{tail[tail.index('exploitation:') :]}", encoding="utf-8"
    )
    english.finds(file, english.line(file, "victim: []"), "no words under 'victim'")


def test_a_language_without_voice_and_without_clips(english: Content) -> None:
    english.languages = ("en", "gcf")
    english.finds("ivr_flows/audio/gcf/manifest.yaml", 1, "no voice under [voices]", "stand_in = true")
