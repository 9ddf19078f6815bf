"""Which languages are spoken is content: no list of the project's own stands in the code."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from hotline.config import load
from hotline.content import PROJECT

# The carrier's own table of voices, names by which a person tells any language of the world, and what the simulated
# carrier speaks: none of these says what the hotline speaks.
TABLES = {"hotline/carriers/voices.py", "hotline/standards/languages.py", "hotline/simulator/twiml/voices.py"}


def collections(tree: ast.AST) -> Iterator[tuple[int, set[str]]]:
    """Every literal collection with its line and the texts in it."""
    for node in ast.walk(tree):
        parts = node.keys if isinstance(node, ast.Dict) else getattr(node, "elts", None)
        if parts:
            yield node.lineno, {part.value for part in parts if isinstance(part, ast.Constant)}  # type: ignore[attr-defined]


def test_no_code_lists_the_languages() -> None:
    ours = set(load({}).deployment.languages)
    found = []
    for folder in ("hotline", "worker"):
        for path in sorted((PROJECT / folder).rglob("*.py")):
            place = path.relative_to(PROJECT).as_posix()
            if place not in TABLES:
                tree = ast.parse(path.read_text(encoding="utf-8"))
                found += [f"{place}:{line}" for line, texts in collections(tree) if len(texts & ours) >= 3]
    assert found == []
