"""Nights nobody planned: people who answer or not, voicemails, lost and doubled receipts, texts that fail, a slow worker,
languages, orders by text. Whatever happens, a phone never has two calls at once, nothing but a key or a reply takes an alert,
and as soon as one person answers, everything is taken.

Four nights here; `make nights` plays a hundred."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import pytest
from sqlalchemy import select

from hotline import db
from hotline.access.tables import StaffPhone
from hotline.alerts.page_calls import page_call
from hotline.alerts.raising import raise_alert
from hotline.alerts.rings import rang, ring_ended, ring_wanted
from hotline.alerts.staff_texts import speaks_as_staff, staff_text
from hotline.alerts.sweep import sweep
from hotline.alerts.tables import Alert, AlertState, Page
from hotline.alerts.unheard import text_failed
from hotline.calltree.turn import CallTurn
from hotline.threads import outbox
from hotline.threads.tables import Deed, DeedState, Message, MessageStatus
from hotline.triage.kinds import Grade
from tests.alerts.night import Night
from tests.long import played

NAMES = ["Alice", "Ben", "Carla", "Dan"]
SEEDS = range(played(short=4, long=100))
TEXTS = ["1", "2", "9", "what?", "ok", "91", "STOP", "START", "wi", "still on it", "next person", "CODE"]
ORDERS = [
    "add {name} {code}",
    "give {name} {code}",
    "later {code} 10 1",
    "next person {code}",
    "1 {code}",
    "{code} 2",
]
ERRORS = ["30003", "30006", "30007", "30008", ""]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On SQLite alone: these nights are about the order of things, not about the database."""
    return sqlite_url


@dataclass
class Ringing:
    sid: str
    page_id: str
    since: datetime
    step: int = -1  # -1: not picked up


@dataclass
class Chaos:
    """The carrier and the people of one night."""

    night: Night
    random: Random
    calls: dict[str, Ringing] = field(default_factory=dict)  # by phone id
    human_acts: int = 0
    reliable: bool = False

    def second(self) -> None:
        night = self.night
        night.clock.advance(seconds=1)
        if self.random.random() < 0.3 or self.reliable:
            with night.tx() as tx:
                sweep(tx, night.kit, night.now)
        self.worker()
        for phone_id, call in list(self.calls.items()):
            self.person(phone_id, call)
        if not self.reliable and self.random.random() < 0.03:
            self.somebody_texts(self.random.choice(TEXTS))

    def worker(self) -> None:
        night = self.night
        with night.tx() as tx:
            deeds = tx.scalars(
                select(Deed).where(Deed.state == DeedState.PENDING).order_by(Deed.priority)
            ).all()
            for deed in deeds:
                if not self.reliable and self.random.random() < 0.5:
                    continue  # slow today
                deed.attempts += 1
                outbox.finish(tx, deed.id, night.now)
                if deed.kind == outbox.DeedKind.SEND:
                    self.send(tx, deed.payload.split('"')[3])
                if deed.kind == outbox.DeedKind.RING:
                    self.dial(tx, deed.payload.split('"')[3])
                if deed.kind == outbox.DeedKind.HANG_UP:
                    self.hang_up(tx, deed.payload.split('"')[3])

    def send(self, tx: db.Session, message_id: str) -> None:
        """The carrier took a text; on an unreliable night nobody may confirm it, or it fails."""
        night, message = self.night, tx.get(Message, message_id)
        assert message is not None
        message.sent_at, message.status = night.now, MessageStatus.DELIVERED
        chance = 1.0 if self.reliable else self.random.random()
        if chance < 0.3 and message.page_id is not None:
            message.status = MessageStatus.UNDELIVERED
            text_failed(
                tx, night.kit, message.page_id, night.now,
                error=self.random.choice(ERRORS), message_id=message.id,
            )  # fmt: skip
        elif chance < 0.5:
            message.status = MessageStatus.SENT

    def dial(self, tx: db.Session, page_id: str) -> None:
        night = self.night
        if not ring_wanted(tx, page_id):
            return
        if not self.reliable and self.random.random() < 0.1:
            ring_ended(tx, night.kit, page_id, "failed", night.now)
            return
        page = tx.get(Page, page_id)
        assert page is not None
        assert page.phone_id not in self.calls, "two calls at once to one phone"
        night.dialled += 1
        sid = f"CA{night.dialled}"
        self.calls[page.phone_id] = Ringing(sid, page_id, night.now)
        rang(tx, night.kit, page_id, sid, night.now)

    def hang_up(self, tx: db.Session, sid: str) -> None:
        for phone_id, call in list(self.calls.items()):
            if call.sid == sid:
                self.over(tx, phone_id, call, "canceled")

    def over(self, tx: db.Session, phone_id: str, call: Ringing, status: str) -> None:
        del self.calls[phone_id]
        for _ in range(self.random.choice([1, 1, 2])):  # receipts may come twice
            ring_ended(tx, self.night.kit, call.page_id, status, self.night.now, call_sid=call.sid)

    def person(self, phone_id: str, call: Ringing) -> None:
        night, chance = self.night, self.random.random()
        with night.tx() as tx:
            if call.step < 0:
                if self.reliable or chance < 0.05:
                    page_call(tx, night.kit, call.page_id, CallTurn(call.sid, 0), night.now)
                    call.step = 1
                elif night.now - call.since >= timedelta(seconds=20):
                    self.over(tx, phone_id, call, self.random.choice(["no-answer", "busy"]))
                return
            key = "1" if self.reliable else self.random.choice(["", "", "", "1", "2", "5", "9"])
            self.human_acts += key == "1"
            document = page_call(tx, night.kit, call.page_id, CallTurn(call.sid, call.step, key), night.now)
            call.step = document.next_step
            if self.reliable or chance < 0.3 or "Hangup" in str(document.actions[-1:]):
                self.over(tx, phone_id, call, "completed")

    def somebody_texts(self, text: str) -> None:
        night = self.night
        with night.tx() as tx:
            phone = self.random.choice(tx.scalars(select(StaffPhone).order_by(StaffPhone.id)).all())
            codes = tx.scalars(select(Alert.code).where(Alert.state != AlertState.CLOSED)).all()
            if text == "CODE" and codes:
                order = self.random.choice(ORDERS)
                text = order.format(
                    code=self.random.choice(codes), name=self.random.choice(list(night.staff))
                )
            if speaks_as_staff(tx, night.kit, phone, text, night.now):
                self.human_acts += 1
                staff_text(tx, night.kit, phone, text, night.now)

    def danger(self) -> None:
        with self.night.tx() as tx:
            known = list(tx.scalars(select(Alert.thread_id)))
        fresh = not known or self.random.random() < 0.6
        thread = self.night.thread() if fresh else self.random.choice(known)
        grade = self.random.choice([Grade.EMERGENCY, Grade.EMERGENCY, Grade.URGENT])
        live = f"CAcaller{self.random.randrange(10**6)}" if self.random.random() < 0.3 else None
        with self.night.tx() as tx:
            raise_alert(
                tx, self.night.kit, thread_id=thread, grade=grade, rules=["en.held.1"],
                language=self.random.choice([None, "en", "es", "zh"]),
                now=self.night.now, live_call=live,
            )  # fmt: skip

    def open(self) -> list[Alert]:
        with db.read(self.night.engine) as tx:
            return list(tx.scalars(select(Alert).where(Alert.state == AlertState.OPEN)))


@pytest.mark.parametrize("seed", SEEDS)
def test_every_emergency_of_a_random_night_ends_taken(empty_night: Night, seed: int) -> None:
    night, random = empty_night, Random(seed)  # noqa: S311  # chance that repeats
    names = NAMES[: random.randint(1, 4)]
    for number, name in enumerate(names):
        language = random.choice(["en", "es"])
        night.add(name, f"+1202555012{number}", language, verified=number == 0 or random.random() < 0.8)
    if random.random() < 0.8:
        night.rotation(*random.sample(names, random.randint(1, len(names))))
    chaos = Chaos(night, random)
    for second in range(240):
        if second % 60 == 0:
            chaos.danger()
        chaos.second()
        for alert in chaos.open():
            assert alert.next_at is not None, "an open alert that nobody looks at again"
    with db.read(night.engine) as tx:
        taken = [alert for alert in tx.scalars(select(Alert)) if alert.state != AlertState.OPEN]
    assert len(taken) <= chaos.human_acts, "something took an alert that was no human"
    chaos.reliable = True
    with night.tx() as tx:
        for phone in tx.scalars(select(StaffPhone)):
            phone.stopped = False
    for _ in range(1800):
        if not chaos.open():
            break
        chaos.second()
    assert chaos.open() == []
