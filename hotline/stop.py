"""Told to end by a signal, in a way that a signal handler may use.

`threading.Event.set` takes a lock. A handler runs in the main thread between any two instructions of it, also while the
main thread holds that very lock in `Event.wait`: then nothing ever ends. A plain flag has no lock.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

BEAT = 0.1  # seconds between two looks at the flag
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop:
    """A flag that signals set and the main thread waits for."""

    def __init__(self) -> None:
        self._told = False

    def set(self) -> None:
        """Tell it to end; may be called by a signal handler, and again."""
        self._told = True

    def is_set(self) -> bool:
        """Whether it was told to end."""
        return self._told

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until told to end, or for `seconds`; whether it was told."""
        end = None if seconds is None else time.monotonic() + seconds
        while not self._told:
            left = BEAT if end is None else min(BEAT, end - time.monotonic())
            if left <= 0:
                break
            time.sleep(left)
        return self._told


@contextmanager
def told_by_signals() -> Iterator[Stop]:
    """A `Stop` that SIGINT, SIGTERM and SIGHUP set while the block runs; the handlers before are put back."""
    stop = Stop()
    before = {number: signal.signal(number, lambda _number, _frame: stop.set()) for number in SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
