"""A place: district and community of Saint Lucia, or a country: "near the market in Castries", "Kastri", "Haiti"."""

from __future__ import annotations

from hotline.answers.not_saying import not_saying
from hotline.answers.question import Question
from hotline.answers.reading import Mark, marks
from hotline.answers.result import Answer, AskBack, Declined, Refused, Understood, Unknown, Why
from hotline.answers.silence import short_of_words
from hotline.answers.words import Words
from hotline.standards.fold import tokens
from hotline.standards.lexicon import Lexicon

_MOST_OFFERED = 6


def understand_place(question: Question, text: str, words: Words) -> Answer:
    """A `Place`. A name that lies in several districts, or two places, are asked back; "not in Castries" is no place."""
    row = tokens(text)
    if (answer := short_of_words(text, row)) is not None:
        return answer
    known = words.compiled(marks)
    mark = known.get(" ".join(row))
    if mark in (Mark.UNKNOWN, Mark.DECLINED):
        return Unknown(text) if mark is Mark.UNKNOWN else Declined(text)
    if mark is not None and not text.strip().isupper() and not words.gazetteer.knows(text):
        return Refused(Why.NOT_A_PLACE, text)  # "it" and "me" are words, IT and ME are codes
    name = " ".join(_named(row, words))
    places = words.gazetteer.find(name if words.gazetteer.knows(name) else text)
    if not places:
        return not_saying(row, text, words) or Refused(Why.NOT_A_PLACE, text)
    named = {token for place in places for token in tokens(f"{place.community} {place.district}")}
    whole = any(words.gazetteer.knows(said) or words.countries.exact(said) for said in (text, name))
    if (
        len(row) > 1
        and not whole
        and any(known.get(token) is Mark.NEGATION and token not in named for token in row)
    ):
        return Refused(Why.UNCLEAR, text)
    if len(places) > 1:
        return AskBack(places[:_MOST_OFFERED], text, Why.TWO_ANSWERS)
    return Understood(places[0], text)


def _named(row: list[str], words: Words) -> list[str]:
    """`row` without the words before a name: "near the market in"."""
    near = words.compiled(_near)
    at = 0
    for found in near.walk(row):
        if found.meanings is None or found.end == len(row):
            break
        at = found.end
    return row[at:]


def _near(words: Words) -> Lexicon[bool]:
    lexicon: Lexicon[bool] = Lexicon()
    for phrase in (*words.phrases("places", "near"), *words.phrases("polite")):
        lexicon.add(phrase, True)
    return lexicon
