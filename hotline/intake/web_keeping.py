"""A web report is kept: contact, thread, conversation, message and alert in one transaction, once for each page.

The page carries a random key. The same page sent again with the same content changes nothing; with other content (an
answer made clearer, the story gone on with) it goes on with the same report.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from hotline.alerts.new_words import tell_new_words
from hotline.answers.sheet import Given, Status
from hotline.conversation.child import tells_of_child
from hotline.conversation.effects import Disposition
from hotline.conversation.state import Stage, State
from hotline.db import lock_name, write
from hotline.intake.applying import order_submit, raise_for
from hotline.intake.desk import Desk
from hotline.intake.web_reading import DANGER, WHERE, Reading, without_details
from hotline.standards.crosswalk import Sensitivity
from hotline.threads import conversations, copies, seen
from hotline.threads.contacts import contact_of, thread_of
from hotline.threads.tables import Conversation, Direction, Message, MessageStatus, Thread, ThreadState
from hotline.triage.grade import Grade, findings

LINE = CHANNEL = "web"
STORY = "incident_narrative"
KIND_OF = {"online": "other", "screening": "work"}  # form to contact_kind
# A text of the thread is read by who may read about the person; these have a compartment of their own.
_APART = frozenset({Sensitivity.SUSPECT_IDENTITY, Sensitivity.REPORTER_IDENTITY})


@dataclass(frozen=True, slots=True)
class Report:
    """One posted page. `key` is the page's own, `digest` that of its content."""

    form: str
    locale: str
    key: str
    digest: str
    reading: Reading
    at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """What was made of it: `asked` says that unclear answers are to be asked for once more."""

    reference: str
    grade: Grade
    asked: bool

    def encode(self) -> bytes:
        return json.dumps([self.reference, self.grade.value, self.asked]).encode()

    @classmethod
    def decode(cls, data: bytes) -> Kept:
        reference, grade, asked = json.loads(data)
        return cls(reference, Grade(grade), asked)


@dataclass(slots=True)
class _Open:
    """The rows of a report in the making."""

    thread: Thread
    conversation: Conversation
    state: State
    fresh: bool


def keep_report(desk: Desk, report: Report) -> Kept:
    """Keep a report; when this returns it is in the database, and who must be woken is being woken."""
    page, content = f"web:{report.key}", f"web:{report.key}:{report.digest}"
    with write(desk.engine) as tx:
        lock_name(tx, page)
        repeat = seen.claim(tx, desk.kit, content, report.at)
        if repeat is not None:
            return Kept.decode(repeat.reply) if repeat.reply else Kept("", Grade.ROUTINE, False)
        rows = _rows(tx, desk, report, seen.claim(tx, desk.kit, page, report.at))
        kept = _keep(tx, desk, report, rows)
        seen.remember(tx, desk.kit, page, rows.conversation.id.encode())
        seen.remember(tx, desk.kit, content, kept.encode())
    desk.bell.ring()
    return kept


def _rows(tx: Session, desk: Desk, report: Report, earlier: seen.Seen | None) -> _Open:
    """The rows that the same page made before, while they are open; else fresh ones."""
    if earlier is not None and earlier.reply is not None:
        conversation = tx.get(Conversation, earlier.reply.decode())
        thread = tx.get(Thread, conversation.thread_id) if conversation else None
        state = conversations.in_flight(desk.kit, conversation) if conversation is not None else None
        if (
            conversation is not None
            and thread is not None
            and thread.state == ThreadState.OPEN
            and state is not None
        ):
            return _Open(thread, conversation, state, False)
    contact = contact_of(tx, desk.kit, "", report.at)
    contact.language = report.locale
    thread = thread_of(tx, desk.kit, contact, CHANNEL, LINE, report.at)
    book = desk.shelf.newest.hash
    conversation = conversations.begin(tx, desk.kit, thread.id, CHANNEL, book, report.at)
    return _Open(thread, conversation, State(book, thread.reference), True)


def _keep(tx: Session, desk: Desk, report: Report, rows: _Open) -> Kept:
    thread, state, reading = rows.thread, rows.state, report.reading
    reading.strays += [text for text in reading.dropped if findings(text, desk.danger)]  # a cry is no address
    said = [*reading.words.values(), *reading.strays]
    told_before = _said(state)
    fired = _fired(desk, said)
    old = {rule for _, rule in _fired(desk, told_before)}
    fresh = [finding for finding in fired if finding[1] not in old]
    if reading.danger and DANGER not in state.sheet:
        fresh.insert(0, (Grade.EMERGENCY, "danger_question"))
    _fill(desk, state, report)
    if tells_of_child(state.sheet) and not state.child:
        state.child = True
        fresh.append((Grade.URGENT, "child_in_report"))
    for grade, _ in fresh:
        state.grade = Grade.worst(Grade(state.grade), grade).value
    placeless = state.grade == Grade.EMERGENCY and WHERE not in reading.sheet
    asked = (bool(reading.unclear) or placeless) and state.tries == 0
    state.tries, state.stage = state.tries + 1, Stage.FORM if asked else Stage.DONE
    last_in, thread.language, thread.last_in_at = thread.last_in_at, report.locale, report.at
    thread.waiting_since = thread.waiting_since or report.at
    if not asked and any(given.status is Status.PENDING for given in state.sheet.values()):
        thread.wants_person = True
    conversations.save(desk.kit, rows.conversation, state, report.at)
    cause = desk.kit.ids.new()
    if rows.fresh or [text for text in said if text not in told_before]:
        body = _body(desk, report)
        message = _message(tx, desk, report, rows, cause, body, bool(fired) or reading.danger)
        tx.add(message)
        copies.keep_words(tx, desk.kit, message, body)
    if fresh:
        fresh.sort(key=lambda finding: finding[0].rank)
        raise_for(tx, desk, thread, fresh[0][0], [rule for _, rule in fresh], report.at)
    tx.flush()
    tell_new_words(tx, desk.kit, thread, last_in, report.at)
    ended = Disposition.PARTIAL if asked else Disposition.COMPLETED
    order_submit(tx, desk, rows.conversation, ended, cause, report.at)
    return Kept(state.reference, Grade(state.grade), asked)


def _fired(desk: Desk, texts: Sequence[str]) -> list[tuple[Grade, str]]:
    """Every rule of danger that the words fire, each once."""
    found = {
        finding.rule: finding.grade
        for text in texts
        for finding in findings(text, desk.danger)
        if finding.grade is not Grade.ROUTINE
    }
    return [(grade, rule) for rule, grade in found.items()]


def _said(state: State) -> list[str]:
    """All that was said before on this report."""
    return [*(given.said for given in state.sheet.values() if given.said), *state.words]


def _fill(desk: Desk, state: State, report: Report) -> None:
    """The answers go on the sheet; one that changed is kept beside the new one, but for what may not be kept any more."""
    reading = report.reading
    state.form, state.kind, state.locale = report.form, KIND_OF[report.form], report.locale
    state.last = int(report.at.timestamp())
    sheet: dict[str, Given] = dict(reading.sheet)
    if reading.danger:
        sheet[DANGER] = Given(Status.ANSWERED, "yes", "", state.last, CHANNEL)
    for name, given in sheet.items():
        older = state.sheet.get(name)
        if older is not None and older.row()[:3] == given.row()[:3]:
            continue
        if older is not None:
            state.older.append([name, *older.row()])
            state.words = [text for text in state.words if text != older.said]
        state.sheet[name] = given
    gone = without_details(desk.shelf.newest.forms[report.form], state.sheet)
    state.older = [row for row in state.older if row[0] not in gone]
    story = state.sheet.get(STORY)
    told = [story.said] if story and story.status in (Status.ANSWERED, Status.PENDING) else []
    state.words = list(dict.fromkeys((*told, *state.words, *reading.strays)))


def _body(desk: Desk, report: Report) -> str:
    """The report's own words under their short labels."""
    book = desk.shelf.newest
    form = book.forms[report.form]
    language = desk.settings.deployment.languages[0]
    lines = [
        f"{book.text(form.item(name).short, language)}: {text}"
        for name, text in report.reading.words.items()
        if book.crosswalk.field(report.form, name).sensitivity not in _APART
    ]
    return "\n".join((*lines, *report.reading.strays))


def _message(
    tx: Session, desk: Desk, report: Report, rows: _Open, message_id: str, body: str, danger: bool
) -> Message:
    """The report's place in the thread."""
    return Message(
        id=message_id,
        thread_id=rows.thread.id,
        contact_id=rows.thread.contact_id,
        direction=Direction.IN.value,
        channel=CHANNEL,
        line=LINE,
        by="contact",
        body_sealed=desk.kit.sealer.seal(
            tx, rows.thread.id, message_id, Sensitivity.VICTIM_IDENTITY, body.encode()
        ),
        status=MessageStatus.RECEIVED.value,
        danger=danger,
        at=report.at,
    )
