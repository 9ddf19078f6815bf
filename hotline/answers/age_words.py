"""The words round an age or another number in all languages, and a reply cut into numbers and such words."""

from __future__ import annotations

from dataclasses import dataclass

from hotline.answers.number_words import NumberWords, pairs_of
from hotline.answers.reading import Mark, marks
from hotline.answers.words import Words

UNITS = frozenset({"years", "months", "weeks", "days"})


class AgeWords:
    """The words round a number, of all languages."""

    __slots__ = ("kinds", "longest", "marks", "numbers", "pairs", "rounds")

    def __init__(self, words: Words) -> None:
        self.numbers = words.compiled(NumberWords)
        self.marks = words.compiled(marks)
        self.kinds: dict[str, set[str]] = {}
        for kind in words.keyed("ages"):
            if kind == "twenties":
                continue
            for phrase in words.phrases("ages", kind):
                self.kinds.setdefault(phrase, set()).update({"years", kind} if kind == "old" else {kind})
        self.rounds = {
            phrase: int(value)
            for value, phrases in words.keyed("ages", "twenties").items()
            for phrase in phrases
        }
        self.pairs = self.numbers.pairs | pairs_of((*self.kinds, *self.rounds))
        every = [*self.kinds, *self.rounds, *self.marks]
        self.longest = max((phrase.count(" ") + 1 for phrase in every), default=1)


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a reply: a number, a sign, or the kinds of a word."""

    number: int | None = None
    sign: str = ""
    kinds: frozenset[str] = frozenset()
    text: str = ""


def age_parts(row: list[str], known: AgeWords) -> list[Part]:
    """The reply in pieces, longest phrases first; a number word is a number unless the phrase round it is longer."""
    parts: list[Part] = []
    at = 0
    while at < len(row):
        number = known.numbers.at(row, at)
        kinds, end = _kinds(row, at, known)
        if number is not None and number[1] >= end:
            weak = " ".join(row[at : number[1]]) in known.numbers.weak
            parts.append(
                Part(number[0], kinds=frozenset({"weak"}) | kinds if weak else frozenset(), text=row[at])
            )
            at = number[1]
        elif kinds:
            phrase = " ".join(row[at:end])
            parts.append(
                Part(known.rounds.get(phrase) if "round" in kinds else None, kinds=kinds, text=phrase)
            )
            at = end
        elif not row[at].isalnum():
            parts.append(Part(sign=row[at], text=row[at]))
            at += 1
        else:
            parts.append(Part(kinds=frozenset({"strange"}), text=row[at]))
            at += 1
    return _without_weak(parts)


def _kinds(row: list[str], at: int, known: AgeWords) -> tuple[frozenset[str], int]:
    for length in range(min(known.longest, len(row) - at), 0, -1):
        phrase = " ".join(row[at : at + length])
        kinds = set(known.kinds.get(phrase, ()))
        if phrase in known.rounds:
            kinds.add("round")
        if (mark := known.marks.get(phrase)) is not None:
            kinds.add(mark)
        if kinds:
            return frozenset(kinds), at + length
    return frozenset(), at


def _without_weak(parts: list[Part]) -> list[Part]:
    """Number words that are everyday words too count only as the whole reply or before a unit: "de zan", "sis an"."""
    strong = any(part.number is not None and "weak" not in part.kinds for part in parts)
    alone = sum(not part.sign for part in parts) == 1
    kept: list[Part] = []
    for place, part in enumerate(parts):
        if "weak" in part.kinds:
            after = parts[place + 1].kinds if place + 1 < len(parts) else frozenset()
            if not strong and (alone or after & UNITS):
                part = Part(part.number, text=part.text)
            else:
                part = Part(kinds=part.kinds - {"weak"} or frozenset({Mark.SMALL}), text=part.text)
        kept.append(part)
    return kept
