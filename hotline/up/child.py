"""One program that runs: started in a process group of its own, its lines shown under its name, ended with its group."""

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping
from typing import IO

from hotline.private_redis import end_with_parent
from hotline.up.procfile import Program

Say = Callable[[str, str], None]
"""Shows a line (second) under a program's name (first)."""


class Child:
    """A running program and all that it starts."""

    def __init__(self, program: Program, environ: Mapping[str, str], say: Say) -> None:
        """Start it. Raises OSError when there is no such program.

        A group of its own: Ctrl-C in the terminal reaches us alone, and we end them in order. On Linux it also ends
        when we are killed, so that no orphan keeps a port.
        """
        self.program = program
        self._process = subprocess.Popen(  # noqa: S603  # our own command, no shell
            program.command,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=end_with_parent(),
        )
        assert self._process.stdout is not None  # noqa: S101  # asked for just above
        self._lines = threading.Thread(
            target=_show, args=(program.name, self._process.stdout, say), daemon=True
        )
        self._lines.start()

    @property
    def pid(self) -> int:
        """Its process id, which is also its group's."""
        return self._process.pid

    def ended(self) -> int | None:
        """Its exit status (negative: the signal that ended it), None while it runs."""
        return self._process.poll()

    def terminate(self) -> None:
        """Ask it to end with SIGTERM; it ends those that it started itself, in its own order."""
        with contextlib.suppress(ProcessLookupError):
            self._process.terminate()

    def finish(self) -> None:
        """End whoever of the group is left, and wait until the last lines are shown."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()
        self._lines.join(1)


def _show(name: str, output: IO[bytes], say: Say) -> None:
    with output:
        for line in output:
            say(name, line.decode("utf-8", errors="replace").rstrip())
