"""How one uncoded value fills HTCDS columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from hotline.standards.crosswalk import FieldRow, FieldType
from hotline.standards.csvdata import read_csv
from hotline.standards.languages import iso_639_2

_LOCATION = "vic_LocationOfExploitation"


def plain_text(value: object) -> str:
    """A plain value as text: a number in digits, an estimate as its lower bound; "" for any other shape."""
    if isinstance(value, Mapping):
        return plain_text(value.get("value"))
    return str(value) if isinstance(value, str | int | float) else ""


def period_start(value: object) -> str:
    """The start of {"start", "end"}: HTCDS holds one date. A partial date stays partial (YYYY, YYYY-MM)."""
    return plain_text(value.get("start")) if isinstance(value, Mapping) else plain_text(value)


def place_columns(named: Sequence[str], value: object) -> Iterator[tuple[str, str]]:
    """A place {"country", "district", "community"} as the city, state and country columns among those named."""
    if not isinstance(value, Mapping):
        return
    parts = {
        "City": plain_text(value.get("community")),
        "State": plain_text(value.get("district")),
        "Country": plain_text(value.get("country")),
    }
    for column in named:
        if column == _LOCATION:
            text = ", ".join(part for part in parts.values() if part)
        else:
            text = next((part for ending, part in parts.items() if column.endswith(ending)), "")
        if text:
            yield column, text


def plain_columns(row: FieldRow, value: object) -> Iterator[tuple[str, str]]:
    """The columns of a field that is no code, place or period.

    Where the crosswalk names several columns the first is meant: given names are not split, a number is a mobile
    one, an address is one line, an agency is the referring one. Languages fill the first and the second.
    """
    parts = [plain_text(part) for part in (value if isinstance(value, list | tuple) else (value,))]
    parts = [part for part in parts if part]
    if row.type is FieldType.LANGUAGES:
        yield from zip(row.htcds, map(iso_639_2, parts), strict=False)
        return
    for column in row.htcds[:1]:
        # Free text is no value of a picklist, unless it is one by chance (spl_Type).
        allowed = picklist(column)
        yield from ((column, part) for part in parts if not allowed or part in allowed)


@cache
def picklist(column: str) -> frozenset[str]:
    """The values of a column's list; empty for a column without one."""
    rows = read_csv("htcds_values.csv")
    return frozenset(row["value"] for row in rows if row["field"] == column and row["order"] != "0")
