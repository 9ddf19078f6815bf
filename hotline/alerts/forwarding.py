"""`4821 I am coming`: who took an alert writes to its contact through the hotline's number.

The process that hears it holds no key to the names that no text may bear, so it keeps the words in flight and orders a
FORWARD. The worker asks the one function that decides (`hotline.threads.outreach`), and answers in one segment:
sent, or why not and what to change.

    4821 I am coming        4821: I am coming        "4821 - I am coming"
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from hotline.access.people import names
from hotline.alerts.log import Happened, note
from hotline.alerts.phones import language_of, text_line
from hotline.alerts.standing import coded
from hotline.alerts.tables import Alert, AlertState
from hotline.answers.sheet import Status
from hotline.db import lock_row
from hotline.standards.crosswalk import FieldType
from hotline.standards.fold import tokens
from hotline.threads import conversations, outbox
from hotline.threads.kit import Kit
from hotline.threads.outbox import DeedKind, Priority
from hotline.threads.outreach import Decision, Refusal, write_to_contact
from hotline.threads.sending import queue_text
from hotline.threads.tables import Message, Thread
from hotline.vault.sealing import House, Unsealable
from hotline.wording.discretion import Discretion

_CODE_AND_WORDS = re.compile(r"[^\w]*\d{4}[\s:;,.\-–—]+(?P<words>\S.*)", re.DOTALL)
_SIGNS = ' \t\n\r"“”«»'
# Several may hold; the first of these is told, since it is the one that no other wording helps against.
_TOLD_FIRST = (
    Refusal.STOPPED, Refusal.UNSAFE, Refusal.NO_NUMBER, Refusal.NEVER_WROTE, Refusal.TOO_LATE, Refusal.WRITTEN,
    Refusal.NO_LINE, Refusal.CLOSED, Refusal.NOT_TAKEN, Refusal.NOT_YOURS, Refusal.TELLS, Refusal.TOO_LONG,
    Refusal.REPEATED, Refusal.EMPTY,
)  # fmt: skip
_WORDS_SHOWN = 30  # characters of a word that tells, so that the answer is one segment


@dataclass(frozen=True, slots=True)
class Words:
    """Words for the contact of the alert that `code` names."""

    code: str
    words: str


def words_for_contact(text: str) -> Words | None:
    """A code and, after it, words; None when it is anything else."""
    first = next(iter(tokens(text)), "")
    found = _CODE_AND_WORDS.match(text)
    if len(first) != 4 or not first.isdigit() or found is None:
        return None
    words = found["words"].strip(_SIGNS)
    return Words(first, words) if any(letter.isalnum() for letter in words) else None


def order_forward(
    tx: Session, kit: Kit, staff_id: str, message: Message, said: Words, locale: str, now: datetime
) -> str | None:
    """Order the words of `message` (a member of staff's text to us) to be written; the answer at once when they cannot be.
    None: the worker answers."""
    alert = coded(tx, said.code, now)
    if alert is None:
        return kit.book.say("staff.unknown_code", locale, code=said.code)
    if alert.state == AlertState.CLOSED:
        return kit.book.say("staff.notice_over", locale, code=alert.code)
    if alert.taken_by != staff_id or alert.state != AlertState.TAKEN:
        return kit.book.say("staff.words_not_yours", locale, code=alert.code)
    message.outgoing_sealed = kit.sealer.seal_flight(message.id, said.words.encode())
    payload = {"message": message.id, "alert": alert.id, "staff": staff_id}
    outbox.order(
        tx, kit.ids, DeedKind.FORWARD, f"forward:{message.id}", payload, now, priority=Priority.ANSWER
    )
    return None


def forward(
    tx: Session,
    kit: Kit,
    house: House,
    discretion: Discretion,
    payload: Mapping[str, str],
    now: datetime,
) -> str | None:
    """What the worker does with a FORWARD deed: write to the contact where it may be, and tell who wrote what came of it.
    Doing it twice does nothing more. Gives the id of the answer, None when there was nothing to do."""
    message, alert = tx.get(Message, payload["message"]), tx.get(Alert, payload["alert"])
    if message is None or message.outgoing_sealed is None or alert is None or alert.thread_id is None:
        return None
    kept, message.outgoing_sealed = kit.sealer.flying(message.id, message.outgoing_sealed), None
    if kept is None:
        return None
    words = kept.decode()
    lock_row(tx, Thread, alert.thread_id)
    known = (*names(tx, house).values(), *_held_names(tx, kit, alert.thread_id))
    decision = write_to_contact(
        tx, kit, discretion, alert.thread_id, payload["staff"], words, now, names=known
    )
    note(
        tx, alert.id, Happened.WROTE, now,
        staff_id=payload["staff"], detail=",".join(decision.refusals)[:80],
    )  # fmt: skip
    locale = language_of(tx, kit, payload["staff"])
    answer = kit.book.as_sent(_answer(kit, alert, decision, locale), locale)
    return queue_text(
        tx, kit, answer, now, line=text_line(kit), priority=Priority.ANSWER, staff_id=payload["staff"]
    )


def _answer(kit: Kit, alert: Alert, decision: Decision, locale: str) -> str:
    """What who wrote is told: sent, or the reason that counts most."""
    if decision.allowed:
        return kit.book.say("staff.words_sent", locale, code=alert.code)
    why = next(refusal for refusal in _TOLD_FIRST if refusal in decision.refusals)
    if why is Refusal.TELLS:
        told = decision.findings[0].words.strip()[:_WORDS_SHOWN]
        return kit.book.say("staff.words_tells", locale, code=alert.code, words=told)
    return kit.book.say(
        f"staff.words_{why if why is not Refusal.NOT_YOURS else 'not_yours_now'}",
        locale,
        code=alert.code,
        most=decision.most_segments,
        segments=decision.segments,
    )


def _held_names(tx: Session, kit: Kit, thread_id: str) -> tuple[str, ...]:
    """The names that were told in the conversations in flight; those of older records open with another key."""
    found = []
    for conversation in conversations.all_running(tx, thread_id):
        try:
            state = conversations.load(kit, conversation)
        except (Unsealable, ValueError):
            continue
        for row in kit.book.crosswalk.form(state.form):
            given = state.sheet.get(row.field) if row.type is FieldType.PERSON_NAME else None
            if given is not None and given.status is Status.ANSWERED and isinstance(given.value, str):
                found.append(given.value)
    return tuple(found)
