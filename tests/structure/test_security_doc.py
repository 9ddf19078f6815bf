"""`docs/security.md` names tests that exist, and leaves no point out."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOC = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
SECTIONS = {
    "V6": 8, "V7": 5, "V8": 4, "V11": 7, "V13": 4, "V14": 3, "V16": 5,
}  # fmt: skip  # of the chapters that are mapped, how many sections each has (V7.6 is of identity providers alone)
POINTS = 28
_TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def rows(heading: str) -> dict[str, list[str]]:
    """The rows of the table below a heading by the first word of each."""
    table = DOC.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    found = {}
    for line in table.splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
        if line.startswith("| ") and re.match(r"V?\d", cells[0]):
            found[cells[0].split()[0]] = cells
    return found


@cache
def named_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_every_test_that_is_named_exists() -> None:
    named = _TEST.findall(DOC)
    assert len(named) >= 50
    missing = [
        f"{path}::{test}"
        for path, test in named
        if not (ROOT / path).exists() or (test and test not in named_in(path))
    ]
    assert missing == []


def test_every_section_of_the_mapped_chapters_has_its_row() -> None:
    wanted = {
        f"{chapter}.{section}" for chapter, count in SECTIONS.items() for section in range(1, count + 1)
    }
    assert set(rows("OWASP ASVS 5.0.0")) == wanted


def test_every_one_of_the_points_has_its_row() -> None:
    assert list(rows("The 28 points")) == [str(point) for point in range(1, POINTS + 1)]


def test_every_row_names_a_test_or_a_reason() -> None:
    for heading in ("OWASP ASVS 5.0.0", "The 28 points"):
        for name, cells in rows(heading).items():
            assert len(cells) == 3, name
            assert _TEST.search(cells[2]) or re.fullmatch(r"a reason: .{4,}", cells[2]), name
