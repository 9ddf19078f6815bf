"""Plays a night on its virtual clock: from one due thing to the next, never sleeping. The same night gives the same
timeline in every run."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select

from hotline.alerts.log import Happened
from hotline.alerts.tables import AlertEvent
from hotline.commands.nights.always import left_alone, numbers_shown
from hotline.commands.nights.errors import listening
from hotline.commands.nights.house import NightHouse
from hotline.commands.nights.judging import Noted, Verdict, judge
from hotline.commands.nights.language import Expectation, Kind, Night
from hotline.commands.nights.people import Person
from hotline.commands.nights.reading_expectations import together
from hotline.config import Settings
from hotline.db import read
from hotline.simulator.calls import Call
from hotline.simulator.happenings import Happening
from worker.clock import CYCLE_SECONDS

#: While nothing is known to be due, the cycles of the clock process that are played: it looks for more than is told
#: beforehand (a text that did not leave, a call that was lost). The others would find nothing and only take time.
_WAITING, _QUIET = timedelta(seconds=10), timedelta(minutes=1)
_KINDS = {"text": Kind.GETS, "ring": Kind.RINGS, "voicemail": Kind.VOICEMAIL}
_OF_ALERTS = {
    Happened.TAKEN: Kind.TAKEN,
    Happened.REOPENED: Kind.REOPENED,
    Happened.OUTCOME: Kind.OUTCOME,
}


@dataclass(frozen=True, slots=True)
class Played:
    """What was noted, in the order of time, what the people of the night could not do, and the verdict."""

    night: Night
    noted: tuple[Noted, ...]
    slips: tuple[str, ...]
    verdict: Verdict

    @property
    def passed(self) -> bool:
        return self.verdict.passed and not self.slips


def play(night: Night, settings: Settings) -> Played:
    """Play `night` in a house with `settings` (an empty DATA_DIR and database). Raises ConfigError or ValueError for a
    deployment that cannot be played."""
    with NightHouse(night, settings) as house:
        return _Player(night, house).play()


class _Player:
    def __init__(self, night: Night, house: NightHouse) -> None:
        self.night, self.house, self.network = night, house, house.network
        self.noted: list[Noted] = []
        self.slips: list[str] = []
        self._together: set[str] = set()
        self._joined: dict[str, datetime] = {}
        self._spans: list[tuple[datetime, datetime, str]] = []
        line = next(iter(self.network.lines))
        self.people = {one.number: Person(self.network, one, line) for one in night.handsets}
        self._named = {one.name: self.people[one.number] for one in night.handsets}

    def play(self) -> Played:
        with listening(partial(self._note, Kind.ERROR, "")):
            self.network.watch(self._happens)
            for event in self.night.events:
                wait = (event.at - self.night.starts).total_seconds()
                act = partial(self._named[event.who].acts, event, self.slips.append)
                self.network.after(wait, act)
            self._live()
        self._read_calls()
        self._read_always()
        self._read_log()
        for trouble in self.network.errors:
            self.noted.append(Noted(trouble.at, Kind.COMPLAINT, "", f"{trouble.code} {trouble.text}"))
        noted = tuple(sorted(self.noted, key=lambda one: one.at))
        wanted = tuple(_closed(one, self.night.ends) for one in self.night.expectations)
        return Played(
            self.night, noted, tuple(self.slips), judge(noted, wanted, self.night.silences, self.night.starts)
        )

    # --- time ---

    def _live(self) -> None:
        clock = self.house.clock
        cycle = clock.now() + timedelta(seconds=CYCLE_SECONDS)
        while True:
            self._settle()
            cycle = min(cycle, self._cycle_wanted())
            ahead = min(self.network.next_due() or cycle, cycle)
            if ahead > self.night.ends:
                break
            clock.move_to(ahead)
            if ahead == cycle:
                self.house.tick()
                cycle = clock.now() + _QUIET
        clock.move_to(self.night.ends)
        self._settle()

    def _settle(self) -> None:
        """Carrier and worker do what is due at this instant, until nothing is."""
        while True:
            self.network.tick()
            self._listen()
            if not (self.house.deeds_due() and self.house.work()):
                return

    def _cycle_wanted(self) -> datetime:
        """The cycle in which the clock process finds what is due next."""
        due, now = self.house.due(), self.house.clock.now()
        blind = now + (_WAITING if due.waiting else _QUIET)
        known = max(due.at, now + timedelta(milliseconds=1)) if due.at else blind
        return self._on_cycle(min(known, blind))

    def _on_cycle(self, at: datetime) -> datetime:
        cycles = (at - self.night.starts).total_seconds() / CYCLE_SECONDS
        return self.night.starts + timedelta(seconds=math.ceil(cycles - 1e-6) * CYCLE_SECONDS)

    # --- notes ---

    def _note(self, kind: Kind, who: str, words: str) -> None:
        self.noted.append(Noted(self.house.clock.now(), kind, who, words))

    def _happens(self, happening: Happening) -> None:
        person = self.people[happening.number]
        self._note(_KINDS[happening.kind], person.handset.name, happening.text)
        person.happens(happening)

    def _listen(self) -> None:
        """Who hears whom now."""
        found, now = set(), self.house.clock.now()
        joined: dict[str, datetime] = {}
        for call in self.network.calls.values():
            if call.over or call.room is None or not self._name(call):
                continue
            hearers = [name for other in call.room.hearers(call) if (name := self._name(other))]
            if hearers:
                joined[call.sid] = self._joined.get(call.sid, now)
                found.add(together([str(self._name(call)), *hearers]))
        for who in sorted(found - self._together):
            self._note(Kind.TOGETHER, who, "")
        self._spans += [(since, now, sid) for sid, since in self._joined.items() if sid not in joined]
        self._together, self._joined = found, joined

    def _name(self, call: Call) -> str:
        """Whose phone is at the other end of a call."""
        return call.phone.name if call.phone is not None else ""

    def _read_calls(self) -> None:
        for call in self.network.calls.values():
            for heard in call.heard if call.phone is not None and not call.machine else ():
                if heard.kind in ("say", "play"):
                    words = heard.text or heard.url.rpartition("/audio/")[2]
                    self.noted.append(Noted(heard.at, Kind.HEARS, self._name(call), words))

    def _read_always(self) -> None:
        """What must not be in any night is an error of the house."""
        calls = list(self.network.calls.values())
        spans = [*self._spans, *((since, self.night.ends, sid) for sid, since in self._joined.items())]
        lines = {line.number for line in self.network.lines.values()}
        for at, words in (*numbers_shown(calls, lines), *left_alone(calls, spans, self.night.ends)):
            self.noted.append(Noted(at, Kind.ERROR, "", words))

    def _read_log(self) -> None:
        with read(self.house.shop.engine) as tx:
            for line in tx.scalars(select(AlertEvent).order_by(AlertEvent.number)):
                kind = _OF_ALERTS.get(Happened(line.kind))
                if kind is not None:
                    who = self.house.staff.get(line.staff_id or "", "")
                    self.noted.append(Noted(line.at, kind, who, line.detail))


def _closed(wanted: Expectation, ends: datetime) -> Expectation:
    return replace(wanted, until=min(wanted.until, ends))
