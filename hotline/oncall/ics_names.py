"""Who an event of a calendar means: names as on the staff, first names or initials, several in one event.

Names that fit nobody, or more than one, mean nobody and are told: better a gap that somebody sees than the wrong person
called.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hotline.standards.fold import tokens

# Between people, from what parts them most surely to a comma, which also stands within "House, Blue".
_AMONG = re.compile(
    r"[;/|+&\n•·、，：（）]|\s(?:and|et|y|ak|épi|und|/|-|–|—)\s|\s*[:()\[\]]\s*|[–—]", re.IGNORECASE
)
_COMMA = re.compile(r",")
# Words of a calendar that are no names.
_AROUND = frozenset(
    {
        "on call", "oncall", "call", "shift", "duty", "on duty", "primary", "secondary", "backup", "first", "second", "night",
        "day", "rota", "hotline", "week", "weekend", "astreinte", "garde", "de garde", "guardia", "de guardia", "turno",
        "值班", "1", "2", "1st", "2nd", "s", "p",
    }
)  # fmt: skip
_LONGEST = 200  # characters of a title that are looked at


@dataclass(frozen=True, slots=True)
class Found:
    """`people` (ids) in the order in which they stand; `unknown` names as they stand."""

    people: tuple[str, ...]
    unknown: tuple[str, ...]


class Names:
    """The staff by all that may stand for them."""

    def __init__(self, people: Mapping[str, str]) -> None:
        """`people`: names by id."""
        self._known: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._short: dict[str, set[str]] = defaultdict(set)
        for person, name in people.items():
            parts = tokens(name)
            self._known[tuple(sorted(parts))].add(person)
            if parts:
                self._short[parts[0]].add(person)
                self._short[_initials(parts)].add(person)

    def find(self, title: str) -> Found:
        """Whom a title means."""
        title = title[:_LONGEST].strip()
        whole = self._person(title)
        if whole:
            return Found((whole,), ())
        people: list[str] = []
        unknown: list[str] = []
        for piece in _pieces(title):
            found, rest = self._in(piece)
            people += found
            unknown += rest
        return Found(tuple(dict.fromkeys(people)), tuple(dict.fromkeys(unknown)))

    def _in(self, piece: str) -> tuple[list[str], list[str]]:
        """The people of a piece without strong separators."""
        if _is_around(piece):
            return [], []
        if person := self._person(piece):
            return [person], []
        people, unknown = [], []
        parts = [part.strip() for part in _COMMA.split(piece) if part.strip()]
        if len(parts) == 1:
            found = [self._person(part) for part in parts[0].split()]
            if len(found) > 1 and all(found):  # "BH GF"
                return [person for person in found if person], []
            if person := self._after_words(parts[0]):
                return [person], []
            return [], parts
        for part in parts:
            found_here, rest = self._in(part)
            people += found_here
            unknown += rest
        return people, unknown

    def _after_words(self, piece: str) -> str | None:
        """The person behind or before words that are no names: "on call Blue House"."""
        words = piece.split()
        for cut in range(1, len(words)):
            if _is_around(" ".join(words[:cut])) and (person := self._person(" ".join(words[cut:]))):
                return person
            if _is_around(" ".join(words[cut:])) and (person := self._person(" ".join(words[:cut]))):
                return person
        return None

    def _person(self, said: str) -> str | None:
        """The one person that a name, a first name or initials fit; None for nobody and for several."""
        parts = tokens(said)
        fits = self._known.get(tuple(sorted(parts))) or self._short.get("".join(parts)) or set()
        return next(iter(fits)) if len(fits) == 1 else None


def _pieces(title: str) -> Iterable[str]:
    return [piece.strip(" .,-") for piece in _AMONG.split(title) if piece and piece.strip(" .,-")]


def _is_around(piece: str) -> bool:
    return piece.casefold().strip() in _AROUND


def _initials(parts: Iterable[str]) -> str:
    """ "bh" of "Blue House", "s12" of "Staff 12"."""
    return "".join(part if part.isdigit() else part[0] for part in parts)
