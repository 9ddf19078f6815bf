"""Finds the sentences that stand in templates and in code: calls of `_("key", "English")`."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from jinja2 import Environment, TemplateSyntaxError, nodes

from hotline.wording.message import Message

MARK: Final = "_"
TEMPLATE_SUFFIXES: Final = frozenset({".html", ".txt", ".xml", ".j2", ".jinja"})


class ExtractError(ValueError):
    """A marked sentence that cannot be collected; the message begins with file and line."""


def from_templates(folder: Path, base: Path | None = None) -> tuple[Message, ...]:
    """The messages of all Jinja templates and Python files below a folder, in the order of files and lines.

    Places are relative to `base` (default: the folder's parent). Raises ExtractError where key or English is
    not a plain string: then a translator could never see it.
    """
    found: list[Message] = []
    for path in sorted(folder.rglob("*")):
        place = str(path.relative_to(base or folder.parent))
        if path.suffix == ".py":
            found += _from_python(path.read_text(encoding="utf-8"), place)
        elif path.suffix in TEMPLATE_SUFFIXES:
            found += _from_jinja(path.read_text(encoding="utf-8"), place)
    return tuple(found)


def _from_jinja(source: str, place: str) -> Iterator[Message]:
    try:
        tree = Environment(autoescape=True).parse(source)
    except TemplateSyntaxError as error:
        raise ExtractError(f"{place}:{error.lineno}: {error.message}") from error
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == MARK:
            values = [arg.value if isinstance(arg, nodes.Const) else None for arg in call.args[:2]]
            yield _message(values, f"{place}:{call.lineno}")


def _from_python(source: str, place: str) -> Iterator[Message]:
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise ExtractError(f"{place}:{error.lineno}: {error.msg}") from error
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        if isinstance(call.func, ast.Name) and call.func.id == MARK:
            values = [arg.value if isinstance(arg, ast.Constant) else None for arg in call.args[:2]]
            yield _message(values, f"{place}:{call.lineno}")


def _message(values: Sequence[object], place: str) -> Message:
    match values:
        case [str(key), str(english)] if key and english:
            return Message(key, english, place)
    raise ExtractError(f'{place}: write {MARK}("key", "English") with two plain strings')
