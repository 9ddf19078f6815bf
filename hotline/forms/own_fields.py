"""A task force's own fields: `sms_forms/own_fields.csv`, a table with the columns of the crosswalk.

    form,item,field,type,codes,htcds,ctdc,sensitivity,channels,note
    screening,13 Are papers held back,papers_kept,boolean,yes|no,none,none,restricted,sms|web|staff,

The table is part of the book: a conversation that began with it goes on with it, and so does the record made of it. Where
no class can be read the strictest holds, and the check refuses the table.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from hotline.forms.asked import FORMS, KIND_OF
from hotline.forms.source import Problem
from hotline.standards.crosswalk import Crosswalk, FieldRow, FieldType, Sensitivity, row_of
from hotline.standards.htcds import columns

FILE = "sms_forms/own_fields.csv"
COLUMNS = ("form", "item", "field", "type", "codes", "htcds", "ctdc", "sensitivity", "channels", "note")
CHANNELS = ("sms", "voice", "web", "staff")
STRICTEST = Sensitivity.VICTIM_IDENTITY
_NAME = re.compile(r"[a-z][a-z0-9_]{1,47}")
_CODE = re.compile(r"[a-z0-9][a-z0-9_]*")
_CODED = (FieldType.BOOLEAN, FieldType.ENUM, FieldType.MULTI)
_NUMBERED = re.compile(r"\d+(\.\d+)?\s+\S")


def read_own_fields(root: Path, problems: list[Problem]) -> tuple[FieldRow, ...]:
    """The table's rows, () where there is no table; complaints are added to `problems`.

    A row that cannot stand beside the standard's (a name that it has, an unknown form or type) is left out.
    """
    path = root / FILE
    if not path.is_file():
        return ()
    return _Table(problems).rows(path)


class _Table:
    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.standard = Crosswalk.load()
        self.numbers = {(row.form, row.item_number) for row in self.standard}
        self.kept: list[FieldRow] = []

    def say(self, line: int, text: str) -> None:
        self.problems.append(Problem(FILE, line, text))

    def rows(self, path: Path) -> tuple[FieldRow, ...]:
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
        except UnicodeDecodeError:
            self.say(1, "the file is not UTF-8: save it as CSV UTF-8")
            return ()
        for line, cells in self.cells(lines):
            row = self.row(line, cells)
            if row is not None:
                self.kept.append(row)
        return tuple(self.kept)

    def cells(self, lines: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row with its line; blank ones left out."""
        reader = csv.reader(lines)
        header = [cell.strip() for cell in next(reader, [])]
        if header != list(COLUMNS):
            if any(header):
                self.say(1, f"the first line must be: {','.join(COLUMNS)}")
            return
        line = reader.line_num + 1
        for row in reader:
            if any(cell.strip() for cell in row):
                if len(row) == len(COLUMNS):
                    yield line, dict(zip(COLUMNS, (cell.strip() for cell in row), strict=True))
                else:
                    self.say(
                        line,
                        f"{len(row)} cells instead of {len(COLUMNS)}: a cell with a comma needs quotes round it",
                    )
            line = reader.line_num + 1

    def row(self, line: int, cells: dict[str, str]) -> FieldRow | None:
        kind = FieldType(cells["type"]) if cells["type"] in set(FieldType) else None
        usable = [self.place(line, cells), self.name(line, cells)]
        if kind not in KIND_OF:
            known = ", ".join(sorted(one.value for one in KIND_OF))
            self.say(line, f"unknown type '{cells['type']}' (known: {known})")
        known_class = cells["sensitivity"] in set(Sensitivity)
        sensitivity = Sensitivity(cells["sensitivity"]) if known_class else STRICTEST
        if not known_class:
            known = ", ".join(Sensitivity)
            self.say(line, f"unknown class '{cells['sensitivity']}' under sensitivity (known: {known})")
        self.codes(line, cells, kind)
        if wrong := [name for name in cells["channels"].split("|") if name not in CHANNELS]:
            self.say(line, f"channels are some of {'|'.join(CHANNELS)}, not '{wrong[0]}'")
        self.mapping(line, cells)
        if not all(usable) or kind is None or kind not in KIND_OF:
            return None
        row = row_of(cells, kind, sensitivity)
        return row if self.agrees(line, row) else None

    def place(self, line: int, cells: dict[str, str]) -> bool:
        """The form, and a number of its own there: officers answer by it (`13=yes`)."""
        form = cells["form"]
        if form not in FORMS:
            self.say(line, f"there is no form '{form}' (known: {', '.join(FORMS)})")
            return False
        if not _NUMBERED.match(cells["item"]):
            self.say(line, "item begins with a number of its own, like: 13 Are papers held back")
            return False
        number = cells["item"].split()[0]
        if (form, number) in self.numbers:
            self.say(line, f"item {number} is another one on the form '{form}': take a free number")
            return False
        self.numbers.add((form, number))
        return True

    def name(self, line: int, cells: dict[str, str]) -> bool:
        name = cells["field"]
        if not _NAME.fullmatch(name):
            self.say(line, f"'{name}' is no name of a field: small letters, digits and _, a letter first")
            return False
        if name in self.standard.fields:
            self.say(line, f"'{name}' is a field of the standard: take another name")
            return False
        return True

    def codes(self, line: int, cells: dict[str, str], kind: FieldType | None) -> None:
        codes = [] if cells["codes"] in ("", "none") else cells["codes"].split("|")
        if kind in _CODED and not codes:
            self.say(line, f"the type {cells['type']} needs codes, like yes|no")
        if kind is FieldType.BOOLEAN and codes and set(codes) != {"yes", "no"}:
            self.say(line, "the codes of a boolean are yes|no")
        if kind is not None and kind not in _CODED and codes:
            self.say(line, f"the type {cells['type']} has no codes")
        for code in codes:
            if not _CODE.fullmatch(code):
                self.say(line, f"'{code}' is no code: small letters, digits and _")

    def mapping(self, line: int, cells: dict[str, str]) -> None:
        """HTCDS columns must be there: into a misspelt one nothing would ever be exported."""
        named = [] if cells["htcds"] in ("", "none") else cells["htcds"].split(";")
        for column in named:
            if column.partition("=")[0] not in columns():
                self.say(line, f"HTCDS has no column '{column.partition('=')[0]}'")

    def agrees(self, line: int, row: FieldRow) -> bool:
        """The same field on another form is the same kind of thing, of the same class; on one form it stands once."""
        for other in self.kept:
            if other.field != row.field:
                continue
            if other.form == row.form:
                self.say(line, f"'{row.field}' stands here twice for the form '{row.form}'")
                return False
            if (other.type, other.sensitivity) != (row.type, row.sensitivity):
                self.say(line, f"'{row.field}' has another type or class on the form '{other.form}'")
                return False
        return True
