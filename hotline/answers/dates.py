"""One date expression: "12/11", "12 Nov 2026", "last night", "twa jou de sa", "三天前", "March", "last week".

Read against the day of the message where it was written. The country's order decides 12/11; it is asked back only
where that order gives an impossible or future date.
"""

from __future__ import annotations

from datetime import date

from hotline.answers.calendar_dates import calendar_date
from hotline.answers.date_reading import NONE, Reading
from hotline.answers.date_words import DateWords, Piece, date_signs
from hotline.answers.moment import Moment, Range, of_day
from hotline.answers.question import Circumstances
from hotline.answers.relative_dates import relative_date
from hotline.answers.result import Why

_TAKING_BACK = frozenset({"*negation", "*or", "*hedge", "small"})
_MOST_PIECES = 14


def read_date(pieces: list[Piece], here: Circumstances, past_only: bool, year: int | None = None) -> Reading:
    """What `pieces` mean. `year` completes a date told without one (the other end of a period)."""
    pieces = [piece for piece in pieces if not piece.idle]
    if any(piece.number is None and piece.senses and piece.senses.keys() <= _TAKING_BACK for piece in pieces):
        return Reading((), Why.UNCLEAR)
    if not pieces or len(pieces) > _MOST_PIECES:
        return NONE
    reading = relative_date(pieces, here) or calendar_date(pieces, here, past_only, year)
    return _not_future(reading, here.today) if past_only else reading


def exact_dates(text: str, known: DateWords, here: Circumstances) -> list[Moment]:
    """The days or months of the past that `text` can name ("born 12 May 2008"); [] when it names none so exactly."""
    row = date_signs(text)
    for start in range(min(4, len(row))):
        if start and known.numbers.at(row, start - 1) is not None:
            break  # a number passed over would be another's age
        pieces = known.cut(row[start:])
        if pieces is None:
            continue
        reading = read_date(pieces, here, past_only=True)
        if reading.ranges and all(r.start == r.end and r.start.month for r in reading.ranges):
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
