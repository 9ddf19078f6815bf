"""Listening to the house's log while a night is played: a line of the level ERROR is noted, the others are dropped."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from structlog.typing import EventDict, WrappedLogger

from hotline.log import ids_only


class _Ear(logging.Handler):
    """The standard library's log, as dependencies write it."""

    def __init__(self, note: Callable[[str], None]) -> None:
        super().__init__(logging.ERROR)
        self._note = note

    def emit(self, record: logging.LogRecord) -> None:
        told = record.exc_info[1] if record.exc_info else None
        self._note(f"{record.name}: {record.msg}{f' ({type(told).__name__})' if told else ''}")


@contextmanager
def listening(note: Callable[[str], None]) -> Iterator[None]:
    """Every error line goes to `note`, with ids only."""

    def catch(_logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
        if method in ("error", "critical", "exception"):
            rest = {
                key: value for key, value in ids_only(_logger, method, dict(event)).items() if key != "event"
            }
            note(" ".join([str(event["event"]), *(f"{key}={value}" for key, value in rest.items())]))
        raise structlog.DropEvent

    before, ear = structlog.get_config(), _Ear(note)
    structlog.configure(
        processors=[catch], wrapper_class=structlog.BoundLogger, cache_logger_on_first_use=False
    )
    logging.getLogger().addHandler(ear)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(ear)
        structlog.configure(**before)
