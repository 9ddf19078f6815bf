"""What must not stand in a text on a phone that may be in the wrong hands (DESIGN 3).

Listed words of all languages apply at once: a controller who reads French understands "trafficking". The lists are
content, `locales/<locale>/discretion.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import yaml

from hotline.wording import disguises
from hotline.wording.folded import Folded, fold, folded
from hotline.wording.links_told import links
from hotline.wording.numbers_told import long_numbers, short_numbers, spelled_numbers
from hotline.wording.word_lists import WordLists

FILE_NAME = "discretion.yaml"


class FindingKind(StrEnum):
    """Why something is refused. The first five are lists of words; `number` has a list of short ones besides."""

    SERVICE = "service"
    TRAFFICKING = "trafficking"
    POLICE = "police"
    VICTIM = "victim"
    EXPLOITATION = "exploitation"
    NUMBER = "number"
    LINK = "link"
    NAME = "name"


WORD_LISTS: Final = tuple(FindingKind)[:5]
EVERYTHING: Final = frozenset(FindingKind)
# The public's answer menus name the kinds of exploitation, else they could not be asked about.
ANSWER_MENU: Final = EVERYTHING - {FindingKind.EXPLOITATION}
_NUMBERS_KEY: Final = "numbers"
_DIGITS_KEY: Final = "digits"


class DiscretionError(ValueError):
    """A word list that cannot be used; the message begins with the file."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that gives the service away: `words` as written, at `text[start:end]`."""

    kind: FindingKind
    words: str
    start: int
    end: int


# Name parts too common to give anybody away.
_PARTICLES = frozenset(
    ("das", "del", "della", "des", "dos", "las", "les", "los", "mac", "san", "ste", "van", "von")
)


class Discretion:
    """The word lists of all languages, ready to look through a text."""

    def __init__(
        self, listed: Iterable[tuple[FindingKind, str]], digits: Mapping[str, str] | None = None
    ) -> None:
        """`listed` are the words of each kind; `digits` the words for digits, folded ("nine" for "9")."""
        listed = tuple(listed)
        self._lists = WordLists(listed)
        self._short = frozenset(word for kind, word in listed if kind is FindingKind.NUMBER)
        self._digits = dict(digits or {})

    @staticmethod
    def load(folder: Path) -> Discretion:
        """Reads `<folder>/<locale>/discretion.yaml` of every locale. Raises DiscretionError."""
        listed: list[tuple[FindingKind, str]] = []
        digits: dict[str, str] = {}
        for path in sorted(folder.glob(f"*/{FILE_NAME}")):
            for key, words in _read(path).items():
                if key == _DIGITS_KEY:
                    digits |= {fold(word): digit for word, digit in words.items()}
                else:
                    kind = FindingKind.NUMBER if key == _NUMBERS_KEY else FindingKind(key)
                    listed += [(kind, word) for word in words]
        return Discretion(listed, digits)

    def findings(
        self,
        text: str,
        *,
        names: Iterable[str] = (),
        allow_numbers: Collection[str] = (),
        kinds: Collection[FindingKind] = EVERYTHING,
    ) -> tuple[Finding, ...]:
        """All that gives the service away in a text to the public, in the order of the text.

        `names` are those held in the record and on the staff list: each is looked for whole and by its parts of
        three letters or more. `allow_numbers` are numbers that may stand ("911"), for somebody who said that writing
        is safe. `kinds` limits what is looked for (`ANSWER_MENU` for menus).
        """
        seen = folded(text)
        allowed = {_digits(number) for number in allow_numbers}
        spans: list[tuple[FindingKind, int, int]] = []
        for view, found in self._found(seen, names, allowed):
            for kind, start, end in found:
                if kind in kinds and end > start:
                    _add(spans, kind, *view.written_span(start, end))
        order = sorted(spans, key=lambda span: (span[1], span[2], span[0]))
        return tuple(Finding(kind, text[start:end], start, end) for kind, start, end in order)

    def _found(
        self, seen: Folded, names: Iterable[str], allowed: Collection[str]
    ) -> Iterator[tuple[Folded, Iterable[tuple[FindingKind, int, int]]]]:
        """What is found in the text as it stands, then in every way of reading it."""
        parts = [(FindingKind.NAME, part) for name in names for part in _name_parts(name)]
        held = WordLists(parts) if parts else None
        yield seen, self._numbers_and_links(seen.text, allowed)
        for view in (*disguises.views(seen), *disguises.spaced_words(seen)):
            yield view, (span for span in self._lists.spans(view.text) if span[0] is not FindingKind.NUMBER)
            if held is not None:
                yield view, held.spans(view.text)

    def _numbers_and_links(
        self, text: str, allowed: Collection[str]
    ) -> Iterator[tuple[FindingKind, int, int]]:
        within: set[int] = set()
        for start, end in long_numbers(text):
            # A short number inside a long one is a part of it, told or allowed already.
            within |= set(range(start, end))
            if _digits(text[start:end]) not in allowed:
                yield FindingKind.NUMBER, start, end
        listed = [span[1:] for span in self._lists.spans(text) if span[0] is FindingKind.NUMBER]
        for start, end in (*listed, *short_numbers(text, self._short)):
            if start not in within and _digits(text[start:end]) not in allowed:
                yield FindingKind.NUMBER, start, end
        for start, end, digits in spelled_numbers(text, self._digits, self._short):
            if start not in within and digits not in allowed:
                yield FindingKind.NUMBER, start, end
        for start, end in links(text):
            yield FindingKind.LINK, start, end


def _add(spans: list[tuple[FindingKind, int, int]], kind: FindingKind, start: int, end: int) -> None:
    """Add what was found, unless the same words gave a finding of this kind in an earlier reading. Names are all told."""
    if (kind, start, end) in spans:
        return
    if any(one == kind and first < end and start < last for one, first, last in spans):
        return
    spans.append((kind, start, end))


def _digits(number: str) -> str:
    return "".join(char for char in fold(number) if char.isdigit())


def _name_parts(name: str) -> Iterator[str]:
    words = fold(name).split()
    if any(len(word) >= 2 for word in words):
        yield " ".join(words)
    for word in words:
        if len(word) >= 3 and word not in _PARTICLES:
            yield word


def _read(path: Path) -> dict[str, Any]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DiscretionError(f"{path}: {error}") from error
    if not isinstance(content, dict):
        raise DiscretionError(f"{path}: lists of words are expected, each under its kind")
    for key, listed in content.items():
        if key == _DIGITS_KEY:
            _check_digits(path, listed)
            continue
        if key not in (*WORD_LISTS, _NUMBERS_KEY):
            known = ", ".join((*WORD_LISTS, _NUMBERS_KEY, _DIGITS_KEY))
            raise DiscretionError(f"{path}: unknown kind {key!r}; there are {known}")
        if not isinstance(listed, list) or not all(isinstance(word, str) for word in listed):
            raise DiscretionError(f"{path}: {key} has to be a list of words, numbers in quotes")
        for word in listed:
            if not re.search(r"\w", fold(word).rstrip("*")):
                raise DiscretionError(f"{path}: {key} has an entry without a letter: {word!r}")
    return content


def _check_digits(path: Path, digits: object) -> None:
    if not isinstance(digits, dict) or not all(
        isinstance(word, str) and isinstance(digit, str) and re.fullmatch(r"\d{1,2}", digit)
        for word, digit in digits.items()
    ):
        raise DiscretionError(f'{path}: {_DIGITS_KEY} has to name words for digits: nine: "9"')
