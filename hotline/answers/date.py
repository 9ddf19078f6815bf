"""A date as precise as it was told: a year, a month or a day."""

from __future__ import annotations

from hotline.answers.date_reading import Reading
from hotline.answers.date_words import DateWords, date_signs
from hotline.answers.dates import read_date
from hotline.answers.not_saying import not_saying
from hotline.answers.question import Circumstances, Question
from hotline.answers.reading import Mark
from hotline.answers.result import Answer, AskBack, Declined, Refused, Understood, Unknown, Why
from hotline.answers.silence import short_of_words
from hotline.answers.words import Words
from hotline.standards.fold import tokens

MOST_TOKENS = 40
MOST_OFFERED = 4


def understand_date(question: Question, text: str, words: Words, here: Circumstances) -> Answer:
    """YYYY, YYYY-MM or YYYY-MM-DD. "Last week" is not exact enough; the future is refused where the form forbids it."""
    known = words.compiled(DateWords)
    if (answer := without_date(text, known)) is not None:
        return answer
    pieces = known.cut(date_signs(text))
    reading = read_date(pieces, here, question.past_only) if pieces else Reading((), Why.NOT_A_DATE)
    if not reading.ranges:
        return not_saying(tokens(text), text, words, known.tells) or Refused(
            reading.why or Why.NOT_A_DATE, text
        )
    if any(found.start != found.end for found in reading.ranges):
        return Refused(Why.NOT_EXACT, text)
    values = tuple(str(found.start) for found in reading.ranges)
    if reading.why is not None or len(values) > 1:
        return AskBack(values[:MOST_OFFERED], text, reading.why or Why.TWO_ANSWERS)
    return Understood(values[0], text)


def without_date(text: str, known: DateWords) -> Answer | None:
    """The answer of a reply that is no date by its form alone; None when it is worth reading."""
    row = tokens(text)
    if (answer := short_of_words(text, row)) is not None:
        return answer
    if len(row) > MOST_TOKENS:
        return Refused(Why.NOT_A_DATE, text)
    mark = known.marks.get(" ".join(row))
    if mark is Mark.UNKNOWN:
        return Unknown(text)
    return Declined(text) if mark is Mark.DECLINED else None
