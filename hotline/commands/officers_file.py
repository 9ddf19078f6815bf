"""A CSV file of officers, checked as a whole before anything is done with it."""

from __future__ import annotations

import csv
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import click

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


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong in a line of the file, the heading being line 1."""

    line: int
    text: str


def read_officers(
    file: Path, country: str, languages: Collection[str]
) -> tuple[list[OfficerRow], list[Wrong]]:
    """The officers, and everything that is wrong. Columns may come in any order, separated by comma, semicolon or tab."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return [], [Wrong(1, "not UTF-8: save it as CSV UTF-8")]
    lines = text.splitlines()
    heading = lines[0] if lines else ""
    sign = max(",;\t", key=heading.count)
    reader = csv.reader(lines, delimiter=sign)
    columns = [name.strip().casefold().replace(" ", "_") for name in next(reader, [])]
    wrong = [Wrong(1, f"the column '{name}' is missing") for name in _NEEDED if name not in columns]
    wrong += [Wrong(1, f"the column '{name}' is not known") for name in columns if name not in _KNOWN]
    if wrong:
        return [], wrong
    rows: list[OfficerRow] = []
    first: dict[str, int] = {}
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        row, found = _row(reader.line_num, columns, cells, country, languages)
        if row is not None:
            earlier = first.setdefault(row.phone, reader.line_num)
            if earlier != reader.line_num:
                found.append(Wrong(reader.line_num, f"the number stands in line {earlier} already"))
            rows.append(row)
        wrong += found
    if not rows and not wrong:
        wrong.append(Wrong(1, "no officers in this file"))
    return rows, wrong


def _row(
    line: int, columns: list[str], cells: list[str], country: str, languages: Collection[str]
) -> tuple[OfficerRow | None, list[Wrong]]:
    if len(cells) > len(columns):
        return None, [
            Wrong(line, f"{len(cells)} values for {len(columns)} columns: quote a value with a comma")
        ]
    values = dict.fromkeys(_KNOWN, "") | {
        name: cell.strip() for name, cell in zip(columns, cells, strict=False)
    }
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
