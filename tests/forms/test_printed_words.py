"""What a question prints is understood when somebody writes it back, in every language."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from hotline.answers.question import Circumstances, Question
from hotline.answers.result import Declined, Understood, Unknown
from hotline.answers.sheet import question_of
from hotline.answers.understand import understand
from hotline.answers.words import Words
from hotline.forms.book import Book
from hotline.forms.definition import Item, Kind
from tests.forms.conftest import PROJECT

LANGUAGES = ("en", "acf", "fr", "es", "ht", "zh")


@pytest.fixture(scope="module")
def book() -> Book:
    """The project's own book."""
    return Book.open(PROJECT)


@pytest.fixture(scope="module")
def words() -> Words:
    """The words people use, as the project lists them."""
    return Words.load(PROJECT / "locales")


def here(locale: str) -> Circumstances:
    return Circumstances(
        datetime(2026, 11, 20, 12, 0, tzinfo=UTC), ZoneInfo("America/St_Lucia"), "LC", True, locale
    )


def with_printed_words(item: Item) -> Question:
    """The question, its choices known by all that is printed of them."""
    question = question_of(item)
    pairs = zip(question.choices, item.choices, strict=True)
    return replace(
        question, choices=tuple(replace(asked, words=(*asked.words, *own.words)) for asked, own in pairs)
    )


@pytest.mark.parametrize("locale", LANGUAGES)
def test_labels_and_short_labels(book: Book, words: Words, locale: str) -> None:
    lost = []
    for form in book.forms.values():
        for item in form.items:
            for choice in item.choices:
                for wording in (choice.label, choice.short):
                    text = book.text(wording, locale)
                    answer = understand(with_printed_words(item), text, words, here(locale))
                    wanted: object = (choice.code,) if item.kind is Kind.MULTI else choice.code
                    same = isinstance(answer, Understood) and answer.value == wanted
                    if not same and not (choice.code == "unknown" and isinstance(answer, Unknown)):
                        lost.append((item.name, choice.code, text, answer))
    assert lost == []


@pytest.mark.parametrize(
    ("locale", "dates"),
    [
        ("en", ["5 May 2026", "May 2026", "2026", "March 2026 - May 2026"]),
        ("acf", ["5 mé 2026", "mé 2026", "mas 2026 - mé 2026"]),
        ("fr", ["5 mai 2026", "mai 2026", "mars 2026 - mai 2026"]),
        ("es", ["5 mayo 2026", "mayo 2026", "marzo 2026 - mayo 2026"]),
        ("ht", ["5 me 2026", "me 2026", "mas 2026 - me 2026"]),
        ("zh", ["2026年5月5日", "2026年5月", "2026年", "2026年3月-2026年5月"]),
    ],
)
def test_the_examples_of_dates(book: Book, words: Words, locale: str, dates: list[str]) -> None:
    question = question_of(book.forms["screening"].item("incident_period"))
    assert [
        date for date in dates if not isinstance(understand(question, date, words, here(locale)), Understood)
    ] == []


@pytest.mark.parametrize(
    ("locale", "baby", "about"),
    [
        ("en", "baby", "about 16"),
        ("acf", "bébé", "apépwé 16"),
        ("fr", "bébé", "environ 16"),
        ("es", "bebé", "unos 16"),
        ("ht", "bebe", "anviwon 16"),
        ("zh", "婴儿", "大约16"),
    ],
)
def test_the_examples_of_ages(book: Book, words: Words, locale: str, baby: str, about: str) -> None:
    question = question_of(book.forms["screening"].item("victim_age"))
    for said in (baby, about):
        assert isinstance(understand(question, said, words, here(locale)), Understood), said


@pytest.mark.parametrize(
    ("locale", "unknown", "skip"),
    [
        ("en", "I don't know", "skip"),
        ("acf", "mwen pa sav", "sòté"),
        ("fr", "je ne sais pas", "passer"),
        ("es", "no se", "saltar"),
        ("ht", "mwen pa konnen", "pase"),
        ("zh", "不知道", "跳过"),
    ],
)
def test_not_knowing_and_skipping_as_the_questions_offer(
    book: Book, words: Words, locale: str, unknown: str, skip: str
) -> None:
    online = book.forms["online"]
    for name in ("victim_country_of_birth", "incident_location", "incident_period"):
        assert isinstance(
            understand(question_of(online.item(name)), unknown, words, here(locale)), Unknown
        ), name
    assert isinstance(
        understand(question_of(online.item("reporter_agency")), skip, words, here(locale)), Declined
    )
    text = book.text(online.item("reporter_agency").label, locale)
    assert skip in text
