"""Changing single values of a YAML file and leaving the rest as people wrote it: comments, order, quotes, layout.

The parser tells where each value stands in the text; what changes is cut out there and written anew. Whoever calls
parses the result again and compares: an edit is never believed unseen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import yaml

# What needs no quotes anywhere in our files. Words that other YAML readers take for something else get them.
_PLAIN: Final = re.compile(r"[^\W\d_](?:[\w.'’-]| (?![ #]))*(?<! )")
_SPECIAL: Final = frozenset(
    ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "none", "nan", "inf"]
)

Row = Mapping[str, str]  # key to the YAML text of its value


def scalar(text: str) -> str:
    """A text as YAML writes it: plain where nobody could misread it, else in double quotes."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _SPECIAL:
        return text
    return json.dumps(text, ensure_ascii=False)


def flow(words: Iterable[str]) -> str:
    """A list in one line: [a, b]."""
    return f"[{', '.join(map(scalar, words))}]"


def compose(text: str) -> yaml.MappingNode:
    """The nodes of a file whose top level is a mapping; raises yaml.YAMLError, ValueError."""
    # The parser in C, where PyYAML was built with it, is twenty times as fast; but it does not count a mark of byte order.
    quick = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    node = yaml.compose(text, Loader=yaml.SafeLoader if text.startswith("\ufeff") else quick)
    if not isinstance(node, yaml.MappingNode):
        raise ValueError("the file must be a mapping of keys to values")
    return node


def child(node: yaml.Node, key: str) -> yaml.Node | None:
    """The value under a key of a mapping."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if str(name.value) == key:
                found: yaml.Node = value
                return found
    return None


def edit_mapping(text: str, node: yaml.MappingNode, wanted: Mapping[str, str | None], after: str) -> str:
    """Set keys of a block mapping to these YAML texts; None takes a key out. New keys come behind the key `after`."""
    edits = _edits(text, node, wanted)
    known = {str(name.value) for name, _ in node.value}
    new = [(key, value) for key, value in wanted.items() if value is not None and key not in known]
    if new:
        name, value = next(pair for pair in node.value if str(pair[0].value) == after)
        at = _line_end(text, _end(text, value))
        indent = " " * name.start_mark.column
        edits.append((at, at, "".join(f"{indent}{key}: {value}\n" for key, value in new)))
    return _apply(text, edits)


def edit_rows(
    text: str,
    node: yaml.SequenceNode,
    rows: Sequence[Row],
    same: Callable[[str, str, str], bool],
    identity: str = "name",
) -> str:
    """Make a block list of mappings hold exactly these rows, found again by the value of `identity`.

    `same(key, old, new)` says whether a value as it stands means what the new YAML text says; then it stays.
    """
    old = _pieces(text, node)
    indent = " " * (node.start_mark.column)
    by_name = {str(value.value): at for at, row in enumerate(node.value) if (value := child(row, identity))}
    spaced = any("\n\n" in gap or gap.startswith("\n") for gap, _ in old[1:])
    written: list[tuple[str, str]] = []
    for row in rows:
        at = by_name.get(_plain(row[identity]))
        if at is None:
            written.append(("\n" if spaced else "", _fresh(row, indent)))
            continue
        gap, block = old[at]
        item = node.value[at]
        start = _line_start(text, item.start_mark.index)
        written.append((gap, _edited(text, block, start, item, row, same, indent)))
    first = True
    parts = []
    for gap, block in written:
        if first:
            gap = gap.lstrip("\n")
        elif spaced and not gap.startswith("\n"):
            gap = "\n" + gap
        parts.append(gap + block)
        first = False
    begin = _line_start(text, node.value[0].start_mark.index) - len(old[0][0])
    end = _line_end(text, _end(text, node.value[-1]))
    return text[:begin] + "".join(parts) + text[end:]


def _edited(
    text: str, block: str, start: int, item: yaml.Node, row: Row,
    same: Callable[[str, str, str], bool], indent: str,
) -> str:  # fmt: skip
    """One row's lines with the values that changed; a row that is not one key a line is written anew."""
    if not isinstance(item, yaml.MappingNode) or item.flow_style:
        return _fresh(row, indent)
    wanted: dict[str, str | None] = {}
    for name, value in item.value:
        key = str(name.value)
        if key not in row:
            wanted[key] = None
        elif not same(key, _value(value), row[key]):
            wanted[key] = row[key]
    first = str(item.value[0][0].value)
    if first in wanted and wanted[first] is None:
        return _fresh(row, indent)
    edits = [(begin - start, end - start, new) for begin, end, new in _edits(text, item, wanted)]
    known = {str(name.value) for name, _ in item.value}
    new = "".join(f"{indent}  {key}: {value}\n" for key, value in row.items() if key not in known)
    return _apply(block, edits) + new


def _value(node: yaml.Node) -> str:
    """A value as text: of a list its words, joined as `same` expects them."""
    if isinstance(node, yaml.SequenceNode):
        return ", ".join(str(item.value) for item in node.value)
    return str(node.value).strip()


def _edits(text: str, node: yaml.MappingNode, wanted: Mapping[str, str | None]) -> list[tuple[int, int, str]]:
    edits = []
    for name, value in node.value:
        key = str(name.value)
        if key not in wanted:
            continue
        new = wanted[key]
        end = _end(text, value)
        if new is None:
            edits.append((_line_start(text, name.start_mark.index), _line_end(text, end), ""))
        else:
            edits.append((value.start_mark.index, end, new))
    return edits


def edit_list(text: str, node: yaml.SequenceNode, words: Sequence[str]) -> str:
    """Make a list of texts hold exactly these; those that stay keep their quotes, their line and their comment."""
    old = [str(item.value).strip() for item in node.value]
    sources: dict[str, list[int]] = {}
    for at, word in enumerate(old):
        sources.setdefault(word, []).append(at)
    taken = [sources[word].pop(0) if sources.get(word) else None for word in words]
    if node.flow_style or not node.value or not words:
        return text[: node.start_mark.index] + _flow(text, node, words, taken) + text[_end(text, node) :]
    pieces = _pieces(text, node)
    indent = " " * node.start_mark.column
    lines = [
        f"{indent}- {scalar(word)}\n" if at is None else "".join(pieces[at])
        for word, at in zip(words, taken, strict=True)
    ]
    begin = _line_start(text, node.value[0].start_mark.index) - len(pieces[0][0])
    return text[:begin] + "".join(lines) + text[_line_end(text, _end(text, node.value[-1])) :]


def _flow(text: str, node: yaml.SequenceNode, words: Sequence[str], taken: Sequence[int | None]) -> str:
    """A list in brackets; what stood between two words stays where they are still neighbours."""
    if not node.flow_style or not node.value or not words:
        return flow(words)
    spans = [(item.start_mark.index, _end(text, item)) for item in node.value]
    out = [text[node.start_mark.index : spans[0][0]]]
    before: int | None = None
    for number, (word, at) in enumerate(zip(words, taken, strict=True)):
        if number:
            beside = before is not None and at is not None and at == before + 1
            out.append(text[spans[at - 1][1] : spans[at][0]] if beside and at else ", ")
        out.append(scalar(word) if at is None else text[spans[at][0] : spans[at][1]])
        before = at
    out.append(text[spans[-1][1] : node.end_mark.index])
    return "".join(out)


def add_key(text: str, node: yaml.MappingNode, key: str, value: str) -> str:
    """Write a new key at the end of a mapping, in its style."""
    if node.flow_style or not node.value:
        inside = text[node.start_mark.index + 1 : node.end_mark.index - 1].rstrip()
        comma = ", " if node.value else ""
        return (
            f"{text[: node.start_mark.index]}{{{inside}{comma}{key}: {value}}}{text[node.end_mark.index :]}"
        )
    at = _line_end(text, _end(text, node))
    indent = " " * node.value[0][0].start_mark.column
    return f"{text[:at]}{indent}{key}: {value}\n{text[at:]}"


def append_row(text: str, node: yaml.SequenceNode, row: Row) -> str:
    """Write a new row at the end of a block list of mappings."""
    at = _line_end(text, _end(text, node.value[-1]))
    return text[:at] + _fresh(row, " " * node.start_mark.column) + text[at:]


def _pieces(text: str, node: yaml.SequenceNode) -> list[tuple[str, str]]:
    """For each entry of a block list the comments and empty lines above it, and its lines."""
    pieces = []
    before = _line_start(text, node.start_mark.index)
    # Comments between the list's key and its first entry.
    while before and text[:before].rstrip("\n").rsplit("\n", 1)[-1].lstrip().startswith("#"):
        before = _line_start(text, before - 1)
    for item in node.value:
        start = _line_start(text, item.start_mark.index)
        end = _line_end(text, _end(text, item))
        pieces.append((text[before:start], text[start:end]))
        before = end
    return pieces


def _fresh(row: Row, indent: str) -> str:
    lines = [f"{key}: {value}" for key, value in row.items()]
    return f"{indent}- " + f"\n{indent}  ".join(lines) + "\n"


def _plain(value: str) -> str:
    """The text behind the YAML text of a scalar."""
    return str(json.loads(value)) if value.startswith('"') else value


def _end(text: str, node: yaml.Node) -> int:
    """Where the node's last letter ends; the parser counts what follows a block to it, comments too."""
    if isinstance(node, yaml.ScalarNode):
        start, end = node.start_mark.index, node.end_mark.index
        return start + len(text[start:end].rstrip())
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(text, last[1] if isinstance(node, yaml.MappingNode) else last)


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    """Behind the end of the line, its comment with it."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _apply(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text
