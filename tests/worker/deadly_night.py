"""A night in which a process dies: First is rung and does not pick up, Second is rung, and somebody takes it. Two workers and
two clocks are at work; one of each, and the intake, may die at a place of `dying.POINTS`. What must hold is at the end."""

from __future__ import annotations

import json
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, cast

import pytest
from requests.adapters import BaseAdapter, HTTPAdapter
from sqlalchemy import select

from hotline.alerts.rings import ring_ended
from hotline.alerts.sweep import next_due
from hotline.alerts.tables import Alert, AlertEvent, AlertState, Page
from hotline.alerts.taking import close
from hotline.carriers.carrier import Carrier, NotOnThisLine
from hotline.carriers.opening import open_carriers
from hotline.commands.nights.transport import IntoApp
from hotline.db import read, write
from hotline.intake import create_app
from hotline.intake.desk import Desk
from hotline.now import RandomIds, SetClock
from hotline.simulator.app import create_app as network_app
from hotline.simulator.config import PhoneConfig
from hotline.simulator.core import Post
from hotline.simulator.inprocess import wsgi_post
from hotline.threads.outbox import DeedKind, Leased
from hotline.threads.tables import Deed, DeedState, Message
from tests.house import FIRST, LINE, PUBLIC, SECOND, Home, home, workshop_of
from tests.worker.dying import Fate, Killed, Road, Turns, by_exception, by_signal, commits, in_a_process
from worker import clock as clock_process
from worker import deeds
from worker import drain as draining
from worker.workshop import Workshop

AREAS = (202, 212, 305, 312, 404, 415, 503, 602, 617, 702)
RESUMED = timedelta(seconds=30)
CYCLE = timedelta(seconds=2)
NOBODY = "nobody dies"
OF_THE_WORKER = ("lease", "text", "send", "call", "ring", "hang-up", "hang_up", "notice")
_DOORS = {"/twilio/sms": "message", "/twilio/status/message": "receipt", "/twilio/status/call": "event"}


class Blind:
    """A line at which nothing can be looked up, as with most gateways."""

    def __init__(self, real: Carrier) -> None:
        self._real = real

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def find(self, *_: object) -> None:
        raise NotOnThisLine("lookup")


@dataclass
class DeadlyHouse:
    """A house that outlives many nights. `mortal` is the workshop of the processes that die, `other` that of the rest."""

    home: Home
    desk: Desk
    mortal: Workshop
    other: Workshop
    forks: bool
    fate: Fate = field(default_factory=lambda: Fate(""))
    callers: Iterator[int] = field(default_factory=count)
    changed: bool = True  # something may be in the database that was not looked at

    def mortal_process(self, doing: str, act: Callable[[], Any]) -> None:
        """A process that may die does something; `doing` names its commits."""
        self.fate.doing = doing
        if not self.forks:
            act()
            return
        self.fate.died = in_a_process(act) == signal.SIGKILL
        if self.fate.died:
            raise Killed


@contextmanager
def deadly_house(
    database_url: str, folder: Path, clock: SetClock, patch: pytest.MonkeyPatch, *, forks: bool = False
) -> Iterator[DeadlyHouse]:
    """The house; with `forks` its mortal processes are real ones, killed by the system."""
    with home(database_url, folder / "var", clock) as built:
        # Several processes would count the same ids.
        kit = replace(built.desk.kit, ids=RandomIds() if forks else built.desk.kit.ids)
        desk = replace(built.desk, kit=kit)
        mortal, other = workshop_of(desk), replace(built.shop, kit=kit)
        house = DeadlyHouse(built, desk, mortal, other, forks)
        road: BaseAdapter = HTTPAdapter() if forks else IntoApp(network_app(built.net))
        cast("dict[str, Any]", mortal.carriers).update(_roads(house, road))
        if not forks:
            cast("dict[str, Any]", other.carriers).update(open_carriers(desk.settings, road))
        _watch_intake(house, wsgi_post({PUBLIC: create_app(desk)}))
        settings = built.net.lines[LINE].settings
        settings["SmsUrl"] += "#rc=3&rp=ct,rt,5xx"  # as `hotline connect` sets it
        settings["VoiceUrl"] += "#rc=1&rp=ct,5xx"
        built.staffed()

        def do(shop: Workshop, deed: Leased) -> None:
            if shop is not mortal:
                deeds.do(shop, deed)
                return
            house.fate.doing = deed.kind
            deeds.do(shop, deed)
            house.fate.doing = "lease"

        patch.setattr(draining, "do", do)
        yield house
        mortal.engine.dispose()


def _roads(house: DeadlyHouse, road: BaseAdapter) -> dict[str, Carrier]:
    """The carriers of the mortal worker."""

    class _Late(Fate):
        """The fate of the night that is played now."""

        def comes_to(self, place: str) -> None:
            house.fate.comes_to(place)

    return open_carriers(house.desk.settings, Road(road, _Late("")))


def _watch_intake(house: DeadlyHouse, post: Post) -> None:
    """The carrier's requests reach a process that may die: then the connection breaks."""

    def watched(
        url: str, form: tuple[tuple[str, str], ...] | bytes | None, headers: Mapping[str, str], timeout: float
    ) -> tuple[int, Mapping[str, str], bytes]:
        doing, house.changed = _doing(url, form), True
        if house.fate.died or not house.fate.point.startswith(f"{doing} "):
            return post(url, form, headers, timeout)
        got: list[tuple[int, Mapping[str, str], bytes]] = []

        def act() -> None:
            if house.forks:
                house.desk.engine.dispose(close=False)
            got.append(post(url, form, headers, timeout))

        try:
            with commits(house.desk.engine, house.fate):
                house.mortal_process(doing, act)
        except Killed:
            raise ConnectionResetError("the intake died") from None
        return got[0] if got else post(url, form, headers, timeout)

    house.home.net.post = watched


def _doing(url: str, form: object) -> str:
    path = url.removeprefix(PUBLIC).partition("?")[0]
    told = dict(form) if isinstance(form, tuple) else {}
    if path == "/twilio/sms" and told.get("From") in (FIRST, SECOND):
        return "reply"
    if path == "/twilio/voice":
        return "key" if told.get("Digits") else "turn"
    return _DOORS.get(path, "other")


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
        self._look()
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
            if self._over() or self.chance.random() < 0.5:
                acts.append(self._other_worker)
            if self.chance.random() < 0.2:  # a job replayed
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

    def _look(self) -> None:
        self._read()
        alert = self.alert
        assert alert is not None, f"{self}: the emergency is lost"
        assert alert.state == AlertState.TAKEN, f"{self}: nobody has it"
        with read(self.house.other.engine) as tx:
            pages = tx.scalars(select(Page).where(Page.alert_id == alert.id)).all()
            events = tx.scalars(select(AlertEvent).where(AlertEvent.alert_id == alert.id)).all()
            messages = {one.id: one for one in tx.scalars(select(Message).where(Message.at >= self.begun))}
            states = {one.key: one.state for one in tx.scalars(select(Deed))}
        steps = [one.detail for one in events if one.kind == "step"]
        assert len(steps) == len(set(steps)), f"{self}: a step was done twice: {steps}"
        assert len({page.staff_id for page in pages}) == len(pages) == 2
        numbers = dict(
            zip((page.id for page in sorted(pages, key=lambda one: one.step)), (FIRST, SECOND), strict=True)
        )
        sent = [one for one in self.net.messages.values() if one.created >= self.begun]
        rung = Counter(
            one.to
            for one in self.net.calls.values()
            if one.created >= self.begun and one.direction == "outbound-api"
        )
        for page in pages:
            texted = [one for one in messages.values() if one.page_id == page.id]
            assert len(texted) == sum(one.kind == "texted" and one.page_id == page.id for one in events)
            dropped = sum(states[f"send:{one.id}"] == DeedState.DROPPED for one in texted)
            arrived = sum(
                one.to == numbers[page.id] and one.body.startswith(f"EMERGENCY {alert.code}") for one in sent
            )
            most = len(texted) + (1 if self.blind else 0)
            assert len(texted) - dropped <= arrived <= most, (
                f"{self}: {arrived} texts for {len(texted)} pages"
            )
            never = sum(
                states.get(f"ring:{page.id}:{ring + 1}") == DeedState.DROPPED for ring in range(page.rings)
            )
            calls = rung[numbers[page.id]]
            assert page.rings - never <= calls <= page.rings, f"{self}: {calls} calls for {page.rings} rings"
        notices = [json.loads(one.payload)["staff"] for one in self._deeds(DeedKind.NOTICE, alert.id)]
        told = [one for one in events if one.kind == "told"]
        assert Counter(one.staff_id for one in told) == Counter(notices), f"{self}: notices"
        for one in messages.values():
            if one.staff_id is not None and one.page_id is None and one.direction == "out" and one.sid:
                copies = sum(other.sid == one.sid for other in sent)
                assert copies == 1

    def _deeds(self, kind: DeedKind, alert_id: str) -> list[Deed]:
        with read(self.house.other.engine) as tx:
            found = tx.scalars(select(Deed).where(Deed.kind == kind, Deed.state == DeedState.DONE)).all()
        return [one for one in found if json.loads(one.payload)["alert"] == alert_id]

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
