"""A house whose worker, clock or intake may die at a place of `dying.POINTS`; another worker and clock outlive it."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any, cast

import pytest
from requests.adapters import BaseAdapter, HTTPAdapter

from hotline.carriers.carrier import Carrier, NotOnThisLine
from hotline.carriers.opening import open_carriers
from hotline.commands.nights.transport import IntoApp
from hotline.intake import create_app
from hotline.intake.desk import Desk
from hotline.now import RandomIds, SetClock
from hotline.simulator.app import create_app as network_app
from hotline.simulator.core import Post
from hotline.simulator.inprocess import wsgi_post
from hotline.threads.outbox import Leased
from tests.house import FIRST, LINE, PUBLIC, SECOND, Home, home, workshop_of
from tests.worker.dying import Fate, Killed, Road, commits, in_a_process
from worker import deeds
from worker import drain as draining
from worker.workshop import Workshop

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
