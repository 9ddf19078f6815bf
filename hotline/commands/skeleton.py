"""Files of a new language to fill in: the keys of the English file, with its words as comments beside empty lists."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence

import yaml

Keys = tuple[str, ...]
_WIDE = 110  # the English beside a list is a hint, and is cut to a line


def skeleton(
    english: str,
    head: str,
    filled: Mapping[Keys, Sequence[str]] | None = None,
    without: Collection[Keys] = (),
) -> str:
    """The text of the new file: `head` as comment, then every key of the text `english`. `filled` are words that are
    known already, by keys; what lies below `without` belongs to the English alone."""
    root = yaml.compose(english, Loader=yaml.SafeLoader)
    lines = [f"# {line}".rstrip() for line in head.splitlines()]
    return "\n".join([*lines, *_lines(root, (), filled or {}, without)]) + "\n"


def _lines(
    node: yaml.Node | None, keys: Keys, filled: Mapping[Keys, Sequence[str]], without: Collection[Keys]
) -> Iterator[str]:
    if not isinstance(node, yaml.MappingNode):
        return
    indent = "  " * len(keys)
    for key, value in node.value:
        here = (*keys, str(key.value))
        name = json.dumps(key.value) if key.style else str(key.value)
        if here in without:
            continue
        if isinstance(value, yaml.MappingNode) and all(
            isinstance(word, yaml.ScalarNode) for _, word in value.value
        ):
            yield f"{indent}# {_cut(', '.join(f'{one.value}: {other.value}' for one, other in value.value))}"
            yield f"{indent}{name}: {{}}"
        elif isinstance(value, yaml.MappingNode):
            yield ("" if keys else "\n") + f"{indent}{name}:"
            yield from _lines(value, here, filled, without)
        elif isinstance(value, yaml.SequenceNode):
            words = [str(word.value) for word in value.value if isinstance(word, yaml.ScalarNode)]
            known = ", ".join(json.dumps(word, ensure_ascii=False) for word in filled.get(here, ()))
            yield f"{indent}# {_cut(', '.join(words))}"
            yield f"{indent}{name}: [{known}]"


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _WIDE else text[:_WIDE].rsplit(" ", 1)[0] + " …"


def danger_skeleton(english: str, locale: str, head: str) -> str:
    """The same for words of danger: each English rule with its first examples beside empty lists."""
    lines = skeleton(english, head, without=[("rules",), ("spellings",)]).rstrip("\n").split("\n")
    lines += ["", "# other ways to write a word, like  you: [u, ya]", "spellings: {}", "", "rules:"]
    root = yaml.safe_load(english)
    for rule in root["rules"]:
        lines += [
            f"  - id: {locale}.{str(rule['id']).partition('.')[2]}",
            f"    kind: {rule['kind']}",
            f"    grade: {rule['grade']}",
            "    patterns: []",
            f"    # {_cut(' / '.join(map(str, rule['fires'])))}",
            "    fires: []",
            f"    # {_cut(' / '.join(map(str, rule['silent'])))}",
            "    silent: []",
        ]
    return "\n".join(lines) + "\n"
