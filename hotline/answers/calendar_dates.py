"""Dates of the calendar: "12/11", "12 Nov 2026", "2026-11-12", "11月12日", "March", "2026"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from hotline.answers.date_reading import NONE, Reading, exactly
from hotline.answers.date_words import Piece, cjk_unit
from hotline.answers.moment import Moment, moment, single
from hotline.answers.question import Circumstances
from hotline.answers.result import Why

_SEPARATORS = frozenset("-/.~")


@dataclass(slots=True)
class _Told:
    """What the pieces of a calendar date tell."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    numbers: list[tuple[int, str]] | None = None
    lookalike: bool = False  # the month's word is an everyday word too
    ago: bool = False  # and that word is "ago": August in Spanish, beside a year alone
    before_month: int = 0  # so many of the numbers stand before the month's name


def calendar_date(pieces: list[Piece], here: Circumstances, past_only: bool, year: int | None) -> Reading:
    told = _told(pieces, here.today)
    if told is None or told.numbers is None:
        return NONE
    numbers = told.numbers
    if told.month is not None:
        if told.lookalike and not numbers and told.day is None and told.year is None:
            return NONE  # "me" is May in Haitian Creole
        if told.ago and told.year is None and not any(number > 31 for number, _ in numbers):
            return NONE
        return _named(told, numbers, here, past_only, year)
    if told.year is not None and not numbers and told.day is None:
        return exactly(moment(told.year))
    if told.day is not None or told.weekday is not None or told.year is not None:
        return NONE
    return _checked_numbers(numbers, here, past_only, year)


def _told(pieces: list[Piece], today: date) -> _Told | None:
    """Years, months and days by their words; None when a word has no place in a calendar date."""
    told = _Told(numbers=[])
    assert told.numbers is not None  # noqa: S101 - set in the line above, for the type checker
    skip = joined = False
    for piece, after in pairwise([*pieces, Piece("")]):
        if skip:
            skip = False
            continue
        if (piece.has("to") or piece.has("and")) and piece.number is None:
            joined = joined or told != _Told(numbers=[])
        elif joined and (piece.number is not None or piece.has("month") or piece.has("span")):
            return None  # "2025 to March", "Nov 5 and 16" are two dates
        unit = cjk_unit(after) if piece.number is not None else ""
        if unit and piece.number is not None:
            if getattr(told, unit) is not None:
                return None
            setattr(told, unit, piece.number)
            skip = True
        elif piece.has("month") and (piece.number is None or _month_fits(pieces, piece)):
            if told.month is not None:
                return None
            told.month = int(piece.senses["month"][0])
            told.lookalike, told.ago = piece.has("lookalike"), piece.has("ago_after")
            told.before_month = len(told.numbers)
        elif piece.number is not None:
            told.numbers.append((piece.number, piece.text))
        elif piece.has("weekday"):
            told.weekday = int(piece.senses["weekday"][0])
        elif (sense := piece.senses.get("span")) and sense[0] == "year" and told.year is None:
            told.year = today.year + sense[1]
        elif piece.sign and piece.text in _SEPARATORS:
            continue
        elif not piece.has("small"):
            return None
    return told


def _month_fits(pieces: list[Piece], piece: Piece) -> bool:
    """Whether a word that is a month and a number ("mas") stands as the month here."""
    return not any(other.has("month") and other.number is None for other in pieces if other is not piece)


def _named(
    told: _Told, numbers: list[tuple[int, str]], here: Circumstances, past_only: bool, year: int | None
) -> Reading:
    """A date whose month has a name."""
    month, day = told.month or 0, told.day or 0
    for place, (number, text) in enumerate(numbers):
        if (len(text) == 4 and text.isdecimal()) or number > 31:
            if told.year is not None:
                return NONE
            told.year = number if number > 99 else _century(number, here, past_only)
        elif not day:
            day = number
        elif told.year is None and text.isdecimal() and len(text) == 2 and place >= told.before_month:
            told.year = _century(number, here, past_only)
        else:
            return NONE
    if any(text.isdecimal() and number == 0 for number, text in numbers) or not 1 <= month <= 12:
        return Reading((), Why.IMPOSSIBLE_DATE)
    if (told.year is None and year is None) or (told.year is None and not past_only):
        return (
            _yearless(month, day, here.today, past_only, told.weekday or 0)
            if year is None
            else exactly(moment(year, month, day))
        )
    found = moment(told.year if told.year is not None else year or 0, month, day)
    if found is not None and told.weekday and found.day and found.first.isoweekday() != told.weekday:
        return Reading((), Why.IMPOSSIBLE_DATE)
    return exactly(found)


def _yearless(month: int, day: int, today: date, past_only: bool, weekday: int) -> Reading:
    """The latest such day or month that is not in the future; with the next one as well where it may be."""
    past = _latest(month, day, today)
    if past_only:
        if past and day and weekday and past.first.isoweekday() != weekday:
            return Reading((), Why.IMPOSSIBLE_DATE)  # the day of the week belongs to another year
        return exactly(past)
    coming = next(
        (m for y in range(today.year, today.year + 9) if (m := moment(y, month, day)) and m.last >= today),
        None,
    )
    both = tuple(single(m) for m in dict.fromkeys((past, coming)) if m is not None)
    return Reading(both, Why.TWO_ANSWERS if len(both) > 1 else None if both else Why.IMPOSSIBLE_DATE)


def _latest(month: int, day: int, today: date) -> Moment | None:
    for year in range(today.year, today.year - 9, -1):
        found = moment(year, month, day)
        if found and found.first <= today:
            return found
    return None


def _century(number: int, here: Circumstances, past_only: bool) -> int:
    """The year of two digits: this century unless that is in the future where the past is asked."""
    return 2000 + number if not past_only or 2000 + number <= here.today.year else 1900 + number


def _checked_numbers(
    numbers: list[tuple[int, str]], here: Circumstances, past_only: bool, year: int | None
) -> Reading:
    if any(not text.isdecimal() or len(text) > 8 for _, text in numbers):
        return NONE
    if len(numbers) == 1:
        return _lone(numbers[0], here, past_only)
    if len(numbers) == 2:
        (one, first), (two, second) = numbers
        if len(first) == 4:
            return exactly(moment(one, two)) if two else Reading((), Why.IMPOSSIBLE_DATE)
        if len(second) == 4:
            return exactly(moment(two, one)) if one else Reading((), Why.IMPOSSIBLE_DATE)
        if len(first) > 2 or len(second) > 2:
            return NONE
        return _ordered(one, two, year, here, past_only)
    if len(numbers) == 3:
        (one, first), (two, second), (three, third) = numbers
        if len(first) == 4 and len(second) <= 2 and len(third) <= 2:
            return exactly(moment(one, two, three) if two and three else None)
        if len(first) <= 2 and len(second) <= 2 and len(third) in (2, 4):
            full = three if len(third) == 4 else _century(three, here, past_only)
            return _ordered(one, two, full, here, past_only)
    return NONE


def _lone(number: tuple[int, str], here: Circumstances, past_only: bool) -> Reading:
    value, text = number
    if len(text) == 4:
        return exactly(moment(value))
    if len(text) != 8:
        return NONE
    iso = moment(value // 10000, value // 100 % 100, value % 100)
    iso = iso if iso and iso.month and iso.day else None
    local = _ordered(value // 1_000_000, value // 10_000 % 100, value % 10_000, here, past_only)
    ranges = tuple(dict.fromkeys((*local.ranges, *((single(iso),) if iso else ()))))
    if not ranges:
        return local
    return Reading(ranges, local.why if len(ranges) == 1 else Why.TWO_ANSWERS)


def _ordered(one: int, two: int, year: int | None, here: Circumstances, past_only: bool) -> Reading:
    """Day and month in the country's order; the other order is only offered, where this one cannot be."""
    day, month = (one, two) if here.day_first else (two, one)
    if not one or not two:
        return Reading((), Why.IMPOSSIBLE_DATE)
    today = here.today

    def settled(month: int, day: int) -> Moment | None:
        if year is None:
            this_year = moment(today.year, month, day) or _latest(month, day, today)
        else:
            this_year = moment(year, month, day)
        return this_year if this_year and (not past_only or this_year.first <= today) else None

    if (found := settled(month, day)) is not None:
        return exactly(found)
    other = settled(day, month) if day != month else None
    possible = moment(year or today.year, month, day) is not None
    if year is None and possible:
        earlier = [
            m for m in (_latest(month, day, today), other or _latest(day, month, today)) if m is not None
        ]
        distinct = tuple(single(m) for m in dict.fromkeys(earlier))
        return Reading(distinct, Why.DATE_ORDER if len(distinct) > 1 else None)
    if year is None and other is None:
        other = _latest(day, month, today)
    if other is not None:
        return Reading((single(other),), Why.DATE_ORDER)
    return Reading((), Why.FUTURE_DATE if possible else Why.IMPOSSIBLE_DATE)
