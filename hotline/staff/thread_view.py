"""A thread as it is shown: what was said, its records, the log of its alerts. Opened with the key to records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.alerts.log import timeline
from hotline.alerts.tables import Alert
from hotline.answers.sheet import Status
from hotline.forms.definition import Item
from hotline.queue.listing import one_thread
from hotline.queue.order import Waiting
from hotline.records.tables import Record, RecordField
from hotline.staff import labels
from hotline.staff.desk import StaffDesk
from hotline.staff.values import worded
from hotline.staff.words import Words
from hotline.standards.crosswalk import Crosswalk, FieldRow, FieldType
from hotline.threads.sending import MACHINE
from hotline.threads.tables import Message
from hotline.vault.sealing import Unsealable


@dataclass(frozen=True, slots=True)
class Said:
    """One message: `text` is None where it cannot be opened (no key here, or it was altered)."""

    id: str
    text: str | None
    ours: bool
    who: str
    channel: str
    at: str
    delivery: str
    undelivered: bool
    recording: bool
    danger: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """One field of a record. `state` is the answer state's code; `said` what was said, where it is not the value."""

    number: str
    label: str
    state: str
    value: str
    said: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One record: the answers, and the labels of what was not asked."""

    id: str
    title: str
    reference: str
    facts: tuple[str, ...]
    answers: tuple[Answer, ...]
    not_asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an alert's log."""

    at: str
    what: str
    who: str
    detail: str


@dataclass(frozen=True, slots=True)
class View:
    """All of it. `names` are the names held in the records: no text to the contact may bear one."""

    thread: Waiting
    said: tuple[Said, ...]
    sheets: tuple[Sheet, ...]
    log: tuple[Line, ...]
    names: tuple[str, ...]


def view_of(
    tx: Session, desk: StaffDesk, words: Words, known: Mapping[str, str], thread_id: str
) -> View | None:
    """The thread as it stands now; None when there is none. `known` are the names of staff by id."""
    thread = one_thread(tx, thread_id)
    if thread is None:
        return None
    sheets, held = _sheets(tx, desk, words, thread_id)
    return View(
        thread, _said(tx, desk, words, known, thread_id), sheets, _log(tx, words, known, thread_id), held
    )


def _said(
    tx: Session, desk: StaffDesk, words: Words, known: Mapping[str, str], thread_id: str
) -> tuple[Said, ...]:
    # A reply in the webhook's answer bears the instant of the message that it answers: "in" stands before "out".
    rows = tx.scalars(
        select(Message)
        .where(Message.thread_id == thread_id)
        .order_by(Message.at, Message.direction, Message.id)
    )
    return tuple(_one_said(desk, words, known, message) for message in rows)


def _one_said(desk: StaffDesk, words: Words, known: Mapping[str, str], message: Message) -> Said:
    _ = words
    who = {
        "contact": _("staff_page.thread.contact", "Contact"),
        MACHINE: _("staff_page.thread.machine", "Automatic"),
    }.get(message.by) or known.get(message.by, "?")
    return Said(
        id=message.id,
        text=_opened(desk, message.id, message.body_sealed),
        ours=message.direction == "out",
        who=who,
        channel=labels.channel(_, message.channel),
        at=words.clock(message.at),
        delivery=labels.delivery(_, message.status),
        undelivered=message.status in ("undelivered", "failed"),
        recording=message.recording is not None,
        danger=message.danger,
    )


def _opened(desk: StaffDesk, owner: str, sealed: bytes) -> str | None:
    if desk.reader is None:
        return None
    try:
        return desk.reader.open(owner, sealed).decode(errors="replace")
    except Unsealable:
        return None


def _sheets(
    tx: Session, desk: StaffDesk, words: Words, thread_id: str
) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """The records, and the names that stand in them."""
    held: list[str] = []
    found = []
    for record in tx.scalars(
        select(Record).where(Record.thread_id == thread_id).order_by(Record.created_at, Record.id)
    ):
        fields = {
            field.field: field
            for field in tx.scalars(select(RecordField).where(RecordField.record_id == record.id))
        }
        found.append(_sheet(desk, words, record, fields, held))
    return tuple(found), tuple(held)


def _sheet(
    desk: StaffDesk, words: Words, record: Record, fields: Mapping[str, RecordField], held: list[str]
) -> Sheet:
    _ = words
    form = desk.kit.book.forms.get(record.form)
    items = {item.name: item for item in form.items} if form else {}
    answers, not_asked = [], []
    for row in Crosswalk.load().form(record.form):
        item = items.get(row.field)
        label = words.say(item.short.key, item.short.english) if item else row.item
        field = fields.get(row.field)
        if field is None or field.status == Status.NOT_ASKED:
            not_asked.append(label)
            continue
        answers.append(_answer(desk, words, row, item, field, label, held))
    facts = (
        labels.channel(_, record.channel),
        labels.language(_, record.language),
        labels.contact_kind(_, record.contact_kind),
        labels.disposition(_, record.disposition),
        _("staff_page.record.verified", "registered officer") if record.verified else "",
    )
    return Sheet(
        id=record.id,
        title=words.say(form.title.key, form.title.english) if form else record.form,
        reference=record.reference,
        facts=tuple(fact for fact in facts if fact),
        answers=tuple(answers),
        not_asked=tuple(dict.fromkeys(not_asked)),
    )


def _answer(
    desk: StaffDesk,
    words: Words,
    row: FieldRow,
    item: Item | None,
    field: RecordField,
    label: str,
    held: list[str],
) -> Answer:
    _ = words
    opened = _opened(desk, field.id, field.sealed)
    content = json.loads(opened) if opened is not None else {"value": None, "said": ""}
    answered = field.status == Status.ANSWERED
    if opened is None:
        value = _("staff_page.record.sealed", "Cannot be opened here")
    elif answered:
        value = worded(words, row, item, content["value"])
    else:
        value = labels.status(_, field.status)
    if row.type is FieldType.PERSON_NAME and answered and isinstance(content["value"], str):
        held.append(content["value"])
    said = str(content["said"] or "")
    return Answer(
        number=row.item_number,
        label=label,
        state=field.status,
        value=value,
        said="" if said == value else said,
    )


def _log(tx: Session, words: Words, known: Mapping[str, str], thread_id: str) -> tuple[Line, ...]:
    """The logs of all alerts of the thread, oldest first."""
    _ = words
    lines = []
    for alert_id in tx.scalars(
        select(Alert.id).where(Alert.thread_id == thread_id).order_by(Alert.opened_at, Alert.id)
    ):
        for event in timeline(tx, alert_id):
            lines.append(
                Line(
                    at=words.clock(event.at),
                    what=labels.happened(_, event.kind),
                    who=known.get(event.staff_id, "?") if event.staff_id else "",
                    detail=_detail(words, event.kind, event.detail),
                )
            )
    return tuple(lines)


def _detail(words: Words, kind: str, detail: str) -> str:
    _ = words
    if kind in ("opened", "worsened", "again"):
        return ", ".join(labels.rule(_, rule) for rule in detail.split(",") if rule)
    if kind == "outcome":
        return words.outcome(detail)
    if kind in ("step", "empty"):  # "round.step kind"
        return labels.step(_, detail.rpartition(" ")[2])
    if kind in ("taken", "late"):
        return labels.way(_, detail)
    return detail
