"""Several choices of a list: "1 3", "1,3", "13" (where every digit is one key), "sex and begging"."""

from __future__ import annotations

import re

from hotline.answers.choice import MOST_TOKENS, no_choice
from hotline.answers.number_words import NumberWords
from hotline.answers.question import Question
from hotline.answers.reading import ListWords, Mark, Reading
from hotline.answers.result import Answer, AskBack, Refused, Understood, Unknown, Why
from hotline.answers.silence import below_zero, short_of_words
from hotline.answers.words import Words
from hotline.standards.fold import plain, tokens

_MOST_OFFERED = 4
_SPAN = re.compile(r"(?<!\d)(\d+)\s*[-~]\s*(\d+)(?!\d)")
_APART = re.compile(r"[,;&+/|\n]|\s-\s")  # of folded text: 、 is a comma there


def understand_multi(question: Question, text: str, words: Words) -> Answer:
    """The codes that `text` names, in list order. "1 or 3" is asked back; a word nobody knows refuses the whole."""
    listed = words.compiled_for(question, ListWords)
    row = tokens(text)
    if (answer := short_of_words(text, row)) is not None:
        return answer
    if len(row) > MOST_TOKENS or below_zero(text):
        return Refused(Why.NOT_A_CHOICE, text)
    reading = _read(listed, text, row)
    codes = reading.codes()
    if not codes:
        return no_choice(reading, text, row, words)
    if codes == {"unknown"}:
        return Unknown(text)
    if (
        reading.counting
        or codes & {"unknown", "declined"}
        or reading.marks
        & {
            Mark.NEGATION,
            Mark.HEDGE,
            Mark.UNKNOWN,
            Mark.DECLINED,
        }
    ):
        return Refused(Why.UNCLEAR, text)
    if reading.strange or _beyond(listed, text, words):
        return Refused(Why.NOT_A_CHOICE, text)
    sure = {code for meaning in reading.meanings if len(meaning) == 1 for code in meaning}
    if sure != codes:
        options = [listed.in_order(sure | {code}) for code in listed.in_order(codes - sure)]
        return AskBack(tuple(options[:_MOST_OFFERED]), text, Why.TWO_ANSWERS)
    if (spanned := _spanned(listed, text, codes)) is not None:
        return AskBack((listed.in_order(codes), spanned), text, Why.TWO_ANSWERS)
    if Mark.OR in reading.marks and len(codes) > 1:
        singles: list[tuple[str, ...]] = [(code,) for code in listed.in_order(codes)]
        return AskBack((*singles[: _MOST_OFFERED - 1], listed.in_order(codes)), text, Why.TWO_ANSWERS)
    return Understood(listed.in_order(codes), text)


def _beyond(listed: ListWords, text: str, words: Words) -> bool:
    """Whether words make one number that no choice has: 十一 is eleven, never the tenth and the first."""
    numbers = words.compiled(NumberWords)
    for row in map(tokens, _APART.split(plain(text))):
        for at in range(len(row) - 1):
            found = numbers.at(row, at)
            if found is None or found[1] - at < 2 or str(found[0]) in listed.digits:
                continue
            if all(token in listed.numbers and not token.isdecimal() for token in row[at : found[1]]):
                return True
    return False


def _spanned(listed: ListWords, text: str, codes: set[str]) -> tuple[str, ...] | None:
    """The choices of "1-3" with those between, which may be meant or not; None where no choice lies between."""
    between = {
        listed.digits[digit]
        for match in _SPAN.finditer(plain(text))
        for number in range(int(match.group(1)[:4]), int(match.group(2)[:4]))
        if (digit := str(number)) in listed.digits
    }
    return listed.in_order(codes | between) if between - codes else None


def _read(listed: ListWords, text: str, row: list[str]) -> Reading:
    """What `text` says; "sex, work" is two kinds although "sex work" is one."""
    parts = [part for clause in _APART.split(plain(text)) if (part := tokens(clause))]
    if len(parts) > 1:
        readings = [listed.read(part) for part in parts]
        if not any(reading.strange for reading in readings):
            return Reading(
                meanings=[meaning for reading in readings for meaning in reading.meanings],
                by_digit=any(reading.by_digit for reading in readings),
                marks={mark for reading in readings for mark in reading.marks},
            )
    whole = listed.whole.get(" ".join(row))
    return Reading(meanings=[whole]) if whole else listed.read(row)
