"""Words that staff type: `locales/<locale>/<name>.yaml`, lists of phrases under what they mean, all languages at once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from hotline.forms.source import BadContent, Problem, Section, load
from hotline.standards.fold import tokens

Meaning = TypeVar("Meaning", bound=StrEnum)


def read_words(
    locales: Path, file_name: str, meanings: type[Meaning]
) -> tuple[dict[tuple[str, ...], Meaning], tuple[Problem, ...]]:
    """The phrases of every such file as folded tokens, each to its one meaning, and what is wrong with the files. Never
    raises for bad content."""
    found: dict[tuple[str, ...], Meaning] = {}
    problems: list[Problem] = []
    for path in sorted(locales.glob(f"*/{file_name}")):
        try:
            _read(load(path, locales.parent), meanings, found, problems)
        except BadContent as error:
            problems.append(error.problem)
    return found, tuple(problems)


def _read(
    content: Section,
    meanings: type[Meaning],
    found: dict[tuple[str, ...], Meaning],
    problems: list[Problem],
) -> None:
    for name, phrases in content.items():
        line = content.line_of(name)
        if name not in list(meanings) or not isinstance(phrases, list):
            known = ", ".join(meanings)
            problems.append(Problem(content.file, line, f"'{name}' is not one of {known}, or not a list"))
            continue
        for phrase in phrases:
            folded = tuple(tokens(phrase)) if isinstance(phrase, str) else ()
            if not folded or any(part.isdigit() for part in folded):
                problems.append(Problem(content.file, line, f"'{phrase}' is no word, or has a number in it"))
            elif (meant := found.setdefault(folded, meanings(name))) is not meanings(name):
                problems.append(
                    Problem(content.file, line, f"'{phrase}' is {name} here and {meant} elsewhere")
                )
