"""What a call tree is, once loaded from `ivr_flows/*.yaml`; `calltree` plays it.

    tree: caller
    start: language
    nodes:
      language: {type: languages, say: "...", key: language, silence: offer, person: person}
      danger:   {type: menu, say: "...", keys: {1: emergency, 2: how, 0: person}}
      message:  {type: record, say: "...", seconds: 120, next: after, stores: own_words}
      form:     {type: form, form: hotline, items: [situation_status, ...], next: thanks}
      pin:      {type: typed, say: "...", next: check}
      go_on:    {type: resume, next: danger}
      person:   {type: connect, raises: urgent, rule: asked_for_person}
      thanks:   {type: say, say: "...", next: bye}
      bye:      {type: end}

A menu that hears nothing, or a wrong key, is said again `times` times and then goes to `silence` (a person, where none
is named). `*` leads back to what was heard before, `**` to `skip` (a recording: on to `next`; an item of a form: to the
next one), `0` to a person: the same everywhere, so no node has these keys of its own. Every node but `end` and `connect` must lead on; `hotline check` finds dead ends.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from hotline.forms.definition import Wording
from hotline.forms.lists import wording
from hotline.forms.source import BadContent, Problem, Section, load, need, unknown_keys, whole

# Nodes that are entered from outside: while waiting in the queue (and when nobody is there to wait for), after a bridged call,
# in another's place, in the next call after one that was cut.
ENTRIES = ("person", "waiting", "waiting_long", "nobody", "after_bridge", "after_form", "again")


class NodeType(StrEnum):
    LANGUAGES = "languages"
    SAY = "say"
    MENU = "menu"
    RECORD = "record"
    TYPED = "typed"  # several keys, ended by #: a PIN; they are not kept
    FORM = "form"
    CONNECT = "connect"
    DO = "do"
    RESUME = "resume"  # goes on where the call before was cut
    END = "end"


@dataclass(frozen=True, slots=True)
class Node:
    """One node. `keys` maps a key to a node; `does` is an effect's name (for `do` nodes: take, cannot, outcome ...);
    `raises` a danger grade and `rule` its name for the alert; `stores` the field that a menu's key or a recording
    fills, with `values` mapping keys to codes; `each` says it in every language, one after the other (before a language was
    chosen); `timeout` seconds to wait for a key; `times` how often it is said."""

    name: str
    type: NodeType
    place: str
    say: Wording | None = None
    keys: dict[str, str] = field(default_factory=dict)
    next: str = ""
    silence: str = ""
    skip: str = ""
    person: str = ""
    times: int = 3
    timeout: int = 6
    seconds: int = 120
    stores: str = ""
    values: dict[str, str] = field(default_factory=dict)
    form: str = ""
    items: tuple[str, ...] = ()
    does: str = ""
    raises: str = ""
    rule: str = ""
    each: bool = False

    def leads_to(self) -> tuple[str, ...]:
        """The names of the nodes that may follow."""
        return tuple(
            name for name in (*self.keys.values(), self.next, self.silence, self.skip, self.person) if name
        )


@dataclass(frozen=True, slots=True)
class Tree:
    """One call tree."""

    name: str
    start: str
    nodes: dict[str, Node]
    place: str
    countries: tuple[str, ...] = ()  # the countries of keys 1, 2, 3 ...; the next key says "another country"


_NODE_KEYS = {
    "type", "say", "keys", "next", "silence", "skip", "person", "times", "timeout", "seconds", "stores", "values", "form", "items",
    "does", "raises", "rule", "each",
}  # fmt: skip


def read_tree(path: Path, root: Path, problems: list[Problem]) -> Tree | None:
    """One call tree; complaints are added to `problems`. None when nothing can be made of it."""
    try:
        section = load(path, root)
        problems += unknown_keys(section, {"tree", "start", "nodes", "countries"})
        name = need(section, "tree")
        nodes = {}
        for node_name, row in (section.get("nodes") or {}).items():
            try:
                nodes[str(node_name)] = _node(name, str(node_name), row, problems)
            except BadContent as error:
                problems.append(error.problem)
        countries = tuple(str(code) for code in section.get("countries") or ())
        tree = Tree(name, need(section, "start"), nodes, f"{section.file}:1", countries)
        problems += _dead_ends(tree, section)
        return tree
    except BadContent as error:
        problems.append(error.problem)
        return None


def _node(tree: str, name: str, row: Section, problems: list[Problem]) -> Node:
    problems += unknown_keys(row, _NODE_KEYS)
    try:
        kind = NodeType(need(row, "type"))
    except ValueError as error:
        raise BadContent(
            Problem(row.file, row.line_of("type"), f"unknown node type '{row.get('type')}'")
        ) from error
    return Node(
        name=name,
        type=kind,
        place=f"{row.file}:{row.line}",
        say=wording(row, "say", f"{tree}.{name}.say", 0) if "say" in row else None,
        keys={str(key): str(value) for key, value in (row.get("keys") or {}).items()},
        next=str(row.get("next", "")),
        silence=str(row.get("silence", "")),
        skip=str(row.get("skip", "")),
        person=str(row.get("person", "")),
        times=whole(row, "times", 3),
        timeout=whole(row, "timeout", 6),
        seconds=whole(row, "seconds", 120),
        stores=str(row.get("stores", "")),
        values={str(key): str(value) for key, value in (row.get("values") or {}).items()},
        form=str(row.get("form", "")),
        items=tuple(str(item) for item in row.get("items") or ()),
        does=str(row.get("does", "")),
        raises=str(row.get("raises", "")),
        rule=str(row.get("rule", "")),
        each=bool(row.get("each", False)),
    )


def _dead_ends(tree: Tree, section: Section) -> list[Problem]:
    """Nodes that lead nowhere, to a node that is not there, or that nobody reaches."""
    found = []
    file = section.file
    if tree.start not in tree.nodes:
        found.append(Problem(file, section.line_of("start"), f"the start '{tree.start}' is not a node"))
    reached, waiting = set(), [tree.start, *(name for name in ENTRIES if name in tree.nodes)]
    while waiting:
        name = waiting.pop()
        if name in reached or name not in tree.nodes:
            continue
        reached.add(name)
        waiting += tree.nodes[name].leads_to()
    for node in tree.nodes.values():
        line = int(node.place.rsplit(":", 1)[1])
        for target in node.leads_to():
            if target not in tree.nodes:
                found.append(Problem(file, line, f"'{node.name}' leads to '{target}', which is not there"))
        if node.type not in (NodeType.END, NodeType.CONNECT) and not node.leads_to():
            found.append(Problem(file, line, f"'{node.name}' is a dead end: it leads nowhere"))
        if node.type is NodeType.MENU and not (node.silence or node.next):
            found.append(
                Problem(file, line, f"'{node.name}' says nothing of silence: name a node under 'silence'")
            )
        if node.name not in reached:
            found.append(Problem(file, line, f"nobody ever reaches '{node.name}'"))
    return found
