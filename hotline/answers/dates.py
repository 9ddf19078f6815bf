"""One date expression: "12/11", "12 Nov 2026", "last night", "twa jou de sa", "三天前", "March", "last week".

Read against the day of the message where it was written. The country's order decides 12/11; it is asked back only
where that order gives an impossible or future date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from hotline.answers.date_words import DateWords, Piece, cjk_unit
from hotline.answers.moment import Moment, Range, back, moment, of_day, single, span
from hotline.answers.question import Circumstances
from hotline.answers.result import Why
from hotline.standards.fold import signs

__all__ = ["DateWords", "Day", "Reading", "exact_dates", "read_date"]

Day = Moment
_MOST_PIECES = 14
_CJK_WEEKDAYS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 7, "天": 7}
_TAKING_BACK = frozenset({"*negation", "*or", "*hedge", "small"})
_SEPARATORS = frozenset("-/.~")


@dataclass(frozen=True, slots=True)
class Reading:
    """The ranges an expression can mean, likeliest first, or none and why; `why` beside ranges asks for a choice."""

    ranges: tuple[Range, ...] = ()
    why: Why | None = None


_NONE = Reading((), Why.NOT_A_DATE)


def read_date(pieces: list[Piece], here: Circumstances, past_only: bool, year: int | None = None) -> Reading:
    """What `pieces` mean. `year` completes a date told without one (the other end of a period)."""
    pieces = [piece for piece in pieces if not piece.idle]
    if any(piece.number is None and piece.senses and piece.senses.keys() <= _TAKING_BACK for piece in pieces):
        return Reading((), Why.UNCLEAR)
    if not pieces or len(pieces) > _MOST_PIECES:
        return _NONE
    reading = _relative(pieces, here) or _calendar(pieces, here, past_only, year)
    return _not_future(reading, here.today) if past_only else reading


def exact_dates(text: str, known: DateWords, here: Circumstances) -> list[Moment]:
    """The days of the past that `text` can name ("born 12 May 2008"); [] when it names none exactly."""
    row = signs(text)
    for start in range(min(4, len(row))):
        pieces = known.cut(row[start:])
        if pieces is None:
            continue
        reading = read_date(pieces, here, past_only=True)
        if reading.ranges and all(r.start == r.end and r.start.day for r in reading.ranges):
            return [r.start for r in reading.ranges]
    return []


def _not_future(reading: Reading, today: date) -> Reading:
    kept = []
    for found in reading.ranges:
        if found.start.first > today:
            continue
        capped = found.end if found.end.first <= today or found.start == found.end else of_day(today)
        kept.append(Range(found.start, capped))
    if reading.ranges and not kept:
        return Reading((), Why.FUTURE_DATE)
    return Reading(
        tuple(kept),
        reading.why if len(kept) > 1 or reading.why is Why.DATE_ORDER else None if kept else reading.why,
    )


def _one(found: Moment | Range | None) -> Reading:
    if found is None:
        return Reading((), Why.IMPOSSIBLE_DATE)
    return Reading((found if isinstance(found, Range) else single(found),))


def _relative(pieces: list[Piece], here: Circumstances) -> Reading | None:
    """Against the day of the message; None when the words are no such expression."""
    today = here.today
    words = [piece for piece in pieces if not piece.sign]
    if len(words) == 1 and (sense := words[0].senses.get("day")) and words[0].number is None:
        return _one(of_day(today + timedelta(days=int(sense[0]))))
    if len(words) == 1 and (sense := words[0].senses.get("span")):
        return _one(span(today, str(sense[0]), sense[1]))
    if (ago := _ago(words, here)) is not None:
        return ago
    if len(words) == 2 and (sense := words[0].senses.get("span")) and sense[0] == "week":
        weekday = _CJK_WEEKDAYS.get(words[1].text, 0)  # 上周五
        if weekday:
            monday = today - timedelta(days=today.weekday())
            return _one(of_day(monday + timedelta(weeks=sense[1], days=weekday - 1)))
    return _weekday(words, today)


def _ago(words: list[Piece], here: Circumstances) -> Reading | None:
    units = [piece for piece in words if piece.has("unit") and piece.number is None]
    if len(units) != 1:
        return None
    place = words.index(units[0])
    told = any(p.has("ago_before") for p in words[:place]) or any(
        p.has("ago_after") for p in words[place + 1 :]
    )
    if not told:
        return None
    amounts = [p for p in words[:place] if p.number is not None or p.has("one") or p.has("couple")]
    spare = [
        p
        for p in words
        if p is not units[0]
        and p not in amounts
        and not (p.has("ago_before") or p.has("ago_after") or p.has("small"))
    ]
    if any(piece.has("vague") for piece in words):
        return Reading((), Why.NOT_EXACT)
    if spare or not amounts:
        return None
    strong = [
        p for p in amounts if p.number is not None and not (p.has("small") or p.has("ago_before"))
    ] or amounts
    piece = strong[-1]
    number = 2 if piece.has("couple") else piece.number if piece.number is not None else 1
    return _back(number, str(units[0].senses["unit"][0]), here)


def _back(number: int, unit: str, here: Circumstances) -> Reading:
    if unit in ("hour", "minute"):
        if number > 1000:
            return Reading((), Why.IMPOSSIBLE_DATE)
        ago = timedelta(hours=number) if unit == "hour" else timedelta(minutes=number)
        return _one(of_day((here.at - ago).astimezone(here.zone).date()))
    return _one(back(here.today, number, unit))


def _weekday(words: list[Piece], today: date) -> Reading | None:
    days = [piece for piece in words if piece.has("weekday")]
    if len(days) != 1 or any(piece.number is not None or piece.has("month") for piece in words):
        return None
    weekday = int(days[0].senses["weekday"][0])
    rest = [piece for piece in words if piece is not days[0]]
    if any(
        not (p.has("last") or p.has("this") or p.has("next") or p.has("span") or p.has("small")) for p in rest
    ):
        return None
    monday = today - timedelta(days=today.weekday())
    for piece in rest:
        if sense := piece.senses.get("span"):
            return (
                _one(of_day(monday + timedelta(weeks=sense[1], days=weekday - 1)))
                if sense[0] == "week"
                else None
            )
    most_recent = today - timedelta(days=(today.isoweekday() - weekday) % 7 or 7)
    if any(piece.has("last") for piece in rest):
        return _one(of_day(most_recent))
    if any(piece.has("next") for piece in rest):
        return _one(of_day(most_recent + timedelta(weeks=1 if today.isoweekday() != weekday else 2)))
    if any(piece.has("this") for piece in rest):
        return _one(of_day(monday + timedelta(days=weekday - 1)))
    if today.isoweekday() == weekday:
        return Reading((single(of_day(today)), single(of_day(most_recent))), Why.TWO_ANSWERS)
    return _one(of_day(most_recent))


@dataclass(slots=True)
class _Told:
    """What the pieces of a calendar date tell."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    numbers: list[tuple[int, str]] | None = None
    lookalike: bool = False  # the month's word is an everyday word too
    before_month: int = 0  # so many of the numbers stand before the month's name


def _calendar(pieces: list[Piece], here: Circumstances, past_only: bool, year: int | None) -> Reading:
    told = _told(pieces, here.today)
    if told is None or told.numbers is None:
        return _NONE
    numbers = told.numbers
    if told.month is not None:
        if told.lookalike and not numbers and told.day is None and told.year is None:
            return _NONE  # "me" is May in Haitian Creole
        return _named(told, numbers, here, past_only, year)
    if told.year is not None and not numbers and told.day is None:
        return _one(moment(told.year))
    if told.day is not None or told.weekday is not None or told.year is not None:
        return _NONE
    return _checked_numbers(numbers, here, past_only, year)


def _told(pieces: list[Piece], today: date) -> _Told | None:
    """Years, months and days by their words; None when a word has no place in a calendar date."""
    told = _Told(numbers=[])
    assert told.numbers is not None  # noqa: S101 - set in the line above, for the type checker
    skip = False
    for piece, after in pairwise([*pieces, Piece("")]):
        if skip:
            skip = False
            continue
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
            told.lookalike = piece.has("lookalike")
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
        if (len(text) == 4 and text.isdigit()) or number > 31:
            if told.year is not None:
                return _NONE
            told.year = number if number > 99 else _century(number, here, past_only)
        elif not day:
            day = number
        elif told.year is None and text.isdigit() and len(text) == 2 and place >= told.before_month:
            told.year = _century(number, here, past_only)
        else:
            return _NONE
    if any(text.isdigit() and number == 0 for number, text in numbers) or not 1 <= month <= 12:
        return Reading((), Why.IMPOSSIBLE_DATE)
    if (told.year is None and year is None) or (told.year is None and not past_only):
        return (
            _yearless(month, day, here.today, past_only, told.weekday)
            if year is None
            else _one(moment(year, month, day))
        )
    found = moment(told.year if told.year is not None else year or 0, month, day)
    if found is not None and told.weekday and found.day and found.first.isoweekday() != told.weekday:
        return Reading((), Why.IMPOSSIBLE_DATE)
    return _one(found)


def _yearless(month: int, day: int, today: date, past_only: bool, weekday: int | None = None) -> Reading:
    """The latest such day or month that is not in the future; with the next one as well where it may be."""
    past = _latest(month, day, today, weekday)
    if past_only:
        return _one(past)
    coming = next(
        (m for y in range(today.year, today.year + 9) if (m := moment(y, month, day)) and m.last >= today),
        None,
    )
    both = tuple(single(m) for m in dict.fromkeys((past, coming)) if m is not None)
    return Reading(both, Why.TWO_ANSWERS if len(both) > 1 else None if both else Why.IMPOSSIBLE_DATE)


def _latest(month: int, day: int, today: date, weekday: int | None = None) -> Moment | None:
    for year in range(today.year, today.year - 9, -1):
        found = moment(year, month, day)
        if found and found.first <= today and (not weekday or not day or found.first.isoweekday() == weekday):
            return found
    return None


def _century(number: int, here: Circumstances, past_only: bool) -> int:
    """The year of two digits: this century unless that is in the future where the past is asked."""
    return 2000 + number if not past_only or 2000 + number <= here.today.year else 1900 + number


def _checked_numbers(
    numbers: list[tuple[int, str]], here: Circumstances, past_only: bool, year: int | None
) -> Reading:
    if any(not text.isdigit() or len(text) > 8 for _, text in numbers):
        return _NONE
    if len(numbers) == 1:
        return _lone(numbers[0], here, past_only)
    if len(numbers) == 2:
        (one, first), (two, second) = numbers
        if len(first) == 4:
            return _one(moment(one, two)) if two else Reading((), Why.IMPOSSIBLE_DATE)
        if len(second) == 4:
            return _one(moment(two, one)) if one else Reading((), Why.IMPOSSIBLE_DATE)
        if len(first) > 2 or len(second) > 2:
            return _NONE
        return _ordered(one, two, year, here, past_only)
    if len(numbers) == 3:
        (one, first), (two, second), (three, third) = numbers
        if len(first) == 4 and len(second) <= 2 and len(third) <= 2:
            return _one(moment(one, two, three) if two and three else None)
        if len(first) <= 2 and len(second) <= 2 and len(third) in (2, 4):
            full = three if len(third) == 4 else _century(three, here, past_only)
            return _ordered(one, two, full, here, past_only)
    return _NONE


def _lone(number: tuple[int, str], here: Circumstances, past_only: bool) -> Reading:
    value, text = number
    if len(text) == 4:
        return _one(moment(value))
    if len(text) != 8:
        return _NONE
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
        return _one(found)
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
