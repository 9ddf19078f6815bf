"""What RQ calls. One job: drain the outbox. Its arguments are none, its result nothing: Redis holds no content."""

from __future__ import annotations

import os
from functools import cache

import structlog

from hotline.config import load
from hotline.now import RandomIds, SystemClock
from worker import drain as draining
from worker.workshop import Workshop, open_workshop

log = structlog.get_logger("worker")


class DrainFailed(Exception):
    """Draining failed; it bears the type of what failed and nothing else."""


@cache
def shop() -> Workshop:
    """The workshop of this process."""
    return open_workshop(load(os.environ), SystemClock(), RandomIds())


def drain() -> None:
    """Drain the outbox. Idempotent: an emptied, doubled or replayed queue changes nothing. Raises DrainFailed: RQ keeps an
    exception's words and those of what caused it in Redis for hours, and an error of the database may quote a row."""
    shop().bell.answered()
    try:
        draining.drain(shop())
        return
    except Exception as error:
        log.error("drain_failed", exc_info=error)
        kind = type(error).__name__
    raise DrainFailed(kind)  # out here: it has no cause
