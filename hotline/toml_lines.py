"""Where in a TOML file a key stands: the parser of the standard library does not tell."""

import re

_HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\-\" ]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-\"]+(?:\s*\.\s*[A-Za-z0-9_\-\"]+)*)\s*=")

Path = tuple[str | int, ...]


def key_lines(text: str) -> dict[Path, int]:
    """Line numbers (from 1) of every table and key of `text`, by path.

    `[[lines]]` counts: the carrier of the second line is `("lines", 1, "carrier")`, a key of its `[lines.gateway]`
    `("lines", 1, "gateway", key)`. What stands inside an inline table has no entry of its own.
    """
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = _table(header[2], header[1] == "[[", counts)
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found.setdefault((*table, *_parts(key[1])), number)
    return found


def line_of(text: str, path: Path) -> int:
    """The line of `path`, or of the nearest thing around it; 1 where nothing of it is there."""
    found = key_lines(text)
    while path:
        if path in found:
            return found[path]
        path = path[:-1]
    return 1


def _parts(dotted: str) -> list[str]:
    return [part.strip().strip('"') for part in dotted.split(".")]


def _table(name: str, is_array: bool, counts: dict[Path, int]) -> Path:
    """The path of a header, arrays resolved to their newest element."""
    path: Path = ()
    parts = _parts(name)
    for position, part in enumerate(parts):
        path = (*path, part)
        if is_array and position == len(parts) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path
