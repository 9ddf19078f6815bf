"""A night in which a process dies: First is rung and does not pick up, Second is rung, and somebody takes it. Two workers and
two clocks are at work; one of each, and the intake, may die at a place of `dying.POINTS`. What must hold is at the end."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any, cast

from sqlalchemy import select

from hotline.alerts.rings import ring_ended
from hotline.alerts.sweep import next_due
from hotline.alerts.tables import Alert, AlertState, Page
from hotline.alerts.taking import close
from hotline.db import read, write
from hotline.simulator.config import PhoneConfig
from hotline.threads.tables import Deed, DeedState
from tests.house import FIRST, LINE, SECOND
from tests.worker.deadly_house import Blind, DeadlyHouse
from tests.worker.deadly_verdict import look
from tests.worker.dying import Fate, Killed, Turns, by_exception, by_signal, commits
from worker import clock as clock_process
from worker import drain as draining

AREAS = (202, 212, 305, 312, 404, 415, 503, 602, 617, 702)
RESUMED = timedelta(seconds=30)
CYCLE = timedelta(seconds=2)
NOBODY = "nobody dies"
OF_THE_WORKER = ("lease", "text", "send", "call", "ring", "hang-up", "hang_up", "notice")


@dataclass
class DeadlyNight:
    """One night of a seed, in which a process dies at `point`."""

    house: DeadlyHouse
    point: str
    seed: int
    died_at: datetime | None = None

    def __post_init__(self) -> None:
        self.chance = Random(f"{self.point} {self.seed}")  # noqa: S311  # chance that repeats
        self.turns = Turns(self.chance)
        self.net, self.clock = self.house.home.net, self.house.home.clock
        often = self.point.split()[0] in ("lease", "text", "send", "call", "ring", "receipt")
        self.house.fate = Fate(
            self.point,
            self.chance.choice((1, 1, 2)) if often and not self.house.forks else 1,
            by_signal if self.house.forks else by_exception,
            self.turns.pause,
        )
        self.begun = self.clock.now()
        self.blind = self.point in ("text accepted", "send not committed") and self.chance.random() < 0.3
        # The carrier's events would tell of what it accepted: in some nights they are lost too.
        self.deaf = self.point.split()[0] in ("text", "send", "call", "ring") and self.chance.random() < 0.5
        self.late = self.point.startswith("sweep")  # nobody does anything before the second round
        self.by_key = self.point.startswith("key") or self.chance.random() < 0.3
        if self.point.split()[0] in ("hang-up", "hang_up", "notice", "reply"):
            self.by_key = False
        self.takes_after = self.chance.randint(1, 12)
        self.second_rang: datetime | None = None
        self.due: datetime | None = None
        self.deeds: list[datetime] = []
        self.alert: Alert | None = None
        self.resumed, self.house.changed = False, True

    @property
    def fate(self) -> Fate:
        return self.house.fate

    def play(self) -> bool:
        """From the caller's text until all is quiet; then look at what the phones got. Whether the process died: the other
        one may have come first to all that there was to do."""
        number = next(self.house.callers)
        caller = f"+1{AREAS[number // 60]}55501{40 + number % 60}"
        self.net.add_phone(PhoneConfig(caller, "Caller"))
        if self.blind:
            for shop in (self.house.mortal, self.house.other):
                carriers = cast("dict[str, Any]", shop.carriers)
                carriers["main"] = Blind(carriers["main"])
        if self.deaf:
            self.net.faults.load([{"fault": "callback_lost"}])
        self.net.text(caller, LINE, "he has a knife")
        self.net.tick()
        while self.clock.now() < self.begun + timedelta(seconds=200) and not self._quiet():
            self._moment()
        self._read()
        look(self)
        self._tidy()
        return self.fate.died

    # --- time ---

    def _moment(self) -> None:
        now = self.clock.now()
        self._people()
        if self.house.changed:
            self._read()
        ready = any(at <= now for at in self.deeds)
        due = self.due is not None and self.due <= now
        acts: list[Callable[[], Any]] = []
        if ready:
            acts.append(self._worker)
            if self._over() or self.chance.random() < 0.35:
                acts.append(self._other_worker)
            if self.chance.random() < 0.15:  # a job replayed
                acts.append(self._other_worker)
        if due:
            acts.append(self._clock)
            if self._over() or self.chance.random() < 0.5:
                acts.append(lambda: clock_process.tick(self.house.other))
        if acts:
            self._processes(acts)
            self.house.changed = True
        self._resumed()
        ahead = [now + CYCLE]
        if not acts and (event := self.net.next_due()) is not None:
            ahead.append(max(event, now + timedelta(milliseconds=100)))
        elif acts and self.chance.random() < 0.5:  # the bell is heard, else the watch looks in its time
            ahead.append(now + timedelta(milliseconds=100))
        self.house.home.pass_time(seconds=(min(ahead) - now).total_seconds())

    def _read(self) -> None:
        """What the processes would find."""
        self.house.changed = False
        with read(self.house.other.engine) as tx:
            self.due = next_due(tx)
            left = tx.scalars(select(Deed).where(Deed.state == DeedState.PENDING)).all()
            self.alert = tx.scalar(select(Alert).where(Alert.opened_at >= self.begun))
        self.deeds = [max(one.due_at, one.leased_until or one.due_at) for one in left]

    def _processes(self, acts: list[Callable[[], Any]]) -> None:
        if not self.house.forks:
            self.turns.run(*acts)
        else:
            for act in acts:
                with suppress(Killed):
                    act()
        if self.fate.died and self.died_at is None:
            self.died_at = self.clock.now()

    def _over(self) -> bool:
        """Whether no worker or clock dies (any more) in this night."""
        return self.fate.died or self.point.split()[0] not in (*OF_THE_WORKER, "sweep")

    def _worker(self) -> None:
        if self.point.split()[0] in (*OF_THE_WORKER, "nobody") and not self.fate.died:
            with commits(self.house.mortal.engine, self.fate):
                self.house.mortal_process("lease", lambda: draining.drain(self.house.mortal))

    def _other_worker(self) -> None:
        for _ in range(self.chance.randint(0, 4)):
            self.turns.pause()
        draining.drain(self.house.other)

    def _clock(self) -> None:
        if self.point.startswith(("sweep", "nobody")) and not self.fate.died:
            with commits(self.house.mortal.engine, self.fate):
                self.house.mortal_process("sweep", lambda: clock_process.tick(self.house.mortal))

    # --- people ---

    def _people(self) -> None:
        now = self.clock.now()
        first, second = self.net.phone(FIRST), self.net.phone(SECOND)
        if self.late:
            if now - self.begun > timedelta(seconds=90) and first.ringing is not None:
                self._answers(FIRST)
            return
        if second.ringing is not None and self.second_rang is None:
            self.second_rang = now
        if self.second_rang is None or now < self.second_rang + timedelta(seconds=self.takes_after):
            return
        if self.by_key:
            for number in (SECOND, FIRST):
                if self.net.phone(number).ringing is not None and not self._taken():
                    self._answers(number)
                    return
        elif not self._taken() and first.texts and now - self.begun < timedelta(seconds=190):
            self.net.text(FIRST, LINE, "1")
            self.net.tick()

    def _answers(self, number: str) -> None:
        self.net.answer(number)
        self.house.home.pass_time(seconds=3)
        if self.net.phone(number).live is not None:
            self.net.press(number, "1")
            self.house.home.pass_time(seconds=4)
        if self.net.phone(number).live is not None:
            self.net.hang_up(number)

    # --- what must hold ---

    def _taken(self) -> bool:
        if self.house.changed:
            self._read()
        return self.alert is not None and self.alert.state == AlertState.TAKEN

    def _quiet(self) -> bool:
        """It is taken, and nothing is left to do or under way."""
        calls = [call for call in self.net.calls.values() if not call.over]
        return self._taken() and not self.deeds and not calls and self.net.next_due() is None

    def _resumed(self) -> None:
        """Within 30 s of a death all is done that was to be done then."""
        if self.fate.died and self.died_at is None:
            self.died_at = self.clock.now()
        if self.resumed or self.died_at is None or self.clock.now() - self.died_at < RESUMED:
            return
        self.resumed = True
        with read(self.house.other.engine) as tx:
            late = tx.scalars(
                select(Deed.kind).where(Deed.state == DeedState.PENDING, Deed.ordered_at <= self.died_at)
            ).all()
        assert late == [], f"{self}: not done 30 s after the death"

    def _tidy(self) -> None:
        """The next night begins with a quiet house."""
        self.net.faults.clear()
        if self.blind:
            for shop in (self.house.mortal, self.house.other):
                carriers = cast("dict[str, Any]", shop.carriers)
                carriers["main"] = carriers["main"]._real
        alert = self.alert
        assert alert is not None
        with write(self.house.other.engine) as tx:
            close(tx, self.house.desk.kit, alert.id, alert.taken_by, "safe", self.clock.now())
            for page_id in tx.scalars(select(Page.id).where(Page.alert_id == alert.id)):
                ring_ended(tx, self.house.desk.kit, page_id, "completed", self.clock.now())
        self.house.home.pass_time(minutes=10)
        draining.drain(self.house.other)
        self.house.home.pass_time(minutes=1)
        for number in (FIRST, SECOND):
            self.net.phone(number).bubbles.clear()

    def __str__(self) -> str:
        return f"{self.point}, seed {self.seed}"
