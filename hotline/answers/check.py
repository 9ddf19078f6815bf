"""What is wrong with the word files, for `hotline check`: file, line and a sentence for the author."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from hotline.answers.words import WORDS_FILE
from hotline.standards.fold import fold

# The parser in C, where PyYAML was built with it, is many times as fast.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _keys(names: str) -> frozenset[str]:
    return frozenset(names.split(" "))


# Section to the keys that are read in it; an empty set where the keys are content (lists, choices, names).
_SECTIONS: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        _keys(
            "lists two_meanings two_meanings_here descriptors unknown declined polite small negations or and hedges numbers "
            "number_joiners lookalikes thanks hedges_in"
        ),
        frozenset(),
    ),
    "ages": _keys(
        "about about_after years old months weeks days half baby child teen adult under over to between born twenties counting lasting"
    ),
    "dates": _keys(
        "months weekdays days spans units ago_before ago_after one couple vague last this next since for to between and "
        "until_now small"
    ),
    "times": _keys("am pm noon midnight small hours half_past quarter_past quarter_to"),
    "names": frozenset({"before", "anonymous"}),
    "commands": _keys("back change forget"),
    "places": frozenset({"near", "aliases"}),
}


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


def problems(locales_dir: Path, carrier_words: Iterable[str] = ()) -> list[Problem]:
    """Every word that could mean two choices of one list, in any languages, and every unreadable or empty word; every
    command that is an answer too, or one of `carrier_words`, which the carrier itself acts on (DESIGN 4)."""
    found: list[Problem] = []
    words: list[_Word] = []
    for path in sorted(locales_dir.glob(f"*/{WORDS_FILE}")):
        try:
            node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
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
    return [
        *found,
        *_shape(words),
        *_two_choices(words),
        *_unknown_codes(words),
        *_commands(words, frozenset(fold(word) for word in carrier_words)),
    ]


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
        place = _choice_of(word.path)
        phrase = fold(word.text)
        if place is None or not phrase or (place[0], phrase) in declared:
            continue
        other = first.setdefault((place[0], phrase), word)
        if (meant := _choice_of(other.path)) and meant[1] != place[1]:
            yield Problem(
                word.file,
                word.line,
                f'"{word.text}" means {place[1]} here and {meant[1]} in {_short(other.file)}:{other.line} '
                f"({place[0]}): take it from one, or put it under two_meanings if it truly means both",
            )


def _short(file: str) -> str:
    """The language's folder and the file's name."""
    return "/".join(Path(file).parts[-2:])


def _choice_of(path: tuple[str, ...]) -> tuple[str, str] | None:
    """The list that a word stands in, and what it means there; None where meanings may overlap."""
    match path:
        case ("lists", list_name, code) | ("descriptors", list_name, code, _):
            return list_name, code
        case ("numbers", value):
            return "numbers", value
        case ("commands", command):
            return "commands", command
        case ("dates", "months" | "weekdays" | "days" as table, value):
            return f"dates.{table}", value
        case ("dates", "spans", unit, offset):
            return "dates.spans", f"{unit} {offset}"
        case ("times", "am" | "pm" | "noon" | "midnight" as part):
            return "times", part
        case ("unknown" | "declined" as kind,):
            return "unknown or declined", kind
    return None


def _shape(words: list[_Word]) -> Iterator[Problem]:
    """Sections and keys that nothing reads: most often a slip of the pen."""
    for word in words:
        section = word.path[0]
        if section not in _SECTIONS:
            yield Problem(word.file, word.line, f'nothing reads the section "{section}"')
        elif (keys := _SECTIONS[section]) and (len(word.path) < 2 or word.path[1] not in keys):
            key = word.path[1] if len(word.path) > 1 else ""
            yield Problem(
                word.file,
                word.line,
                f'nothing reads "{key}" under {section}; known are {", ".join(sorted(keys))}',
            )
        elif section == "numbers" and not (
            len(word.path) == 2 and word.path[1].isdecimal() and int(word.path[1]) <= 120
        ):
            yield Problem(word.file, word.line, "numbers have keys from 0 to 120")


def _unknown_codes(words: list[_Word]) -> Iterator[Problem]:
    """Words declared for two choices that name a choice which no language has."""
    codes = {word.path[1:3] for word in words if word.path[0] == "lists" and len(word.path) == 3}
    for word in words:
        if (
            word.path[0] in ("two_meanings", "two_meanings_here")
            and len(word.path) == 3
            and (word.path[1], word.text) not in codes
        ):
            yield Problem(word.file, word.line, f'the list {word.path[1]} has no choice "{word.text}"')


def _commands(words: list[_Word], carrier_words: frozenset[str]) -> Iterator[Problem]:
    """A command would take an answer away from who gives it; a word of the carrier never reaches us as a command."""
    answers = {
        fold(word.text): word
        for word in words
        if word.path[0] in ("unknown", "declined", "lists", "two_meanings", "numbers")
    }
    for word in words:
        if word.path[0] != "commands":
            continue
        phrase = fold(word.text)
        if (other := answers.get(phrase)) is not None:
            yield Problem(
                word.file,
                word.line,
                f'"{word.text}" is a command here and an answer in {other.file}:{other.line}',
            )
        if phrase in carrier_words:
            yield Problem(
                word.file, word.line, f'"{word.text}" is a word of the carrier, never a command of ours'
            )
