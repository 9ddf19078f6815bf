"""The words of dates in all languages, and a reply cut into them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from hotline.answers.number_words import NumberWords, joined, pairs_of
from hotline.answers.reading import Mark, marks
from hotline.answers.words import Words
from hotline.standards.fold import signs
from hotline.standards.lexicon import Lexicon

Sense = tuple[str, int | str, int]  # kind, value, second value (an offset)

_PLAIN_KINDS = ("ago_before", "ago_after", "one", "couple", "vague", "last", "this", "next")
_TELLING = frozenset(
    {"month", "weekday", "day", "span", "ago_before", "ago_after", "last", "this", "next", "vague"}
)
_PERIOD_KINDS = ("since", "for", "to", "between", "and", "until_now")
_ORDINALS = frozenset({"st", "nd", "rd", "th", "er", "ere", "re", "eme", "ero", "ra", "era"})
_CLOCK = frozenset({"am", "pm", "h", "hrs", "oclock", "heures", "e", "ze"})
BESIDE_NUMBERS = _ORDINALS | _CLOCK
"""What may stand directly behind a number of a date or a time."""
SAYING_NOTHING = frozenset({"small", "lookalike", *(str(mark) for mark in Mark)})
"""Kinds of words that make no date by themselves."""
_CJK_UNITS = {"年": "year", "月": "month", "日": "day", "号": "day", "號": "day"}
_SHORT_YEAR = re.compile(r"(?<!\w)['’‘´`](\d\d)(?![\w'’])", re.ASCII)
_DROPPED_SIGNS = frozenset(",;()[]'\"!:*#=")


def date_signs(text: str) -> list[str]:
    """The tokens of `text` with its signs; "jan '25" tells a year, which the apostrophe alone shows."""
    return signs(_SHORT_YEAR.sub(lambda match: _century(match.group(1)), text))


def _century(year: str) -> str:
    return ("20" if year < "50" else "19") + year


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a reply: what the words can mean, as kind to value; `text` as folded."""

    text: str
    senses: dict[str, tuple[int | str, int]] = field(default_factory=dict)
    number: int | None = None
    sign: bool = False

    def has(self, kind: str) -> bool:
        """Whether it can be of `kind`."""
        return kind in self.senses

    @property
    def idle(self) -> bool:
        """Whether it says nothing but a small word."""
        return self.number is None and not self.sign and set(self.senses) <= {"small"} and bool(self.senses)


class DateWords:
    """The date words of all languages, compiled."""

    __slots__ = ("half_days", "lexicon", "marks", "numbers", "pairs")

    def __init__(self, words: Words) -> None:
        self.numbers = words.compiled(NumberWords)
        self.marks = words.compiled(marks)
        self.lexicon: Lexicon[Sense] = Lexicon()
        for phrase, mark in self.marks.items():
            if mark in (Mark.SMALL, Mark.POLITE, Mark.AND):
                self.lexicon.add(phrase, ("small", 0, 0))
            elif mark in (Mark.NEGATION, Mark.OR, Mark.HEDGE):
                self.lexicon.add(phrase, (str(mark), 0, 0))
        for phrase in words.phrases("dates", "small"):
            self.lexicon.add(phrase, ("small", 0, 0))
        for kind, section in (("month", "months"), ("weekday", "weekdays"), ("day", "days")):
            for key, phrases in words.keyed("dates", section).items():
                for phrase in phrases:
                    self.lexicon.add(phrase, (kind, int(key), 0))
        for unit, phrases in words.keyed("dates", "units").items():
            for phrase in phrases:
                self.lexicon.add(phrase, ("unit", unit, 0))
        for unit in words.keyed("dates", "spans"):
            for offset, phrases in words.keyed("dates", "spans", unit).items():
                for phrase in phrases:
                    self.lexicon.add(phrase, ("span", unit, int(offset)))
        for kind in (*_PLAIN_KINDS, *_PERIOD_KINDS):
            for phrase in words.phrases("dates", kind):
                self.lexicon.add(phrase, (kind, 0, 0))
        for phrase in self.numbers.lookalikes & self.lexicon.phrases.keys():
            self.lexicon.add(phrase, ("lookalike", 0, 0))
        hours = {phrase for phrases in words.keyed("times", "hours").values() for phrase in phrases}
        self.half_days = frozenset({*words.phrases("times", "am"), *words.phrases("times", "pm"), *hours})
        for phrase in self.half_days:
            if phrase not in self.lexicon.phrases:
                self.lexicon.add(phrase, ("small", 0, 0))

        self.pairs = self.numbers.pairs | pairs_of(self.lexicon.phrases)

    def tells(self, token: str) -> bool:
        """Whether `token` alone could be part of a date; "day" and "since" could not."""
        kinds = {kind for kind, _, _ in self.lexicon.phrases.get(token, ())}
        return bool(kinds & _TELLING) or (
            token in self.numbers.lexicon.phrases and token not in self.numbers.weak
        )

    def cut(self, row: Sequence[str]) -> list[Piece] | None:
        """The pieces of `row` (tokens with signs); None when a word is unknown, even as a typing error."""
        pieces: list[Piece] = []
        at = 0
        row = self._without_times(joined(row, self.pairs))
        while at < len(row):
            token = row[at]
            found = next(self.lexicon.walk(row[at : at + 8]))
            number = self.numbers.at(row, at)
            length = found.end if found.meanings is not None else 0
            if (
                length > 1
                and pieces
                and _counts(pieces[-1])
                and any(kind == "span" for kind, _, _ in found.meanings or ())
            ):
                unit = self.lexicon.phrases.get(token, frozenset())
                if any(
                    kind == "unit" for kind, _, _ in unit
                ):  # "2 mwa pase" is two months ago, no last month
                    pieces.append(Piece(token, _senses(unit)))
                    at += 1
                    continue
            if number is not None and number[1] - at >= length:
                senses = _senses(found.meanings) if number[1] - at == length else {}
                pieces.append(Piece(" ".join(row[at : number[1]]), senses, number[0]))
                at = number[1]
                if token.isdecimal() and at < len(row) and row[at] in _ORDINALS:
                    at += 1
            elif length:
                pieces.append(Piece(" ".join(row[at : at + length]), _senses(found.meanings)))
                at += length
            elif not token.isalnum():
                if token not in _DROPPED_SIGNS:
                    pieces.append(Piece(token, sign=True))
                at += 1
            else:
                near = self.lexicon.near(token)
                meanings = {tuple(sorted(map(str, self.lexicon.phrases.get(word, ())))) for word in near}
                if len(meanings) != 1 or not (known := self.lexicon.phrases.get(near[0])):
                    return None
                pieces.append(Piece(near[0], _senses(known)))
                at += 1
        return _without_weak(pieces)

    def _without_times(self, row: Sequence[str]) -> list[str]:
        """`row` without a time of day: "12/11 10:30 pm", "yesterday 9pm"."""
        kept: list[str] = []
        at = 0
        while at < len(row):
            if row[at].isdecimal() and len(row[at]) <= 2 and at + 1 < len(row):
                end = at + 1
                if row[end] in (":", "h") and end + 1 < len(row) and row[end + 1].isdecimal():
                    end += 2
                if (
                    end < len(row)
                    and row[end] in _CLOCK
                    and (end + 1 == len(row) or not row[end + 1].isdecimal())
                ):
                    end += 1
                if end > at + 1:
                    at = end
                    continue
            kept.append(row[at])
            at += 1
        return kept


def _counts(piece: Piece) -> bool:
    """Whether the piece says how many units follow."""
    return piece.number is not None or piece.has("couple") or piece.has("vague")


def _without_weak(pieces: list[Piece]) -> list[Piece]:
    """Small words that are numbers elsewhere ("de" is two in Haitian Creole) count only before a unit: "de jou"."""
    kept: list[Piece] = []
    for place, piece in enumerate(pieces):
        if piece.number is not None and piece.has("small") and not piece.text.isdecimal():
            after = next((p for p in pieces[place + 1 :] if not p.idle), None)
            if after is None or not after.has("unit"):
                piece = Piece(piece.text, piece.senses)
        kept.append(piece)
    return kept


def _senses(meanings: frozenset[Sense] | None) -> dict[str, tuple[int | str, int]]:
    return {kind: (value, offset) for kind, value, offset in sorted(meanings or (), key=str)}


def cjk_unit(piece: Piece) -> str:
    """The unit that a Chinese character puts behind a number of the calendar ("11月"), else ""."""
    return _CJK_UNITS.get(piece.text, "")
