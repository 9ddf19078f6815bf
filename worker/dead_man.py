"""The ping that says from inside "all is well": it stops when anything here stops, and somebody outside is told.

Watched from inside, a house that is down cannot say so. An outside service that expects a request every minute can: it
raises the alarm when none comes. So it is asked only after a full cycle of worker and clock (as `/readyz`), and nothing
that happens to the request may reach the house. The address is a secret and appears in no log.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import requests
import structlog
from sqlalchemy.exc import SQLAlchemyError

from hotline.access.audit_heads import HeadFile
from hotline.carriers.http import is_loopback
from hotline.carriers.twilio_http import silence_loggers
from hotline.db import read
from hotline.threads.heartbeats import late
from worker.workshop import Workshop

log = structlog.get_logger("dead_man")
EVERY = timedelta(seconds=60)
TIMEOUTS = (3.0, 5.0)  # seconds to connect, and to the answer's first byte


class DeadMan:
    """Asks the outside watcher. One for each clock process; two of them are harmless."""

    def __init__(self, shop: Workshop, url: str) -> None:
        silence_loggers()
        self._shop, self._url = shop, url
        self._asked_at: datetime | None = None
        self._told_at: datetime | None = None
        self._heads, self._head_told = HeadFile(shop.settings.data_dir), ""
        self._session = requests.Session()
        # A proxy of the environment must not swallow what goes to the own machine.
        self._session.trust_env = not is_loopback(url)

    def look(self) -> bool:
        """Ping when a minute is over and all is well; whether it was done and answered. Raises nothing."""
        now = self._shop.clock.now()
        if self._asked_at is not None and now - self._asked_at < EVERY:
            return False
        try:
            with read(self._shop.engine) as tx:
                behind = late(tx, now)
        except SQLAlchemyError as error:
            log.error("no_ping", reason="database_away", error=type(error).__name__)
            return False
        if behind:
            if self._told_at is None or now - self._told_at >= EVERY:
                self._told_at = now
                log.error("no_ping", reason="late", late="-".join(behind))
            return False
        self._asked_at = now
        return self._with_head() or self._ask(self._url)

    def _with_head(self) -> bool:
        """A new head of the audit goes out as the body of a ping, which such services keep; whether it was taken. Who takes no
        body gets the usual ping, and the head is offered with the next one that bears another."""
        head = self._heads.newest()
        if head is None or head.hash == self._head_told:
            return False
        self._head_told = head.hash
        return self._ask(self._url, f"audit {head.seq} {head.hash}")

    def fail(self) -> bool:
        """Say that something is wrong: the same address with `/fail`, as such services take it. Raises nothing."""
        path, mark, query = self._url.partition("?")
        return self._ask(f"{path}/fail{mark}{query}")

    def _ask(self, url: str, body: str = "") -> bool:
        method = "POST" if body else "GET"
        try:
            # Not read: whatever the answer holds, and however slowly it drips, is nobody's business here.
            with self._session.request(
                method, url, data=body or None, timeout=TIMEOUTS, allow_redirects=False, stream=True
            ) as answer:
                well = answer.status_code < 400
            if not well:
                log.warning("watcher_refuses", status=answer.status_code)
        except (requests.RequestException, OSError, ValueError) as error:
            log.warning("watcher_away", error=type(error).__name__)
            return False
        return well


def look_beside(
    name: str, look: Callable[[], object], stop: threading.Event, every: float
) -> threading.Thread:
    """Look once in `every` seconds, in a thread beside the clock, until told to stop: what is slow delays nobody's page."""

    def looking() -> None:
        while not stop.wait(every):
            try:
                look()
            except Exception as error:  # the trouble of who watches is never the house's
                log.error("watching_failed", what=name, error=type(error).__name__)

    thread = threading.Thread(target=looking, name=name, daemon=True)
    thread.start()
    return thread
