"""The officers' road: the screening form as one compact message, or question by question, read back and corrected.

A registered number is served in its language with a read-back. An unregistered one that sends a compact report is
served as well, marked unverified: it gets the reference and the numbers of the items not understood, no values.
"""

from __future__ import annotations

import re
from functools import cache

from hotline.answers.result import Declined, Understood, Unknown
from hotline.answers.sheet import Status, plain
from hotline.answers.words import Words
from hotline.conversation.asking import ask_next, give, take_reply
from hotline.conversation.compact import Alignment
from hotline.conversation.effects import Disposition, Notice, Submit
from hotline.conversation.graded import danger_in
from hotline.conversation.inbound import Inbound
from hotline.conversation.obeying import Obeyed, obey
from hotline.conversation.parts import (
    aligned,
    coded_part,
    earlier_part,
    further_part,
    is_doubled,
    mark_of,
    open_items,
)
from hotline.conversation.readback import ask_the_one, read_back
from hotline.conversation.state import Road, Stage, State
from hotline.conversation.turn import Facts, Turn
from hotline.forms.book import Book
from hotline.forms.definition import Form
from hotline.standards.fold import fold

_CORRECTION = re.compile(r"^\s*[\w]{1,4}\s*=\s*\S")
TOO_OFTEN = 5  # wrong reports in a row: the queue is told


def split_code(text: str, book: Book) -> tuple[Form, str] | None:
    """The form whose code begins the text, and the rest; None when none does. `scr1 2 3` begins with `scr`."""
    for form in book.forms.values():
        if form.code and (match := _beginning(form.code).match(text)):
            return form, match[1].strip()
    return None


@cache
def _beginning(code: str) -> re.Pattern[str]:
    """How a report with this code begins, and its rest; the codes are those of the forms, so there are few."""
    return re.compile(rf"\s*{re.escape(code)}(?![a-z])(?:-(?!\d)|\s*[!,.:;/])?\s*(.*)$", re.I | re.S)


def starts_report(text: str, book: Book) -> bool:
    """Whether the text begins an officer's report."""
    return split_code(text, book) is not None


def goes_on(state: State, text: str, facts: Facts, book: Book, *, long_ago: bool) -> bool:
    """Whether a text after a read-back belongs to that report: a correction, the answer that was asked for, a further part;
    or, while words of it were not understood, anything that comes soon. Danger is no part of a report."""
    if _CORRECTION.match(text):
        return True
    if long_ago or state.open or state.unread:
        return not long_ago
    if not state.verified or danger_in(text, facts.danger, book, state, report=True):
        return False
    if is_idle(text, facts):
        return True
    return further_part(book.forms[state.form], state, text, facts) is not None


def is_idle(text: str, facts: Facts) -> bool:
    """Whether a text says nothing but thanks ("ok thank you"): after a read-back it begins no talk of its own."""
    return fold(text) in facts.words.compiled(_thanks)


def _thanks(words: Words) -> frozenset[str]:
    return frozenset(words.phrases("thanks"))


def adds_to(state: State, inbound: Inbound, facts: Facts, book: Book) -> bool:
    """Whether a text with the code belongs to the report before it: the same once more, or soon after it a further part."""
    begun = split_code(inbound.text, book)
    if begun is None or state.road is not Road.OFFICER or state.stage is not Stage.REVIEW:
        return False
    form, rest = begun
    if form.name != state.form or not rest:
        return False
    soon = inbound.at.timestamp() - state.last <= facts.silence.total_seconds()
    return is_doubled(state, rest) or (soon and coded_part(form, state, rest, facts) is not None)


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
        if rest and adds_to(state, turn.inbound, turn.facts, turn.book):
            _again(turn, form, rest)
            return
        if turn.facts.before is not None and turn.facts.before.road is Road.OFFICER:
            state.wrong = turn.facts.before.wrong
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
    if state.stage is Stage.REVIEW and not (state.open or state.unread) and is_idle(turn.text, turn.facts):
        return  # nothing to answer
    obeyed = obey(turn)
    if obeyed is Obeyed.SAID:
        return
    if obeyed is Obeyed.WRITTEN:
        if state.stage is Stage.REVIEW or not ask_next(turn, form.asked("sms", state.verified)):
            _done(turn, form)
    elif state.stage is Stage.FORM:
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


def _again(turn: Turn, form: Form, text: str) -> None:
    """The same report twice is one record, and the queue is told; a further part is added."""
    if is_doubled(turn.state, text):
        turn.effects.append(Notice("same_report_twice"))
    else:
        part = coded_part(form, turn.state, text, turn.facts)
        turn.state.reports.append(mark_of(text))
        if part is not None:
            _add(turn, form, part)
    _done(turn, form)


def _add(turn: Turn, form: Form, part: Alignment) -> None:
    """A further part: what was not understood before stays so."""
    taken = {word for _, said in part.answers.values() for word in said.split()}
    unread = [words for words in turn.state.unread if not taken.issuperset(words.split())]
    _take(turn, form, part)
    turn.state.unread = [*unread, *(word for word in part.unread if word not in unread)]


def _report(turn: Turn, form: Form, text: str) -> None:
    alignment = _align(turn, form, text)
    _take(turn, form, alignment)
    state = turn.state
    state.reports = [mark_of(text)]
    earlier = earlier_part(form, state, turn.facts, int(turn.inbound.at.timestamp()))
    if earlier is not None:
        _add(turn, form, earlier)
    if not alignment.answers:
        state.wrong += 1
        if state.wrong >= TOO_OFTEN:
            turn.effects.append(Notice("five_wrong_reports"))
    else:
        state.wrong = 0
    _done(turn, form)


def _correct(turn: Turn, form: Form) -> None:
    """`7=12`, the bare answer to the one item that was asked, or values for what was not understood."""
    part = None
    if not _CORRECTION.match(turn.text):
        part = further_part(form, turn.state, turn.text, turn.facts)
    if part is not None and (not turn.state.open or len(part.answers) > 1):
        left = [] if not part.unread and not part.misfits else turn.state.unread
        turn.state.unread = left
        _add(turn, form, part)
    elif _CORRECTION.match(turn.text) or not turn.state.open:
        turn.state.unread = []
        _take(turn, form, _align(turn, form, turn.text))
    elif turn.state.open and not take_reply(turn, form.item(turn.state.open)):
        return
    _done(turn, form)


def _align(turn: Turn, form: Form, text: str) -> Alignment:
    corrects = _CORRECTION.match(text) is not None or turn.state.stage is not Stage.REVIEW
    items = form.asked("sms") if corrects else open_items(form, turn.state)
    return aligned(text, form, items, turn.state, turn.facts)


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
    clear = bool(state.sheet) and not pending and not state.unread
    turn.effects.append(Submit(Disposition.COMPLETED if clear else Disposition.PARTIAL))
    state.stage = Stage.REVIEW
    if state.verified and len(pending) == 1 and not state.unread:
        ask_the_one(turn, pending[0])
        state.open = pending[0].name
    else:
        read_back(turn, form)
