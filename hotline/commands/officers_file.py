"""A CSV file of officers, checked as a whole before anything is done with it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

import click

from hotline.commands.csv_rows import CsvRow, Wrong, read_rows
from hotline.commands.people import e164

_NEEDED = ("phone", "name", "agency")
_KNOWN = (*_NEEDED, "post", "language", "supervisor_phone")
_LONGEST_AGENCY = 120  # characters, as the table holds


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """One officer of the file; numbers in E.164, `supervisor` "" for none."""

    phone: str
    name: str
    agency: str
    post: str
    language: str
    supervisor: str


def read_officers(
    file: Path, country: str, languages: Collection[str]
) -> tuple[list[OfficerRow], list[Wrong]]:
    """The officers, and everything that is wrong. Columns may come in any order, separated by comma, semicolon or tab."""
    lines, wrong = read_rows(file, _NEEDED, _KNOWN)
    rows: list[OfficerRow] = []
    first: dict[str, int] = {}
    for line in lines:
        row, found = _row(line, country, languages)
        if row is not None:
            earlier = first.setdefault(row.phone, line.line)
            if earlier != line.line:
                found.append(Wrong(line.line, f"the number stands in line {earlier} already"))
            rows.append(row)
        wrong += found
    if not rows and not wrong:
        wrong.append(Wrong(1, "no officers in this file"))
    return rows, sorted(wrong, key=attrgetter("line"))


def _row(row: CsvRow, country: str, languages: Collection[str]) -> tuple[OfficerRow | None, list[Wrong]]:
    line, values = row.line, row.values
    wrong = [Wrong(line, f"no {name}") for name in _NEEDED if not values[name]]
    if len(values["agency"]) > _LONGEST_AGENCY:
        wrong.append(Wrong(line, f"the agency has more than {_LONGEST_AGENCY} letters"))
    language = values["language"] or next(iter(languages))
    if language not in languages:
        wrong.append(Wrong(line, f"'{language}' is not one of {', '.join(languages)}"))
    numbers = {}
    for name in ("phone", "supervisor_phone"):
        try:
            numbers[name] = e164(values[name], country) if values[name] else ""
        except click.BadParameter as error:
            wrong.append(Wrong(line, f"{name}: {error.message}"))
    if wrong:
        return None, wrong
    return OfficerRow(
        numbers["phone"],
        values["name"],
        values["agency"],
        values["post"],
        language,
        numbers["supervisor_phone"],
    ), []
