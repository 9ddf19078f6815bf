"""Reading the rota's calendar from its address. Whatever goes wrong there, who is on call stays as the last good copy says.

The address is a secret: it is opened for one request and told to nobody, in no log and no error.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urljoin, urlsplit

import requests
import structlog

from hotline.alerts.rota_feed import feed_failed, feed_read
from hotline.alerts.rota_intake import go_on, read_copy, take_copy
from hotline.alerts.rota_tables import RotaFeed
from hotline.carriers.http import Timeouts
from hotline.db import read, write
from hotline.now import Clock
from hotline.oncall.ics_bounds import MOST_BYTES, BrokenCalendar
from hotline.threads.outbox import Leased, finish
from worker.workshop import Workshop

log = structlog.get_logger("feed")
TIMEOUTS = Timeouts(connect=4, read=4)
LONGEST = timedelta(seconds=10)  # of the whole answer: a server that drips holds nobody up
MOST_REDIRECTS = 3
_CHUNK = 16_384


class Trouble(StrEnum):
    """Why an address gave no calendar."""

    UNREACHABLE = "unreachable"
    TIME_OUT = "time_out"
    STATUS = "status"
    REDIRECT = "redirect"
    TOO_LARGE = "too_large"


class NoCalendar(Exception):
    """The address gave nothing that could be read."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


def read_feed(shop: Workshop, deed: Leased) -> None:
    """Read it once. Done twice it reads the same again."""
    with read(shop.engine) as tx:
        feed = tx.get(RotaFeed, deed.payload["feed"])
        url = shop.reader.open(feed.id, feed.url_sealed).decode() if feed and feed.off_at is None else None
    data, error = None, ""
    if url is not None:
        try:
            data = fetch(url, shop.clock)
        except NoCalendar as problem:
            error = problem.trouble.value
    with write(shop.engine) as tx:
        now = shop.clock.now()
        feed = tx.get(RotaFeed, deed.payload["feed"])
        if feed is not None and feed.off_at is None:
            if data is not None:
                try:
                    seen = read_copy(tx, shop.kit, shop.house, data, now)
                    take_copy(tx, shop.kit, shop.house, data, seen, now, feed_id=feed.id)
                    feed_read(feed, now)
                except BrokenCalendar as broken:
                    error = broken.why.value
            if error:
                feed_failed(feed, error, now)
                log.warning("feed_not_read", feed=feed.id, error=error)
            go_on(tx, shop.kit, shop.house, shop.reader, now)
        finish(tx, deed.id, now)


def fetch(url: str, clock: Clock) -> bytes:
    """What stands at the address. Raises `NoCalendar`.

    Only http and https. A redirect is followed within the same host and scheme (or from http up to https there) and nowhere
    else: an address inside the own network is not reached by what a stranger's server says.
    """
    ends = clock.now() + LONGEST
    with requests.Session() as session:
        try:
            for _ in range(MOST_REDIRECTS + 1):
                answer = session.get(
                    url,
                    timeout=(TIMEOUTS.connect, TIMEOUTS.read),
                    allow_redirects=False,
                    stream=True,
                    headers={"Accept": "text/calendar", "User-Agent": "hotline"},
                )
                with answer:
                    if answer.is_redirect:
                        url = _next(url, answer.headers.get("Location", ""))
                        continue
                    if answer.status_code != 200:
                        raise NoCalendar(Trouble.STATUS)
                    return _body(answer, clock, ends)
        except requests.Timeout:
            raise NoCalendar(Trouble.TIME_OUT) from None
        except (requests.RequestException, ValueError):
            raise NoCalendar(Trouble.UNREACHABLE) from None
    raise NoCalendar(Trouble.REDIRECT)


def _next(url: str, location: str) -> str:
    target = urljoin(url, location)
    here, there = urlsplit(url), urlsplit(target)
    up = here.scheme == "http" and there.scheme == "https" and here.hostname == there.hostname
    if not location or not (up or (here.scheme, here.netloc) == (there.scheme, there.netloc)):
        raise NoCalendar(Trouble.REDIRECT)
    return target


def _body(answer: requests.Response, clock: Clock, ends: datetime) -> bytes:
    found = bytearray()
    for chunk in answer.iter_content(_CHUNK):
        found += chunk
        if len(found) > MOST_BYTES:
            raise NoCalendar(Trouble.TOO_LARGE)
        if clock.now() > ends:
            raise NoCalendar(Trouble.TIME_OUT)
    return bytes(found)
