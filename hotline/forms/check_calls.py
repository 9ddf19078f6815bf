"""Call trees against forms: what they ask and store must exist. Dead ends are found by the reader."""

from __future__ import annotations

from collections.abc import Iterator

from hotline.forms.book import Book
from hotline.forms.definition import Item, Kind
from hotline.forms.source import Problem
from hotline.forms.tree import Node, NodeType

# Asked by the tone, not by keys: the text's own wording does.
_SAID = (Kind.TEXT, Kind.PERSON_NAME, Kind.PHONE, Kind.TIME)
_KEYS = set("0123456789*#")
_MOST_KEYS = 9
_MOST_COUNTRIES = 8  # the ninth key is for any other
# The same everywhere (hotline/calltree/star.py).
_TAKEN = {"*": "back", "0": "a person"}
_WAITS = range(2, 61)  # seconds
# Kept with no form: how an alert ended (hotline.toml, outcomes), the language in which staff record prompts, who is brought
# into a call, who leads for a tip.
_ELSEWHERE = ("outcome", "record_language", "interpreter_language", "responder_kind", "lead_agency")


def problems(book: Book) -> Iterator[Problem]:
    """Nodes that ask or store what no form has, that raise what is no grade, or that name no key."""
    asked = {
        (node.form, name)
        for tree in book.trees.values()
        for node in tree.nodes.values()
        for name in node.items
    }
    for form in book.forms.values():
        for item in form.items:
            if item.timeout and (form.name, item.name) not in asked:
                yield Problem.at(item.place, f"'{item.name}' has a timeout, and no call asks it")
    for tree in book.trees.values():
        if len(tree.countries) > _MOST_COUNTRIES:
            yield Problem.at(
                tree.place, f"at most {_MOST_COUNTRIES} countries have a key; the next says another country"
            )
        for node in tree.nodes.values():
            yield from _asked(book, node)
            yield from _stored(book, node)
            yield from _keys(node)
            yield from _wait(node.place, node.name, node.timeout)
            if node.raises not in ("", "emergency", "urgent", "routine"):
                yield Problem.at(node.place, f"'{node.raises}' is no danger grade")


def _asked(book: Book, node: Node) -> Iterator[Problem]:
    if node.type is not NodeType.FORM:
        return
    form = book.forms.get(node.form)
    if form is None:
        yield Problem.at(node.place, f"'{node.name}' asks the form '{node.form}', which is not there")
        return
    items = {item.name: item for item in form.items}
    for name in node.items:
        if name not in items:
            yield Problem.at(node.place, f"'{node.name}' asks '{name}', which '{form.name}' does not have")
        else:
            yield from _by_voice(items[name])


def _by_voice(item: Item) -> Iterator[Problem]:
    if "voice" not in item.channels or item.system:
        yield Problem.at(item.place, f"'{item.name}' is asked in calls, but not a question of that channel")
    if item.timeout:
        yield from _wait(item.place, item.name, item.timeout)
    if item.voice is None and item.kind not in _SAID:
        yield Problem.at(item.place, f"'{item.name}' is asked in calls and lacks a wording under 'voice'")
    if item.kind is Kind.CHOICE and any(len(choice.digit) != 1 for choice in item.choices):
        yield Problem.at(item.place, f"'{item.name}' has more than {_MOST_KEYS} choices for one key")


def _wait(place: str, name: str, seconds: int) -> Iterator[Problem]:
    if seconds not in _WAITS:
        yield Problem.at(
            place,
            f"'{name}' waits {seconds} seconds for a key: {_WAITS.start} to {_WAITS.stop - 1} are possible",
        )


def _stored(book: Book, node: Node) -> Iterator[Problem]:
    if node.stores in ("", *_ELSEWHERE):
        return
    found = [item for form in book.forms.values() for item in form.items if item.name == node.stores]
    if not found:
        yield Problem.at(node.place, f"'{node.name}' stores '{node.stores}', which no form has")
    for code in node.values.values():
        if found and all(item.choice(code) is None for item in found):
            yield Problem.at(
                node.place, f"'{node.name}' stores '{code}', which is no answer to '{node.stores}'"
            )


def _keys(node: Node) -> Iterator[Problem]:
    if node.type is NodeType.DO:  # its keys are outcomes, by name
        return
    for key in (*node.keys, *node.values):
        if key not in _KEYS:
            yield Problem.at(node.place, f"'{node.name}' waits for '{key}', which is no key of a phone")
        elif key in _TAKEN:
            yield Problem.at(
                node.place, f"'{node.name}' uses the key {key}, which is {_TAKEN[key]} everywhere"
            )
