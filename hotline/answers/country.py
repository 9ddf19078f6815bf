"""A country, by its name in any language, what people call it, its code, or the word for who comes from there."""

from __future__ import annotations

import re

from hotline.answers.not_saying import around, not_saying
from hotline.answers.question import Question
from hotline.answers.reading import Mark, marks
from hotline.answers.result import Answer, AskBack, Declined, Refused, Understood, Unknown, Why
from hotline.answers.silence import short_of_words
from hotline.answers.words import Words
from hotline.standards.fold import tokens

_CLAUSE = re.compile(r"[,;\n()，、]")
_MOST_OFFERED = 6
_LONGEST_CODE = 3


def understand_country(question: Question, text: str, words: Words) -> Answer:
    """The alpha-2 code. A word for two countries (Dominican, Congo, American) and two countries are asked back."""
    row = tokens(text)
    if (answer := short_of_words(text, row)) is not None:
        return answer
    known = words.compiled(marks)
    mark = known.get(" ".join(row))
    if mark in (Mark.UNKNOWN, Mark.DECLINED):
        return Unknown(text) if mark is Mark.UNKNOWN else Declined(text)
    if mark is not None and not text.strip().isupper() and len(row[0]) <= _LONGEST_CODE:
        return Refused(Why.NOT_A_COUNTRY, text)  # "it" and "me" are words, IT and ME are codes
    hit = words.countries.read(text)
    if len(hit.values) > 1:
        return AskBack(hit.values[:_MOST_OFFERED], text, Why.TWO_ANSWERS)
    if not hit.values:
        return not_saying(row, text, words) or Refused(Why.NOT_A_COUNTRY, text)
    if any(known.get(token) in (Mark.NEGATION, Mark.OR, Mark.HEDGE) for token in hit.strange):
        return Refused(Why.UNCLEAR, text)
    unknown = around(row, words)[1]
    strange = [token for token in hit.strange if token in unknown]
    if strange and not any(words.countries.exact(clause) == hit.values for clause in _CLAUSE.split(text)):
        return Refused(Why.NOT_A_COUNTRY, text)
    return Understood(hit.values[0], text)
