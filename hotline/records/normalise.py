"""From a conversation's state to the standard record: made when the first item is answered, renewed with every answer.

Runs in the worker: it may open the contact's number and an officer's name. Doing it twice changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.tables import Officer
from hotline.answers.sheet import Given, Plain, Status
from hotline.conversation.effects import Disposition
from hotline.conversation.state import Road, Stage, State
from hotline.records.doubles import write_hashes
from hotline.records.tables import Record, RecordField
from hotline.standards.crosswalk import FieldRow, Sensitivity
from hotline.threads.contacts import number_of_contact
from hotline.threads.conversations import Shelf
from hotline.threads.handing_over import state_for_worker
from hotline.threads.kit import Kit
from hotline.threads.tables import Contact, Conversation, Thread
from hotline.vault.sealing import House, WorkerReader

_Filled = Callable[[Plain], Given]
_ANONYMOUS = "reporter_anonymous"
_CONTACT = "reporter_contact_ok"
Counting = Callable[[Session, Record, Sequence[tuple[FieldRow, Given]]], None]
_NARRATIVE = {"online": "incident_narrative", "opening": "own_words"}


@dataclass(frozen=True, slots=True)
class Normaliser:
    """What making records needs: the kit, the books (whose crosswalks know the fields), and the keys of the worker."""

    kit: Kit
    shelf: Shelf
    house: House
    worker: WorkerReader
    counting: Counting | None = None
    """Told of the answers of each record that is made or renewed."""

    def submit(self, tx: Session, conversation_id: str, now: datetime) -> str | None:
        """Make or renew the record of a conversation; gives its id, None when nothing is left to make it of."""
        conversation = tx.get(Conversation, conversation_id)
        if conversation is None or conversation.state_sealed is None:
            return None
        state = state_for_worker(self.kit, self.worker, conversation)
        if state is None:
            return None  # it was in flight too long ago
        if state.stage is Stage.FORGOTTEN and conversation.disposition == Disposition.REFUSED:
            return None  # cleared on the person's wish
        thread = tx.get(Thread, conversation.thread_id)
        anonymous = self._anonymous(tx, state, conversation)
        sheet = self._sheet(tx, state, conversation, thread, anonymous)
        record = tx.scalar(select(Record).where(Record.conversation_id == conversation_id))
        if record is None:
            record = Record(
                id=self.kit.ids.new(),
                conversation_id=conversation_id,
                reference=state.reference,
                created_at=conversation.begun_at,
                thread_id=conversation.thread_id,
                channel=conversation.channel,
            )
            tx.add(record)
        record.form = state.form
        record.language = state.locale or self.kit.settings.deployment.languages[0]
        record.contact_kind = state.kind or None
        record.danger = state.grade
        record.disposition = conversation.disposition or Disposition.PARTIAL.value
        record.verified, record.anonymous = state.verified, anonymous
        record.changed_at = now
        tx.flush()
        wanted = self._fields(tx, record.form, conversation.book_hash)
        self._write(tx, record, state, sheet, wanted)
        write_hashes(tx, self.kit, record, sheet, wanted)
        if self.counting is not None:
            self.counting(tx, record, [(row, sheet[name]) for name, row in wanted.items() if name in sheet])
        return record.id

    def _fields(self, tx: Session, form: str, book_hash: str) -> dict[str, FieldRow]:
        """The form's fields in the book that the conversation began with, and in the newest, whose classes hold: a class
        that was made stricter meanwhile counts for what is sealed from now on."""
        books = (self.shelf.book(tx, book_hash), self.shelf.newest)
        return {row.field: row for book in books for row in book.crosswalk.form(form)}

    def _write(
        self, tx: Session, record: Record, state: State, sheet: dict[str, Given], wanted: dict[str, FieldRow]
    ) -> None:
        rows = {
            row.field: row
            for row in tx.scalars(select(RecordField).where(RecordField.record_id == record.id))
        }
        older: dict[str, list[Plain]] = {}
        for name, *given in state.older:
            older.setdefault(name, []).append(given)
        for name, row in wanted.items():
            answer = sheet.get(name)
            if answer is None:
                if name in rows:
                    tx.delete(rows[name])
                continue
            if name not in rows:
                rows[name] = RecordField(id=self.kit.ids.new(), record_id=record.id, field=name)
                tx.add(rows[name])
            self._seal(tx, rows[name], row, answer, older.get(name, []))
        for name in rows.keys() - wanted.keys():
            tx.delete(rows[name])  # the form changed: from the opening to the report it led to
        tx.flush()

    def _seal(
        self, tx: Session, target: RecordField, row: FieldRow, given: Given, older: list[Plain]
    ) -> None:
        content = {"value": given.value, "said": given.said, "at": given.at, "channel": given.channel}
        if older:
            content["older"] = older
        target.status = given.status.value
        target.sensitivity = row.sensitivity.value
        target.sealed = self.kit.sealer.seal(
            tx,
            target.record_id,
            target.id,
            Sensitivity(row.sensitivity),
            json.dumps(content, ensure_ascii=False).encode(),
        )

    def _anonymous(self, tx: Session, state: State, conversation: Conversation) -> bool:
        """Whether nobody's name and number may be kept: on forms that ask it, unless the answer is no (DESIGN 5)."""
        form = self.shelf.book(tx, conversation.book_hash).forms.get(state.form)
        if form is None or all(item.name != _ANONYMOUS for item in form.items):
            return False
        given = state.sheet.get(_ANONYMOUS)
        return given is None or given.status is not Status.ANSWERED or given.value != "no"

    def _sheet(
        self,
        tx: Session,
        state: State,
        conversation: Conversation,
        thread: Thread | None,
        anonymous: bool,
    ) -> dict[str, Given]:
        """The answers, and what the house fills itself: dates, the officer's name, post and agency, the number of who
        may be asked back, and the words told along the road. The number of who is anonymous lives in the contact alone."""
        sheet = dict(state.sheet)
        at = int(conversation.begun_at.timestamp())
        zone = ZoneInfo(self.kit.settings.deployment.time_zone)
        today = conversation.begun_at.astimezone(zone).date().isoformat()

        def filled(value: Plain) -> Given:
            return Given(Status.ANSWERED, value, "", at, conversation.channel)

        sheet["registration_date"] = sheet["report_date"] = filled(today)
        narrative = _NARRATIVE.get(state.form)
        if narrative and state.words:
            words = " / ".join(dict.fromkeys(state.words))
            sheet[narrative] = Given(Status.ANSWERED, words, words, at, conversation.channel)
        contact = tx.get(Contact, thread.contact_id) if thread and thread.contact_id else None
        if contact is not None and state.road is Road.OFFICER and state.verified:
            self._add_officer(tx, contact, sheet, filled)
        ok = sheet.get(_CONTACT)
        if anonymous and _ANONYMOUS in sheet and sheet[_ANONYMOUS].status is Status.ANSWERED:
            for item in self.shelf.book(tx, conversation.book_hash).forms[state.form].items:
                if item.relevant and _CONTACT in item.relevant.fields:
                    sheet.pop(item.name, None)  # a name told before they said to stay unnamed
        if ok is not None and ok.value == "yes" and not anonymous and contact is not None:
            number = number_of_contact(self.worker, contact)
            if number is not None:
                sheet.setdefault("reporter_phone", filled(number))
        return sheet

    def _add_officer(self, tx: Session, contact: Contact, sheet: dict[str, Given], filled: _Filled) -> None:
        officer = tx.scalar(
            select(Officer).where(Officer.number_index == contact.number_index, Officer.active)
        )
        if officer is None:
            return
        sheet["reporter_name"] = filled(self.house.open(officer.id, officer.name_sealed))
        if officer.post_sealed is not None:
            sheet["reporter_post"] = filled(self.house.open(officer.id, officer.post_sealed))
        sheet["reporter_agency"] = filled(officer.agency)
