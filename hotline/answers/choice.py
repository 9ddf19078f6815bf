"""One choice of a list: "1", "(1)", "one", "Female please", "👍", "femal"."""

from __future__ import annotations

import re

from hotline.answers.not_saying import not_saying
from hotline.answers.question import Question
from hotline.answers.reading import ListWords, Mark, Reading
from hotline.answers.result import Answer, AskBack, Declined, Refused, Understood, Unknown, Why
from hotline.answers.silence import below_zero, short_of_words
from hotline.answers.words import Words
from hotline.standards.fold import plain, tokens

MOST_TOKENS = 60  # a longer reply is a story, not a choice
_CLAUSE = re.compile(r"[,.;:!\n]")
_TELLING_AGAINST = {Mark.OR, Mark.HEDGE, Mark.UNKNOWN, Mark.DECLINED}
_MOST_ROUND_UNKNOWN = 4


def understand_choice(question: Question, text: str, words: Words, locale: str) -> Answer:
    """The code of the one choice that `text` names; both, to be asked back, when it names two.

    `locale` is that of the person: "m" is male, but in Spanish it may be mujer.
    """
    listed = words.compiled_for(question, ListWords)
    row = tokens(text)
    meanings = listed.whole_reply(row, locale) if row else None
    if meanings is not None and not below_zero(text):
        return _chosen(listed, set(meanings), text, row)
    if (answer := short_of_words(text, row)) is not None:
        return answer
    if len(row) > MOST_TOKENS or below_zero(text):
        return Refused(Why.NOT_A_CHOICE, text)
    reading = listed.read(row)
    codes = reading.codes()
    if len(codes) > 1:
        return _asked(listed, codes, text)
    if not codes:
        return no_choice(reading, text, row, words)
    if (
        reading.counting
        or reading.marks & _TELLING_AGAINST
        or (Mark.NEGATION in reading.marks and codes != {"no"})
    ):
        return Refused(Why.UNCLEAR, text)
    if not reading.strange or _first_clause_decides(listed, text, codes):
        return _chosen(listed, codes, text, row)
    return Refused(Why.NOT_A_CHOICE, text)


def no_choice(reading: Reading, text: str, row: list[str], words: Words) -> Answer:
    """What a reply that names no choice still says: unknown, declined, unclear, or nothing."""
    if Mark.UNKNOWN in reading.marks and len(reading.strange) <= _MOST_ROUND_UNKNOWN:
        return Unknown(text)
    if Mark.DECLINED in reading.marks and not reading.strange and Mark.NEGATION not in reading.marks:
        return Declined(text)
    if (said := not_saying(row, text, words)) is not None:
        return said
    if reading.marks & {Mark.HEDGE, Mark.NEGATION, Mark.OR} and not reading.strange:
        return Refused(Why.UNCLEAR, text)
    return Refused(Why.NOT_A_CHOICE, text)


def _chosen(listed: ListWords, codes: set[str], text: str, row: list[str]) -> Answer:
    if len(codes) > 1:
        return _asked(listed, codes, text)
    (code,) = codes
    if code == "unknown":
        return Unknown(text)
    if code == "declined":
        return Declined(text)
    descriptor = listed.descriptor(row)
    return Understood(code, text, {"descriptor": descriptor}) if descriptor else Understood(code, text)


def _asked(listed: ListWords, codes: set[str], text: str) -> Answer:
    """The choices to offer; "female or unknown" offers nothing: unknown is a status, no reading."""
    readings = listed.in_order(codes - {"unknown", "declined"})
    return AskBack(readings, text, Why.TWO_ANSWERS) if len(readings) > 1 else Refused(Why.UNCLEAR, text)


def _first_clause_decides(listed: ListWords, text: str, codes: set[str]) -> bool:
    """Whether "yes, he is here now" says yes: the first clause says all of it, the rest neither asks nor counts."""
    if "?" in text or "？" in text:
        return False
    first, *rest = [row for part in _CLAUSE.split(plain(text)) if (row := tokens(part))]
    if any(token.isdecimal() for row in rest for token in row):
        return False
    reading = listed.read(first)
    return not reading.strange and reading.codes() == codes
