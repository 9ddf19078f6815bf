"""One round of keeping: what the clock process does about it, beside its own loop, each thing in a small transaction of its own.

A page never waits for it: a transaction holds the database for milliseconds, a round does so many things at most, and what
is left is done in the next one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from hotline.db import read, write
from hotline.retention.anonymity import forget_link, to_forget
from hotline.retention.carrier_copies import collect
from hotline.retention.closing import close_quiet, quiet_threads
from hotline.retention.leavings import clear_leavings
from hotline.retention.purging import Mark, closed_threads, ending, purge
from hotline.retention.reviews import expired, let_end, open_reviews, tell_due
from hotline.retention.unread import tell_unread
from hotline.threads.kit import Kit
from hotline.threads.outbox import DeedKind, Priority, order

log = structlog.get_logger("retention")
JOB = "job:retention"
AT_ONCE = 50
"""How many things of a kind are done in one round."""
_LOOKED_AT = 200  # closed threads in one round
_PAUSE = timedelta(hours=1)  # after a look through all rows that found nothing more


class Keeper:
    """Goes round; remembers how far its walk through the closed threads has come, and what rests."""

    def __init__(self, engine: Engine, kit: Kit) -> None:
        self._engine, self._kit = engine, kit
        self._mark: Mark | None = None
        self._rests: dict[str, datetime] = {}

    def look(self, now: datetime) -> None:
        """Go round once. A part that fails does not stop the others; raises OperationalError when the database is away."""
        for part in self._parts():
            try:
                part(now)
            except OperationalError:
                raise
            except Exception as error:  # whatever is wrong with one thread, the next is kept as promised
                log.error("retention_failed", part=part.__name__, error=type(error).__name__)

    def _parts(self) -> tuple[Callable[[datetime], None], ...]:
        return (self.close, self.forget, self.collect, self.tell, self.suspects, self.walk, self.leavings)

    def close(self, now: datetime) -> None:
        """Quiet threads are closed."""
        with read(self._engine) as tx:
            found = quiet_threads(tx, self._kit, now, AT_ONCE)
        for thread_id in found:
            with write(self._engine) as tx:
                close_quiet(tx, self._kit, thread_id, now)

    def forget(self, now: datetime) -> None:
        """Who stays unnamed is forgotten."""
        with read(self._engine) as tx:
            found = to_forget(tx, AT_ONCE)
        for thread_id in found:
            with write(self._engine) as tx:
                forget_link(tx, self._kit, thread_id, now)

    def collect(self, now: datetime) -> None:
        """What is old enough at the carriers is to go; once a day they are asked what they still hold."""
        with write(self._engine) as tx:
            collect(tx, self._kit, now, AT_ONCE)
            day = now.astimezone(self._kit.settings.deployment.zone).date()
            order(
                tx, self._kit.ids, DeedKind.RECONCILE, f"reconcile:{day}", {}, now, priority=Priority.CLEARING
            )

    def tell(self, now: datetime) -> None:
        """What nobody has read, and which reviews are due."""
        with write(self._engine) as tx:
            tell_unread(tx, self._kit, now)
            tell_due(tx, self._kit, now)

    def suspects(self, now: datetime) -> None:
        """What is known of suspects gets its dates, and goes when they are over."""
        if self._rests_until("suspects", now):
            return
        with write(self._engine) as tx:
            opened = open_reviews(tx, self._kit, AT_ONCE)
        with read(self._engine) as tx:
            over = expired(tx, now, AT_ONCE)
        for record_id in over:
            with write(self._engine) as tx:
                let_end(tx, self._kit, record_id, now, by=JOB)
        if not opened and not over:
            self._rest("suspects", now)

    def walk(self, now: datetime) -> None:
        """Some of the closed threads are looked at, from the oldest; at the end of the walk there is an hour's rest."""
        if self._rests_until("walk", now):
            return
        days = self._kit.settings.deployment.retention
        with read(self._engine) as tx:
            threads = closed_threads(tx, days, now, self._mark, _LOOKED_AT)
            over = [one.id for one in threads if ending(tx, days, one, now).words]
        for thread_id in over[:AT_ONCE]:
            with write(self._engine) as tx:
                purge(tx, self._kit, thread_id, now, by=JOB)
        if len(over) > AT_ONCE:
            return  # the same piece again
        last = threads[-1] if len(threads) == _LOOKED_AT else None
        if last is not None and last.closed_at is not None:
            self._mark = Mark(last.closed_at, last.id)
        else:
            self._mark = None
            self._rest("walk", now)

    def leavings(self, now: datetime) -> None:
        """What belongs to no thread."""
        if self._rests_until("leavings", now):
            return
        with write(self._engine) as tx:
            cleared = clear_leavings(tx, self._kit, now, AT_ONCE)
        if not cleared:
            self._rest("leavings", now)

    def _rests_until(self, part: str, now: datetime) -> bool:
        return part in self._rests and now < self._rests[part]

    def _rest(self, part: str, now: datetime) -> None:
        """Nothing is left to do of it: looking through all rows again each quarter of a minute would only cost."""
        self._rests[part] = now + _PAUSE
