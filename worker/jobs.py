"""What RQ calls. One job: drain the outbox. Its arguments are none, its result nothing: Redis holds no content."""

from __future__ import annotations

import os
from functools import cache

from hotline.config import load
from hotline.now import RandomIds, SystemClock
from worker import drain as draining
from worker.workshop import Workshop, open_workshop


@cache
def shop() -> Workshop:
    """The workshop of this process."""
    return open_workshop(load(os.environ), SystemClock(), RandomIds())


def drain() -> None:
    """Drain the outbox. Idempotent: an emptied, doubled or replayed queue changes nothing."""
    shop().bell.answered()
    draining.drain(shop())
