"""Processes that die at a named place of the sending path, and several of them whose turns are interleaved.

Nothing of this is in the house: the places are its seams, where it commits and where it asks the carrier. A process of these
tests dies there by an exception that no `except Exception` of the house catches, or, in a process of its own, by SIGKILL.
"""

from __future__ import annotations

import os
import signal
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

import requests
from requests.adapters import BaseAdapter
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

POINTS = (
    # the worker
    "lease not committed",
    "lease committed",  # in hand, nothing asked of the carrier
    "text not asked for",
    "text accepted",  # by the carrier; its answer is not read
    "send not committed",  # the answer is read
    "send committed",
    "call not asked for",
    "call accepted",
    "ring not committed",
    "ring committed",
    "hang-up not asked for",
    "hang-up accepted",
    "hang_up not committed",
    "notice not committed",
    "notice committed",
    # the clock
    "sweep not committed",
    "sweep committed",  # the bell does not ring
    # the intake
    "message not committed",
    "message committed",  # neither answered nor is the bell rung
    "receipt not committed",
    "receipt committed",
    "event not committed",  # of a call
    "event committed",
    "key not committed",
    "key committed",
    "reply not committed",
    "reply committed",
)


class Killed(BaseException):
    """The end of a process, as an exception."""


def by_exception() -> None:
    raise Killed


def by_signal() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class Fate:
    """Dies the `nth` time that it comes to `point`. `doing` names what the process is about when it commits."""

    point: str
    nth: int = 1
    die: Callable[[], None] = by_exception
    pause: Callable[[], None] = lambda: None
    doing: str = ""
    came: int = 0
    died: bool = False

    def comes_to(self, place: str) -> None:
        if place == self.point and not self.died:
            self.came += 1
            if self.came == self.nth:
                self.died = True
                self.die()
        if not place.endswith("not committed"):  # inside a transaction nobody else's turn comes
            self.pause()


@contextmanager
def commits(engine: Engine, fate: Fate) -> Iterator[None]:
    """The places before and after each commit through `engine`. The end of a savepoint is none: all is still locked."""

    def before(session: Session) -> None:
        if session.bind is engine and not session.in_nested_transaction():
            fate.comes_to(f"{fate.doing} not committed")

    def after(session: Session) -> None:
        if session.bind is engine and not session.in_nested_transaction():
            fate.comes_to(f"{fate.doing} committed")

    event.listen(Session, "before_commit", before)
    event.listen(Session, "after_commit", after)
    try:
        yield
    finally:
        event.remove(Session, "before_commit", before)
        event.remove(Session, "after_commit", after)


class Road(BaseAdapter):
    """The road to the carrier, with a place before it has the request and one before its answer is read."""

    def __init__(self, road: BaseAdapter, fate: Fate) -> None:
        super().__init__()
        self._road, self._fate = road, fate

    def send(  # as the base class says
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float | None, float | None] | None = None,
        verify: bool | str = True,
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        what = _asked(request)
        self._fate.comes_to(f"{what} not asked for")
        answer = self._road.send(request, stream, timeout, verify, cert, proxies)
        self._fate.comes_to(f"{what} accepted")
        return answer

    def close(self) -> None:
        self._road.close()


def _asked(request: requests.PreparedRequest) -> str:
    if request.method == "POST":
        for ending, what in (("/Messages.json", "text"), ("/Calls.json", "call")):
            if str(request.url).endswith(ending):
                return what
        if "Status=completed" in str(request.body):
            return "hang-up"
    return "question"


@dataclass
class Turns:
    """Several processes, each in a thread, of which one at a time goes on, from place to place, as chance has it."""

    chance: Random
    _here: threading.local = field(default_factory=threading.local)
    _back: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def run(self, *acts: Callable[[], Any]) -> None:
        """All of it. What any of them raises is raised here, but for the end of a process."""
        go = [threading.Event() for _ in acts]
        alive, wrong = list(range(len(acts))), []

        def process(number: int) -> None:
            self._here.go = go[number]
            self._wait()
            try:
                acts[number]()
            except Killed:
                pass
            except BaseException as error:
                wrong.append(error)
            alive.remove(number)
            self._back.release()

        threads = [threading.Thread(target=process, args=(number,)) for number in alive]
        for thread in threads:
            thread.start()
        while alive:
            go[self.chance.choice(alive)].set()
            self._back.acquire()
        for thread in threads:
            thread.join()
        if wrong:
            raise wrong[0]

    def pause(self) -> None:
        """Another one's turn; nothing where only one process is at work."""
        if getattr(self._here, "go", None) is not None:
            self._back.release()
            self._wait()

    def _wait(self) -> None:
        self._here.go.wait(60)
        self._here.go.clear()


def in_a_process(act: Callable[[], Any]) -> int | None:
    """Do it in a process of its own, a copy of this one; the signal that ended it, None for none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # this process has threads; the copy needs none of them
        pid = os.fork()
    if pid == 0:
        try:
            act()
        finally:
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
