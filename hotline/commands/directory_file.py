"""A CSV file of the directory, checked as a whole before anything is done with it.

kind,name,phone,language,languages,districts,hours,landline
interpreter,Interpreter 1,+12025550141,es,es zh,,,
shelter,Shelter 1,+12025550142,en,,LC-02 LC-03,mon-fri 08:00-16:30,yes
"""

from __future__ import annotations

import csv
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import click

from hotline.commands.numbers import e164
from hotline.oncall.directory import Kind
from hotline.oncall.hours import NoHours, read_hours
from hotline.standards.places import Gazetteer

_NEEDED = ("kind", "name", "phone")
_KNOWN = (*_NEEDED, "language", "languages", "districts", "hours", "landline")
_YES, _NO = ("yes", "y", "1", "true"), ("", "no", "n", "0", "false")


@dataclass(frozen=True, slots=True)
class DirectoryRow:
    """One entry of the file; the number in E.164, districts LC-nn."""

    kind: Kind
    name: str
    phone: str
    language: str
    languages: tuple[str, ...]
    districts: tuple[str, ...]
    hours: str
    landline: bool


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong in a line of the file, the heading being line 1."""

    line: int
    text: str


def read_directory(
    file: Path, country: str, languages: Collection[str]
) -> tuple[list[DirectoryRow], list[Wrong]]:
    """The entries, and everything that is wrong. Columns may come in any order, separated by comma, semicolon or tab."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return [], [Wrong(1, "not UTF-8: save it as CSV UTF-8")]
    lines = text.splitlines()
    heading = lines[0] if lines else ""
    reader = csv.reader(lines, delimiter=max(",;\t", key=heading.count))
    columns = [name.strip().casefold() for name in next(reader, [])]
    wrong = [Wrong(1, f"the column '{name}' is missing") for name in _NEEDED if name not in columns]
    wrong += [Wrong(1, f"the column '{name}' is not known") for name in columns if name not in _KNOWN]
    if wrong:
        return [], wrong
    rows: list[DirectoryRow] = []
    first: dict[tuple[str, str], int] = {}
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        values = dict.fromkeys(_KNOWN, "") | {
            name: cell.strip() for name, cell in zip(columns, cells, strict=False)
        }
        try:
            if len(cells) > len(columns):
                raise click.BadParameter(
                    f"{len(cells)} values for {len(columns)} columns: quote a value with a comma"
                )
            row = row_of(values, country, languages)
        except click.BadParameter as error:
            wrong.append(Wrong(reader.line_num, error.message))
            continue
        earlier = first.setdefault((row.kind, row.name.casefold()), reader.line_num)
        if earlier != reader.line_num:
            wrong.append(Wrong(reader.line_num, f"stands in line {earlier} already"))
        rows.append(row)
    if not rows and not wrong:
        wrong.append(Wrong(1, "no entries in this file"))
    return rows, wrong


def row_of(values: dict[str, str], country: str, languages: Collection[str]) -> DirectoryRow:
    """An entry from its words. Raises click.BadParameter with all that is wrong with it, in words."""
    wrong = [f"no {name}" for name in _NEEDED if not values[name]]
    kind = values["kind"].casefold().replace(" ", "_").replace("-", "_")
    if kind and kind not in list(Kind):
        wrong.append(f"'{values['kind']}' is not one of {', '.join(Kind)}")
    own = values["language"] or next(iter(languages))
    spoken = tuple(values["languages"].replace(";", " ").split())
    wrong += [
        f"'{one}' is not one of {', '.join(languages)}" for one in (own, *spoken) if one not in languages
    ]
    districts = tuple(values["districts"].upper().replace(";", " ").split())
    known = Gazetteer.shared().districts
    wrong += [f"'{one}' is no district: write LC-02" for one in districts if one not in known]
    try:
        read_hours(values["hours"])
    except NoHours as error:
        wrong.append(str(error))
    if values["landline"].casefold() not in (*_YES, *_NO):
        wrong.append(f"landline: '{values['landline']}' is neither yes nor no")
    phone = ""
    try:
        phone = e164(values["phone"], country) if values["phone"] else ""
    except click.BadParameter as error:
        wrong.append(error.message)
    if wrong:
        raise click.BadParameter("; ".join(wrong))
    return DirectoryRow(
        Kind(kind), values["name"], phone, own, spoken, districts, values["hours"],
        values["landline"].casefold() in _YES,
    )  # fmt: skip
