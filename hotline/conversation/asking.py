"""Stepping through a form by text: ask an item, take the reply, go on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hotline.answers.result import Answer, AskBack, Declined, Refused, Understood, Unknown
from hotline.answers.sheet import Given, Plain, Status, is_relevant, next_item, plain, question_of
from hotline.answers.understand import understand
from hotline.conversation.child import look_for_child
from hotline.conversation.effects import Submit, WantsPerson
from hotline.conversation.state import Road
from hotline.conversation.turn import Turn
from hotline.conversation.worded import worded
from hotline.forms.definition import Item

_NUMBERED = re.compile(r"^\s*(\d{1,2})\s*[\s.):=-]\s*(\S.*)$", re.S)
_STATUS = {Understood: Status.ANSWERED, Unknown: Status.UNKNOWN, Declined: Status.DECLINED}
_GOING_ON = Submit(None)
MAX_TRIES = 3  # a third failed try leaves the words as pending, tells a person, and goes on


def ask_item(turn: Turn, item: Item) -> None:
    """Ask an item; before the first that asks a name, an age or an address, say what must be passed on (an officer
    knows)."""
    state = turn.state
    if item.duty and not state.duty_told and state.road is Road.PUBLIC:
        turn.say("public.duty")
        state.duty_told = True
    state.open, state.tries, state.readings = item.name, 0, []
    turn.ask(item.label)


def ask_next(turn: Turn, items: Sequence[Item]) -> bool:
    """Ask the next relevant item without an answer; False when there is none left."""
    item = next_item(items, turn.state.sheet)
    if item is None:
        turn.state.open = ""
        return False
    ask_item(turn, item)
    return True


def take_reply(turn: Turn, item: Item) -> bool:
    """Take the message as the reply to `item`. True when the item is through (answered, unknown, declined, or left
    pending after the third try); False when it was asked again."""
    state = turn.state
    picked = _picked(turn)
    if picked is not None:
        give(turn, item, Status.ANSWERED, picked)
        return True
    answer = understand(question_of(item), turn.text, turn.facts.words, turn.facts.here)
    match answer:
        case Understood(value=value, extra=extra):
            give(turn, item, Status.ANSWERED, plain(value))
            _take_descriptor(turn, extra.get("descriptor"))
        case Unknown():
            give(turn, item, Status.UNKNOWN, None)
        case Declined():
            give(turn, item, Status.DECLINED, None)
        case _:
            if take_numbered(turn, turn.text):
                return not ask_next(turn, turn.book.forms[state.form].asked("sms", state.verified))
            state.tries += 1
            if state.tries >= MAX_TRIES:
                give(turn, item, Status.PENDING, None)
                turn.effects.append(WantsPerson("not_understood"))
            else:
                _ask_again(turn, item, answer)
                return False
    return True


def numbers_shown(turn: Turn) -> bool:
    """Whether the questions show the numbers of the source form: the screening form's do, the public's do not."""
    return bool(turn.book.forms[turn.state.form].code)


def take_numbered(turn: Turn, text: str) -> bool:
    """ "7 no" answers item 7, where the numbers are shown and it is an answer to that item; True when it was written. A
    late reply so reaches the question that it was meant for."""
    match = _NUMBERED.match(text)
    if not match or not numbers_shown(turn):
        return False
    number, words = match.groups()
    for item in turn.book.forms[turn.state.form].asked("sms", turn.state.verified):
        if item.number == number and item.name != turn.state.open and is_relevant(item, turn.state.sheet):
            answer = understand(question_of(item), words, turn.facts.words, turn.facts.here)
            status = _STATUS.get(type(answer))
            if status is not None:
                value = plain(answer.value) if isinstance(answer, Understood) else None
                give(turn, item, status, value, words)
                return True
    return False


def give(turn: Turn, item: Item, status: Status, value: Plain, said: str | None = None) -> None:
    """Write an answer on the sheet; an older one is kept beside it."""
    state = turn.state
    older = state.sheet.get(item.name)
    if older is not None:
        state.older.append([item.name, *older.row()])
    words = turn.text if said is None else said
    state.sheet[item.name] = Given(status, value, words, turn.now, str(turn.inbound.channel))
    state.open, state.tries, state.readings = "", 0, []
    if older is not None:
        _drop_irrelevant(turn)
    look_for_child(turn)
    turn.effects.append(_GOING_ON)


def _drop_irrelevant(turn: Turn) -> None:
    """A changed answer may take the ground from under others ("reported to another agency" became "not reported"): they
    are no answers any more, and are kept beside the record's old ones."""
    state = turn.state
    for item in turn.book.forms[state.form].items:
        if item.name in state.sheet and not is_relevant(item, state.sheet):
            state.older.append([item.name, *state.sheet.pop(item.name).row()])


def _picked(turn: Turn) -> Plain | None:
    """The reading that the reply chose, when a question back offered some."""
    readings = turn.state.readings
    if not readings:
        return None
    chosen = number_of(turn.text)
    return readings[chosen - 1] if 0 < chosen <= len(readings) else None


def number_of(text: str) -> int:
    """The number that a reply to a menu of ours is, in the digits of any script; 0 when it is none."""
    digits = text.strip(" .()")
    # Not every sign that counts as a digit is a decimal one ("²", "①"), and Python reads no number of any length.
    return int(digits) if digits.isdecimal() and len(digits) <= 2 else 0


def _take_descriptor(turn: Turn, code: object) -> None:
    """ "Trans woman" is female with the descriptor `transgender_female`, on forms that have descriptors."""
    if not isinstance(code, str):
        return
    form = turn.book.forms[turn.state.form]
    if any(item.name == "victim_descriptors" for item in form.items):
        item = form.item("victim_descriptors")
        given = turn.state.sheet.get(item.name)
        codes = list(given.value) if given and given.status is Status.ANSWERED else []
        if code not in codes and item.choice(code):
            give(turn, item, Status.ANSWERED, [*codes, code])


def _ask_again(turn: Turn, item: Item, answer: Answer) -> None:
    """Ask in another way: the readings when there were several, else why it was not taken, as far as one segment goes."""
    if isinstance(answer, AskBack) and len(answer.readings) > 1:
        readings = [plain(reading) for reading in answer.readings[:4]]
        turn.state.readings = readings
        names = [worded(turn.book, item, reading, turn.locale) for reading in readings]
        turn.say(
            "why.which", options=" ".join(f"{number}) {name}" for number, name in enumerate(names, start=1))
        )
        return
    wording = item.again or item.label
    question = turn.book.text(wording, turn.locale)
    why = answer.why.value if isinstance(answer, (Refused, AskBack)) else "unclear"
    key = f"why.{why}" if f"why.{why}" in turn.book.wordings else "why.unclear"
    reason = turn.book.say(key, turn.locale)
    both = f"{reason} {question}"
    turn.says.append(both if turn.segments(both) <= 1 else question)
