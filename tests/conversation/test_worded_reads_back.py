"""A value worded for a person reads back as the same value: every item of every form, in every language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import combinations
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline.answers.result import Answer, AskBack, Understood, Unknown
from hotline.answers.sheet import Plain, plain, question_of
from hotline.answers.understand import Circumstances, Words, understand
from hotline.conversation.worded import worded
from hotline.forms.book import Book
from hotline.forms.definition import Item, Kind
from hotline.standards.places import HOME, Gazetteer, Place

ROOT = Path(__file__).parents[2]
BOOK = Book.open(ROOT)
WORDS = Words.load(ROOT / "locales")
LOCALES = ("en", "acf", "fr", "es", "ht", "zh")
TODAY = date(2026, 11, 20)
# One item for each way of asking: items that share their question read their values back alike.
ITEMS = list({question_of(item): item for form in BOOK.forms.values() for item in form.items}.values())
# Réunion is a country and a community of Choiseul, Pérou a country and a community of Castries.
TWO_PLACES = {"RE", "PE"}


def items(*kinds: Kind) -> list[Item]:
    """The items of these kinds."""
    return [item for item in ITEMS if item.kind in kinds]


def read(item: Item, text: str, locale: str) -> Answer:
    """What the item understands on Friday 20 November 2026 in Saint Lucia."""
    at = datetime(2026, 11, 20, 18, tzinfo=UTC)
    here = Circumstances(at, ZoneInfo("America/St_Lucia"), HOME, day_first=True, locale=locale)
    return understand(question_of(item), text, WORDS, here)


def reads_back(item: Item, value: Plain, locale: str) -> None:
    """Whether the item's wording of `value` is understood as `value`."""
    said = worded(BOOK, item, value, locale)
    assert same(read(item, said, locale), value), (item.name, locale, said, read(item, said, locale))


def same(answer: Answer, value: Plain) -> bool:
    """ "Not known" is a status, no value."""
    if isinstance(answer, Unknown):
        return bool(value == "unknown")
    return isinstance(answer, Understood) and bool(plain(answer.value) == value)


def everyone(*kinds: Kind) -> Iterator[tuple[Item, str]]:
    return ((item, locale) for item in items(*kinds) for locale in LOCALES)


def test_choices_by_short_and_full_label() -> None:
    for item, locale in everyone(Kind.YES_NO, Kind.CHOICE):
        for choice in item.choices:
            reads_back(item, choice.code, locale)
            label = BOOK.text(choice.label, locale)
            assert same(read(item, label, locale), choice.code), (item.name, locale, label)


def test_lists_of_choices_by_short_and_full_labels() -> None:
    for item, locale in everyone(Kind.MULTI):
        labels = {choice.code: BOOK.text(choice.label, locale) for choice in item.choices}
        for count in range(1, len(labels) + 1):
            for codes in combinations(labels, count):
                reads_back(item, list(codes), locale)
                full = "+".join(labels[code] for code in codes)
                assert same(read(item, full, locale), list(codes)), (item.name, locale, full)


@pytest.mark.parametrize("locale", LOCALES)
def test_countries_and_places(locale: str) -> None:
    gazetteer = Gazetteer.shared()
    at_home = [
        Place(HOME, iso, name) for iso in gazetteer.districts for name in (None, *gazetteer.communities(iso))
    ]
    for item in items(Kind.COUNTRY):
        for code in WORDS.countries:
            reads_back(item, code, locale)
    for item in items(Kind.PLACE)[:1]:
        for place in (*at_home, *(Place(code) for code in WORDS.countries)):
            answer = read(item, worded(BOOK, item, plain(place), locale), locale)
            if place.country in TWO_PLACES and isinstance(answer, AskBack):
                assert place in answer.readings
            else:
                assert same(answer, plain(place)), (locale, place, answer)


@st.composite
def partial_dates(draw: st.DrawFn) -> str:
    """A day, a month or a year that is not in the future."""
    day = draw(st.dates(date(1990, 1, 1), TODAY)).isoformat()
    return day[: draw(st.sampled_from([4, 7, 10]))]


def starts(day: str) -> date:
    return date.fromisoformat(f"{day}-01-01"[:10] if len(day) == 4 else f"{day}-01"[:10])


@settings(max_examples=150, deadline=None)
@given(day=partial_dates(), other=partial_dates())
def test_dates_and_periods_of_every_precision(day: str, other: str) -> None:
    first, last = sorted((day, other), key=starts)
    for item, locale in everyone(Kind.DATE):
        reads_back(item, day, locale)
    for item, locale in everyone(Kind.PERIOD):
        reads_back(item, {"start": day, "end": day}, locale)
        reads_back(item, {"start": first, "end": last}, locale)


@settings(max_examples=100, deadline=None)
@given(low=st.integers(1, 119), width=st.integers(1, 60))
def test_numbers_and_estimates(low: int, width: int) -> None:
    for item, locale in everyone(Kind.INTEGER):
        least, most = item.low or 0, item.high if item.high is not None else 120
        if least <= low <= most:
            reads_back(item, low, locale)
        if least <= low < min(low + width, most):
            reads_back(item, {"value": low, "low": low, "high": min(low + width, most)}, locale)


def test_times_phones_names_and_stories() -> None:
    values = {
        Kind.TIME: [f"{hour:02}:{minute:02}" for hour in (0, 9, 13, 23) for minute in (0, 15, 59)],
        Kind.PHONE: ["+12025550123"],
        Kind.PERSON_NAME: ["Ana"],
        Kind.TEXT: ["by the gate at night"],
    }
    for kind, row in values.items():
        for item, locale in everyone(kind):
            for value in row:
                reads_back(item, value, locale)
