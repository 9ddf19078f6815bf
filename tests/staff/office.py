"""The staff page as people use it: browsers that log in, read, press buttons; and a thread to work on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from hotline import db
from hotline.access.confidentiality import accept
from hotline.access.people import add_staff
from hotline.access.tables import Role, Staff
from hotline.alerts.raising import raise_alert
from hotline.alerts.rota.stored import set_rotation
from hotline.now import SetClock
from hotline.records.tables import Record, RecordField
from hotline.staff.desk import StaffDesk
from hotline.staff.pledge import hash_for
from hotline.standards.crosswalk import Crosswalk, Sensitivity
from hotline.threads.contacts import contact_of, thread_of
from hotline.threads.tables import Direction, Message, MessageStatus, Thread
from hotline.triage.kinds import Grade
from tests.vaulted import reader_of

PASSWORD = "a lamp beside the green boat"


@dataclass
class Browser:
    """One browser with its cookies. `text` is what stands on the last page."""

    client: FlaskClient
    answer: TestResponse | None = None

    @property
    def html(self) -> str:
        assert self.answer is not None
        return self.answer.get_data(as_text=True)

    @property
    def text(self) -> str:
        words = re.sub(r"<(script|style)\b.*?</\1>", " ", self.html, flags=re.S)
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", words)).split())

    @property
    def status(self) -> int:
        assert self.answer is not None
        return self.answer.status_code

    def get(self, path: str, **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answer = self.client.get(path, headers=named, follow_redirects=True)
        return self.answer

    def send(self, action: str, **typed: str) -> TestResponse:
        """Fill in the form of the last page that leads to `action`, and send it."""
        form = re.search(rf'<form method="post" action="{re.escape(action)}".*?</form>', self.html, re.S)
        assert form, f"no form to {action} on this page"
        hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form.group())
        fields = {name: unescape(value) for name, value in hidden} | typed
        self.answer = self.client.post(action, data=fields, follow_redirects=True)
        return self.answer

    def reveal(self, thread_id: str, reason: str = "answer_contact") -> TestResponse:
        """Open a thread and have what is hidden shown."""
        self.get(f"/threads/{thread_id}")
        return self.send(f"/threads/{thread_id}/reveal", reason=reason)

    def log_in(self, name: str, password: str = PASSWORD) -> TestResponse:
        self.get("/login")
        return self.send("/login", name=name, password=password)


@dataclass
class Office:
    """The app on a database, its clock, and people by name."""

    app: Flask
    desk: StaffDesk
    clock: SetClock
    staff: dict[str, str] = field(default_factory=dict)
    phones: int = 0

    @property
    def now(self) -> datetime:
        return self.clock.now()

    @contextmanager
    def tx(self) -> Iterator[Session]:
        with db.write(self.desk.engine) as session:
            yield session

    def browser(self) -> Browser:
        return Browser(self.app.test_client())

    def add(self, name: str, language: str = "en", role: Role = Role.DATA_MANAGER) -> str:
        """A member of staff with a verified phone and the password of these tests."""
        self.phones += 1
        kit = self.desk.kit
        with self.tx() as tx:
            staff_id = add_staff(
                tx, kit.sealer, self.desk.house, kit.ids, self.now,
                name=name, phone=f"+1202555011{self.phones}", languages=(language,), role=role, verified=True,
            )  # fmt: skip
            staff = tx.get(Staff, staff_id)
            assert staff is not None
            staff.password_hash = self.desk.passwords.hash(PASSWORD)
            accept(tx, staff_id, hash_for(self.desk, language), self.now)
        self.staff[name] = staff_id
        return staff_id

    def logged_in(self, name: str) -> Browser:
        browser = self.browser()
        browser.log_in(name)
        assert browser.status == 200
        return browser

    def rotation(self, *names: str) -> None:
        with self.tx() as tx:
            set_rotation(tx, self.desk.kit, [self.staff[name] for name in names], self.now)

    def thread(
        self,
        words: str = "Hello",
        number: str = "+12025550123",
        language: str | None = "en",
        channel: str = "sms",
    ) -> str:
        """A contact writes; gives the thread's id."""
        with self.tx() as tx:
            contact = contact_of(tx, self.desk.kit, number, self.now)
            contact.language = language
            thread = thread_of(tx, self.desk.kit, contact, channel, "main", self.now)
            thread.last_in_at = self.now
            thread.waiting_since = thread.waiting_since or self.now
            thread_id = thread.id
        self.says(thread_id, words, channel)
        return thread_id

    def says(self, thread_id: str, words: str, channel: str = "sms", by: str = "contact") -> str:
        """A message of the contact, or of the machine."""
        kit = self.desk.kit
        with self.tx() as tx:
            thread = tx.get(Thread, thread_id)
            assert thread is not None
            message_id = kit.ids.new()
            inbound = by == "contact"
            tx.add(
                Message(
                    id=message_id,
                    thread_id=thread_id,
                    contact_id=thread.contact_id,
                    direction=Direction.IN if inbound else Direction.OUT,
                    channel=channel,
                    line="main",
                    by=by,
                    body_sealed=kit.sealer.seal(
                        tx, thread_id, message_id, Sensitivity.VICTIM_IDENTITY, words.encode()
                    ),
                    status=MessageStatus.RECEIVED if inbound else MessageStatus.ANSWERED,
                    at=self.now,
                )
            )
            if inbound:
                thread.last_in_at, thread.waiting_since = self.now, thread.waiting_since or self.now
        return message_id

    def danger(self, thread_id: str, grade: Grade = Grade.EMERGENCY, rule: str = "en.held.3") -> str:
        with self.tx() as tx:
            thread = tx.get(Thread, thread_id)
            assert thread is not None
            thread.grade = grade
            tx.flush()
            return raise_alert(
                tx, self.desk.kit, thread_id=thread_id, grade=grade, rules=[rule], language="en", now=self.now
            )

    def mark(self, thread_id: str, **marks: object) -> None:
        """Set columns of a thread."""
        with self.tx() as tx:
            thread = tx.get(Thread, thread_id)
            for name, value in marks.items():
                setattr(thread, name, value)

    def reference(self, thread_id: str) -> str:
        with db.read(self.desk.engine) as tx:
            thread = tx.get(Thread, thread_id)
            assert thread is not None
            return thread.reference

    def record(self, thread_id: str, form: str, **answers: tuple[str, object, str]) -> None:
        """A record of the thread: field=(status, value, said)."""
        kit = self.desk.kit
        with self.tx() as tx:
            record_id = kit.ids.new()
            tx.add(
                Record(
                    id=record_id, reference="R3C", conversation_id=kit.ids.new(), thread_id=thread_id, form=form,
                    channel="sms", language="en", contact_kind="work", disposition="completed",
                    created_at=self.now, changed_at=self.now,
                )
            )  # fmt: skip
            tx.flush()
            for name, (status, value, said) in answers.items():
                row = Crosswalk.load().field(form, name)
                field_id = kit.ids.new()
                content = json.dumps({"value": value, "said": said, "at": 0, "channel": "sms"})
                tx.add(
                    RecordField(
                        id=field_id, record_id=record_id, field=name, status=status,
                        sensitivity=row.sensitivity.value,
                        sealed=kit.sealer.seal(tx, record_id, field_id, row.sensitivity, content.encode()),
                    )
                )  # fmt: skip

    def texts_to_contact(self, thread_id: str) -> list[str]:
        """The words that people wrote to the contact, oldest first."""
        reader = reader_of(self.desk.keys, self.desk.kit.sealer.store)
        with db.read(self.desk.engine) as tx:
            rows = tx.scalars(
                select(Message)
                .where(Message.thread_id == thread_id, Message.direction == "out", Message.by != "machine")
                .order_by(Message.at, Message.id)
            )
            return [reader.open(row.id, row.body_sealed).decode() for row in rows]
