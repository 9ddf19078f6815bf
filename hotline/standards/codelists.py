"""The code lists: each code with the source form's own label and its HTCDS and CTDC equivalents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from hotline.standards.crosswalk import FieldRow, FieldType, UnknownField
from hotline.standards.csvdata import read_csv

SOURCES = ("codelists.csv", "operational_codelists.csv")

# A field uses the list of its own name, except these.
_OTHER_NAME = {
    "entry_expected_activities": "expected_activity",
    "entry_recruitment_contact": "recruitment_contact",
    "exploitation_activities": "destination_activity",
    "reporter_sex": "victim_sex",
    "suspect_age_class": "age_class",
    "suspect_agency_involvement": "agency_involvement",
    "suspect_gender": "victim_gender",
    "transit_companions": "travel_companion",
    "travel_companions": "travel_companion",
    "victim_age_class": "age_class",
    "victim_agency_involvement": "agency_involvement",
}


@dataclass(frozen=True, slots=True)
class Code:
    """One code of one list. `htcds` holds "column=value" pairs set together, `ctdc` is the source's own notation."""

    list: str
    code: str
    label: str
    htcds: tuple[str, ...]
    ctdc: str
    note: str


@cache
def load_codelists() -> Mapping[str, Mapping[str, Code]]:
    """List name → code → Code, both in source order."""
    lists: dict[str, dict[str, Code]] = {}
    for source in SOURCES:
        for cells in read_csv(source):
            code = Code(
                list=cells["list"],
                code=cells["code"],
                label=cells["label"],
                htcds=() if cells["htcds"] == "none" else tuple(cells["htcds"].split(";")),
                ctdc="" if cells["ctdc"] == "none" else cells["ctdc"],
                note=cells["note"],
            )
            lists.setdefault(code.list, {})[code.code] = code
    return lists


def list_name(row: FieldRow) -> str:
    """The list that a field's codes belong to. Raises UnknownField for a field without codes."""
    if not row.codes:
        raise UnknownField(f"the field {row.field!r} has no codes")
    if row.type is FieldType.BOOLEAN:
        return "yes_no"
    if row.field.endswith("_by"):
        # Four lines of D.14 name other people than the rest (clients among them).
        return "control_by_exploitation" if "exploiter" in row.codes else "control_by_entry"
    return _OTHER_NAME.get(row.field, row.field)


def has_list(row: FieldRow) -> bool:
    """Whether the standard knows the field's codes: those of a task force's own field it does not."""
    return bool(row.codes) and list_name(row) in load_codelists()


def codes_of(row: FieldRow) -> tuple[Code, ...]:
    """A field's allowed codes on its form, in the form's order."""
    codes = load_codelists()[list_name(row)]
    return tuple(codes[code] for code in row.codes)


def code_of(row: FieldRow, code: str) -> Code:
    """One code of a field. Raises UnknownField if the form does not allow it."""
    if code not in row.codes:
        raise UnknownField(f"the field {row.field!r} of {row.form!r} has no code {code!r}")
    return load_codelists()[list_name(row)][code]
