"""How a date, a time span or a number is worded for a person, so that it cannot be misread.

The month is always spelled: 12/11 is two dates, "12 Nov 2026" is one. The tables are our own for every language, since
CLDR knows no `acf` and gives French for `ht`; they stay within GSM-7 (French "aout" without its accent, as the
spelling of 1990 allows). A value that is partial is worded as far as it goes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class _Wording:
    """One language's months and patterns; `first` words the first day of a month."""

    months: tuple[str, ...]
    day: str = "{day} {month} {year}"
    month: str = "{month} {year}"
    year: str = "{year}"
    span: str = "{start} - {end}"
    first: str = "1"


_WORDINGS: Final[Mapping[str, _Wording]] = {
    "en": _Wording(("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")),
    "fr": _Wording(
        ("janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "aout", "sept.", "oct.", "nov.", "déc."),
        first="1er",
    ),
    "es": _Wording(("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")),
    "ht": _Wording(
        ("janvye", "fevriye", "mas", "avril", "me", "jen", "jiyè", "out", "septanm", "oktòb", "novanm", "desanm"),
        first="premye",
    ),
    "acf": _Wording(
        ("janvyé", "févwiyé", "mas", "avwi", "mé", "jen", "jwiyé", "out", "sèptanm", "òktòb", "novanm", "désanm"),
        first="pwèmyé",
    ),
    "zh": _Wording(
        tuple(f"{month}月" for month in range(1, 13)),
        day="{year}年{month}{day}日",
        month="{year}年{month}",
        year="{year}年",
        span="{start}至{end}",
    ),
}  # fmt: skip
LOCALES: Final = tuple(_WORDINGS)


def word_date(value: date | str, locale: str) -> str:
    """A date, or a partial one as in a record ("2026", "2026-11", "2026-11-12"), in the person's language.

    An unknown locale gets English. Raises ValueError for text that is no such date.

    >>> word_date("2026-11-12", "en"), word_date("2026-11", "fr"), word_date("2026-11-12", "zh")
    ('12 Nov 2026', 'nov. 2026', '2026年11月12日')
    """
    wording = _wording(locale)
    year, month, day = _parts(value)
    if not month:
        return wording.year.format(year=year)
    name = wording.months[month - 1]
    if not day:
        return wording.month.format(year=year, month=name)
    return wording.day.format(year=year, month=name, day=wording.first if day == 1 else day)


def word_period(start: date | str | None, end: date | str | None, locale: str) -> str:
    """A period {"start", "end"} of a record: one date where both are the same or one is missing, "" for none."""
    worded = [word_date(value, locale) for value in dict.fromkeys((start, end)) if value]
    if len(worded) < 2 or worded[0] == worded[1]:
        return "".join(worded[:1])
    return _wording(locale).span.format(start=worded[0], end=worded[1])


def word_number(value: int | Mapping[str, int | None], locale: str) -> str:
    """An integer in plain digits without grouping, or an estimate {"value", "low", "high"} as its range.

    >>> word_number(25, "fr"), word_number({"value": 16, "low": 16, "high": 18}, "en")
    ('25', '16 - 18')
    """
    if not isinstance(value, Mapping):
        return str(value)
    low, high = value.get("low"), value.get("high")
    if low is None or high is None or low == high:
        return str(next((number for number in (value.get("value"), low, high) if number is not None), ""))
    return _wording(locale).span.format(start=low, end=high)


def month_name(month: int, locale: str) -> str:
    """The month (1 to 12) as `word_date` spells it."""
    return _wording(locale).months[month - 1]


def _wording(locale: str) -> _Wording:
    return _WORDINGS.get(locale, _WORDINGS["en"])


def _parts(value: date | str) -> tuple[int, int, int]:
    """Year, month and day, 0 for what is not known."""
    if isinstance(value, date):
        return value.year, value.month, value.day
    found = _ISO.fullmatch(value)
    if not found:
        raise ValueError(f"not a date of a record: {value!r}")
    year, month, day = (int(part or 0) for part in found.groups())
    date(year, month or 1, day or 1)  # raises ValueError for the 31st of February
    return year, month, day
