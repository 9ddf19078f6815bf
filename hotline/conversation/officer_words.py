"""An officer's words beside the report itself: `st K7P`, `try scr ...`, `join 4821`, and those of `locales/*/officer.yaml`:
the word that gives the signs, and the one that says "I am still in post".

`st`, `try` and `join` are the same in every language, like a form's code. Words of all languages apply at once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from hotline.conversation.effects import Raise
from hotline.conversation.inbound import Inbound
from hotline.conversation.language import Greetings, fold
from hotline.conversation.officer import split_code
from hotline.conversation.step import step
from hotline.conversation.turn import Facts
from hotline.forms.book import Book
from hotline.forms.source import BadContent, Problem, Section, load
from hotline.triage.grade import Grade, findings

FILE_NAME = "officer.yaml"
ACTS = ("signs", "still")
_OWN = ("st", "try", "join")
_STANDING = re.compile(r"\s*st[\s:.=]+([a-z0-9]{3})\s*[.?!]?\s*", re.I)
_PRACTICE = re.compile(r"\s*try\b[\s:.,-]*(.*)", re.I | re.S)
_JOIN = re.compile(r"\s*join[\s:.=#-]*(\d{3,8})\b[\s:.,;-]*(.*)", re.I | re.S)


@dataclass(frozen=True, slots=True)
class AsksStanding:
    """`st K7P`."""

    reference: str


@dataclass(frozen=True, slots=True)
class Practises:
    """`try scr ...`: `report` begins with the form's code."""

    report: str


@dataclass(frozen=True, slots=True)
class Joins:
    """`join 4821`, and what was told with it ("" for nothing)."""

    code: str
    told: str


@dataclass(frozen=True, slots=True)
class AsksSigns:
    """The signs word."""


@dataclass(frozen=True, slots=True)
class IsStill:
    """ "Still in post"."""


OfficerWord = AsksStanding | Practises | Joins | AsksSigns | IsStill


@dataclass(frozen=True, slots=True)
class OfficerWords:
    """Folded phrases to their act; `first` the word to show, by language and act."""

    acts: Mapping[str, str] = field(default_factory=dict)
    first: Mapping[tuple[str, str], str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @classmethod
    def load(cls, locales: Path) -> OfficerWords:
        """Read every `officer.yaml` below `locales`. Never raises for bad content: it stands in `problems`."""
        acts: dict[str, str] = {}
        first: dict[tuple[str, str], str] = {}
        problems: list[Problem] = []
        for path in sorted(locales.glob(f"*/{FILE_NAME}")):
            try:
                _read(load(path, locales.parent), path.parent.name, acts, first, problems)
            except BadContent as error:
                problems.append(error.problem)
        return cls(acts, first, tuple(problems))

    def shown(self, locale: str, act: str) -> str:
        """The word of this language for an act, else the English one."""
        return self.first.get((locale, act)) or self.first.get(("en", act), "")

    def read(self, text: str, book: Book) -> OfficerWord | None:
        """What the text says as an officer's word; None when it is none."""
        if match := _STANDING.fullmatch(text):
            return AsksStanding(match[1].upper())
        if match := _JOIN.fullmatch(text):
            return Joins(match[1], match[2].strip())
        match = _PRACTICE.fullmatch(text)
        if match and split_code(match[1], book) is not None:
            return Practises(match[1])
        act = self.acts.get(fold(text))
        if act is None:
            return None
        return AsksSigns() if act == "signs" else IsStill()


def _read(
    content: Section,
    locale: str,
    acts: dict[str, str],
    first: dict[tuple[str, str], str],
    problems: list[Problem],
) -> None:
    for name, phrases in content.items():
        line = content.line_of(name)
        if name not in ACTS or not isinstance(phrases, list) or not phrases:
            problems.append(
                Problem(content.file, line, f"'{name}' is not one of {', '.join(ACTS)}, or no list")
            )
            continue
        for phrase in phrases:
            folded = fold(str(phrase))
            other = acts.setdefault(folded, name)
            if not folded or folded in _OWN:
                problems.append(
                    Problem(content.file, line, f"'{phrase}' is no word, or another officer's word")
                )
            elif other != name:
                problems.append(
                    Problem(content.file, line, f"'{phrase}' is {name} here and {other} elsewhere")
                )
            first.setdefault((locale, name), str(phrase).upper())


def problems(locales: Path, book: Book, languages: Collection[str], taken: Collection[str]) -> list[Problem]:
    """For `hotline check`: what is wrong with the files; a language without words; a word that the carrier acts on
    (`taken`), or that begins a report."""
    words = OfficerWords.load(locales)
    found = list(words.problems)
    carriers = {fold(word) for word in taken}
    for locale in languages:
        file = f"locales/{locale}/{FILE_NAME}"
        found += [
            Problem(file, 1, f"no word for '{act}' in '{locale}'")
            for act in ACTS
            if (locale, act) not in words.first
        ]
    for phrase in words.acts:
        if phrase in carriers:
            found.append(
                Problem(f"locales/*/{FILE_NAME}", 1, f"'{phrase}' is a word that the carrier acts on")
            )
        if split_code(phrase, book) is not None:
            found.append(Problem(f"locales/*/{FILE_NAME}", 1, f"'{phrase}' begins a report"))
    return found


def practise(book: Book, report: str, inbound: Inbound, facts: Facts, greetings: Greetings) -> str:
    """The answer that the report would get, marked as practice. Nothing else comes of it: no record, no alert. Whoever
    wrote of danger is told so, for the one time when it is real."""
    locale = facts.language or facts.languages[0]
    begun = split_code(report, book)
    if begun is None or not begun[1]:
        return book.say("officer.practice_how", locale)
    mark = book.say("officer.practice", locale)
    pretended = replace(
        facts, officer=True, taken=False, stopped=False, before=None, reference=mark.rstrip(".。 ")
    )
    outcome = step(book, None, replace(inbound, text=report), pretended, greetings)
    said = outcome.say or ""
    if mark.rstrip(".。 ") not in said:
        said = f"{mark} {said}"
    danger = any(isinstance(effect, Raise) and effect.grade is Grade.EMERGENCY for effect in outcome.effects)
    return f"{book.say('officer.practice_danger', locale)} {said}" if danger else said


def is_danger(text: str, facts: Facts) -> bool:
    """Whether the text tells of danger: then it is no officer's word, whatever it begins with."""
    return bool(findings(text, facts.danger))
