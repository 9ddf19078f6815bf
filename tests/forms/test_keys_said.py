"""What a caller hears and what the keys mean are one: countries and districts are said with their own keys."""

from __future__ import annotations

import pytest

from hotline.calltree.keys import SAY_PLACE
from hotline.forms.book import Book
from hotline.standards.countries import Countries
from hotline.standards.places import Gazetteer
from tests.forms.conftest import PROJECT

LANGUAGES = ("en", "acf", "fr", "es", "ht", "zh")


@pytest.fixture(scope="module")
def book() -> Book:
    """The project's own book."""
    return Book.open(PROJECT)


@pytest.mark.parametrize("locale", LANGUAGES)
def test_each_country_is_said_before_its_key(book: Book, locale: str) -> None:
    item = book.forms["hotline"].item("victim_country_of_birth")
    assert item.voice
    said = book.text(item.voice, locale).replace("Saint Lucia", "St. Lucia")
    for key, code in enumerate(book.trees["caller"].countries, start=1):
        _, name, after = said.partition(Countries.load().name(code, locale))
        assert name, f"{code} is not said in {locale}"
        assert next(char for char in after if char.isdigit()) == str(key)


@pytest.mark.parametrize("locale", LANGUAGES)
def test_each_district_is_said_with_the_digits_of_its_code(book: Book, locale: str) -> None:
    item = book.forms["hotline"].item("incident_location")
    assert item.voice
    digits = [char for char in book.text(item.voice, locale) if char.isdigit()]
    wanted = [char for iso in sorted(Gazetteer.load().districts) for char in iso[-2:]]
    assert digits == [*wanted, *SAY_PLACE]


@pytest.mark.parametrize("locale", LANGUAGES)
def test_each_kind_is_said_before_its_digit(book: Book, locale: str) -> None:
    item = book.forms["hotline"].item("exploitation_types")
    assert item.voice
    rest = book.text(item.voice, locale)
    for choice in item.choices:
        _, label, rest = _cut(rest, book.text(choice.label, locale))
        assert label, f"{choice.code} is not said in {locale}, or not in its place"
        assert "".join(char for char in rest[:6] if char.isdigit()) == choice.digit


def _cut(text: str, word: str) -> tuple[str, str, str]:
    """Cut behind `word`, whatever its capitals."""
    at = text.casefold().find(word.casefold())
    return ("", "", text) if at < 0 else (text[:at], text[at : at + len(word)], text[at + len(word) :])
