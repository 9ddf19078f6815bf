"""Small programs that wait: a call or a message is a generator that yields what it waits for.

A program yields `Wait` (for time or an event) or `Ask` (for the answer to an HTTP request), and is resumed with what
came. A hang-up or a redirect from outside is thrown into it, so that `try/finally` in the verbs puts things in order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, TypeVar

if TYPE_CHECKING:
    from hotline.simulator.core import Core

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a call; what kind is the subclass."""


@dataclass(frozen=True, slots=True)
class TimeUp(Event):
    """The time of a `Wait` is over."""


@dataclass(frozen=True, slots=True)
class Key(Event):
    """A key was pressed. Lost unless somebody listens for keys at that moment."""

    key: str


@dataclass(frozen=True, slots=True)
class Speech(Event):
    """The person said something. Lost unless somebody listens."""

    text: str


#: Events that are lost when nobody listens; all others wait in the mailbox.
FLEETING: tuple[type[Event], ...] = (Key, Speech)


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request to the product. `form` None and `body` None make it a GET. Time-outs are in seconds."""

    url: str
    form: tuple[tuple[str, str], ...] | None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    timeout: float = 15.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: status, header names in lower case, body."""

    status: int
    headers: dict[str, str]
    body: bytes


class Silence:
    """Why nothing came back: `timeout` (connected, no answer in time) or no connection."""

    def __init__(self, text: str, *, timeout: bool) -> None:
        self.text = text
        self.timeout = timeout


@dataclass(frozen=True, slots=True)
class Wait:
    """Until `seconds` are over (None: for ever) or one of `kinds` happens."""

    seconds: float | None
    kinds: tuple[type[Event], ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """Until the answer to `request` is there; `copies` are sent at the same instant and the first answer counts."""

    request: Request
    copies: int = 1


Steps: TypeAlias = Generator[Wait | Ask, Event | Reply | Silence, T]


def wait(seconds: float | None, *kinds: type[Event]) -> Steps[Event]:
    """Wait and give what ended it: `TimeUp` or an event of `kinds`."""
    event = yield Wait(seconds, kinds)
    assert isinstance(event, Event)  # noqa: S101 - the process resumes a Wait with events only
    return event


def wait_for(
    core: Core, seconds: float, accept: Callable[[Event], bool], *kinds: type[Event]
) -> Steps[Event]:
    """Wait for an event that `accept` takes; others of `kinds` are late news and dropped. Gives it, or `TimeUp`."""
    end = core.clock().timestamp() + seconds
    while True:
        event = yield from wait(max(0.0, end - core.clock().timestamp()), *kinds)
        if isinstance(event, TimeUp) or accept(event):
            return event


class Process:
    """Runs one program on the agenda of the network."""

    def __init__(self, core: Core, steps: Steps[None]) -> None:
        self._core = core
        self._steps = steps
        self._mailbox: deque[Event] = deque()
        self._waits: Wait | Ask | None = None
        self._turn = 0
        self.done = False

    def start(self) -> None:
        """Begin at once (as the next deed of the agenda)."""
        self._core.soon(lambda: self._go(lambda: next(self._steps)))

    def deliver(self, event: Event) -> None:
        """Tell the program that something happened."""
        self._core.soon(lambda: self._take(event))

    def interrupt(self, error: Exception, still: Callable[[], bool] = lambda: True) -> None:
        """Throw `error` into the program, whatever it waits for, if `still` holds when its turn comes."""

        def throw() -> None:
            if not self.done and still():
                self._go(lambda: self._steps.throw(error))

        self._core.soon(throw)

    def listens_for(self, kind: type[Event]) -> bool:
        """True if an event of that kind would be taken now."""
        return isinstance(self._waits, Wait) and kind in self._waits.kinds

    def _take(self, event: Event) -> None:
        if self.done:
            return
        if isinstance(self._waits, Wait) and isinstance(event, self._waits.kinds):
            self._resume(event)
        elif not isinstance(event, FLEETING):
            self._mailbox.append(event)

    def _resume(self, value: Event | Reply | Silence) -> None:
        self._go(lambda: self._steps.send(value))

    def _go(self, move: Callable[[], Wait | Ask]) -> None:
        self._turn += 1
        try:
            self._waits = move()
        except StopIteration:
            self.done, self._waits = True, None
            return
        self._arrange()

    def _arrange(self) -> None:
        turn, waits = self._turn, self._waits

        def later(value: Event | Reply | Silence) -> None:
            if turn == self._turn and not self.done:
                self._resume(value)

        if isinstance(waits, Ask):
            self._core.send(waits.request, later, copies=waits.copies)
        elif waits is not None:
            waiting = next((e for e in self._mailbox if isinstance(e, waits.kinds)), None)
            if waiting is not None:
                self._mailbox.remove(waiting)
                self._resume(waiting)
            elif waits.seconds is not None:
                self._core.after(waits.seconds, lambda: later(TimeUp()))
