"""Keeps programs running: who ends is started again, after a pause that grows."""

import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from hotline.up.backoff import Backoff
from hotline.up.child import Child, Say
from hotline.up.procfile import Program

KILL_AFTER_SECONDS = 8.0  # of the 10 s in which all must have ended
_LOOK_SECONDS = 0.1


@dataclass(slots=True)
class _Kept:
    program: Program
    backoff: Backoff = field(default_factory=Backoff)
    child: Child | None = None
    started: float = 0.0
    again_at: float = 0.0


class Supervisor:
    """Programs that are kept running. Used from one thread, which must live as long as they should."""

    def __init__(
        self, environ: Mapping[str, str], say: Say, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        """`environ` is what the programs get; `say` shows lines; `monotonic` gives seconds."""
        self._environ = environ
        self._say = say
        self._monotonic = monotonic
        self._kept: list[_Kept] = []

    def keep(self, program: Program) -> None:
        """Start `program` and keep it running from now on."""
        kept = _Kept(program)
        self._kept.append(kept)
        self._start(kept)

    def is_running(self, name: str) -> bool:
        """Whether the program of that name runs at this instant."""
        found = next((kept for kept in self._kept if kept.program.name == name), None)
        return found is not None and found.child is not None and found.child.ended() is None

    def look(self) -> None:
        """Notice who ended, and start again whose pause is over."""
        now = self._monotonic()
        for kept in self._kept:
            if kept.child is not None and (status := kept.child.ended()) is not None:
                kept.child.finish()
                kept.child = None
                self._pause(kept, now, _told(status))
            if kept.child is None and now >= kept.again_at:
                self._start(kept)

    def run(self, stopped: Callable[[float], bool]) -> None:
        """Look after them until `stopped`, which waits the given seconds, says so."""
        while not stopped(_LOOK_SECONDS):
            self.look()

    def end(self) -> None:
        """End all, first started last, with SIGTERM; who has not ended after 8 s is killed."""
        deadline = self._monotonic() + KILL_AFTER_SECONDS
        first, others = self._kept[:1], self._kept[1:]
        self._end(others, deadline - 1)
        self._end(first, deadline)
        self._kept.clear()

    def _end(self, group: list[_Kept], deadline: float) -> None:
        running = [kept.child for kept in group if kept.child is not None]
        for child in running:
            child.terminate()
        while any(child.ended() is None for child in running) and self._monotonic() < deadline:
            time.sleep(0.02)
        for child in running:
            if child.ended() is None:
                self._say("hotline", f"{child.program.name} does not end: killed")
            child.finish()

    def _start(self, kept: _Kept) -> None:
        kept.started = self._monotonic()
        try:
            kept.child = Child(kept.program, self._environ, self._say)
        except OSError as failed:
            self._pause(kept, kept.started, f"cannot start ({failed.strerror}: {kept.program.command[0]})")

    def _pause(self, kept: _Kept, now: float, why: str) -> None:
        wait = kept.backoff.after(now - kept.started)
        kept.again_at = now + wait
        self._say("hotline", f"{kept.program.name} {why}: again in {wait:.0f} s")


def _told(status: int) -> str:
    if status >= 0:
        return f"ended with exit status {status}"
    return f"was ended by {signal.Signals(-status).name}"
