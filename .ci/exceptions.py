"""Exceptions from the security checks (`exceptions.toml`): each has an owner, a reason and a date, and runs out after 90 days."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("exceptions.toml")
LIVES = timedelta(days=90)
KINDS = ("code", "dependency")


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: `what` is its rule or advisory, `where` a file from the project's folder or a package."""

    what: str
    where: str
    told: str


@dataclass(frozen=True, slots=True)
class Except:
    """`where`: the files or packages that it is for; one that ends with / is for all below."""

    what: str
    where: tuple[str, ...]

    def at(self, finding: Finding) -> str | None:
        """Which of its places covers the finding; None when none does."""
        if finding.what != self.what:
            return None
        return next((one for one in self.where if _covers(one, finding.where)), None)


def _covers(place: str, where: str) -> bool:
    return where.startswith(place) if place.endswith("/") else where == place


def read(text: str, kind: str, today: date) -> tuple[list[Except], list[str]]:
    """The exceptions of one kind, and what is wrong with the file."""
    content = tomllib.loads(text)
    wrong = [f"unknown table [[{name}]]" for name in content if name not in KINDS]
    found = []
    for entry in content.get(kind, ()):
        told = f"[[{kind}]] {entry.get('what', '?')}"
        wrong += [f"{told}: {problem}" for problem in _problems(entry, today)]
        found.append(Except(str(entry.get("what", "")), tuple(map(str, entry.get("where", ())))))
    return found, wrong


def _problems(entry: dict[str, Any], today: date) -> Iterable[str]:
    for name in ("what", "owner", "reason"):
        if not str(entry.get(name, "")).strip():
            yield f"{name} is missing"
    if not entry.get("where"):
        yield "where is missing"
    since = entry.get("date")
    if not isinstance(since, date):
        yield "date is missing (as 2026-11-25, without quotes)"
    elif since > today:
        yield f"its date {since} is in the future"
    elif today - since > LIVES:
        yield f"ran out: it is of {since}, and is to be looked at again after {LIVES.days} days"
    unknown = set(entry) - {"what", "where", "owner", "reason", "date"}
    if unknown:
        yield f"unknown {', '.join(sorted(unknown))}"


def left(findings: Iterable[Finding], allowed: list[Except]) -> list[str]:
    """Findings that no exception covers, and exceptions, place by place, that cover nothing any more."""
    used: set[tuple[str, str]] = set()
    told = []
    for finding in findings:
        covering = [(one.what, at) for one in allowed if (at := one.at(finding)) is not None]
        used.update(covering)
        if not covering:
            told.append(finding.told)
    idle = [(one.what, place) for one in allowed for place in one.where if (one.what, place) not in used]
    return [
        *told,
        *(f"the exception of {what} for {place} matches nothing: take it out" for what, place in idle),
    ]
