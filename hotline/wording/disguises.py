"""A folded text as a reader would still read it: letters as digits, words drawn out, hyphenated or broken over lines.

Each view keeps the way back to the text as written. Ordinary sentences go through unchanged and cost one look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hotline.wording.folded import Folded
from hotline.wording.word_lists import HAN

_LEET: Final = {
    "0": "o",
    "3": "e",
    "4": "a",
    "5": "s",
    "7": "t",
    "8": "b",
    "@": "a",
    "$": "s",
    "€": "e",
    "¢": "c",
}
_LEET_I: Final = str.maketrans({**_LEET, "1": "i", "!": "i", "|": "i", "¡": "i"})
_LEET_L: Final = str.maketrans({**_LEET, "1": "l", "!": "l", "|": "l", "¡": "l"})
# A word with letters and with signs that stand for letters: "p0l1ce", "tr@fficking".
_MIXED: Final = re.compile(r"(?=[^\W_]*[01345789@$€¢!|¡])(?=[\d@$€¢!|¡]*[a-z])[a-z\d@$€¢!|¡]{3,}")
# What may stand inside a word and leave it readable: signs, or the end of a line with or without a hyphen.
_INSIDE: Final = re.compile(
    rf"(?<=[^\W\d_{HAN}])(?:[-.·_*~'/|\\+]{{1,3}}|[-\u2010-\u2015]?[ \t]*\n\s*)(?=[^\W\d_{HAN}])"
    rf"|(?<=[{HAN}])[\s.·_*~/|\\+-]{{1,3}}(?=[{HAN}])"
)
_DRAWN_OUT: Final = re.compile(r"([^\W\d_])\1{2,}")
_SPACED: Final = re.compile(r"(?<![^\W_])[a-z](?:[\W_]{1,3}[a-z](?![^\W_])){2,}")
_BY_CHANCE_SHORTER = 5  # letters in a longer row
_LONGEST_SPACED = 40  # letters; more is no word
# Two ordinary words at the end and the beginning of lines that read as a listed one: "por / no".
_BY_CHANCE: Final = frozenset({("por", "no")})


def views(seen: Folded) -> Iterator[Folded]:
    """The text itself first, then every other reading of it, each once."""
    known: set[str] = set()
    for letters in (seen, _as_letters(seen, _LEET_I), _as_letters(seen, _LEET_L)):
        joined = _joined(letters)
        for view in (letters, joined, _shortened(joined)):
            if view.text not in known:
                known.add(view.text)
                yield view


def spaced_words(seen: Folded) -> Iterator[Folded]:
    """Every word that letters standing apart could be: the whole row, with or without a first "a" or "I", and what is
    long enough not to be there by chance: "c a l l p o l i c e" holds "police", "a c o p y" holds nothing."""
    for found in _SPACED.finditer(seen.text):
        at = [n for n in range(*found.span()) if seen.text[n].isalpha()][:_LONGEST_SPACED]
        rows = [at, at[1:]]
        rows += [
            at[first:end]
            for first in range(len(at))
            for end in range(first + _BY_CHANCE_SHORTER, len(at) + 1)
        ]
        for part in rows:
            text = "".join(seen.text[n] for n in part)
            yield Folded(seen.written, text, tuple(seen.origin[n] for n in part))


def _as_letters(seen: Folded, table: dict[int, str]) -> Folded:
    text = _MIXED.sub(lambda found: found.group().translate(table), seen.text)
    return Folded(seen.written, text, seen.origin)


def _shortened(seen: Folded) -> Folded:
    """ "poliiiice": a letter three times or more is meant once."""
    kept = [True] * len(seen.text)
    for found in _DRAWN_OUT.finditer(seen.text):
        kept[found.start() + 1 : found.end()] = [False] * (found.end() - found.start() - 1)
    return _only(seen, kept)


def _joined(seen: Folded) -> Folded:
    """ "po-lice", and what two lines part."""
    kept = [True] * len(seen.text)
    for found in _INSIDE.finditer(seen.text):
        if not _by_chance(seen.text, found):
            kept[found.start() : found.end()] = [False] * (found.end() - found.start())
    return _only(seen, kept)


def _only(seen: Folded, kept: list[bool]) -> Folded:
    if all(kept):
        return seen
    text = "".join(char for char, keep in zip(seen.text, kept, strict=True) if keep)
    return Folded(seen.written, text, tuple(at for at, keep in zip(seen.origin, kept, strict=True) if keep))


def _by_chance(text: str, found: re.Match[str]) -> bool:
    if "\n" not in found.group() or "-" in found.group():
        return False
    before = re.search(r"\w+\Z", text[: found.start()])
    after = re.match(r"\w+", text[found.end() :])
    return bool(before and after) and (before.group(), after.group()) in _BY_CHANCE  # type: ignore[union-attr]
