"""How a date, a time span or a number is worded for a person, so that it cannot be misread.

The month is always spelled: 12/11 is two dates, "12 Nov 2026" is one. The months are content, `dates` of
`locales/<locale>/language.yaml`. A value that is partial is worded as far as it goes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from hotline.wording.catalogue import SOURCE_LOCALE

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class DateWording:
    """One language's twelve months and its patterns; `first` words the first day of a month;
    `near` is for days that are near, without the year."""

    months: tuple[str, ...]
    day: str = "{day} {month} {year}"
    month: str = "{month} {year}"
    year: str = "{year}"
    span: str = "{start} - {end}"
    first: str = "1"
    near: str = "{day} {month}"


# Where no language has months, no name is better than a wrong one: the date as the record holds it.
_BARE: Final = DateWording(
    tuple(f"{month:02}" for month in range(1, 13)), "{year}-{month}-{day}", "{year}-{month}"
)


class Dates:
    """The dates of all languages. A language without months of its own has those of its stand-in, else English."""

    def __init__(
        self, wordings: Mapping[str, DateWording], stand_ins: Mapping[str, str] | None = None
    ) -> None:
        self._wordings = wordings
        self._stand_ins = stand_ins or {}

    @property
    def locales(self) -> tuple[str, ...]:
        """The languages with months of their own."""
        return tuple(self._wordings)

    def word(self, value: date | str, locale: str) -> str:
        """A date, or a partial one as in a record ("2026", "2026-11", "2026-11-12"), in the person's language.

        In English "12 Nov 2026", in French "nov. 2026", in Chinese "2026年11月12日". Raises ValueError for text that is no
        such date.
        """
        wording = self._wording(locale)
        year, month, day = _parts(value)
        if not month:
            return wording.year.format(year=year)
        name = wording.months[month - 1]
        if not day:
            return wording.month.format(year=year, month=name)
        return wording.day.format(year=year, month=name, day=wording.first if day == 1 else day)

    def near(self, value: date, locale: str) -> str:
        """A day of the coming or the past weeks, without its year: "12 Nov", in Chinese "11月12日"."""
        wording = self._wording(locale)
        day = wording.first if value.day == 1 else value.day
        return wording.near.format(month=wording.months[value.month - 1], day=day)

    def period(self, start: date | str | None, end: date | str | None, locale: str) -> str:
        """A period {"start", "end"} of a record: one date where both are the same or one is missing, "" for none."""
        worded = [self.word(value, locale) for value in dict.fromkeys((start, end)) if value]
        if len(worded) < 2 or worded[0] == worded[1]:
            return "".join(worded[:1])
        return self._wording(locale).span.format(start=worded[0], end=worded[1])

    def number(self, value: int | Mapping[str, int | None], locale: str) -> str:
        """An integer in plain digits without grouping, or an estimate {"value", "low", "high"} as its range, "16 - 18"."""
        if not isinstance(value, Mapping):
            return str(value)
        low, high = value.get("low"), value.get("high")
        if low is None or high is None or low == high:
            return str(next((number for number in (value.get("value"), low, high) if number is not None), ""))
        return self._wording(locale).span.format(start=low, end=high)

    def month(self, month: int, locale: str) -> str:
        """The month (1 to 12) as `word` spells it."""
        return self._wording(locale).months[month - 1]

    def _wording(self, locale: str) -> DateWording:
        for known in (locale, self._stand_ins.get(locale, ""), SOURCE_LOCALE):
            if known in self._wordings:
                return self._wordings[known]
        return _BARE


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
