"""Every command leaves a row in the audit, or stands here with the reason why it does not. (The staff page:
tests/staff/test_audited.py.)"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

import click

from hotline.cli import hotline

_CONTENT = "reads and writes files of the content, which have a history of their own; nothing of the database"
_COUNTS = "counts and times alone; no person is in it"
_NAMES = "names of the staff or the directory, which colleagues see on every page; no number"
_PROCESS = "a process: what it does for a person, and its own acts, are noted where they are done"

NO_ROW = {
    "worker": _PROCESS,
    "clock": _PROCESS,
    "simulator": "a telephone network of its own; nothing of the house",
    "night": "a house of its own, which is gone when the night is over",
    "officers trainings": _COUNTS,
    "report": _COUNTS,
    "doctor": _COUNTS,
    "staff list": _NAMES,
    "rota": _NAMES,
    "rota calendar": _NAMES,
    "alerts list": _NAMES,
    "keys list": _NAMES,
    "directory list": f"{_NAMES} unless asked for, and then noted",
    "directory who": _NAMES,
    **dict.fromkeys(
        ("retention list", "retention review", "hold list"), "classes, dates and codes; no person is in it"
    ),
    "audit head": "number and hash of a row; nothing of anybody",
    **dict.fromkeys(("check", "messages", "say", "kit", "audio standins"), _CONTENT),
    **dict.fromkeys(("forms", "locales"), _CONTENT),  # and all below these
}

FOLLOWED = ("hotline.commands.", "hotline.access.")


def leaves(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every command that does something, by its words."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        here = (*path, name)
        if isinstance(command, click.Group):
            if command.invoke_without_command and command.callback is not None:
                yield " ".join(here), command.callback
            yield from leaves(command, here)
        elif command.callback is not None:
            yield " ".join(here), command.callback


def notes(
    function: Callable[..., Any], followed: tuple[str, ...] = FOLLOWED, seen: set[object] | None = None
) -> bool:
    """Whether it calls `note`, itself or in a function of the modules of `followed` that it calls."""
    seen = set() if seen is None else seen
    function = inspect.unwrap(function)
    if function in seen:
        return False
    seen.add(function)
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    for call in (node.func for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if isinstance(call, ast.Attribute) and call.attr == "note":
            return True
        if not isinstance(call, ast.Name):
            continue
        if call.id == "note":
            return True
        called = function.__globals__.get(call.id)
        if (
            inspect.isfunction(called)
            and called.__module__.startswith(followed)
            and notes(called, followed, seen)
        ):
            return True
    return False


def excused(words: str) -> bool:
    return words in NO_ROW or words.split(" ")[0] in ("forms", "locales")


def test_every_command_is_noted_or_excused() -> None:
    silent = [words for words, callback in leaves(hotline) if not notes(callback) and not excused(words)]
    assert silent == [], "note what they do (house.note), or say in NO_ROW why there is nothing to note"


def test_no_excuse_is_stale() -> None:
    """A command that is gone, or notes by now, needs none."""
    there = dict(leaves(hotline))
    groups = {words.split(" ")[0] for words in there}
    assert {words for words in NO_ROW if words not in there and words not in groups} == set()
    noting = {words for words in NO_ROW if words in there and notes(there[words])}
    assert noting <= {"directory list"}
    assert all(NO_ROW.values())
