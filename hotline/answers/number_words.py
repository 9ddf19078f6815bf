"""Numbers from 0 to 999 in digits or in the words of any language: "16", "sixteen", "vingt et un", "venteyen", "二十一"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from hotline.answers.words import Words
from hotline.standards.lexicon import Lexicon


def pairs_of(phrases: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Every two words that stand side by side in one of `phrases`."""
    return frozenset(pair for phrase in phrases for pair in pairwise(phrase.split(" ")))


_DIGIT_OF = {"〇": "0", "零": "0", **{ch: str(n) for n, ch in enumerate("一二三四五六七八九", 1)}}


def joined(row: Sequence[str], pairs: frozenset[tuple[str, str]]) -> list[str]:
    """`row` without the hyphens and slashes inside known phrases ("twenty-one", "avant-hier", "y/o", "p.m."), and
    with a year written digit by digit (二〇一九) as one number."""
    kept = [
        sign
        for at, sign in enumerate(row)
        if sign not in "-/." or not (0 < at < len(row) - 1 and (row[at - 1], row[at + 1]) in pairs)
    ]
    return _years(kept) if any(sign in _DIGIT_OF for sign in kept) else kept


def _years(row: list[str]) -> list[str]:
    """`row` with each run of exactly four Chinese digits as one number; 三四 ("three or four") stays two words."""
    kept: list[str] = []
    at = 0
    while at < len(row):
        end = at
        while end < len(row) and row[end] in _DIGIT_OF:
            end += 1
        if end - at == 4:
            kept.append("".join(_DIGIT_OF[sign] for sign in row[at:end]))
        else:
            kept += row[at : max(end, at + 1)]
        at = max(end, at + 1)
    return kept


class NumberWords:
    """The number words of all languages; `weak` ones are everyday words too.

    "de" is two in Haitian Creole and "of" in French, "sis" six and a sister, "one" hardly ever an age.
    """

    __slots__ = ("joiners", "lexicon", "lookalikes", "pairs", "weak")

    def __init__(self, words: Words) -> None:
        self.lexicon: Lexicon[int] = Lexicon()
        for value, phrases in words.keyed("numbers").items():
            if value.isdecimal():
                for phrase in phrases:
                    self.lexicon.add(phrase, int(value))
        self.joiners = frozenset(words.phrases("number_joiners"))
        tens = {phrase for phrase, values in self.lexicon.phrases.items() if max(values) >= 20}
        units = {phrase for phrase, values in self.lexicon.phrases.items() if max(values) < 20}
        joiners = self.joiners
        self.pairs = pairs_of(self.lexicon.phrases) | frozenset(
            (one.split(" ")[-1], other.split(" ")[0])
            for first, second in ((tens, units), (tens, joiners), (joiners, units))
            for one in first
            for other in second
        )
        small = {*words.phrases("small"), *words.phrases("polite")}
        self.lookalikes = frozenset(words.phrases("lookalikes"))
        self.weak = frozenset(
            phrase
            for phrase, values in self.lexicon.phrases.items()
            if phrase in small or phrase in self.lookalikes or 1 in values
        )

    def at(self, row: Sequence[str], start: int) -> tuple[int, int] | None:
        """The number that begins at token `start` and the token after it; None when none does.

        Words add up as they are spoken: a hundred, a ten, a unit ("ciento veinte y uno"). Raises nothing.
        """
        if row[start].isdecimal():
            return (int(row[start]), start + 1) if len(row[start]) <= 9 else None
        total: int | None = None
        step = 1000  # the next part must be smaller than this
        at = start
        while at < len(row):
            here = at + 1 if total is not None and row[at] in self.joiners and at + 1 < len(row) else at
            part = self._longest(row, here)
            if part is None:
                break
            value, end = part
            if total is None:
                total, at = value, end
            elif value and value < step:
                total, at = total + value, end
            else:
                break
            step = _room_below(value)
            if not step:
                break
        return (total, at) if total is not None else None

    def _longest(self, row: Sequence[str], start: int) -> tuple[int, int] | None:
        for found in self.lexicon.walk(row[start : start + 8]):
            if found.meanings is not None and len(found.meanings) == 1:
                return next(iter(found.meanings)), start + found.end
            return None
        return None


def _room_below(value: int) -> int:
    """What the next spoken part of a number must stay under: 100 after a hundred, 10 after twenty, 0 after the last."""
    if value == 100:
        return 100
    if value in (60, 80):
        return 20  # soixante et onze, quatre-vingt-dix: French counts on
    return 10 if value >= 20 and value % 10 == 0 else 0
