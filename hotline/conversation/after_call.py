"""From a call to texts: what was answered by keys goes on by text, after the safety question. Pure.

Whoever texts now need not be who called: the safety question comes first, and no answer of the call is repeated.
"""

from __future__ import annotations

from hotline.answers.sheet import next_item
from hotline.conversation.state import Stage, State
from hotline.forms.book import Book
from hotline.forms.definition import Item
from hotline.forms.tree import NodeType

CALL_FORM = "hotline"  # the form that callers answer by keys
_LONG_AGO = 0  # epoch seconds: after so long a silence the safety question comes first


def items_of_calls(book: Book, form: str = CALL_FORM) -> tuple[Item, ...]:
    """The items of a form that its callers are asked, in the order of the call tree; by text they are the same ones."""
    return tuple(
        book.forms[form].item(name)
        for tree in book.trees.values()
        for node in tree.nodes.values()
        if node.type is NodeType.FORM and node.form == form
        for name in node.items
    )


def stands_in_call(state: State) -> bool:
    """Whether the last that was answered was answered in a call."""
    return state.stage in (Stage.CALL, Stage.LANGUAGE)


def by_text(state: State, book: Book) -> State | None:
    """The state in which a text goes on with what a call began: the safety question, then the next item without an
    answer. None when there is nothing to go on with: no item of the form was reached, or none is left."""
    if state.form != CALL_FORM:
        return None
    item = next_item(items_of_calls(book), state.sheet)
    if item is None:
        return None
    state.stage, state.open, state.tries, state.readings = Stage.FORM, item.name, 0, []
    return safety_first(state)


def safety_first(state: State) -> State:
    """The state whose next text meets the safety question, however soon it comes: the phone was used for a call since."""
    state.last = _LONG_AGO
    return state
