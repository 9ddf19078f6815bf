"""BACK and CHANGE: an earlier question once more. The old answer and its time stay in the record.

To a public phone no earlier answer is quoted, since another may hold it (DESIGN 3); a registered officer is told the
coded value that stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from hotline.answers.sheet import Status, is_relevant
from hotline.conversation import opening
from hotline.conversation.asking import ask_item, numbers_shown, take_numbered
from hotline.conversation.state import Road, Stage
from hotline.conversation.turn import Turn
from hotline.conversation.worded import worded
from hotline.forms.definition import Item, Kind
from hotline.standards.fold import fold

_UNTOLD = (Kind.TEXT, Kind.PERSON_NAME, Kind.PHONE)
_BEFORE = {Stage.DANGER: Stage.SAFE, Stage.WHO: Stage.DANGER, Stage.CONTACT: Stage.PLACE}
_MOST_OFFERED = 9


def go_back(turn: Turn) -> bool:
    """The question before the open one; False where there is none to go back to, and the words are a reply."""
    state = turn.state
    if state.stage in (Stage.FORM, Stage.DONE, Stage.REVIEW):
        _back_in_form(turn)
        return True
    if state.stage in (Stage.SAFE, Stage.SAFE_AGAIN) and not state.resume:
        state.stage = Stage.LANGUAGE  # in the wrong language, perhaps
    elif state.stage in _BEFORE:
        state.stage = _BEFORE[state.stage]
    elif state.stage in (Stage.LANGUAGE, Stage.CRY):
        return False
    state.open, state.tries = "", int(state.stage is Stage.PLACE)
    if state.stage is Stage.PLACE:
        turn.ask(turn.book.forms["opening"].item("current_location").label)
    else:
        opening.ask_open(turn)
    return True


def change(turn: Turn, which: str) -> bool:
    """Ask for another answer to a question: `which` is its number, code or short name; "" offers what was answered. In
    the opening it is the same as BACK. False where there is nothing to change, and the words are a reply."""
    state = turn.state
    if state.stage not in (Stage.FORM, Stage.DONE, Stage.REVIEW):
        return go_back(turn)
    items = _answered(turn)
    if not items:
        return go_back(turn)
    named = [item for item in items if which and which in _names(turn, item)]
    if named:
        reopen(turn, named[0])
    else:
        _offer(turn, items)
    return True


def change_at_once(turn: Turn, which: str) -> bool:
    """ "change 7 12": the new answer came with the number; True when it is written."""
    state = turn.state
    if state.stage not in (Stage.FORM, Stage.DONE, Stage.REVIEW):
        return False
    if not take_numbered(turn, which):
        return False
    if state.stage is Stage.DONE:
        state.stage = Stage.FORM
    return True


def take_offered(turn: Turn, chosen: int) -> bool:
    """The reply to "which one?", by the numbers that the questions show, else in the order offered; False when it is none
    of them."""
    offered, turn.state.offered = turn.state.offered, []
    form = turn.book.forms[turn.state.form]
    if numbers_shown(turn):
        items = [item for item in form.asked("sms", turn.state.verified) if item.number == str(chosen)]
    else:
        items = [form.item(offered[chosen - 1])] if 0 < chosen <= len(offered) else []
    if not items:
        return False
    reopen(turn, items[0])
    return True


def reopen(turn: Turn, item: Item) -> None:
    """Ask an item again; its answer stands until a new one is given."""
    state = turn.state
    if state.stage is Stage.DONE:
        state.stage = Stage.FORM
    given = state.sheet.get(item.name)
    ask_item(turn, item)
    if (
        state.road is Road.OFFICER
        and state.verified
        and given is not None
        and given.status is Status.ANSWERED
        and item.kind not in _UNTOLD
    ):
        was = turn.book.say(
            "officer.was", turn.locale, value=worded(turn.book, item, given.value, turn.locale)
        )
        if turn.segments(f"{was} {turn.says[-1]}") <= 1:
            turn.says.insert(-1, was)


def _back_in_form(turn: Turn) -> None:
    state = turn.state
    items = [item for item in road_items(turn) if is_relevant(item, state.sheet)]
    names = [item.name for item in items]
    at = names.index(state.open) if state.open in names else len(items)
    for item in reversed(items[:at]):
        if item.name in state.sheet:
            reopen(turn, item)
            return
    if state.road is Road.PUBLIC:
        state.stage, state.open, state.tries = Stage.WHO, "", 0
        opening.ask_open(turn)
    elif items:
        ask_item(turn, items[0])


def road_items(turn: Turn) -> Sequence[Item]:
    """The items of the road that is walked, in order."""
    if turn.state.road is Road.OFFICER:
        return turn.book.forms[turn.state.form].asked("sms", turn.state.verified)
    return opening.items_of(turn)


def _answered(turn: Turn) -> list[Item]:
    sheet = turn.state.sheet
    return [
        item
        for item in road_items(turn)
        if item.name in sheet and item.name != turn.state.open and is_relevant(item, sheet)
    ]


def _names(turn: Turn, item: Item) -> set[str]:
    short = {fold(turn.book.text(item.short, locale)) for locale in turn.facts.languages}
    number = {item.number} if numbers_shown(turn) else set()
    return {fold(item.code), *short, *number}


def _offer(turn: Turn, items: Sequence[Item]) -> None:
    """ "Which one? 1) Where 2) When": names of questions, never an answer; in one segment, the latest first dropped."""
    offered = list(items[-_MOST_OFFERED:])
    while offered:
        options = " ".join(
            f"{item.number if numbers_shown(turn) else number}) {turn.book.text(item.short, turn.locale)}"
            for number, item in enumerate(offered, start=1)
        )
        said = turn.book.say("why.which", turn.locale, options=options)
        if turn.segments(said) <= 1:
            break
        offered.pop(0)
    turn.state.offered = [item.name for item in offered]
    turn.says.append(said)
