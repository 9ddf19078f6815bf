"""One round of keeping: what the clock process does about it, beside its own loop, each thing in a small transaction of its own.

A page never waits for it: a transaction holds the database for milliseconds, a round does so many things at most, and what
is left is done in the next one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from hotline.db import read, write
from hotline.retention.anonymity import forget_link, to_forget
from hotline.retention.carrier_copies import collect
from hotline.retention.closing import close_quiet, quiet_threads
from hotline.retention.shredding import Shredder
from hotline.threads.kit import Kit
from hotline.threads.outbox import DeedKind, Priority, order

log = structlog.get_logger("retention")
AT_ONCE = 50
"""How many things of a kind are done in one round."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """What a round needs."""

    engine: Engine
    kit: Kit
    shredder: Shredder

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
        return (self.close, self.forget, self.collect)

    def close(self, now: datetime) -> None:
        """Quiet threads are closed."""
        with read(self.engine) as tx:
            found = quiet_threads(tx, self.kit, now, AT_ONCE)
        for thread_id in found:
            with write(self.engine) as tx:
                close_quiet(tx, self.kit, thread_id, now)

    def forget(self, now: datetime) -> None:
        """Who stays unnamed is forgotten."""
        with read(self.engine) as tx:
            found = to_forget(tx, AT_ONCE)
        for thread_id in found:
            with write(self.engine) as tx:
                gone = forget_link(tx, self.kit, thread_id, now)
            if gone is not None:
                self.shredder.destroy(gone)

    def collect(self, now: datetime) -> None:
        """What is old enough at the carriers is to go; once a day they are asked what they still hold."""
        with write(self.engine) as tx:
            collect(tx, self.kit, now, AT_ONCE)
            day = now.astimezone(self.kit.settings.deployment.zone).date()
            order(
                tx, self.kit.ids, DeedKind.RECONCILE, f"reconcile:{day}", {}, now, priority=Priority.CLEARING
            )
