"""A sheet as it is stored: each answer a row of JSON, read when somebody asks for it and written once.

A step of a form asks which items have an answer and writes one: the other answers go from one stored state to the next
as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import Any

from hotline.answers.json_text import read
from hotline.answers.sheet import Given


class StoredSheet(MutableMapping[str, Given]):
    """Answers by field, in the order in which the fields were first answered."""

    __slots__ = ("_given", "_rows")

    def __init__(self, rows: dict[str, str] | None = None) -> None:
        """`rows` are fields, each with its row of JSON (`Given.row`)."""
        self._rows = rows or {}  # "" while an answer was not written yet
        self._given: dict[str, Given] = {}

    def copy(self) -> StoredSheet:
        """Another sheet with the same answers."""
        other = StoredSheet.__new__(StoredSheet)
        other._rows, other._given = self._rows.copy(), self._given.copy()
        return other

    def rows(self) -> list[str]:
        """The answers as rows of JSON, in order; none has a line break in it."""
        rows = self._rows
        for name, row in rows.items():
            if not row:
                rows[name] = self._given[name].line()
        return list(rows.values())

    def __getitem__(self, name: str) -> Given:
        given = self._given.get(name)
        if given is None:
            given = self._given[name] = Given.of(read(self._rows[name]))
        return given

    def get(self, name: str, default: Any = None, /) -> Any:
        """As of any mapping, without an error raised and caught for what has no answer yet."""
        return self[name] if name in self._rows else default

    def __setitem__(self, name: str, given: Given) -> None:
        self._given[name] = given
        self._rows[name] = ""

    def __delitem__(self, name: str) -> None:
        del self._rows[name]
        self._given.pop(name, None)

    def __contains__(self, name: object) -> bool:
        return name in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"StoredSheet({dict(self)!r})"
