"""The words people really use, as a workbook: one word a row, a sheet for each file; and what comes back of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import yaml

from hotline.forms import yaml_edit
from hotline.forms.workbook import Page, Remark, Sheet

FILES: Final = ("words", "danger", "greetings", "staff", "discretion", "spoken")
HEADINGS: Final = ("list", "word", "in English")
_WIDTHS: Final = (44, 60, 60)
_SIGN: Final = " > "
_RULES: Final = "rules"
_RULE_KEYS: Final = ("kind", "grade", "patterns", "unless", "fires", "silent")
_SINGLE: Final = ("kind", "grade")
_HINT: Final = 300  # letters of the English beside it

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One list of a file, or one single value. `node` is where it stands in the YAML."""

    path: Path
    words: tuple[str, ...]
    node: yaml.Node

    @property
    def single(self) -> bool:
        return isinstance(self.node, yaml.ScalarNode)


class WordsRefused(ValueError):
    """What came back cannot be taken; `remarks` say where and why."""

    def __init__(self, remarks: Sequence[Remark]) -> None:
        super().__init__("; ".join(map(str, remarks)))
        self.remarks = tuple(remarks)


def entries(text: str) -> dict[Path, Entry]:
    """All lists of a file by their path. Raises yaml.YAMLError, ValueError."""
    return {entry.path: entry for entry in _entries(yaml_edit.compose(text), ())}


def _entries(node: yaml.Node, path: Path) -> Iterator[Entry]:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from _entries(value, (*path, str(name.value)))
    elif isinstance(node, yaml.SequenceNode) and any(
        isinstance(item, yaml.MappingNode) for item in node.value
    ):
        for item in node.value:
            known = yaml_edit.child(item, "id")
            name = str(known.value) if known else ""
            yield from (entry for entry in _entries(item, (*path, name)) if entry.path[-1] != "id")
    elif isinstance(node, yaml.SequenceNode):
        yield Entry(path, tuple(str(item.value).strip() for item in node.value), node)
    else:
        yield Entry(path, (str(node.value).strip(),), node)


def page(name: str, text: str, english: str) -> Page:
    """The sheet of a file; beside each list stand the English words of the same list."""
    beside = entries(english) if english else {}
    rows = []
    for path, entry in entries(text).items():
        hint = ", ".join(beside[path].words)[:_HINT] if path in beside else ""
        for at, word in enumerate(entry.words or ("",)):
            rows.append((_SIGN.join(path), word, "" if at else hint))
    return Page(name, HEADINGS, rows, _WIDTHS)


def taken(text: str, sheet: Sheet, english: str) -> tuple[str, tuple[str, ...]]:
    """The file with the words of the sheet, and the lists that changed. Raises WordsRefused with all that is wrong."""
    there = entries(text)
    wanted, wrong = _read(sheet, there, entries(english) if english else {})
    if wrong:
        raise WordsRefused(wrong)
    changed = []
    for path, words in wanted.items():
        entry = entries(text).get(path) if changed else there.get(path)
        if entry is not None and entry.words != words:
            text = _set(text, entry, words)
            changed.append(_SIGN.join(path))
    new = {path: words for path, words in wanted.items() if path not in there}
    for rule in dict.fromkeys(path[1] for path in new if path[0] == _RULES and not _has_rule(there, path)):
        keys = {path[2]: words for path, words in new.items() if path[:2] == (_RULES, rule)}
        text = _add_rule(text, rule, keys)
        changed.append(f"{_RULES}{_SIGN}{rule}")
        new = {path: words for path, words in new.items() if path[:2] != (_RULES, rule)}
    for path, words in new.items():
        text = _add(text, path, words)
        changed.append(_SIGN.join(path))
    if {path: entry.words for path, entry in entries(text).items()} != wanted:
        raise WordsRefused([Remark(sheet.name, 0, "", "the file could not be written as the sheet says")])
    return text, tuple(changed)


def _read(
    sheet: Sheet, there: Mapping[Path, Entry], beside: Mapping[Path, Entry]
) -> tuple[dict[Path, tuple[str, ...]], list[Remark]]:
    """The words of each list in the sheet, and all that is wrong with it."""
    name = sheet.name
    wrong = list(sheet.remarks)
    for heading in HEADINGS[:2]:
        if heading not in sheet.headings:
            wrong.append(Remark(name, 1, heading, "this column is missing"))
    found: dict[Path, list[str]] = {path: [] for path in there}
    rows: set[Path] = set()
    for line in sheet.lines:
        path, word = tuple(line.get("list").split(_SIGN)), line.get("word")
        if path == ("",):
            if word:
                wrong.append(Remark(name, line.number, "list", f"the word '{word}' stands in no list"))
            continue
        if path not in there and (why := _strange(path, there, beside)):
            wrong.append(Remark(name, line.number, "list", why))
            continue
        rows.add(path)
        if word:
            found.setdefault(path, []).append(word)
    for path, entry in there.items():
        if path not in rows:
            wrong.append(
                Remark(name, 0, "", f"no row of '{_SIGN.join(path)}' is left: leave one, with an empty word")
            )
        elif entry.single and len(found[path]) != 1:
            wrong.append(Remark(name, 0, "", f"'{_SIGN.join(path)}' takes one word, not {len(found[path])}"))
    wrong += _half_rules(name, found, there)
    return {path: tuple(words) for path, words in found.items()}, wrong


def _strange(path: Path, there: Mapping[Path, Entry], beside: Mapping[Path, Entry]) -> str:
    """Why there can be no such list, "" if there can: beside lists of the same place, or where English has it."""
    if path[0] == _RULES:
        return (
            ""
            if len(path) == 3 and path[2] in _RULE_KEYS and path[1]
            else "a rule reads: rules > ID > patterns"
        )
    places = [*there, *beside]
    if all(path) and (path in beside or any(known[:-1] == path[:-1] and len(path) > 1 for known in places)):
        return ""
    return f"there is no list '{_SIGN.join(path)}'"


def _half_rules(name: str, found: Mapping[Path, list[str]], there: Mapping[Path, Entry]) -> Iterator[Remark]:
    for rule in dict.fromkeys(path[1] for path in found if path[0] == _RULES and not _has_rule(there, path)):
        for key in _SINGLE:
            if len(found.get((_RULES, rule, key), ())) != 1:
                yield Remark(name, 0, "", f"the new rule '{rule}' needs one row '{_RULES} > {rule} > {key}'")


def _has_rule(there: Mapping[Path, Entry], path: Path) -> bool:
    return any(known[:2] == path[:2] for known in there)


def _set(text: str, entry: Entry, words: tuple[str, ...]) -> str:
    if isinstance(entry.node, yaml.SequenceNode):
        return yaml_edit.edit_list(text, entry.node, words)
    start, end = entry.node.start_mark.index, entry.node.end_mark.index
    return text[:start] + yaml_edit.scalar(words[0]) + text[end:]


def _add_rule(text: str, rule: str, keys: Mapping[str, tuple[str, ...]]) -> str:
    node = yaml_edit.child(yaml_edit.compose(text), _RULES)
    row = {"id": yaml_edit.scalar(rule)}
    row |= {
        key: yaml_edit.scalar(keys[key][0]) if key in _SINGLE else yaml_edit.flow(keys[key])
        for key in _RULE_KEYS
        if key in keys
    }
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        raise WordsRefused([Remark("danger", 0, "", "there are no rules yet to which one could be added")])
    return yaml_edit.append_row(text, node, row)


def _add(text: str, path: Path, words: tuple[str, ...]) -> str:
    """A new list at its path: as deep as there are keys already, the rest in one line."""
    node: yaml.Node = yaml_edit.compose(text)
    at = 0
    if path[0] == _RULES:
        rules = yaml_edit.child(node, _RULES)
        node = next(
            row for row in rules.value if (known := yaml_edit.child(row, "id")) and known.value == path[1]
        )  # type: ignore[union-attr]
        at = 2
    while at < len(path) - 1 and isinstance(inner := yaml_edit.child(node, path[at]), yaml.MappingNode):
        node, at = inner, at + 1
    value = yaml_edit.flow(words)
    for key in reversed(path[at + 1 :]):
        value = f"{{{_key(key)}: {value}}}"
    assert isinstance(node, yaml.MappingNode)  # noqa: S101 - the top is one, and so is all we go down to
    return yaml_edit.add_key(text, node, _key(path[at]), value)


def _key(key: str) -> str:
    return key if key.lstrip("-").isdecimal() else yaml_edit.scalar(key)
