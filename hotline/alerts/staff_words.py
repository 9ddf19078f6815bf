"""The words with which staff answer a page: `locales/<locale>/staff.yaml`, all languages at once.

Every word stands under one act only; `problems` names one that does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from hotline.forms.source import BadContent, Problem, Section, load
from hotline.standards.fold import tokens

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
        found: dict[tuple[str, ...], Act] = {}
        problems: list[Problem] = []
        for path in sorted(locales.glob(f"*/{FILE_NAME}")):
            try:
                _read(load(path, locales.parent), found, problems)
            except BadContent as error:
                problems.append(error.problem)
        return StaffWords(found, max(map(len, found), default=1), tuple(problems))


def _read(content: Section, found: dict[tuple[str, ...], Act], problems: list[Problem]) -> None:
    for name, phrases in content.items():
        line = content.line_of(name)
        if name not in list(Act) or not isinstance(phrases, list):
            known = ", ".join(Act)
            problems.append(Problem(content.file, line, f"'{name}' is not one of {known}, or not a list"))
            continue
        for phrase in phrases:
            folded = tuple(tokens(phrase)) if isinstance(phrase, str) else ()
            if not folded or any(part.isdigit() for part in folded):
                problems.append(Problem(content.file, line, f"'{phrase}' is no word, or has a number in it"))
            elif (act := found.setdefault(folded, Act(name))) is not Act(name):
                problems.append(Problem(content.file, line, f"'{phrase}' is {name} here and {act} elsewhere"))


@lru_cache(maxsize=4)
def staff_words(locales: Path) -> StaffWords:
    """The words below `locales`, read once in a process."""
    return StaffWords.load(locales)
