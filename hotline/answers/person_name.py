"""A person's name: "my name is Ana Lopez" is Ana Lopez; a number or a story is none."""

from __future__ import annotations

from hotline.answers.not_saying import not_saying
from hotline.answers.question import Question
from hotline.answers.reading import Mark, marks
from hotline.answers.result import Answer, Declined, Refused, Understood, Unknown, Why
from hotline.answers.silence import short_of_words
from hotline.answers.text import tidy
from hotline.answers.words import Words
from hotline.standards.fold import fold, tokens

_LONGEST = 120
_MOST_TOKENS = 40  # a Chinese character is a token of its own


def understand_person_name(question: Question, text: str, words: Words) -> Answer:
    """The name as written, without "my name is". "anonymous" declines."""
    kept = " ".join(tidy(text).split())
    row = tokens(kept)
    if (answer := short_of_words(text, row)) is not None:
        return answer
    mark = words.compiled(marks).get(" ".join(row))
    if mark is Mark.UNKNOWN:
        return Unknown(text)
    if mark is Mark.DECLINED or " ".join(row) in words.compiled(_anonymous):
        return Declined(text)
    if len(kept) > min(_LONGEST, question.max_length) or len(row) > _MOST_TOKENS:
        return Refused(Why.TOO_LONG, text)
    announcing = words.compiled(_announcing)
    if (said := not_saying(row, text, words, lambda token: token not in announcing)) is not None:
        return said  # "I don't know her name" is no name
    name = _without_opening(kept, words)
    if not name or any(ch.isdecimal() for ch in name) or not any(ch.isalpha() for ch in name):
        return Refused(Why.NOT_A_NAME, text)
    return Understood(name, text)


def _without_opening(kept: str, words: Words) -> str:
    """`kept` without the words that announce a name, in any language."""
    openings = words.compiled(_openings)
    pieces = kept.split(" ")
    for length in range(min(5, len(pieces) - 1), 0, -1):
        if fold(" ".join(pieces[:length])) in openings:
            return " ".join(pieces[length:]).strip(" ,.:;-")
    for length in range(min(6, len(pieces[0]) - 1), 0, -1):  # Chinese announces without a space
        if pieces[0][:length].isalpha() and not pieces[0].isascii() and fold(pieces[0][:length]) in openings:
            return kept[length:].strip(" ,.:;-")
    return kept.strip(" ,.:;-")


def _openings(words: Words) -> frozenset[str]:
    return frozenset(words.phrases("names", "before"))


def _announcing(words: Words) -> frozenset[str]:
    return frozenset(token for phrase in words.phrases("names", "before") for token in phrase.split(" "))


def _anonymous(words: Words) -> frozenset[str]:
    return frozenset(words.phrases("names", "anonymous"))
