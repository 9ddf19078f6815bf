"""Replies that say only that no answer comes, with a few words round it: "I don't know the number", "no sé dónde"."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from hotline.answers.reading import Mark, marks
from hotline.answers.result import Declined, Unknown
from hotline.answers.words import Words
from hotline.standards.lexicon import Lexicon

_MOST_AROUND = 4
_MOST_AROUND_CHINESE = 8  # characters
_SHORTEST_DECLINING = 2  # words: "next" and "pass" decline only as the whole reply
_PASSED = frozenset({Mark.SMALL, Mark.POLITE, Mark.AND, Mark.NEGATION})


class MarkWords:
    """The phrases of all languages that are no answer themselves."""

    __slots__ = ("lexicon",)

    def __init__(self, words: Words) -> None:
        self.lexicon: Lexicon[Mark] = Lexicon()
        for phrase, mark in words.compiled(marks).items():
            self.lexicon.add(phrase, mark)


def around(row: Sequence[str], words: Words) -> tuple[frozenset[Mark], list[str]]:
    """The marks in `row`, longest phrases first, and the tokens that belong to none of them."""
    found: set[Mark] = set()
    rest: list[str] = []
    for start, _, meanings in words.compiled(MarkWords).lexicon.walk(row):
        if meanings is None:
            rest.append(row[start])
        else:
            found |= meanings
    return frozenset(found), rest


def not_saying(
    row: Sequence[str], text: str, words: Words, means: Callable[[str], bool] = str.isdecimal
) -> Unknown | Declined | None:
    """Unknown or declined, if `row` says that and nothing else of its words could be an answer; else None.

    To be asked only when the reply has no value. `means` tells whether one word could be part of one.
    """
    said: set[Mark] = set()
    rest: list[str] = []
    for start, end, meanings in words.compiled(MarkWords).lexicon.walk(row):
        whole = meanings or frozenset()
        if Mark.UNKNOWN in whole or (Mark.DECLINED in whole and end - start >= _SHORTEST_DECLINING):
            said |= whole
        elif not whole or whole - _PASSED:
            rest += row[start:end]
    if len(said) != 1 or any(means(token) or token.isdecimal() for token in rest) or _far(rest):
        return None
    return Unknown(text) if Mark.UNKNOWN in said else Declined(text)


def _far(rest: Collection[str]) -> bool:
    chinese = sum(len(token) == 1 and not token.isascii() for token in rest)
    return chinese > _MOST_AROUND_CHINESE or len(rest) - chinese > _MOST_AROUND
