"""What Python itself writes to standard error goes through the log's gate too: an exception that nobody caught, in a
process or one of its threads, and warnings. Each is told by its type and the places it went through; its own words, and
the lines of source with them, may hold what somebody said.
"""

from __future__ import annotations

import sys
import threading
import warnings
from types import TracebackType

import structlog

_log = structlog.get_logger("last_words")


def gate_last_words() -> None:
    """For the whole process. May be called again; what a debugger or a test run has set already stays."""
    if sys.excepthook is sys.__excepthook__:
        sys.excepthook = _uncaught
    if threading.excepthook is threading.__excepthook__:
        threading.excepthook = _uncaught_in_thread
    warnings.showwarning = _warned


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return  # somebody pressed Ctrl-C
    _log.critical("uncaught", exc_info=(kind, error, trace))


def _uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is None or issubclass(args.exc_type, SystemExit):
        return
    name = args.thread.name if args.thread is not None else ""
    _log.critical("thread_ended", thread=name, exc_info=(args.exc_type, args.exc_value, args.exc_traceback))


def _warned(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: object = None,
    line: str | None = None,
) -> None:
    place = "/".join(filename.split("/")[-2:])
    _log.warning("python_warning", category=category.__name__, place=f"{place}:{lineno}")
