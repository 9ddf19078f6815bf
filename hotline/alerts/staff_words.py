"""The words with which staff answer a page: `locales/<locale>/staff.yaml`, all languages at once.

Every word stands under one act only; `problems` names one that does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from hotline.alerts.word_files import read_words
from hotline.forms.source import Problem

FILE_NAME = "staff.yaml"


class Act(StrEnum):
    """What a word or a digit of a reply means; POLITE means nothing."""

    TAKE = "take"
    CANNOT = "cannot"
    OUTCOME = "outcome"
    STILL = "still"
    NEXT = "next"  # page the next person now
    SNOOZE = "snooze"  # let it rest: `hotline.alerts.staff_orders`
    ADD = "add"
    TRANSFER = "transfer"
    POLITE = "polite"


@dataclass(frozen=True, slots=True)
class StaffWords:
    """Phrases as folded tokens, to their act. `problems` is what is wrong with the files."""

    phrases: dict[tuple[str, ...], Act]
    longest: int
    problems: tuple[Problem, ...] = ()

    @staticmethod
    def load(locales: Path) -> StaffWords:
        """Read every `staff.yaml` below `locales`. Never raises for bad content: it stands in `problems`."""
        found, problems = read_words(locales, FILE_NAME, Act)
        return StaffWords(found, max(map(len, found), default=1), problems)


@lru_cache(maxsize=4)
def staff_words(locales: Path) -> StaffWords:
    """The words below `locales`, read once in a process."""
    return StaffWords.load(locales)
