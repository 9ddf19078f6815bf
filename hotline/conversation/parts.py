"""Long reports come in parts, in any order, and some come twice.

scr pot 12/11 castries f16          and a minute later, because the phone split it:   ve sex none
scr 5=f 6=16                        scr 1=pot 2=12/11 3=castries        (numbers of further items)
scr pot 12/11 castries f16          scr pot 12/11 castries f16          (sent twice: one record)
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from hotline.answers.first_look import FirstLook
from hotline.answers.sheet import Status, values
from hotline.answers.tokens import Token, split_report
from hotline.conversation.compact import Alignment, align
from hotline.conversation.crowded import spread
from hotline.conversation.keyed import names_all
from hotline.conversation.language import fold
from hotline.conversation.phrases import Look, is_one_value, separators_apart
from hotline.conversation.state import Road, Stage, State
from hotline.conversation.turn import Facts
from hotline.forms.definition import Form, Item, Kind

_TEXTS = (Kind.TEXT, Kind.PERSON_NAME)
_UNANSWERED = (Stage.LANGUAGE, Stage.SAFE, Stage.SAFE_AGAIN)


def mark_of(report: str) -> str:
    """A short mark by which the same report is known again, spaces, signs and capitals aside."""
    return hashlib.blake2b(fold(report).encode(), digest_size=6).hexdigest()


def is_doubled(state: State, report: str) -> bool:
    """Whether this report came before in this conversation."""
    return mark_of(report) in state.reports


def open_items(form: Form, state: State) -> tuple[Item, ...]:
    """The items without an answer: words sent after a read-back never change an answer unasked."""
    return tuple(
        item
        for item in form.asked("sms")
        if item.name not in state.sheet or state.sheet[item.name].status is Status.PENDING
    )


def aligned(text: str, form: Form, items: Sequence[Item], state: State, facts: Facts) -> Alignment:
    """Which words of `text` answer which of `items`, all of `form`."""
    report, look = separators_apart(text, items), look_of(form, items, facts)
    tokens = _tokens(report, look)
    return align(tokens, items, look, report, values(state.sheet, tuple(state.sheet)))


def look_of(form: Form, items: Sequence[Item], facts: Facts) -> Look:
    """How a report is read for some items of a form."""
    return Look(facts, facts.words.compiled_for(form, FirstLook), items)


def _tokens(report: str, look: Look) -> Sequence[Token]:
    return spread(split_report(report, lambda phrase: is_one_value(phrase, look), look.glance.holding), look)


def further_part(form: Form, state: State, text: str, facts: Facts) -> Alignment | None:
    """What a text without the code adds to the report before it: values of items that are still open, texts aside, and
    more of them than words not understood. None when it is no part of it. A phrase that was cut between two parts
    ("vieux", "fort") is one again."""
    items = open_items(form, state)
    alone = aligned(text, form, items, state, facts)
    if not _adds(alone, items):
        return None
    if alone.unread or alone.misfits:
        left = [given.said for given in state.sheet.values() if given.status is Status.PENDING]
        whole = aligned(" ".join([*left, *state.unread, text]), form, items, state, facts)
        if len(whole.answers) > len(alone.answers) and _adds(whole, items):
            return whole
    return alone


def coded_part(form: Form, state: State, report: str, facts: Facts) -> Alignment | None:
    """What a further text with the code adds: one that names all its items, none of which has an answer yet. Without
    names it is the report of another person, as is one that says something else of the same item."""
    items = form.asked("sms")
    apart, look = separators_apart(report, items), look_of(form, items, facts)
    tokens = _tokens(apart, look)
    if not names_all(tokens, items):
        return None
    alignment = align(tokens, items, look, apart, values(state.sheet, tuple(state.sheet)))
    free = {item.name for item in open_items(form, state)}
    named = alignment.answers.keys() | alignment.misfits.keys()
    return alignment if named and named <= free else None


def earlier_part(form: Form, state: State, facts: Facts, now: int) -> Alignment | None:
    """What the officer's phone sent just before the report, when it came first though it is the second part: the words of
    a conversation in which nothing was answered yet."""
    before = facts.before
    if before is None or not facts.officer or before.road is not Road.PUBLIC or not before.words:
        return None
    if before.stage not in _UNANSWERED or now - before.last > facts.silence.total_seconds():
        return None
    part = further_part(form, replace(state, unread=[]), before.words[-1], facts)
    return part if part is not None and not part.unread and not part.misfits else None


def _adds(alignment: Alignment, items: Sequence[Item]) -> bool:
    kinds = {item.name: item.kind for item in items}
    typed = [name for name in alignment.answers if kinds[name] not in _TEXTS]
    return bool(typed) and len(alignment.answers) > len(alignment.unread) + len(alignment.misfits)
