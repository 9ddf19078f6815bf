"""The records of a thread as they are shown: labels, values in words, and the six answer states apart."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.sight import Seen, Sight
from hotline.answers.sheet import Status
from hotline.forms.definition import Item
from hotline.records.tables import Record, RecordField
from hotline.staff import labels
from hotline.staff.desk import StaffDesk
from hotline.staff.values import worded
from hotline.staff.words import Words
from hotline.standards.crosswalk import FieldRow, FieldType, Sensitivity


@dataclass(frozen=True, slots=True)
class Answer:
    """One field of a record. `state` is the answer state's code; `said` what was said, where it is not the value. What is
    hidden has neither: `seen` says what shows it."""

    number: str
    label: str
    state: str
    value: str
    said: str
    seen: Seen = Seen.SHOWN


@dataclass(frozen=True, slots=True)
class Sheet:
    """One record: the answers, and the labels of what was not asked."""

    id: str
    title: str
    reference: str
    facts: tuple[str, ...]
    answers: tuple[Answer, ...]
    not_asked: tuple[str, ...]


def sheets_of(tx: Session, desk: StaffDesk, words: Words, thread_id: str, sight: Sight) -> tuple[Sheet, ...]:
    """The records, each field as the person sees it; what they never see is not there at all."""
    return tuple(_sheet(desk, words, record, fields, sight) for record, fields in _records(tx, thread_id))


def fields_of(tx: Session, thread_id: str) -> frozenset[str]:
    """The names of the fields that the records of a thread hold."""
    query = select(RecordField.field).join(Record, Record.id == RecordField.record_id)
    return frozenset(tx.scalars(query.where(Record.thread_id == thread_id)))


def names_in(tx: Session, desk: StaffDesk, thread_id: str) -> tuple[str, ...]:
    """The names of persons that stand in the records, for what no text may bear; they are shown to nobody."""
    names = []
    for record, fields in _records(tx, thread_id):
        for row in _rows(desk, record, fields):
            field = fields.get(row.field)
            if row.type is not FieldType.PERSON_NAME or field is None or field.status != Status.ANSWERED:
                continue
            opened = desk.opened(field.id, field.sealed)
            name = json.loads(opened)["value"] if opened is not None else None
            if isinstance(name, str):
                names.append(name)
    return tuple(names)


def _records(tx: Session, thread_id: str) -> Iterator[tuple[Record, dict[str, RecordField]]]:
    query = select(Record).where(Record.thread_id == thread_id).order_by(Record.created_at, Record.id)
    for record in tx.scalars(query).all():
        fields = tx.scalars(select(RecordField).where(RecordField.record_id == record.id))
        yield record, {field.field: field for field in fields}


def _sheet(
    desk: StaffDesk, words: Words, record: Record, fields: Mapping[str, RecordField], sight: Sight
) -> Sheet:
    _ = words
    form = desk.kit.book.forms.get(record.form)
    items = {item.name: item for item in form.items} if form else {}
    answers, not_asked = [], []
    for row in _rows(desk, record, fields):
        seen = sight.of_field(row.field, row.sensitivity)
        if seen is Seen.NEVER:
            continue
        item = items.get(row.field)
        label = words.say(item.short.key, item.short.english) if item else row.item
        field = fields.get(row.field)
        if field is None or field.status == Status.NOT_ASKED:
            not_asked.append(label)
            continue
        if seen is Seen.SHOWN:
            answers.append(_answer(desk, words, row, item, field, label))
        else:
            answers.append(Answer(row.item_number, label, field.status, _hidden(words, seen), "", seen))
    facts = (
        labels.channel(_, record.channel),
        words.language(record.language),
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


def _rows(desk: StaffDesk, record: Record, fields: Mapping[str, RecordField]) -> Iterator[FieldRow]:
    """The fields of the form; then those that a record holds from a question which is not asked any more."""
    rows = desk.kit.book.crosswalk.form(record.form)
    yield from rows
    for name in sorted(fields.keys() - {row.field for row in rows}):
        yield FieldRow(
            record.form,
            name,
            "",
            name,
            FieldType.TEXT,
            (),
            (),
            (),
            Sensitivity(fields[name].sensitivity),
            (),
            "",
        )


def _hidden(_: Words, seen: Seen) -> str:
    if seen is Seen.SECOND:
        return _("staff_page.record.second", "Hidden: two people")
    return _("staff_page.record.hidden", "Hidden")


def _answer(
    desk: StaffDesk,
    words: Words,
    row: FieldRow,
    item: Item | None,
    field: RecordField,
    label: str,
) -> Answer:
    _ = words
    opened = desk.opened(field.id, field.sealed)
    content = json.loads(opened) if opened is not None else {"value": None, "said": ""}
    answered = field.status == Status.ANSWERED
    if opened is None:
        value = _("staff_page.record.sealed", "Cannot be opened here")
    elif answered:
        value = worded(words, row, item, content["value"])
    else:
        value = labels.status(_, field.status)
    said = str(content["said"] or "")
    return Answer(
        number=row.item_number,
        label=label,
        state=field.status,
        value=value,
        said="" if said == value else said,
    )
