"""What CLDR knows of a language, to begin with; somebody who speaks it reads it before it is used.

Nothing asks CLDR while the hotline runs: it knows no Kwéyòl, and what a task force corrects must stay corrected.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError


@dataclass(frozen=True, slots=True)
class Known:
    """`english` and `own` are its names; `months` and `weekdays` (Monday first) the words for each, the short one last;
    `countries` names by code."""

    english: str
    own: str
    months: tuple[tuple[str, ...], ...]
    weekdays: tuple[tuple[str, ...], ...]
    countries: dict[str, str]


def known_of(locale: str, countries: Iterable[str]) -> Known | None:
    """What CLDR knows; None for a language without data of its own."""
    try:
        found = Locale.parse(locale)
    except (UnknownLocaleError, ValueError):
        return None
    own = str(found.get_display_name() or "")
    names = {code: str(found.territories[code]) for code in countries if code in found.territories}
    return Known(
        str(found.english_name or ""),
        own[:1].upper() + own[1:],
        tuple(_both(found.months, month) for month in range(1, 13)),
        tuple(_both(found.days, day) for day in range(7)),
        names,
    )


def _both(table: object, number: int) -> tuple[str, ...]:
    """The whole word and its short form, each once."""
    forms: dict[str, dict[int, str]] = table["format"]  # type: ignore[index]  # babel ships no types
    return tuple(dict.fromkeys(str(forms[width][number]) for width in ("wide", "abbreviated")))
