"""Danger in a message, with the words apart that only pick a printed answer: "sex, begging" to "which kind?" cries for nobody.

Every message is looked at first, whatever else it is. Only when words of danger are found in the reply to a menu of ours, or
in an officer's report, are they looked for once more without the answers that the menu itself prints: those are graded as
answers (a child is urgent, whatever the words).
"""

from __future__ import annotations

from collections.abc import Sequence

from hotline.conversation.state import Road, Stage, State
from hotline.forms.book import Book
from hotline.forms.definition import Item, Kind
from hotline.standards.fold import fold, signs
from hotline.triage.grade import DangerWords, Finding, findings

_MENUS = (Kind.YES_NO, Kind.CHOICE, Kind.MULTI)
_BREAK = " ; "  # what stood on both sides of an answer never makes one phrase


def danger_in(
    text: str, danger: DangerWords, book: Book, state: State | None, *, report: bool
) -> tuple[Finding, ...]:
    """Every rule that recognises danger in `text`, worst first. `report` says that it is an officer's report."""
    found = findings(text, danger)
    if not found:
        return found
    menus = _menus(book, state, report)
    return findings(_without_answers(text, menus), danger) if menus else found


def _menus(book: Book, state: State | None, report: bool) -> Sequence[Item]:
    """The items whose printed answers the message may pick from."""
    if report:
        return [
            item for form in book.forms.values() if form.code for item in form.items if item.kind in _MENUS
        ]
    if state is None or state.stage not in (Stage.FORM, Stage.REVIEW) or state.form not in book.forms:
        return []
    items = [item for item in book.forms[state.form].items if item.kind in _MENUS]
    if state.road is Road.OFFICER:
        return items
    return [item for item in items if item.name == state.open]


def _without_answers(text: str, menus: Sequence[Item]) -> str:
    """`text` with every printed answer of `menus`, the longest first, made a break."""
    printed = {
        tuple(fold(words).split(" "))
        for item in menus
        for choice in item.choices
        for words in (*choice.words, *choice.compact)
        if fold(words)
    }
    longest = max((len(words) for words in printed), default=0)
    row, kept, at = signs(text), [], 0
    while at < len(row):
        for length in range(min(longest, len(row) - at), 0, -1):
            if tuple(row[at : at + length]) in printed:
                kept.append(_BREAK)
                at += length
                break
        else:
            kept.append(row[at])
            at += 1
    return " ".join(kept)
