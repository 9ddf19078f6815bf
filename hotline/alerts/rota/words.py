"""The words with which staff act on the rota by text: `locales/<locale>/rota.yaml`, all languages at once.

swap Staff 2        ask a colleague to swap the next shift
take shift          be on call from now on
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from hotline.alerts.word_files import read_words
from hotline.forms.source import Problem
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
        return RotaWords(*read_words(locales, FILE_NAME, RotaWord))

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


@lru_cache(maxsize=4)
def rota_words(locales: Path) -> RotaWords:
    """The words below `locales`, read once in a process."""
    return RotaWords.load(locales)
