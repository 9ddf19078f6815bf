"""The engine of the network: clock, agenda, one lock, and the requests on their way to the product."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from hotline.simulator.agenda import Agenda, Deed
from hotline.simulator.clock import Clock, VirtualClock
from hotline.simulator.faults import FaultScript
from hotline.simulator.happenings import Happening
from hotline.simulator.process import Process, Reply, Request, Silence, Steps
from hotline.simulator.trouble import NoAnswer, Trouble


class Post(Protocol):
    """Carries one request to the product and gives (status, headers, body).

    `form` is None for a GET, pairs for a form, bytes for a body of its own. Raises TimeoutError when no answer came in
    time and OSError when there is no connection.
    """

    def __call__(
        self,
        url: str,
        form: tuple[tuple[str, str], ...] | bytes | None,
        headers: Mapping[str, str],
        timeout: float,
    ) -> tuple[int, Mapping[str, str], bytes]: ...


@dataclass(frozen=True, slots=True)
class _Parcel:
    request: Request
    then: Callable[[Reply | Silence], None]
    copies: int


class Core:
    """Time, order and transport. Everything that changes the network runs under `lock`, one deed after the other.

    With a `VirtualClock` nothing moves until `tick` or `advance_to`, and requests are carried at once on the caller's
    thread, outside the lock. The server gives a `courier` that carries them on other threads, and an `alarm` that
    wakes its scheduler.
    """

    def __init__(self, clock: Clock, post: Post, seed: int | None = None) -> None:
        self.clock = clock
        self.born = clock()
        self.post = post
        self.lock = threading.RLock()
        self.agenda = Agenda()
        self.faults = FaultScript()
        self.errors: list[Trouble] = []
        #: SIDs that the carrier is not done with yet: what is to be deleted of them is refused as not final.
        self.unsettled: set[str] = set()
        self.version = 0
        self.random = random.Random(seed)  # noqa: S311 - names and order on a network of toys, no secret
        self.courier: Callable[[Deed], None] = lambda deed: deed()
        self.courier_is_here = True
        self.alarm: Callable[[], None] = lambda: None
        self.stall: Callable[[float], None] = _never_answer
        self._watchers: list[Callable[[Happening], None]] = []
        self._outgoing: list[_Parcel] = []
        self._driving: int | None = None

    # --- time -------------------------------------------------------------------------------------------------------

    def soon(self, deed: Deed) -> None:
        """Do `deed` now, behind what is already to be done now."""
        self.after(0, deed)

    def after(self, seconds: float, deed: Deed) -> None:
        """Do `deed` in `seconds`."""
        with self.lock:
            self.agenda.at(self.clock() + timedelta(seconds=seconds), deed)
        self.alarm()

    def spawn(self, steps: Steps[None]) -> Process:
        """Start a program."""
        process = Process(self, steps)
        process.start()
        return process

    def next_due(self) -> datetime | None:
        """When something happens next by itself; None if nothing does."""
        with self.lock:
            return self.agenda.next_due()

    def tick(self) -> None:
        """Do all that is due now. Called again from inside a deed it does nothing: the outer call goes on."""
        if self._driving == threading.get_ident():
            return
        while self._step():
            pass

    def advance_to(self, instant: datetime) -> None:
        """Live until `instant`, event by event; only with a clock that can be moved."""
        if not isinstance(self.clock, VirtualClock):
            raise TypeError("advance_to needs a VirtualClock")
        while True:
            self.tick()
            due = self.next_due()
            if due is None or due > instant:
                break
            self.clock.move_to(due)
        self.clock.move_to(instant)
        self.tick()

    def advance(self, seconds: float) -> None:
        """Live for `seconds` more."""
        self.advance_to(self.clock() + timedelta(seconds=seconds))

    def _step(self) -> bool:
        with self.lock:
            deed = self.agenda.pop_due(self.clock())
            if deed is not None:
                self._driving = threading.get_ident()
                try:
                    deed()
                finally:
                    self._driving = None
            parcels, self._outgoing = self._outgoing, []
        for parcel in parcels:
            self._dispatch(parcel)
        return deed is not None or bool(parcels)

    # --- transport --------------------------------------------------------------------------------------------------

    def send(self, request: Request, then: Callable[[Reply | Silence], None], copies: int = 1) -> None:
        """Send `request` to the product; `then` gets what came back, as a deed of its own."""
        with self.lock:
            self._outgoing.append(_Parcel(request, then, copies))
        self.alarm()

    def _dispatch(self, parcel: _Parcel) -> None:
        if parcel.copies == 1:
            self.courier(lambda: self._carry(parcel))
            return
        # The same request at the same instant: real threads, with a virtual clock too.
        first = threading.Event()

        def carry_first() -> None:
            if not first.is_set():
                first.set()
                self._carry(parcel)
            else:
                self._fetch(parcel.request)

        threads = [threading.Thread(target=carry_first, daemon=True) for _ in range(parcel.copies)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _carry(self, parcel: _Parcel) -> None:
        answer = self._fetch(parcel.request)
        self.soon(lambda: parcel.then(answer))

    def _fetch(self, request: Request) -> Reply | Silence:
        payload = request.body if request.body is not None else request.form
        try:
            status, headers, body = self.post(request.url, payload, dict(request.headers), request.timeout)
        except TimeoutError:
            return Silence(f"no answer within {request.timeout:g} s", timeout=True)
        except OSError as error:
            return Silence(f"no connection: {error}", timeout=False)
        return Reply(status, {name.lower(): value for name, value in headers.items()}, body)

    # --- bookkeeping ------------------------------------------------------------------------------------------------

    def new_sid(self, prefix: str) -> str:
        """A new name in the carrier's form: two letters and 32 hexadecimal digits."""
        return f"{prefix}{self.random.getrandbits(128):032x}"

    def watch(self, watcher: Callable[[Happening], None]) -> None:
        """Call `watcher` whenever something happens to a phone; it may act on the phones, at once or with `after`."""
        self._watchers.append(watcher)

    def happens(self, happening: Happening) -> None:
        """Tell the watchers, as a deed of its own."""
        for watcher in self._watchers:
            self.soon(partial(watcher, happening))

    def changed(self) -> None:
        """Something a page shows has changed."""
        self.version += 1

    def complain(self, code: int, text: str, url: str, sid: str = "") -> None:
        """Record what the carrier would complain about."""
        self.errors.append(Trouble(code, text, url.split("#", 1)[0], self.clock(), sid))
        self.changed()


def _never_answer(seconds: float) -> None:
    raise NoAnswer(f"no answer within {seconds:g} s")
