"""Draining the outbox: lease what is due, do it, until nothing is due. The database is the truth; any number of workers
may drain at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import structlog

from hotline.db import read, write
from hotline.threads.heartbeats import beat
from hotline.threads.outbox import Leased, Priority, hold, lease, postpone, waits
from worker.deeds import do
from worker.workshop import Workshop

log = structlog.get_logger("worker")
BATCH = 10
# What is in hand for so long is only done if it still is ours: the others of its batch may have waited for the carrier.
_FRESH = timedelta(seconds=3)


def drain(shop: Workshop) -> int:
    """Do everything that is due; gives how many deeds were in hand."""
    count = 0
    while deeds := _lease(shop, Priority.NOTHING):
        count += _do_all(shop, deeds)
    with write(shop.engine) as tx:
        beat(tx, "worker", shop.clock.now())
    return count


def drain_pages(shop: Workshop) -> int:
    """The same for pages alone, by a thread of their own: they never wait for an answer that the carrier is slow to take."""
    count = 0
    while deeds := _more_urgent(shop, Priority.ANSWER):
        count += _do_all(shop, deeds)
    return count


def _do_all(shop: Workshop, deeds: Sequence[Leased]) -> int:
    """Do these in their order; what is more urgent and came meanwhile goes first. Worked example: ten answers are in hand, a
    quarter of a second each; the page of an emergency that comes during the first leaves second, not eleventh."""
    count = len(deeds)
    for place, deed in enumerate(deeds):
        if place:
            count += _do_all(shop, _more_urgent(shop, deed.priority))
            if not _still_ours(shop, deed):
                continue
        try:
            do(shop, deed)
        except Exception as error:  # a deed that fails must not stop the others
            _put_off(shop, deed, error)
            log.error("deed_failed", deed=deed.id, kind=deed.kind.value, error=type(error).__name__)
    return count


def _lease(shop: Workshop, before: int) -> tuple[Leased, ...]:
    with write(shop.engine) as tx:
        return lease(tx, shop.clock.now(), BATCH, before=before)


def _more_urgent(shop: Workshop, before: int) -> tuple[Leased, ...]:
    with read(shop.engine) as tx:  # asked often, and seldom so: without a lock
        waiting = waits(tx, shop.clock.now(), before)
    return _lease(shop, before) if waiting else ()


def _still_ours(shop: Workshop, deed: Leased) -> bool:
    now = shop.clock.now()
    if now - deed.leased_at < _FRESH:
        return True
    with write(shop.engine) as tx:
        return hold(tx, deed, now)


def _put_off(shop: Workshop, deed: Leased, error: Exception) -> None:
    with write(shop.engine) as tx:
        now = shop.clock.now()
        if hold(tx, deed, now):
            wait = timedelta(seconds=min(300, 2 ** min(deed.attempts, 9)))
            postpone(tx, deed.id, now + wait, type(error).__name__, doubt=True)
