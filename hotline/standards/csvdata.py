"""Reads the CSV tables that lie in `hotline/standards/data/` (see the README there for source and licence)."""

from __future__ import annotations

import csv
from importlib.resources import files


def read_csv(name: str) -> list[dict[str, str]]:
    """The rows of `data/<name>` in their order, column name to text; empty cells are ""."""
    text = files("hotline.standards").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(keepends=True)))
