"""Which parameters an endpoint knows, and what may stand in them; anything else is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files

from flask import request

from hotline.simulator.trouble import ApiError
from hotline.simulator.webhooks import is_fetchable

#: `verb resource` → parameter → kind; `!` marks a required one. From the carrier's OpenAPI document.
KNOWN: Mapping[str, Mapping[str, str]] = json.loads(
    (files("hotline.simulator") / "data" / "parameters.json").read_text("utf-8")
)

#: Codes for a required parameter that is missing, where the carrier has one of its own.
_MISSING = {
    ("messages", "To"): (21604, "A 'To' phone number is required."),
    ("calls", "To"): (21201, "No 'To' number is specified"),
    ("calls", "From"): (21213, "No 'From' number is specified"),
    ("participants", "To"): (21201, "No 'To' number is specified"),
    ("participants", "From"): (21213, "No 'From' number is specified"),
}
_WRONG_URL = {"Url": 21205, "FallbackUrl": 21205, "StatusCallback": 21609, "RecordingStatusCallback": 21609}


class Parameters:
    """The parameters of one request, checked; all values are still text."""

    def __init__(self, values: Mapping[str, list[str]]) -> None:
        self._values = values

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def names(self) -> list[str]:
        """The parameters given."""
        return list(self._values)

    def get(self, name: str, default: str = "") -> str:
        """The value or the default."""
        return self._values[name][-1] if self._values.get(name) else default

    def all(self, name: str) -> list[str]:
        """All values of a repeated parameter; one value with spaces counts as several."""
        return [word for value in self._values.get(name, []) for word in value.split()]

    def number(self, name: str, default: int, low: int, high: int) -> int:
        """A whole number within its bounds; raises 20001 outside them."""
        value = int(self.get(name) or default)
        if not low <= value <= high:
            raise ApiError(400, 20001, f"Parameter '{name}' must be between {low} and {high}")
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """`true` or `false`."""
        return self.get(name).lower() == "true" if self.get(name) else default

    def span(self, name: str) -> tuple[datetime, datetime]:
        """The half-open span that filters by `name`, `name<` and `name>` leave open.

        The plain name is a whole day in UTC; a date after `<` and `>` means its first midnight. Compare whole seconds
        with it: the carrier's times have no fractions.
        """
        low, high = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
        if self.get(name):
            # The carrier compares days here, whatever time is given with them.
            low, high = _moment(self.get(name)[: len("2026-01-31")])
        if self.get(f"{name}>"):
            low = max(low, _moment(self.get(f"{name}>"))[0])
        if self.get(f"{name}<"):
            high = min(high, _moment(self.get(f"{name}<"))[0])
        return low, high


def read(verb: str, resource: str) -> Parameters:
    """The parameters of the request in hand, as `verb resource` knows them; raises ApiError.

    Unknown names, single parameters given twice, wrong enumeration values, numbers and URLs are all refused.
    """
    source = request.args if verb == "get" else request.form
    known = KNOWN[f"{verb} {resource}"]
    values = source.to_dict(flat=False)
    for name, given in values.items():
        if name not in known:
            raise ApiError(400, 20001, f"Unknown parameter '{name}'")
        kind = known[name].rstrip("!")
        if kind != "list" and len(given) > 1:
            raise ApiError(400, 20001, f"Parameter '{name}' is given more than once")
        for value in given:
            _check(name, kind, value)
    for name, kind in known.items():
        if kind.endswith("!") and not any(values.get(name, [])):
            code, text = _MISSING.get((resource, name), (20001, f"Missing required parameter '{name}'"))
            raise ApiError(400, code, text)
    return Parameters(values)


def _check(name: str, kind: str, value: str) -> None:
    if kind in ("string", "list") or (not value and "|" not in kind):
        return
    if kind == "url":
        if not is_fetchable(value):
            raise ApiError(400, _WRONG_URL.get(name, 20001), f"'{name}' is not a valid URL: {value}")
        return
    fits = True
    if kind == "integer":
        fits = value.lstrip("-").isdigit()
    elif kind == "number":
        fits = value.replace(".", "", 1).isdigit()
    elif kind == "boolean":
        fits = value.lower() in ("true", "false")
    elif kind == "date":
        _moment(value)
    else:
        fits = value in kind.split("|")
    if not fits:
        raise ApiError(400, 20001, f"Invalid value '{value}' for parameter '{name}'")


def _moment(text: str) -> tuple[datetime, datetime]:
    try:
        if len(text) == len("2026-01-31"):
            day = datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC)
            return day, day + timedelta(days=1)
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise ApiError(400, 20001, f"'{text}' is not a date") from None
    instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return instant, instant
