"""Logs carry ids only (DESIGN, "What must always hold", 9): one line an event, `key=value`, and nothing that was said.

`set_up` is called once by each process. It takes over the standard library's log too, and that of the web server, so that
what a dependency or Python itself writes passes through the same gate.
"""

import contextlib
import linecache
import logging
import re
import sys
import traceback
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, WrappedLogger

from hotline.last_words import gate_last_words

MOST_CHARACTERS = 80
HIDDEN = "[hidden]"

# What may stand in a log: ids, names of our own things, paths, counts. A number that may be a phone's never does.
_PLAIN = re.compile(r"[A-Za-z0-9_.:/<>-]*")
_PHONE = re.compile(r"\+?\d{7,}")
# What happened, in a word of ours: a sentence could hold anything.
_EVENT = re.compile(r"[a-z][a-z0-9_]*")
_TEMPLATE_LINES = 6  # so many lines of a call of the log may come before its template is over
# They have handlers of their own, which would write past this gate: the server's words on a broken request quote it.
_SERVER = ("gunicorn.error", "gunicorn.access")


def set_up(process: str, level: int = logging.INFO) -> None:
    """Send the log of this process to standard error, each line with the process's name. May be called again."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _name_process(process),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = _ToStandardError()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, only_the_template],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                where_it_failed,
                ids_only,
                structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "process", "event"]),
            ],
            # Not formatted with its arguments: these may hold anything.
            use_get_message=False,
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    gate_last_words()
    for server in _SERVER:
        logging.getLogger(server).handlers[:] = []
        logging.getLogger(server).propagate = True
    for library in (
        "alembic",
        "rq",
        "twilio",
        "urllib3",
    ):  # each tells every request or job, some with its content
        logging.getLogger(library).setLevel(max(level, logging.WARNING))


class _ToStandardError(logging.StreamHandler[TextIO]):
    """To standard error as it is when something is told. A line that cannot be written is told to be lost: Python's own way
    would be to print the message with its arguments."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        return sys.stderr

    def handleError(self, record: logging.LogRecord) -> None:  # the library's name
        with contextlib.suppress(Exception):
            sys.stderr.write(f"a line of the log of {record.name} was lost\n")


def _name_process(process: str) -> Any:
    def add(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        return {"process": process, **event}

    return add


def only_the_template(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A dependency's message without what it was filled with: `Job %s failed`, who says it, and where. One that was filled
    before it came here is hidden: it is a template only if it stands like that in the file that logs it."""
    record = event.get("_record")
    if record is None:
        return event
    said = record.msg if _is_template(record) else HIDDEN
    return {**event, "event": said, "by": record.name, "where": f"{_short(record.pathname)}:{record.lineno}"}


def _is_template(record: logging.LogRecord) -> bool:
    lines = linecache.getlines(record.pathname)[record.lineno - 1 : record.lineno - 1 + _TEMPLATE_LINES]
    return isinstance(record.msg, str) and record.msg in "".join(lines)


def where_it_failed(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """An exception as its type and the places it went through; its words may hold what somebody said."""
    given = event.pop("exc_info", None)
    record = event.get("_record")
    if given is None and record is not None:
        given = record.exc_info
    if given is True:
        given = sys.exc_info()
    error = given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)
        event["error"] = f"{type(error).__module__}.{type(error).__qualname__}"
        event["at"] = [f"{_short(frame.filename)}:{frame.lineno}" for frame in frames[-6:]]
    event.pop("stack_info", None)
    return event


def _short(file: str) -> str:
    """The end of a path: `alerts/policy.py`."""
    return "/".join(file.split("/")[-2:])


def ids_only(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Every value that is not plainly an id, a count or a name of ours is hidden."""
    kept: EventDict = {}
    for key, value in event.items():
        if key == "event" and "by" not in event:  # ours
            kept[key] = value if isinstance(value, str) and _EVENT.fullmatch(value) else HIDDEN
        elif key in ("event", "timestamp", "level", "process"):
            kept[key] = value if not isinstance(value, str) else _PHONE.sub(HIDDEN, value)
        elif key == "at":
            kept[key] = " < ".join(reversed(value))
        else:
            kept[key] = value if _is_plain(value) else HIDDEN
    return kept


def _is_plain(value: object) -> bool:
    if value is None or isinstance(value, bool | float):
        return True
    text = str(value) if isinstance(value, int | str) else "?"
    return len(text) <= MOST_CHARACTERS and bool(_PLAIN.fullmatch(text)) and not _PHONE.fullmatch(text)
