"""The Procfile: one line a process, `name: command`."""

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass

_LINE = re.compile(r"^(?P<name>[A-Za-z0-9_-]+):\s*(?P<command>\S.*)$")
_VARIABLE = re.compile(r"\$(?:\{(?P<braced>\w+)(?::-(?P<default>[^}]*))?\}|(?P<plain>\w+))")


@dataclass(frozen=True, slots=True)
class Program:
    """What to run, and under which name its lines are shown."""

    name: str
    command: tuple[str, ...]


def parse(text: str, environ: Mapping[str, str]) -> list[Program]:
    """The programs of a Procfile, with `$NAME`, `${NAME}` and `${NAME:-default}` filled from `environ`.

    No shell runs: a shell between us and a program would keep signals from it. Raises ValueError with the line number.
    """
    programs = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        found = _LINE.match(line)
        if found is None:
            raise ValueError(f"Procfile:{number}: must be `name: command`")
        words = shlex.split(found["command"])
        programs.append(Program(found["name"], tuple(_filled(word, environ) for word in words)))
    return programs


def _filled(word: str, environ: Mapping[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        return environ.get(found["braced"] or found["plain"], "") or found["default"] or ""

    return _VARIABLE.sub(value, word)
