"""Finds listed words and rows of words in a folded text, in time that does not grow with the lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, Generic, TypeVar

from hotline.wording.folded import fold

Label = TypeVar("Label")

HAN: Final = "\u3400-\u9fff\uf900-\ufaff"
# Chinese is written without spaces: its words are looked for anywhere, and end a Latin word beside them.
_WORD: Final = re.compile(rf"[^\W_{HAN}]+")
_ANY_HAN: Final = re.compile(f"[{HAN}]")


class WordLists(Generic[Label]):
    """Listed words, each with a label. A final `*` stands for any ending; several words are looked for in a row."""

    def __init__(self, listed: Iterable[tuple[Label, str]]) -> None:
        self._rows: dict[str, list[tuple[Label, tuple[str, ...], bool]]] = {}
        self._stems: dict[str, list[Label]] = {}
        han: dict[Label, set[str]] = {}
        for label, word in listed:
            stem = fold(word).rstrip("*")
            parts = tuple(_WORD.findall(stem))
            if _ANY_HAN.search(stem):
                han.setdefault(label, set()).add(stem)
            elif len(parts) == 1 and word.endswith("*"):
                self._stems.setdefault(parts[0], []).append(label)
            elif parts:
                self._rows.setdefault(parts[0], []).append((label, parts, word.endswith("*")))
        self._stem_lengths = sorted({len(stem) for stem in self._stems})
        self._han = {
            label: re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
            for label, words in han.items()
        }

    def spans(self, text: str) -> Iterator[tuple[Label, int, int]]:
        """Label, start and end of all that is found in a text that is folded already.

        Of several findings of one label in the same words the longest that begins first is given.
        """
        words = [(found.group(), found.start(), found.end()) for found in _WORD.finditer(text)]
        reached: dict[Label, int] = {}
        for at, (_, start, _) in enumerate(words):
            longest: dict[Label, int] = {}
            for label, last in self._at(words, at):
                longest[label] = max(longest.get(label, 0), words[last][2])
            for label, end in longest.items():
                if start >= reached.get(label, 0):
                    reached[label] = end
                    yield label, start, end
        if self._han and _ANY_HAN.search(text):
            for label, pattern in self._han.items():
                for found in pattern.finditer(text):
                    yield label, found.start(), found.end()

    def _at(self, words: list[tuple[str, int, int]], at: int) -> Iterator[tuple[Label, int]]:
        """The labels of all entries that begin with the word at `at`, and the index of their last word."""
        first = words[at][0]
        for length in self._stem_lengths:
            if length > len(first):
                break
            for label in self._stems.get(first[:length], ()):
                yield label, at
        for label, parts, open_end in self._rows.get(first, ()):
            last = at + len(parts) - 1
            if last < len(words) and all(words[at + n][0] == part for n, part in enumerate(parts[:-1])):
                said = words[last][0]
                if said == parts[-1] or (open_end and said.startswith(parts[-1])):
                    yield label, last
