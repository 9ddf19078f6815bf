"""The read-back of an officer's report: reference, coded values in short labels, what was not understood, and the last
line. No free text (it would lie on the phone); two segments at most. One bad answer is asked alone, in one segment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hotline.answers.sheet import Given, Status
from hotline.conversation.turn import Turn
from hotline.conversation.worded import worded
from hotline.forms.definition import Form, Item, Kind
from hotline.wording.segments import fit

SEGMENTS = 2
_WORDS_KEPT = (Kind.TEXT, Kind.PERSON_NAME, Kind.PHONE)


def read_back(turn: Turn, form: Form) -> None:
    """Say what was understood to a registered officer; to an unregistered number the item numbers only."""
    state = turn.state
    told = {name: state.sheet[name] for name in state.sheet}
    items = [item for item in form.items if item.name in told]
    unclear = [item.number for item in items if told[item.name].status is Status.PENDING]
    last = turn.book.say("officer.last_line", turn.locale)
    if state.verified:
        parts = [_part(turn, item, told[item.name]) for item in items if not item.system]
        report = " ".join(part for part in parts if part)
        ending = _unclear_line(turn, unclear)
        for room in (report, _numbers(items, told)):
            text = " ".join(
                part for part in (f"{state.reference}.", f"{room}.", ending, last) if part.strip(".")
            )
            if turn.segments(text) <= SEGMENTS:
                turn.says.append(text)
                return
        head = f"{state.reference}. {_unclear_line(turn, unclear, echo=False)}".strip()
        turn.says.append(fit(turn.book.as_sent(f"{head} {last}", turn.locale), SEGMENTS))
        return
    ending = _unclear_line(turn, unclear, echo=False)
    turn.says.append(" ".join(part for part in (f"{state.reference}.", ending, last) if part))


def ask_the_one(turn: Turn, item: Item) -> None:
    """One bad answer: the others are kept, and this one is asked in one segment, with what is allowed for it. They are
    read back once it is there."""
    question = turn.book.text(item.again or item.label, turn.locale)
    kept = turn.book.say("officer.kept", turn.locale, reference=turn.state.reference)
    short = f"{turn.state.reference}."
    texts = (f"{kept} {question}", f"{short} {question}", question)
    turn.says.append(next((text for text in texts if turn.segments(text) <= 1), question))


def _part(turn: Turn, item: Item, given: Given) -> str:
    if given.status in (Status.PENDING, Status.NOT_ASKED):
        return ""
    if given.status is Status.UNKNOWN:
        return f"{item.number}=?"
    if given.status is Status.DECLINED:
        return f"{item.number}=-"
    if item.kind in _WORDS_KEPT:
        return f"{item.number}=ok"
    return f"{item.number}={worded(turn.book, item, given.value, turn.locale)}"


def _numbers(items: Sequence[Item], told: Mapping[str, Given]) -> str:
    """When the values are too long for two segments: which items were understood."""
    got = [
        item.number
        for item in items
        if told[item.name].status in (Status.ANSWERED, Status.UNKNOWN, Status.DECLINED)
    ]
    return ",".join(dict.fromkeys(got))


def _unclear_line(turn: Turn, numbers: list[str], *, echo: bool = True) -> str:
    """What was not understood: item numbers, and to a registered officer the words that no item took."""
    unread = turn.state.unread
    if not numbers and not unread:
        return ""
    words = " ".join(f"'{word}'" for word in unread) if echo else ""
    what = " ".join(part for part in (" ".join(dict.fromkeys(numbers)), words) if part)
    if not what:
        what = str(len(unread))
    key = "officer.not_understood" if numbers or echo else "officer.not_understood_words"
    return turn.book.say(key, turn.locale, what=what)
