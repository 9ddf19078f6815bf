"""When something happened: a date, or from one to another: "March to May 2026", "since last year", "for 3 months"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from hotline.answers.date import MOST_OFFERED, without_date
from hotline.answers.date_reading import Reading
from hotline.answers.date_words import DateWords, Piece, date_signs
from hotline.answers.dates import read_date
from hotline.answers.moment import EARLIEST_YEAR, Moment, Range, back, moment, of_day
from hotline.answers.not_saying import not_saying
from hotline.answers.question import Circumstances, Question
from hotline.answers.result import Answer, AskBack, Period, Refused, Understood, Why
from hotline.answers.words import Words
from hotline.standards.fold import tokens

_MOST_SPLITS = 8


def understand_period(question: Question, text: str, words: Words, here: Circumstances) -> Answer:
    """A `Period`; one date has start = end; "since" and "for" end on the day of the message."""
    known = words.compiled(DateWords)
    if (answer := without_date(text, known)) is not None:
        return answer
    pieces = known.cut(date_signs(text))
    reading = _read(pieces, here, question.past_only) if pieces else Reading((), Why.NOT_A_DATE)
    if not reading.ranges:
        return not_saying(tokens(text), text, words, known.tells) or Refused(
            reading.why or Why.NOT_A_DATE, text
        )
    values = tuple(dict.fromkeys(Period(str(found.start), str(found.end)) for found in reading.ranges))
    if reading.why is not None or len(values) > 1:
        return AskBack(values[:MOST_OFFERED], text, reading.why or Why.TWO_ANSWERS)
    return Understood(values[0], text)


def _read(pieces: list[Piece], here: Circumstances, past_only: bool) -> Reading:
    alone = read_date(pieces, here, past_only)
    if alone.ranges:
        return alone
    if (lasting := _lasting(pieces, here)) is not None:
        return lasting
    if (since := _since(pieces, here, past_only)) is not None:
        return since
    for before, after in _splits(pieces):
        if (both := _between(before, after, here, past_only)) is not None:
            return both
    return alone


def _lasting(pieces: list[Piece], here: Circumstances) -> Reading | None:
    """ "For 3 months", "the last two weeks", "depuis 3 ans": from that long ago until today."""
    if len(pieces) < 3 or not any(p.has("for") or p.has("since") for p in pieces[:-2]):
        return None
    words = [p for p in pieces if not p.idle]
    amounts = [p for p in words if p.number is not None or p.has("couple")]
    units = [p for p in words if p.has("unit") and p.number is None]
    rest = [p for p in words if p not in amounts and p not in units]
    if len(units) != 1 or len(amounts) != 1 or words.index(amounts[0]) > words.index(units[0]):
        return None
    if any(
        not (p.has("for") or p.has("since") or p.has("last") or p.has("small") or p.has("ago_before"))
        for p in rest
    ):
        return None
    number = 2 if amounts[0].has("couple") else amounts[0].number or 0
    unit = str(units[0].senses["unit"][0])
    if unit == "year" and number >= EARLIEST_YEAR:
        return None  # 自2024年以来: since a year, not for so many
    if unit in ("hour", "minute"):
        return Reading((Range(of_day(here.today), of_day(here.today)),))
    start = back(here.today, number, unit)
    return Reading((Range(start, of_day(here.today)),)) if start else Reading((), Why.IMPOSSIBLE_DATE)


def _since(pieces: list[Piece], here: Circumstances, past_only: bool) -> Reading | None:
    """ "Since March", "from last year till now"."""
    words = [p for p in pieces if not p.idle]
    if not words:
        return None
    opened = words[0].has("since")
    body = words[1:] if opened else words
    until_now = len(body) >= 2 and body[-1].has("until_now")
    if until_now and (opened or not body[-1].has("day") or body[-2].has("to") or body[-2].sign):
        body = body[:-2] if body[-2].has("to") or body[-2].sign else body[:-1]
    elif not opened or any(p.has("to") for p in body):
        return None
    if not body:
        return None
    start = read_date(body, here, past_only)
    if not start.ranges:
        return start if opened else None
    today = of_day(here.today)
    ranges = tuple(Range(found.start, today) for found in start.ranges if found.start.first <= here.today)
    return Reading(ranges, start.why) if ranges else Reading((), Why.FUTURE_DATE)


def _splits(pieces: list[Piece]) -> Iterator[tuple[list[Piece], list[Piece]]]:
    """Each way to cut the reply into a beginning and an end: at "to" or "and", then at a dash."""
    opened = next((p for p in pieces if not p.idle), None)
    between = opened is not None and opened.has("between")
    body = (
        pieces[pieces.index(opened) + 1 :]
        if opened is not None and between and opened.number is None
        else pieces
    )
    found = 0
    for by_word in (True, False):
        for place in range(1, len(body) - 1):
            piece = body[place]
            joins = piece.has("to") or (piece.has("and") and between) if by_word else piece.text in ("-", "~")
            if joins and found < _MOST_SPLITS:
                found += 1
                yield body[:place], body[place + 1 :]


def _between(before: list[Piece], after: list[Piece], here: Circumstances, past_only: bool) -> Reading | None:
    end = read_date(after, here, past_only)
    if not end.ranges:
        return end if end.why is Why.FUTURE_DATE else None
    if any(
        (p.number or 0) > 31 or p.senses.get("span", ("",))[0] == "year" for p in before
    ) and not _has_year(after):
        end = (
            _following(before, after, here, past_only) or end
        )  # "March 2025 to May": the May after that March
    latest = end.ranges[0].end
    start = read_date(before, here, past_only, None if _has_year(before) else latest.year)
    if not start.ranges and start.why is Why.FUTURE_DATE and not _has_year(before):
        start = read_date(before, here, past_only, latest.year - 1)  # "dec to feb"
    if not start.ranges and (day := _lone_day(before, latest)) is not None:
        start = Reading((Range(day, day),))
    if not start.ranges:
        return None
    ranges: list[Range] = []
    for one, other in product(start.ranges, end.ranges):
        begin = one.start
        if begin.first > other.end.last and begin.month != other.end.month and not _has_year(before):
            begin = moment(begin.year - 1, begin.month, begin.day) or begin
        if begin.first <= other.end.last:
            ranges.append(Range(begin, other.end))
    if not ranges:
        return Reading((), Why.IMPOSSIBLE_DATE)
    return Reading(tuple(ranges), start.why or end.why)


def _following(
    before: list[Piece], after: list[Piece], here: Circumstances, past_only: bool
) -> Reading | None:
    """The first end without a year that comes after a beginning with month and year."""
    start = read_date(before, here, past_only)
    if len(start.ranges) != 1 or not start.ranges[0].start.month:
        return None
    began = start.ranges[0].start
    for year in (began.year, began.year + 1):
        end = read_date(after, here, past_only, year)
        if end.ranges and end.ranges[0].end.last >= began.first:
            return end
    return None


def _has_year(pieces: list[Piece]) -> bool:
    return any(p.has("span") or p.has("day") or (p.number is not None and p.number > 31) for p in pieces)


def _lone_day(pieces: list[Piece], other: Moment) -> Moment | None:
    """ "1" in "1 to 3 May": the day of the other end's month."""
    numbers = [p for p in pieces if not p.idle]
    if len(numbers) == 1 and numbers[0].number and other.day:
        return moment(other.year, other.month, numbers[0].number)
    return None
