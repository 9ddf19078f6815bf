"""The words with which staff act on the rota by text: `locales/<locale>/rota.yaml`, all languages at once.

swap Staff 2        ask a colleague to swap the next shift
take shift          be on call from now on
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from hotline.forms.source import BadContent, Problem, Section, load
from hotline.standards.fold import tokens

FILE_NAME = "rota.yaml"
_LONGEST_NAME = 40


class RotaWord(StrEnum):
    """What a phrase asks for."""

    SWAP = "swap"
    NOW = "now"


@dataclass(frozen=True, slots=True)
class RotaWish:
    """SWAP with the name that follows ("" for none), or NOW."""

    word: RotaWord
    name: str = ""


@dataclass(frozen=True, slots=True)
class RotaWords:
    """Phrases as folded tokens. `problems` is what is wrong with the files."""

    phrases: dict[tuple[str, ...], RotaWord]
    problems: tuple[Problem, ...] = ()

    @staticmethod
    def load(locales: Path) -> RotaWords:
        """Read every `rota.yaml` below `locales`. Never raises for bad content: it stands in `problems`."""
        found: dict[tuple[str, ...], RotaWord] = {}
        problems: list[Problem] = []
        for path in sorted(locales.glob(f"*/{FILE_NAME}")):
            try:
                _read(load(path, locales.parent), found, problems)
            except BadContent as error:
                problems.append(error.problem)
        return RotaWords(found, tuple(problems))

    def read(self, text: str) -> RotaWish | None:
        """What a text asks for: a phrase alone, or a swap phrase and then a name; None for any other text."""
        text = text.strip()
        word = self.phrases.get(tuple(tokens(text)))
        if word is not None:
            return RotaWish(word)
        # The longest beginning that is a phrase; Chinese may go without a space before the name.
        for end in range(len(text) - 1, 0, -1):
            if (
                text[end - 1].isalpha()
                and text[end].isalpha()
                and text[end].isascii() == text[end - 1].isascii()
            ):
                continue  # within a word
            if self.phrases.get(tuple(tokens(text[:end]))) is RotaWord.SWAP:
                name = text[end:].strip(" .,:;!?。，：")
                return RotaWish(RotaWord.SWAP, name) if len(name) <= _LONGEST_NAME else None
        return None


def _read(content: Section, found: dict[tuple[str, ...], RotaWord], problems: list[Problem]) -> None:
    for name, phrases in content.items():
        line = content.line_of(name)
        if name not in list(RotaWord) or not isinstance(phrases, list):
            known = ", ".join(RotaWord)
            problems.append(Problem(content.file, line, f"'{name}' is not one of {known}, or not a list"))
            continue
        for phrase in phrases:
            folded = tuple(tokens(phrase)) if isinstance(phrase, str) else ()
            if not folded or any(part.isdigit() for part in folded):
                problems.append(Problem(content.file, line, f"'{phrase}' is no word, or has a number in it"))
            elif (word := found.setdefault(folded, RotaWord(name))) is not RotaWord(name):
                problems.append(
                    Problem(content.file, line, f"'{phrase}' is {name} here and {word} elsewhere")
                )


@lru_cache(maxsize=4)
def rota_words(locales: Path) -> RotaWords:
    """The words below `locales`, read once in a process."""
    return RotaWords.load(locales)
