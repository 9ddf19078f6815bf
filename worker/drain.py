"""Draining the outbox: lease what is due, do it, until nothing is due. The database is the truth; any number of workers
may drain at once."""

from __future__ import annotations

from datetime import timedelta

import structlog

from hotline.db import write
from hotline.threads.heartbeats import beat
from hotline.threads.outbox import lease, postpone
from worker.deeds import do
from worker.workshop import Workshop

log = structlog.get_logger("worker")
BATCH = 10


def drain(shop: Workshop) -> int:
    """Do everything that is due; gives how many deeds were in hand."""
    count = 0
    while True:
        with write(shop.engine) as tx:
            deeds = lease(tx, shop.clock.now(), BATCH)
        for deed in deeds:
            try:
                do(shop, deed)
            except Exception as error:  # a deed that fails must not stop the others
                _put_off(shop, deed.id, deed.attempts, error)
                log.error("deed_failed", deed=deed.id, kind=deed.kind.value, error=type(error).__name__)
        count += len(deeds)
        if not deeds:
            with write(shop.engine) as tx:
                beat(tx, "worker", shop.clock.now())
            return count


def _put_off(shop: Workshop, deed_id: str, attempts: int, error: Exception) -> None:
    with write(shop.engine) as tx:
        wait = timedelta(seconds=min(300, 2 ** min(attempts, 9)))
        postpone(tx, deed_id, shop.clock.now() + wait, type(error).__name__)
