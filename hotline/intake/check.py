"""What `hotline check` says of the call trees `recording` and `elsewhere`: that they ask the house for what the house does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hotline.forms.book import Book
from hotline.forms.source import Problem
from hotline.forms.tree import NodeType
from hotline.intake import elsewhere_calls, recording_calls


def problems(book: Book) -> Iterator[Problem]:
    """Everything that is wrong with them, with file and line."""
    yield from _acts(book, recording_calls.TREE, recording_calls.ACTS, "recording by phone")
    yield from _acts(book, elsewhere_calls.TREE, elsewhere_calls.ACTS, "a call from another phone")


def _acts(book: Book, name: str, acts: Mapping[str, set[str]], who: str) -> Iterator[Problem]:
    tree = book.trees.get(name)
    if tree is None:
        yield Problem(f"ivr_flows/{name}.yaml", 1, f"there is no call tree '{name}'")
        return
    for node in tree.nodes.values():
        if node.type is NodeType.DO and set(node.keys) != acts.get(node.does):
            wanted = ", ".join(sorted(acts[node.does])) if node.does in acts else ""
            said = f"needs the branches {wanted}" if wanted else f"is nothing that {who} can do"
            yield Problem.at(node.place, f"'{node.does}' {said}")
