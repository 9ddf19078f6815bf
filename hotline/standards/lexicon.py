"""Known phrases and what each means, found in a row of tokens by the longest match, with typing errors.

A phrase means a set of things: two when it is declared ambiguous. Typing errors: one letter more, less, other or
swapped, in words of five letters or more, and never where the error could have come from words of two meanings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from rapidfuzz.distance import OSA

M = TypeVar("M")

_SHORTEST_MISTYPED = 5
_LONGEST_MISTYPED = 30
_SHORTEST_RIVAL = 3


class Found(NamedTuple, Generic[M]):
    """Tokens `start` to `end` (not included) are one phrase; `meanings` is None for a token that means nothing."""

    start: int
    end: int
    meanings: frozenset[M] | None


class Lexicon(Generic[M]):
    """Phrases (folded: tokens joined by single spaces) and their meanings. Filled once, then only read."""

    __slots__ = ("_deletes", "_longest", "phrases", "vocabulary")

    def __init__(self) -> None:
        self.phrases: dict[str, frozenset[M]] = {}
        self.vocabulary: set[str] = set()
        self._longest: dict[str, int] = {}
        self._deletes: dict[str, set[str]] | None = None

    def add(self, phrase: str, *meanings: M) -> None:
        """Let folded `phrase` mean `meanings` too."""
        if not phrase:
            return
        self.phrases[phrase] = self.phrases.get(phrase, frozenset()) | set(meanings)
        self._know(phrase)

    def replace(self, phrase: str, *meanings: M) -> None:
        """Let folded `phrase` mean `meanings` and nothing else."""
        if not phrase:
            return
        self.phrases[phrase] = frozenset(meanings)
        self._know(phrase)

    def _know(self, phrase: str) -> None:
        words = phrase.split(" ")
        self._longest[words[0]] = max(self._longest.get(words[0], 0), len(words))
        self.vocabulary.update(words)
        self._deletes = None

    def walk(self, tokens: Sequence[str]) -> Iterator[Found[M]]:
        """The tokens from left to right, each in the longest phrase that begins with it, or alone."""
        at, size = 0, len(tokens)
        while at < size:
            longest = self._longest.get(tokens[at], 0)
            for length in range(min(longest, size - at), 0, -1):
                meanings = self.phrases.get(tokens[at] if length == 1 else " ".join(tokens[at : at + length]))
                if meanings is not None:
                    yield Found(at, at + length, meanings)
                    at += length
                    break
            else:
                yield Found(at, at + 1, None)
                at += 1

    def near(self, token: str) -> list[str]:
        """Known words that `token` can be a typing error of, sorted; empty when it is known, or only short words fit."""
        if token in self.vocabulary or not could_be_mistyped(token):
            return []
        if self._deletes is None:
            self._deletes = _deletes(self.vocabulary)
        deletes = self._deletes
        candidates: set[str] = set()
        for form in shortened(token):
            if (words := deletes.get(form)) is not None:
                candidates |= words
        if not candidates:
            return []
        near = sorted(word for word in candidates if OSA.distance(word, token, score_cutoff=1) <= 1)
        return near if any(len(word) >= _SHORTEST_MISTYPED for word in near) else []


def could_be_mistyped(token: str) -> bool:
    """Whether a token is of a kind in which a typing error is forgiven."""
    return _SHORTEST_MISTYPED - 1 <= len(token) <= _LONGEST_MISTYPED and token.isalpha()


def shortened(token: str) -> list[str]:
    """The token, and what remains when any one letter is left out: two words one error apart share one of these."""
    return [token, *[token[:i] + token[i + 1 :] for i in range(len(token))]]


def rivals(word: str) -> list[str]:
    """As `shortened`, for a known word; [] for one that no typing error can have come from."""
    return shortened(word) if len(word) >= _SHORTEST_RIVAL and word.isalpha() else []


def _deletes(words: Iterable[str]) -> dict[str, set[str]]:
    """Every word under what it and its mistyped forms share."""
    index: dict[str, set[str]] = {}
    for word in words:
        for form in rivals(word):
            index.setdefault(form, set()).add(word)
    return index
