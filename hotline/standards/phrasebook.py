"""Words that stand for something (countries), found in a reply with small words around them and typing errors in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import product
from typing import Generic, TypeVar

from hotline.standards.fold import tokens
from hotline.standards.lexicon import Lexicon

V = TypeVar("V")

SAINTS = {"st": "saint", "ste": "sainte", "mt": "mount"}
_MOST_TOKENS = 60
_MOST_MISTYPED = 3
_MOST_READINGS = 12


def name_tokens(text: str) -> list[str]:
    """The folded tokens of a name, with "St" and "Ste" spelt out."""
    return [SAINTS.get(token, token) for token in tokens(text)]


@dataclass(frozen=True, slots=True)
class Hit(Generic[V]):
    """What a reply can mean, likeliest first, and the tokens that were neither known nor small."""

    values: tuple[V, ...]
    strange: tuple[str, ...] = ()


class Phrasebook(Generic[V]):
    """Words and their values. Codes of two or three letters count only as the whole reply: "in" is not India."""

    def __init__(self, fillers: Iterable[str]) -> None:
        self._fillers = frozenset(token for word in fillers for token in tokens(word))
        self._values: dict[str, tuple[V, ...]] = {}
        self._codes: dict[str, tuple[V, ...]] = {}
        self._lexicon: Lexicon[V] = Lexicon()

    def add(self, word: str, value: V, *, code: bool = False) -> None:
        """Let `word` mean `value` too; a `code` counts only as the whole reply."""
        row = name_tokens(word)
        phrase = " ".join(row)
        if not phrase:
            return
        if code:
            if value not in self._codes.get(phrase, ()):
                self._codes[phrase] = (*self._codes.get(phrase, ()), value)
            return
        if value not in self._values.get(phrase, ()):
            self._values[phrase] = (*self._values.get(phrase, ()), value)
        self._lexicon.add(phrase, value)

    def set(self, word: str, values: Sequence[V]) -> None:
        """Let `word` mean exactly `values`, likeliest first."""
        phrase = " ".join(name_tokens(word))
        self._values[phrase] = tuple(values)
        self._lexicon.replace(phrase, *values)

    @property
    def vocabulary(self) -> AbstractSet[str]:
        """Every word of a known phrase."""
        return self._lexicon.vocabulary

    @property
    def phrases(self) -> AbstractSet[str]:
        """Every known phrase, folded."""
        return self._values.keys()

    @property
    def codes(self) -> AbstractSet[str]:
        """Every word of a code."""
        return {word for code in self._codes for word in code.split(" ")}

    @property
    def fillers(self) -> frozenset[str]:
        """The small words round a name."""
        return self._fillers

    def exact(self, text: str) -> tuple[V, ...]:
        """The values of `text` taken whole, small words round it left out; () when it is not known."""
        return self._whole(name_tokens(text))

    def _whole(self, row: list[str]) -> tuple[V, ...]:
        whole = " ".join(row)
        core = " ".join(token for token in row if token not in self._fillers)
        for phrase in (whole, core):
            if values := self._values.get(phrase) or self._codes.get(phrase):
                return values
        return ()

    def read(self, text: str) -> Hit[V]:
        """What `text` can mean: taken whole, else every known word in it, typing errors in five letters or more allowed."""
        row = name_tokens(text)[:_MOST_TOKENS]
        if values := self._whole(row):
            return Hit(values)
        hit = self._walk(row)
        options = [
            (place, near)
            for place, token in enumerate(row)
            if token in hit.strange and (near := self._lexicon.near(token))
        ][:_MOST_MISTYPED]
        if not options:
            return hit
        wholes: list[V] = []
        parts: list[V] = []
        strange = hit.strange
        for number, chosen in enumerate(product(*(near for _, near in options))):
            if number >= _MOST_READINGS:
                break
            corrected = list(row)
            for (place, _), word in zip(options, chosen, strict=True):
                corrected[place] = word
            whole = self._values.get(" ".join(corrected), ())
            wholes += [value for value in whole if value not in wholes]
            core = self._whole(corrected)
            attempt = Hit(core) if core else self._walk(corrected)
            parts += [value for value in attempt.values if value not in parts]
            strange = min(strange, attempt.strange, key=len)
        return Hit(tuple(wholes)) if wholes else Hit(tuple(parts), strange)

    def _walk(self, row: list[str]) -> Hit[V]:
        values: list[V] = []
        strange: list[str] = []
        for start, end, meanings in self._lexicon.walk(row):
            if meanings is None:
                if row[start] not in self._fillers:
                    strange.append(row[start])
                continue
            ranked = self._values[" ".join(row[start:end])]
            values += [value for value in ranked if value not in values]
        return Hit(tuple(values), tuple(strange))
