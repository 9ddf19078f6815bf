"""A night at the alerts' level: people with phones, threads in danger, and what the worker would see go out.

Time is moved by hand; after each second of it the clock's sweep runs, as it does in the house. Calls are "accepted" by
the carrier when the story looks at them (`dial`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from hotline import db
from hotline.access.people import add_staff
from hotline.access.tables import Role, StaffPhone
from hotline.alerts import raising, rings, sweep
from hotline.alerts.log import timeline
from hotline.alerts.notices import write_notice
from hotline.alerts.rota import stored
from hotline.alerts.rota.notices import write_rota_text
from hotline.alerts.tables import Alert, Page
from hotline.now import SetClock
from hotline.threads import outbox
from hotline.threads.kit import Kit
from hotline.threads.tables import Deed, DeedState, Message, MessageStatus, Thread
from hotline.triage.kinds import Grade
from hotline.vault.sealing import House, WorkerReader


@dataclass
class Night:
    engine: Engine
    kit: Kit
    house: House
    reader: WorkerReader
    clock: SetClock
    staff: dict[str, str] = field(default_factory=dict)
    calls: dict[str, str] = field(default_factory=dict)
    dialled: int = 0

    @property
    def now(self) -> datetime:
        return self.clock.now()

    @contextmanager
    def tx(self) -> Iterator[Session]:
        with db.write(self.engine) as session:
            yield session

    def add(
        self, name: str, phone: str, language: str = "en", role: Role = Role.RESPONDER, verified: bool = True
    ) -> str:
        with self.tx() as tx:
            self.staff[name] = add_staff(
                tx, self.kit.sealer, self.house, self.kit.ids, self.now,
                name=name, phone=phone, languages=(language,), role=role, verified=verified,
            )  # fmt: skip
        return self.staff[name]

    def rotation(self, *names: str) -> None:
        with self.tx() as tx:
            stored.set_rotation(tx, self.kit, [self.staff[name] for name in names], self.now)

    def thread(self) -> str:
        with self.tx() as tx:
            thread = Thread(
                id=self.kit.ids.new(),
                reference="K7P",
                channel="sms",
                line="main",
                opened_at=self.now,
                last_in_at=self.now,
            )
            tx.add(thread)
        return thread.id

    def danger(
        self, thread: str | None = None, grade: Grade = Grade.EMERGENCY, live_call: str | None = None
    ) -> str:
        thread = thread or self.thread()
        with self.tx() as tx:
            return raising.raise_alert(
                tx, self.kit, thread_id=thread, grade=grade, rules=["en.held.3"], language="en", now=self.now,
                live_call=live_call,
            )  # fmt: skip

    def alert(self, alert_id: str) -> Alert:
        with db.read(self.engine) as tx:
            found = tx.get(Alert, alert_id)
            assert found is not None
            return found

    def wait(self, seconds: float) -> None:
        """Let the time pass second by second; the clock process sweeps."""
        end = self.now + timedelta(seconds=seconds)
        while self.now < end:
            with db.read(self.engine) as tx:
                due = sweep.next_due(tx)
            # Skip the seconds in which nothing can be due.
            self.clock.set(min(end, max(self.now + timedelta(seconds=1), due or end)))
            with self.tx() as tx:
                sweep.sweep(tx, self.kit, self.now)

    def texts(self) -> list[tuple[str, str]]:
        """What goes out by text since the last look: (name, words); all of it arrives."""
        sent = []
        while deeds := self._lease(outbox.DeedKind.SEND, outbox.DeedKind.NOTICE, outbox.DeedKind.ROTA_TEXT):
            for deed in deeds:
                with self.tx() as tx:
                    payload = json.loads(deed.payload)
                    if deed.kind == outbox.DeedKind.NOTICE:
                        write_notice(tx, self.kit, self.house, payload, self.now)
                    elif deed.kind == outbox.DeedKind.ROTA_TEXT:
                        write_rota_text(tx, self.kit, self.house, payload, self.now)
                    else:
                        message = tx.get(Message, payload["message"])
                        assert message is not None
                        assert message.outgoing_sealed is not None
                        words = self.kit.sealer.open_flight(message.id, message.outgoing_sealed).decode()
                        message.status, message.sent_at = MessageStatus.DELIVERED, self.now
                        sent.append((self._name(message.staff_id), words))
                    outbox.finish(tx, deed.id, self.now)
        return sent

    def dial(self) -> list[str]:
        """The worker dials every call that is ordered; whose phones ring newly."""
        names = []
        for deed in self._lease(outbox.DeedKind.RING):
            page_id = json.loads(deed.payload)["page"]
            with self.tx() as tx:
                assert rings.ring_wanted(tx, page_id)
                page = tx.get(Page, page_id)
                assert page is not None
                name = self._name(page.staff_id)
                self.dialled += 1
                sid = f"CA{self.dialled}"
                self.calls[name] = sid
                rings.rang(tx, self.kit, page_id, sid, self.now)
                outbox.finish(tx, deed.id, self.now)
            names.append(name)
        return names

    def others(self) -> list[tuple[str, dict[str, str]]]:
        """The other deeds (hang up, bridge), done at once."""
        return [
            (deed.kind, json.loads(deed.payload))
            for deed in self._lease(outbox.DeedKind.HANG_UP, outbox.DeedKind.BRIDGE, finish=True)
        ]

    def page(self, name: str, alert_id: str) -> str:
        with db.read(self.engine) as tx:
            query = select(Page.id).where(Page.alert_id == alert_id, Page.staff_id == self.staff[name])
            return tx.scalars(query).one()

    def ring_ends(self, name: str, alert_id: str, status: str = "no-answer") -> None:
        with self.tx() as tx:
            rings.ring_ended(
                tx, self.kit, self.page(name, alert_id), status, self.now, call_sid=self.calls[name]
            )

    def log(self, alert_id: str) -> list[str]:
        with db.read(self.engine) as tx:
            return [line.kind for line in timeline(tx, alert_id)]

    def phone(self, name: str) -> StaffPhone:
        with db.read(self.engine) as tx:
            return tx.scalars(select(StaffPhone).where(StaffPhone.staff_id == self.staff[name])).one()

    def _name(self, staff_id: str | None) -> str:
        return next(name for name, one in self.staff.items() if one == staff_id)

    def _lease(self, *kinds: str, finish: bool = False) -> list[Deed]:
        with self.tx() as tx:
            due = (
                select(Deed)
                .where(Deed.kind.in_(kinds), Deed.state == DeedState.PENDING, Deed.due_at <= self.now)
                .order_by(Deed.priority, Deed.ordered_at, Deed.id)
            )
            deeds = list(tx.scalars(due))
            if finish:
                for deed in deeds:
                    outbox.finish(tx, deed.id, self.now)
            return deeds
