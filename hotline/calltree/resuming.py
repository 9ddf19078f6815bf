"""A call that was cut goes on in the next one, where it stood: pure.

The phone may be in other hands by then. So one sentence comes first that every such line says ("To continue in English,
press 1"), the same question follows, and nothing that was answered is repeated or shown.
"""

from __future__ import annotations

from hotline.answers.sheet import Sheet
from hotline.calltree.state import CallState
from hotline.forms.book import Book
from hotline.forms.tree import ENTRIES, NodeType

AGAIN = "again"  # the node that a returning caller hears first
_QUESTIONS = (NodeType.MENU, NodeType.RECORD, NodeType.FORM)


def goes_on_at(book: Book, before: CallState) -> str | None:
    """The node at which the next call goes on: that of the open question; "" for the tree's own choice (it stood between
    questions: in the queue, after a person); None when there is nothing to go on with."""
    tree = book.trees.get(before.tree)
    if tree is None or AGAIN not in tree.nodes or not before.locale:
        return None
    name = before.resume if before.node == AGAIN else before.node
    if not name and before.node == AGAIN:
        return ""
    node = tree.nodes.get(name)
    if node is None or node.each or node.type in (NodeType.LANGUAGES, NodeType.END):
        return None
    return name if node.type in _QUESTIONS and name not in ENTRIES else ""


def taken_up(book: Book, before: CallState, sheet: Sheet, at: str) -> CallState:
    """The state in which the next call begins, to go on at the node `at` ("" for the tree's own choice). An item that was answered since (by text) is not asked again."""
    asked = {name for node in book.trees[before.tree].nodes.values() for name in node.items}
    answered_since = before.item in sheet and before.item not in before.sheet
    return CallState(
        before.tree,
        AGAIN,
        before.locale,
        item=before.item if before.item in asked and not answered_since else "",
        done=[name for name in before.done if name in asked],
        sheet={**before.sheet, **sheet},
        trail=list(before.trail),
        resume=at,
        about=before.about,
    )
