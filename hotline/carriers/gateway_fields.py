"""A gateway's own names: reading them from its requests, writing them into ours."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from hotline.carriers.carrier import Request

_ID_LIMIT = 128


class Fields:
    """The fields of a request: of its query, its form, or its JSON object ("payload.message" for nested ones)."""

    def __init__(self, request: Request) -> None:
        self._pairs = dict(parse_qsl(request.query, keep_blank_values=True)) | dict(request.form)
        self._document = _json_object(request.body) if request.body and not request.form else {}

    def value(self, name: str) -> str:
        """The value of their field `name`, "" when the name is empty, the field missing or no text or number."""
        if not name:
            return ""
        if name in self._pairs:
            return self._pairs[name]
        found: Any = self._document
        for part in name.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        return _as_text(found)


def outgoing(values: Mapping[str, str], nested: bool) -> dict[str, Any]:
    """A request's parameters by their names; `nested`: dots in a name lead into JSON objects."""
    if not nested:
        return dict(values)
    document: dict[str, Any] = {}
    for name, value in values.items():
        *path, last = name.split(".")
        target = document
        for part in path:
            target = target.setdefault(part, {})
        target[last] = value
    return document


def identifier(given: str) -> str:
    """Their id as it may stand in our keys: short and plain; a digest of anything else."""
    if len(given) <= _ID_LIMIT and re.fullmatch(r"[A-Za-z0-9._:@/+=-]+", given):
        return given
    return hashlib.sha256(given.encode("utf-8", "replace")).hexdigest()[:40]


def _as_text(found: object) -> str:
    if isinstance(found, str):
        return found
    return str(found) if isinstance(found, int) and not isinstance(found, bool) else ""


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}
