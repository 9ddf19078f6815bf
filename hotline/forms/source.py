"""YAML with line numbers: content is edited by people, so every complaint names file and line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong with a piece of content, told to its author by `hotline check`.

    `serious` problems fail the check; the others (an unreviewed catalogue, a stand-in voice) are states to know of.
    """

    file: str
    line: int
    text: str
    serious: bool = True

    @classmethod
    def at(cls, place: str, text: str, serious: bool = True) -> Problem:
        """A problem at a place written as "file:line"."""
        file, _, line = place.rpartition(":")
        return cls(file, int(line), text, serious)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {'' if self.serious else 'note: '}{self.text}"


class Section(dict[str, Any]):
    """A YAML mapping that knows the line of itself and of each key."""

    file: str = ""
    line: int = 0
    lines: dict[str, int]

    def line_of(self, key: str) -> int:
        return self.lines.get(key, self.line)


class BadContent(ValueError):
    """Content that cannot be used; `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


# The parser in C, where PyYAML was built with it, is five times as fast.
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]  # one of the two loaders of PyYAML
    file = ""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Section:
    section = Section()
    section.file, section.line, section.lines = loader.file, node.start_mark.line + 1, {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in section:
            raise BadContent(Problem(loader.file, key_node.start_mark.line + 1, f"'{key}' stands here twice"))
        section.lines[key] = key_node.start_mark.line + 1
        section[key] = loader.construct_object(value_node, deep=True)
    return section


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
# `yes`, `no`, `on`, `off` are answer codes here, never booleans.
_Loader.yaml_implicit_resolvers = {
    letter: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:bool"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for _letter in "tf":
    _Loader.yaml_implicit_resolvers.setdefault(_letter, []).append(
        ("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"))
    )


def load(path: Path, root: Path) -> Section:
    """Read one YAML file whose top level is a mapping; raises `BadContent` with file (relative to `root`) and line."""
    name = relative(path, root)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BadContent(Problem(name, 1, "the file is not there")) from None
    except UnicodeDecodeError:
        raise BadContent(Problem(name, 1, "the file is not UTF-8")) from None
    except OSError as error:
        raise BadContent(Problem(name, 1, f"the file cannot be read: {error.strerror}")) from None
    loader = _Loader(text)
    loader.file = name
    try:
        data = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadContent(Problem(name, line, f"not readable as YAML: {error.problem}")) from error
    except yaml.YAMLError:
        raise BadContent(Problem(name, 1, "not readable as YAML: it holds signs that no text has")) from None
    if not isinstance(data, Section):
        raise BadContent(Problem(name, 1, "the file must be a mapping of keys to values"))
    return data


def unknown_keys(section: Section, known: set[str]) -> list[Problem]:
    """A problem for each key that is not known here."""
    return [
        Problem(
            section.file, section.line_of(key), f"unknown key '{key}' (known: {', '.join(sorted(known))})"
        )
        for key in section
        if key not in known
    ]


def need(section: Section, key: str) -> str:
    """The text under `key`; raises `BadContent` when it is missing or no text."""
    value = section.get(key)
    if value is None or isinstance(value, (dict, list)):
        raise BadContent(Problem(section.file, section.line_of(key), f"'{key}' is missing or not a text"))
    return str(value)


def whole(section: Section, key: str, default: int) -> int:
    """The whole number under `key`, `default` where there is none; raises `BadContent`."""
    value = section.get(key, default)
    try:
        return int(value)
    except (TypeError, ValueError):
        raise BadContent(
            Problem(section.file, section.line_of(key), f"'{key}' must be a whole number")
        ) from None


def rows(section: Section, key: str) -> list[Section]:
    """The mappings listed under `key`, [] where there are none; raises `BadContent` for anything else."""
    found = section.get(key) or []
    if not isinstance(found, list) or not all(isinstance(row, Section) for row in found):
        raise BadContent(
            Problem(section.file, section.line_of(key), f"'{key}' must be a list of entries, each with keys")
        )
    return found


def relative(path: Path | str, root: Path) -> str:
    """The path as problems name it: relative to `root` where it lies below."""
    path = Path(path)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
