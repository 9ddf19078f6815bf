"""The values of a record in words: codes by their labels, places and countries by their names, dates spelled."""

from __future__ import annotations

from functools import cache

from hotline.answers.sheet import Plain
from hotline.forms.definition import Item, Kind
from hotline.staff.words import Words
from hotline.standards.crosswalk import FieldRow
from hotline.standards.places import Gazetteer


@cache
def _places() -> Gazetteer:
    return Gazetteer.shared()


def worded(words: Words, row: FieldRow, item: Item | None, value: Plain) -> str:
    """A value of the export's shape in the reader's language; what cannot be worded is shown as it is."""
    try:
        return _worded(words, item, value)
    except (KeyError, ValueError, TypeError):
        return str(value)


def _worded(words: Words, item: Item | None, value: Plain) -> str:
    kind = item.kind if item else None
    dates = words.languages.dates
    if isinstance(value, list):
        return ", ".join(_code(words, item, str(one)) for one in value)
    if isinstance(value, dict) and "start" in value:
        return dates.period(value["start"], value["end"], words.locale)
    if isinstance(value, dict) and "country" in value:
        return _place(words, value)
    if isinstance(value, (int, dict)):
        return dates.number(value, words.locale)
    if kind is Kind.COUNTRY:
        return words.languages.countries.name(value, words.locale)
    if kind is Kind.DATE:
        return dates.word(value, words.locale)
    return _code(words, item, str(value))


def _code(words: Words, item: Item | None, code: str) -> str:
    choice = item.choice(code) if item else None
    if choice is None:
        return code
    return words.say(choice.label.key, choice.label.english)


def _place(words: Words, value: dict[str, str | None]) -> str:
    district, country = value.get("district"), value.get("country")
    parts = [
        value.get("community"),
        _places().district_name(district) if district else None,
        words.languages.countries.name(country, words.locale) if country else None,
    ]
    return ", ".join(dict.fromkeys(part for part in parts if part))
