"""Which known words a mistyped word may be: one letter wrong, missing, too many, or two swapped."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import OSA

_distance = OSA.distance
SHORTEST = 5
"""Letters that a word must have before typing errors are forgiven: among shorter words one letter makes another word."""
LONGEST = 24


class TypingErrors:
    """An index over words and stems (`kidnap`, `kidnap*`) of at least five letters.

    Whole words are found through what remains when any one letter is left out of both. Stems, which are few, are found
    through two letters that one error cannot have touched: the first two, or the third and fourth.
    """

    def __init__(self, keys: Iterable[str]) -> None:
        self._words: dict[str, tuple[str, ...]] = {}
        self._stems: dict[str, tuple[str, ...]] = {}  # by their first two letters
        self._stems_within: dict[str, tuple[str, ...]] = {}  # by their third and fourth
        for key in sorted(set(keys)):
            plain = key.rstrip("*")
            if len(plain) < SHORTEST or not plain.isalpha():
                continue
            if key.endswith("*"):
                for stems, at in ((self._stems, plain[:2]), (self._stems_within, plain[2:4])):
                    stems[at] = (*stems.get(at, ()), plain)
            else:
                for rest in _without_one(plain):
                    self._words[rest] = (*self._words.get(rest, ()), plain)

    def meant(self, word: str) -> set[str]:
        """The keys one typing error away from `word`, which is no known word itself."""
        if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
            return set()
        words = self._words
        near = {*words.get(word, ())}
        for i in range(len(word)):
            if (known := words.get(word[:i] + word[i + 1 :])) is not None:
                near.update(known)
        found = {known for known in near if _distance(word, known, score_cutoff=1) <= 1}
        within = self._stems_within
        near = {*self._stems.get(word[:2], ())}
        near.update(within.get(word[2:4], ()), within.get(word[1:3], ()), within.get(word[3:5], ()))
        for stem in near:
            size = len(stem)
            if len(word) >= size - 1 and (
                _distance(word[:size], stem, score_cutoff=1) <= 1
                or _distance(word[: size + 1], stem, score_cutoff=1) <= 1
                or _distance(word[: size - 1], stem, score_cutoff=1) <= 1
            ):
                found.add(stem + "*")
        return found


def _without_one(word: str) -> set[str]:
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}
