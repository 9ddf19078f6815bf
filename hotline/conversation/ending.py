"""How a conversation ended that nobody brought to its end (the export's `disposition`)."""

from __future__ import annotations

from hotline.conversation.effects import Disposition
from hotline.conversation.state import State

# Answers that open a conversation; they tell nothing yet of what is reported.
_OPENING = frozenset(("contact_language", "safe_now", "danger_now", "contact_kind"))


def left(state: State) -> Disposition:
    """Left in the middle: what was told stands as a partial report; who went away before telling anything broke off;
    who answered nothing at all let it expire."""
    if state.words or state.sheet.keys() - _OPENING:
        return Disposition.PARTIAL
    return Disposition.BREAK_OFF if state.sheet.keys() - {"contact_language"} else Disposition.EXPIRED


def open_question(state: State) -> str | None:
    """The field name of the question that waits for an answer, "" when none does any more; None when the machine fell
    silent at the last one. For the drop-off by question."""
    return _ASKED.get(state.stage.value, state.open)


_ASKED: dict[str, str | None] = {
    "language": "contact_language",
    "safe": "safe_now",
    "safe_again": "safe_now",
    "danger": "danger_now",
    "who": "contact_kind",
    "place": "current_location",
    "contact": "contact_preference",
    "waiting": None,
    "unsafe": None,
    "done": "",
    "call": "",
    "forgotten": "",
}
