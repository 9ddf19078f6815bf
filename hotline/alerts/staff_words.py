"""The words with which staff answer a page: `locales/<locale>/staff.yaml`, all languages at once.

Every word stands under one act only; `problems` names one that does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from hotline.standards.fold import tokens

FILE_NAME = "staff.yaml"


class Act(StrEnum):
    """What a word or a digit of a reply means; POLITE means nothing."""

    TAKE = "take"
    CANNOT = "cannot"
    OUTCOME = "outcome"
    STILL = "still"
    POLITE = "polite"


@dataclass(frozen=True, slots=True)
class StaffWords:
    """Phrases as folded tokens, to their act. `problems` is what is wrong with the files, in words for their authors."""

    phrases: dict[tuple[str, ...], Act]
    longest: int
    problems: tuple[str, ...] = ()

    @staticmethod
    def load(locales: Path) -> StaffWords:
        """Read every `staff.yaml` below `locales`. Never raises for bad content: it stands in `problems`."""
        found: dict[tuple[str, ...], Act] = {}
        problems: list[str] = []
        for path in sorted(locales.glob(f"*/{FILE_NAME}")):
            _read(path, found, problems)
        return StaffWords(found, max(map(len, found), default=1), tuple(problems))


def _read(path: Path, found: dict[tuple[str, ...], Act], problems: list[str]) -> None:
    place = f"locales/{path.parent.name}/{FILE_NAME}"
    content: Any = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    for name, phrases in content.items():
        if name not in list(Act) or not isinstance(phrases, list):
            problems.append(f"{place}: '{name}' is not one of {', '.join(Act)}, or not a list")
            continue
        for phrase in phrases:
            folded = tuple(tokens(phrase)) if isinstance(phrase, str) else ()
            if not folded or any(part.isdigit() for part in folded):
                problems.append(
                    f"{place}: '{phrase}' is no word, or has a number in it (yes, no, on and off need quotes)"
                )
            elif found.setdefault(folded, Act(name)) is not Act(name):
                problems.append(f"{place}: '{phrase}' is {name} here and {found[folded]} elsewhere")


@lru_cache(maxsize=4)
def staff_words(locales: Path) -> StaffWords:
    """The words below `locales`, read once in a process."""
    return StaffWords.load(locales)
