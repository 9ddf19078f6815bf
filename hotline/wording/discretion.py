"""What must not stand in a text on a phone that may be in the wrong hands (DESIGN 3).

Listed words of all languages apply at once: a controller who reads French understands "trafficking". The lists are
content, `locales/<locale>/discretion.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

import yaml

from hotline.wording.folded import fold, folded
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


class DiscretionError(ValueError):
    """A word list that cannot be used; the message begins with the file."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that gives the service away: `words` as written, at `text[start:end]`."""

    kind: FindingKind
    words: str
    start: int
    end: int


# Any seven digits or more, with what people put between them; or a plus sign and three digits.
_LONG_NUMBER = re.compile(r"(?:\+[\s(]*)?\d(?:[\s().\-/]{0,3}\d){6,}|\+[\s(]*\d(?:[\s().\-/]{0,3}\d){2,}")
_DATE = re.compile(r"(?:19|20)\d\d([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2(?:19|20)\d\d")
_ENDINGS = (
    "app|bb|biz|ca|cat|cn|co|com|dm|do|edu|es|eu|fr|gd|gl|gov|gp|ht|info|int|io|jm|lc|link|ly|mil|mobi|mq|mx|net|"
    "news|online|org|page|site|tt|tv|uk|vc|ve|web|xyz"
)
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_LINK = re.compile(
    rf"[a-z][a-z0-9+.-]*://\S*|(?<![a-z0-9])www\.\S+|\S+@{_LABEL}(?:\.{_LABEL})+"
    rf"|(?<![a-z0-9.@-])(?:{_LABEL}\.)+(?:(?:{_ENDINGS})(?![a-z0-9-])(?:[/:]\S*)?|[a-z]{{2,}}/\S+)"
)
# No link without one of these; most texts have none and are spared the pattern.
_LINK_SIGN = re.compile(r"\w\.\w|[@/]")
# Name parts too common to give anybody away.
_PARTICLES = frozenset(
    ("das", "del", "della", "des", "dos", "las", "les", "los", "mac", "san", "ste", "van", "von")
)


class Discretion:
    """The word lists of all languages, ready to look through a text."""

    def __init__(self, listed: Iterable[tuple[FindingKind, str]]) -> None:
        self._lists = WordLists(listed)

    @staticmethod
    def load(folder: Path) -> Discretion:
        """Reads `<folder>/<locale>/discretion.yaml` of every locale. Raises DiscretionError."""
        return Discretion(
            (FindingKind.NUMBER if key == _NUMBERS_KEY else FindingKind(key), word)
            for path in sorted(folder.glob(f"*/{FILE_NAME}"))
            for key, words in _read(path).items()
            for word in words
        )

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
        spans = {
            (kind, *seen.written_span(start, end))
            for kind, start, end in self._spans(
                seen.text, names, {_digits(number) for number in allow_numbers}
            )
            if kind in kinds and end > start
        }
        order = sorted(spans, key=lambda span: (span[1], span[2], span[0]))
        return tuple(Finding(kind, text[start:end], start, end) for kind, start, end in order)

    def _spans(
        self, text: str, names: Iterable[str], allowed: Collection[str]
    ) -> Iterator[tuple[FindingKind, int, int]]:
        numbers = [found for found in _LONG_NUMBER.finditer(text) if not _DATE.fullmatch(found.group())]
        for found in numbers:
            if _digits(found.group()) not in allowed:
                yield FindingKind.NUMBER, found.start(), found.end()
        within = {at for found in numbers for at in range(*found.span())}
        for kind, start, end in self._lists.spans(text):
            # A short number inside a long one is a part of it, told or allowed already.
            if kind is FindingKind.NUMBER and (start in within or _digits(text[start:end]) in allowed):
                continue
            yield kind, start, end
        if _LINK_SIGN.search(text):
            for found in _LINK.finditer(text):
                yield FindingKind.LINK, found.start(), found.end()
        if parts := [(FindingKind.NAME, part) for name in names for part in _name_parts(name)]:
            yield from WordLists(parts).spans(text)


def _digits(number: str) -> str:
    return "".join(char for char in fold(number) if char.isdigit())


def _name_parts(name: str) -> Iterator[str]:
    words = fold(name).split()
    if any(len(word) >= 2 for word in words):
        yield " ".join(words)
    for word in words:
        if len(word) >= 3 and word not in _PARTICLES:
            yield word


def _read(path: Path) -> dict[str, list[str]]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DiscretionError(f"{path}: {error}") from error
    if not isinstance(content, dict):
        raise DiscretionError(f"{path}: lists of words are expected, each under its kind")
    for key, listed in content.items():
        if key not in (*WORD_LISTS, _NUMBERS_KEY):
            raise DiscretionError(
                f"{path}: unknown kind {key!r}; there are {', '.join((*WORD_LISTS, _NUMBERS_KEY))}"
            )
        if not isinstance(listed, list) or not all(isinstance(word, str) for word in listed):
            raise DiscretionError(f"{path}: {key} has to be a list of words, numbers in quotes")
        for word in listed:
            if not re.search(r"\w", fold(word).rstrip("*")):
                raise DiscretionError(f"{path}: {key} has an entry without a letter: {word!r}")
    return content
