"""A value in words for a person: short, in their language, dates with the month spelled."""

from __future__ import annotations

from collections.abc import Mapping

from hotline.answers.sheet import Plain
from hotline.forms.book import Book
from hotline.forms.definition import Item, Kind
from hotline.standards.places import Gazetteer


def worded(book: Book, item: Item, value: Plain, locale: str) -> str:
    """The value (in the export's shape) as its item words it."""
    match item.kind:
        case Kind.YES_NO | Kind.CHOICE:
            return _choice(book, item, str(value), locale)
        case Kind.MULTI:
            return "+".join(_choice(book, item, str(code), locale) for code in value)
        case Kind.INTEGER:
            if isinstance(value, Mapping):
                return f"{value['low']}-{value['high']}"
            return str(value)
        case Kind.PERIOD | Kind.DATE:
            return _period(book, value, locale)
        case Kind.COUNTRY:
            return book.languages.countries.name(str(value), locale)
        case Kind.PLACE:
            return _place(book, value, locale)
        case _:
            return str(value)


def _choice(book: Book, item: Item, code: str, locale: str) -> str:
    choice = item.choice(code)
    return book.text(choice.short, locale) if choice else code


def _period(book: Book, value: Plain, locale: str) -> str:
    word_date = book.languages.dates.word
    if isinstance(value, str):
        return word_date(value, locale)
    start, end = value["start"], value["end"]
    return (
        word_date(start, locale) if start == end else f"{word_date(start, locale)}-{word_date(end, locale)}"
    )


def _place(book: Book, value: Plain, locale: str) -> str:
    if value.get("community"):
        district = Gazetteer.shared().district_name(value["district"]) if value.get("district") else ""
        community = str(value["community"])
        return community if not district or district == community else f"{community} ({district})"
    if value.get("district"):
        return Gazetteer.shared().district_name(value["district"])
    return book.languages.countries.name(str(value["country"]), locale)
