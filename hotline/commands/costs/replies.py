"""What a person typically answers to an item, in their language: enough to play a whole run and count its segments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hotline.answers.question import Circumstances
from hotline.answers.sheet import Plain
from hotline.forms.book import Book
from hotline.forms.definition import Choice, Item, Kind
from hotline.standards.countries import Countries
from hotline.standards.places import Gazetteer

_COUNTRY, _AGE, _PHONE, _NAME = "VE", "16", "+1 202 555 0123", "X. Y."
_DAYS_AGO = 8


def typical_reply(book: Book, item: Item, items: Sequence[Item], here: Circumstances) -> str:
    """A reply that the item takes, and of choices the one that makes most of the other items asked: the longest run."""
    match item.kind:
        case Kind.YES_NO | Kind.CHOICE | Kind.MULTI:
            return max(item.choices, key=lambda choice: _asked_after(item, choice, items)).digit
        case Kind.COUNTRY:
            return Countries.load().name(_COUNTRY, here.locale)
        case Kind.TEXT:
            return book.text(item.short, here.locale)
        case _:
            return _plain_reply(item, here)


def compact_token(item: Item, here: Circumstances) -> str:
    """The same as an officer writes it in a compact report: the shortest; "" for words of their own."""
    match item.kind:
        case Kind.YES_NO | Kind.CHOICE | Kind.MULTI:
            first = item.choices[0]
            return first.compact[0] if first.compact else first.digit
        case Kind.COUNTRY:
            return _COUNTRY.lower()
        case Kind.TEXT:
            return ""
        case _:
            return _plain_reply(item, here)


def _plain_reply(item: Item, here: Circumstances) -> str:
    match item.kind:
        case Kind.INTEGER:
            return _AGE
        case Kind.DATE | Kind.PERIOD:
            return _day(here.today - timedelta(days=_DAYS_AGO), here.day_first)
        case Kind.TIME:
            return "14:30"
        case Kind.PLACE:
            return Gazetteer.shared().district_name("LC-02") if here.country == "LC" else here.country
        case Kind.PHONE:
            return _PHONE
        case _:
            return _NAME


def _day(day: date, day_first: bool) -> str:
    return f"{day.day}/{day.month}" if day_first else f"{day.month}/{day.day}"


def _asked_after(item: Item, choice: Choice, items: Sequence[Item]) -> int:
    """How many items this choice makes relevant; an item that asks for several holds a list."""
    value: Plain = [choice.code] if item.kind is Kind.MULTI else choice.code
    return sum(
        other.relevant is not None
        and item.name in other.relevant.fields
        and other.relevant.holds({item.name: value})
        for other in items
    )
