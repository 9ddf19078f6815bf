"""What is wrong with the word files, for `hotline check`: file, line and a sentence for the author."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from hotline.answers.words import WORDS_FILE
from hotline.standards.fold import fold


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: the file as given, the line from 1, and what is wrong."""

    file: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class _Word:
    path: tuple[str, ...]
    text: str
    file: str
    line: int


def problems(locales_dir: Path) -> list[Problem]:
    """Every word that could mean two choices of one list, in any languages, and every unreadable or empty word."""
    found: list[Problem] = []
    words: list[_Word] = []
    for path in sorted(locales_dir.glob(f"*/{WORDS_FILE}")):
        try:
            node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            found.append(Problem(str(path), mark.line + 1 if mark else 1, "is not readable as YAML"))
            continue
        words += _words(node, (), str(path))
    found += [
        Problem(word.file, word.line, f'"{word.text}" has no letter, digit or picture that could be read')
        for word in words
        if not fold(word.text) and word.path[0] not in ("ages", "or", "and")
    ]
    return found + list(_two_choices(words))


def _words(node: yaml.Node | None, path: tuple[str, ...], file: str) -> Iterator[_Word]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _words(value, (*path, str(key.value)), file)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            if isinstance(item, yaml.ScalarNode):
                yield _Word(path, str(item.value), file, item.start_mark.line + 1)


def _two_choices(words: list[_Word]) -> Iterator[Problem]:
    declared = {
        (word.path[1], fold(word.path[2]))
        for word in words
        if word.path[0] == "two_meanings" and len(word.path) == 3
    }
    first: dict[tuple[str, str], _Word] = {}
    for word in words:
        if (word.path[0] == "lists" and len(word.path) == 3) or (
            word.path[0] == "descriptors" and len(word.path) == 4
        ):
            list_name, choice = word.path[1], word.path[2]
        else:
            continue
        phrase = fold(word.text)
        if not phrase or (list_name, phrase) in declared:
            continue
        other = first.setdefault((list_name, phrase), word)
        if other.path[2] != choice:
            yield Problem(
                word.file,
                word.line,
                f'"{word.text}" means {choice} here and {other.path[2]} in {other.file}:{other.line} '
                f"(list {list_name}): take it from one, or put it under two_meanings",
            )
