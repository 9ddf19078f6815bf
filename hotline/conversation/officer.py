"""The officers' road: the screening form as one compact message, or question by question, read back and corrected.

A registered number is served in its language with a read-back. An unregistered one that sends a compact report is
served as well, marked unverified: it gets the reference and the numbers of the items not understood, no values.
"""

from __future__ import annotations

import re

from hotline.answers.result import Declined, Understood, Unknown
from hotline.answers.sheet import Status, plain, question_of
from hotline.answers.tokens import split_report
from hotline.answers.understand import understand
from hotline.conversation.asking import ask_next, give, take_reply
from hotline.conversation.compact import Alignment, align
from hotline.conversation.effects import Disposition, Notice, Submit
from hotline.conversation.readback import read_back
from hotline.conversation.state import Road, Stage, State
from hotline.conversation.turn import Turn
from hotline.forms.book import Book
from hotline.forms.definition import Form, Item, Kind

_CORRECTION = re.compile(r"^\s*[\w]{1,4}\s*=\s*\S")
TOO_OFTEN = 5  # wrong reports in a row: the queue is told


def split_code(text: str, book: Book) -> tuple[Form, str] | None:
    """The form whose code begins the text, and the rest; None when none does. `scr1 2 3` begins with `scr`."""
    for form in book.forms.values():
        if form.code:
            match = re.match(rf"\s*{re.escape(form.code)}(?![a-z])\s*[-!,.:;#*/]?\s*(.*)$", text, re.I | re.S)
            if match:
                return form, match[1].strip()
    return None


def starts_report(text: str, book: Book) -> bool:
    """Whether the text begins an officer's report."""
    return split_code(text, book) is not None


def goes_on(state: State, text: str, *, long_ago: bool) -> bool:
    """Whether a text after a read-back belongs to that report: a correction, the answer that was asked for, or, while
    words of it were not understood, anything that comes soon."""
    return bool(_CORRECTION.match(text)) or (not long_ago and bool(state.open or state.unread))


def speaks(turn: Turn) -> bool:
    """Whether this message is an officer's word, or goes on with an officer's open screening."""
    state = turn.state
    if state.road is Road.OFFICER and state.stage in (Stage.FORM, Stage.REVIEW):
        return True
    return starts_report(turn.text, turn.book)


def walk(turn: Turn) -> None:
    """Take an officer's message."""
    state = turn.state
    begun = split_code(turn.text, turn.book)
    if begun is not None:
        form, rest = begun
        state.road, state.form, state.kind = Road.OFFICER, form.name, "work"
        state.verified = turn.facts.officer
        state.locale = state.locale or turn.facts.language or turn.facts.languages[0]
        if rest:
            _report(turn, form, rest)
        else:
            state.stage = Stage.FORM
            turn.effects.append(Submit(None))
            ask_next(turn, form.asked("sms"))
        return
    form = turn.book.forms[state.form]
    if state.stage is Stage.FORM:
        _one_by_one(turn, form)
    else:
        _correct(turn, form)


def _one_by_one(turn: Turn, form: Form) -> None:
    if _CORRECTION.match(turn.text):
        _take(turn, form, _align(turn, form, turn.text))
    elif turn.state.open and not take_reply(turn, form.item(turn.state.open)):
        return
    if not ask_next(turn, form.asked("sms")):
        _done(turn, form)


def _report(turn: Turn, form: Form, text: str) -> None:
    alignment = _align(turn, form, text)
    _take(turn, form, alignment)
    state = turn.state
    if not alignment.answers:
        state.wrong += 1
        if state.wrong >= TOO_OFTEN:
            turn.effects.append(Notice("five_wrong_reports"))
    else:
        state.wrong = 0
    _done(turn, form)


def _correct(turn: Turn, form: Form) -> None:
    """`7=12`, the bare answer to the one item that was asked, or values for what was not understood."""
    if _CORRECTION.match(turn.text) or not turn.state.open:
        turn.state.unread = []
        _take(turn, form, _align(turn, form, turn.text))
    elif turn.state.open and not take_reply(turn, form.item(turn.state.open)):
        return
    _done(turn, form)


def _align(turn: Turn, form: Form, text: str) -> Alignment:
    corrects = _CORRECTION.match(text) is not None
    items = tuple(
        item
        for item in form.asked("sms")
        if corrects or turn.state.stage is not Stage.REVIEW or _is_open(turn, item)
    )
    tokens = split_report(text, lambda phrase: _is_known(turn, items, phrase))
    return align(tokens, items, turn.facts)


def _is_open(turn: Turn, item: Item) -> bool:
    """Whether the item has no answer yet: values sent after a read-back never change an answer unasked."""
    given = turn.state.sheet.get(item.name)
    return given is None or given.status is Status.PENDING


def _is_known(turn: Turn, items: tuple[Item, ...], phrase: str) -> bool:
    """Whether a phrase with spaces is one value of some item ("vieux fort", "dominican republic"). Places and countries
    only by their whole name: "pot 12/11 castries" names one too, but is three values."""
    words = turn.facts.words
    if words.gazetteer.knows(phrase) or words.countries.exact(phrase):
        return True
    return any(
        isinstance(understand(question_of(item), phrase, turn.facts.words, turn.facts.here), Understood)
        for item in items
        if item.kind not in (Kind.TEXT, Kind.PERSON_NAME, Kind.PLACE, Kind.COUNTRY)
    )


def _take(turn: Turn, form: Form, alignment: Alignment) -> None:
    """Write the aligned answers on the sheet; what did not fit stays as pending words."""
    for name, (answer, said) in alignment.answers.items():
        item = form.item(name)
        match answer:
            case Understood(value=value):
                give(turn, item, Status.ANSWERED, plain(value), said)
            case Unknown():
                give(turn, item, Status.UNKNOWN, None, said)
            case Declined():
                give(turn, item, Status.DECLINED, None, said)
            case _:
                give(turn, item, Status.PENDING, None, said)
    for name, said in alignment.misfits.items():
        give(turn, form.item(name), Status.PENDING, None, said)
    turn.state.unread = alignment.unread


def _done(turn: Turn, form: Form) -> None:
    """Read back; the record is complete when nothing was left unclear, partial until then."""
    state = turn.state
    pending = [
        item
        for item in form.items
        if item.name in state.sheet and state.sheet[item.name].status is Status.PENDING
    ]
    clear = not pending and not state.unread
    turn.effects.append(Submit(Disposition.COMPLETED if clear else Disposition.PARTIAL))
    state.stage = Stage.REVIEW
    read_back(turn, form)
    if state.verified and len(pending) == 1 and not state.unread:
        _ask_the_one(turn, pending[0])


def _ask_the_one(turn: Turn, item: Item) -> None:
    """One bad answer of twelve: exactly that one is asked, where it still fits into two segments."""
    question = turn.book.text(item.label, turn.locale)
    if turn.segments(f"{turn.says[-1]} {question}") <= 2:
        turn.says.append(question)
    turn.state.open = item.name
