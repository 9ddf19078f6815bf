"""`*` back and `**` skip, the same in every call.

Where one key is an answer, the first star would end the carrier's waiting: it is followed by a short silence in which the
second one may come. Where several keys end with #, both stars come together.

*       the question before, once more; its answer is given anew, and is not said
**      this question is left out (in a form: "rather not say")
"""

from __future__ import annotations

from hotline.calltree.state import CallState
from hotline.forms.tree import NodeType, Tree

BACK, SKIP = "*", "**"
STAR_SECONDS = 2  # how long a second star is waited for
WAITING_TYPES = (NodeType.LANGUAGES, NodeType.MENU, NodeType.TYPED, NodeType.RECORD, NodeType.FORM)


def leave(state: CallState, tree: Tree) -> None:
    """The node that was heard is left by an answer: `*` leads back to it."""
    node = tree.nodes[state.node]
    if node.type in WAITING_TYPES and (not state.trail or state.trail[-1] != node.name):
        state.trail.append(node.name)


def go_back(state: CallState, tree: Tree) -> None:
    """One question back; where there is none before (or something was done since), the same one again."""
    state.tries = 0
    if tree.nodes[state.node].type is NodeType.FORM and state.done:
        state.item = state.done.pop()
        return
    while state.trail:
        name = state.trail.pop()
        if name == state.node or name not in tree.nodes:
            continue
        state.node, state.item = name, ""
        if tree.nodes[name].type is NodeType.FORM and state.done:
            state.item = state.done.pop()
        return
