"""What `hotline check` says of the call tree `recording`: that it asks the house for what the house does."""

from __future__ import annotations

from collections.abc import Iterator

from hotline.forms.book import Book
from hotline.forms.source import Problem
from hotline.forms.tree import NodeType
from hotline.intake.recording_calls import ACTS, TREE


def problems(book: Book) -> Iterator[Problem]:
    """Everything that is wrong with it, with file and line."""
    tree = book.trees.get(TREE)
    if tree is None:
        yield Problem(f"ivr_flows/{TREE}.yaml", 1, f"there is no call tree '{TREE}'")
        return
    for node in tree.nodes.values():
        if node.type is NodeType.DO and set(node.keys) != ACTS.get(node.does):
            wanted = ", ".join(sorted(ACTS[node.does])) if node.does in ACTS else ""
            said = f"needs the branches {wanted}" if wanted else "is nothing that recording by phone can do"
            yield Problem.at(node.place, f"'{node.does}' {said}")
