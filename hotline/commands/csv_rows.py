"""CSV files as people save them: comma, semicolon or tab, columns in any order, checked line by line."""

from __future__ import annotations

import csv
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong in a line of the file, the heading being line 1."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class CsvRow:
    """The values of a line, one for each column that may be there, "" where the file has none."""

    line: int
    values: dict[str, str]


def read_rows(file: Path, needed: Sequence[str], known: Collection[str]) -> tuple[list[CsvRow], list[Wrong]]:
    """The lines that are not empty, and what is wrong with the file itself; no line where the heading is wrong."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return [], [Wrong(1, "not UTF-8: save it as CSV UTF-8")]
    lines = text.splitlines()
    heading = lines[0] if lines else ""
    reader = csv.reader(lines, delimiter=max(",;\t", key=heading.count))
    columns = [name.strip().casefold().replace(" ", "_") for name in next(reader, [])]
    wrong = [Wrong(1, f"the column '{name}' is missing") for name in needed if name not in columns]
    wrong += [Wrong(1, f"the column '{name}' is not known") for name in columns if name not in known]
    if wrong:
        return [], wrong
    rows: list[CsvRow] = []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(columns):
            text = f"{len(cells)} values for {len(columns)} columns: quote a value with a comma"
            wrong.append(Wrong(reader.line_num, text))
            continue
        values = {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}
        rows.append(CsvRow(reader.line_num, dict.fromkeys(known, "") | values))
    return rows, wrong
