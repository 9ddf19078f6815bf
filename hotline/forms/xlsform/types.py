"""Our types and XLSForm's. What XLSForm lacks (a place, a period) is exported as the nearest, ours beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from hotline.forms.definition import Kind

_SAME: Final = (Kind.INTEGER, Kind.DATE, Kind.TIME, Kind.TEXT)
_SELECTS: Final = ("select_one", "select_multiple")
# Other names of types that XLSForm's own documentation and older workbooks use.
ALIASES: Final[Mapping[str, str]] = {
    "int": "integer", "string": "text", "select one": "select_one", "select1": "select_one",
    "select multiple": "select_multiple", "select all that apply": "select_multiple",
}  # fmt: skip
# What can be asked by text only with a loss, and which.
WITH_LOSS: Final[Mapping[str, tuple[str, str]]] = {
    "decimal": ("text", "a number with decimals is asked as text"),
    "range": ("integer", "a range is asked as a whole number, its limits and steps are lost"),
    "datetime": ("date", "of a date with time only the date is asked"),
    "geopoint": ("place", "a position on the map is asked as a place in words"),
    "barcode": ("text", "a barcode is asked as text"),
    "acknowledge": ("select_one yes_no", "a confirmation is asked as yes or no"),
}
# What nobody is asked: filled by a device, or only shown.
SILENT: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email", "audit",
         "start-geopoint", "background-audio", "device_id"),
        "a value that a device fills in by itself",
    ),
    "calculate": "a calculated value",
    "hidden": "a hidden value",
    "note": "a note, which asks nothing",
    "xml-external": "an external file", "csv-external": "an external file",
}  # fmt: skip


def nearest(kind: str) -> str:
    """XLSForm's type for one of ours."""
    if kind.split()[0] in _SELECTS or kind in _SAME:
        return kind
    return "text"


def is_ours(kind: str) -> bool:
    """Whether the form reader knows a type without a list."""
    return kind in set(Kind) - {Kind.YES_NO, Kind.CHOICE, Kind.MULTI}
