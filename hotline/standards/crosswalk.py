"""The crosswalk: every field of every source form, with its type, codes, class and equivalents.

`crosswalk.csv` holds the source forms' fields; `operational.csv` those of the opening (language, safety, danger,
contact preference), which no source form has. Both have the same columns. A task force's own fields come with its book
(`hotline.forms.own_fields`) and stand behind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from hotline.standards.csvdata import read_csv

SOURCES = ("crosswalk.csv", "operational.csv")
_ITEM_NUMBER = re.compile(r"(?:O\d+|\d+(?:\.\d+)?|[A-E](?:\.\d+)?)(?=\s)")


class Sensitivity(StrEnum):
    """A field's class: it decides how the value is sealed, who may read it and whether it may leave (DESIGN 5)."""

    AGGREGATE = "aggregate"
    RESTRICTED = "restricted"
    REPORTER_IDENTITY = "reporter_identity"
    VICTIM_IDENTITY = "victim_identity"
    SUSPECT_IDENTITY = "suspect_identity"
    IMMIGRATION = "immigration"


class FieldType(StrEnum):
    """What a field's value is; the shapes of the values are those of the export (DESIGN, `hotline export`)."""

    ADDRESS = "address"
    BOOLEAN = "boolean"
    COUNTRIES = "countries"
    COUNTRY = "country"
    DATE = "date"
    DECIMAL = "decimal"
    ENUM = "enum"
    ID = "id"
    INTEGER = "integer"
    LANGUAGES = "languages"
    MONTH = "month"
    MULTI = "multi"
    MULTI_TEXT = "multi_text"
    ORGANISATION = "organisation"
    ORGANISATIONS = "organisations"
    PERIOD = "period"
    PERSON_NAME = "person_name"
    PHONE = "phone"
    PLACE = "place"
    REPEAT = "repeat"
    TEXT = "text"
    TIME = "time"


class UnknownField(KeyError):
    """A form or field that the crosswalk does not have."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field on one form.

    `item` is the source form's own wording, `item_number` its number ("10", "C.11", "1.4", "O1"; "" where the
    form gives none). `codes` are the allowed codes of an enum, multi or boolean field, else (). `htcds` and
    `ctdc` name the equivalents, each "column" or "column=value"; () means there is none.
    """

    form: str
    item: str
    item_number: str
    field: str
    type: FieldType
    codes: tuple[str, ...]
    htcds: tuple[str, ...]
    ctdc: tuple[str, ...]
    sensitivity: Sensitivity
    channels: tuple[str, ...]
    note: str


class Crosswalk:
    """All rows, found by form and by field."""

    def __init__(self, rows: Iterable[FieldRow], own: Iterable[FieldRow] = ()) -> None:
        own = tuple(own)
        self._rows = tuple(rows)
        self._own = frozenset(row.field for row in own)
        self._forms: dict[str, list[FieldRow]] = {}
        self._fields: dict[str, FieldRow] = {}
        self._by_form: dict[tuple[str, str], FieldRow] = {}
        for row in (*self._rows, *own):
            self._forms.setdefault(row.form, []).append(row)
            self._fields.setdefault(row.field, row)
            # D.13 repeats a line of D.14 by mistake of the source: the later row, D.14, is the field's own.
            self._by_form[row.form, row.field] = row

    @staticmethod
    def load() -> Crosswalk:
        """The crosswalk that lies in the package; read once."""
        return _load()

    def with_own(self, rows: Iterable[FieldRow]) -> Crosswalk:
        """The same with a task force's own fields behind those of the standard."""
        return Crosswalk(self._rows, rows)

    def with_codes(self, field: str, codes: Iterable[str]) -> Crosswalk:
        """The same with other codes for a field whose codes are content: the languages that are spoken."""
        listed = tuple(codes)
        rows = (replace(row, codes=listed) if row.field == field else row for row in self._rows)
        return Crosswalk(rows, [row for row in self if row.field in self._own])

    def is_own(self, field: str) -> bool:
        """Whether a field is a task force's own, not one of the standard."""
        return field in self._own

    def __iter__(self) -> Iterator[FieldRow]:
        for rows in self._forms.values():
            yield from rows

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms' names in source order."""
        return tuple(self._forms)

    @property
    def fields(self) -> tuple[str, ...]:
        """Each field's name once, in the order of its first appearance."""
        return tuple(self._fields)

    def form(self, name: str) -> tuple[FieldRow, ...]:
        """A form's rows in source order. Raises UnknownField."""
        try:
            return tuple(self._forms[name])
        except KeyError:
            raise UnknownField(f"the crosswalk has no form {name!r}") from None

    def field(self, form: str, name: str) -> FieldRow:
        """One field of one form. Raises UnknownField."""
        try:
            return self._by_form[form, name]
        except KeyError:
            self.form(form)
            raise UnknownField(f"the form {form!r} has no field {name!r} in the crosswalk") from None

    def anywhere(self, name: str) -> FieldRow:
        """The field's first row on any form (type and class are the same on all). Raises UnknownField."""
        try:
            return self._fields[name]
        except KeyError:
            raise UnknownField(f"the crosswalk has no field {name!r}") from None

    def sensitivity(self, field: str) -> Sensitivity:
        """A field's class, the same on every form. Raises UnknownField: without a class nothing is readable."""
        return self.anywhere(field).sensitivity


@cache
def _load() -> Crosswalk:
    return Crosswalk(_row(cells) for source in SOURCES for cells in read_csv(source))


def _row(cells: dict[str, str]) -> FieldRow:
    return row_of(cells, FieldType(cells["type"]), Sensitivity(cells["sensitivity"]))


def row_of(cells: dict[str, str], kind: FieldType, sensitivity: Sensitivity) -> FieldRow:
    """A row from the cells of a table by column; type and class were read already."""
    number = _ITEM_NUMBER.match(cells["item"])
    return FieldRow(
        form=cells["form"],
        item=cells["item"],
        item_number=number.group() if number else "",
        field=cells["field"],
        type=kind,
        codes=_several(cells["codes"], "|"),
        htcds=_several(cells["htcds"], ";"),
        ctdc=_several(cells["ctdc"], ";"),
        sensitivity=sensitivity,
        channels=_several(cells["channels"], "|"),
        note=cells["note"],
    )


def _several(cell: str, separator: str) -> tuple[str, ...]:
    """A cell's parts. `none` alone means no equivalent; among codes it is a code (`none|ntf|police`)."""
    return () if cell in ("", "none") else tuple(cell.split(separator))
