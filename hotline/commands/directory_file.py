"""A CSV file of the directory, checked as a whole before anything is done with it.

kind,name,phone,language,languages,districts,hours,landline
interpreter,Interpreter 1,+12025550141,es,es zh,,,
shelter,Shelter 1,+12025550142,en,,LC-02 LC-03,mon-fri 08:00-16:30,yes
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

import click

from hotline.commands.csv_rows import Wrong, read_rows
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


def read_directory(
    file: Path, country: str, languages: Collection[str]
) -> tuple[list[DirectoryRow], list[Wrong]]:
    """The entries, and everything that is wrong. Columns may come in any order, separated by comma, semicolon or tab."""
    lines, wrong = read_rows(file, _NEEDED, _KNOWN)
    rows: list[DirectoryRow] = []
    first: dict[tuple[str, str], int] = {}
    for line in lines:
        try:
            row = row_of(line.values, country, languages)
        except click.BadParameter as error:
            wrong.append(Wrong(line.line, error.message))
            continue
        earlier = first.setdefault((row.kind, row.name.casefold()), line.line)
        if earlier != line.line:
            wrong.append(Wrong(line.line, f"stands in line {earlier} already"))
        rows.append(row)
    if not rows and not wrong:
        wrong.append(Wrong(1, "no entries in this file"))
    return rows, sorted(wrong, key=attrgetter("line"))


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
