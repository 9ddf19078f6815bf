"""Reading the rota's calendar from its address. Whatever goes wrong there, who is on call stays as the last good copy says.

The address is a secret: it is opened for one request and told to nobody, in no log and no error.
"""

from __future__ import annotations

import threading
from datetime import timedelta
from enum import StrEnum
from queue import Empty, SimpleQueue
from urllib.parse import urljoin, urlsplit

import requests
import structlog

from hotline.access.audit import Act, note
from hotline.alerts.rota.feed import feed_failed, feed_read
from hotline.alerts.rota.intake import active_names, go_on, old_copy, read_copy, take_copy
from hotline.alerts.rota.stored import stored_rota
from hotline.alerts.rota.tables import RotaFeed
from hotline.carriers.http import Timeouts
from hotline.db import read, write
from hotline.oncall.ics_bounds import MOST_BYTES, BrokenCalendar
from hotline.threads.outbox import Leased, finish, hold
from worker.workshop import Workshop

log = structlog.get_logger("feed")
TIMEOUTS = Timeouts(connect=4, read=4)
LONGEST = timedelta(seconds=10)  # for the whole answer
MOST_REDIRECTS = 3
_CHUNK = 16_384
_hanging: list[threading.Thread] = []


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
        url = (
            shop.reader.open_own(feed.id, feed.url_sealed).decode() if feed and feed.off_at is None else None
        )
        people = active_names(tx, shop.house)
        old = old_copy(tx, shop.reader, shop.clock.now())
    data, seen, error = None, None, ""
    if url is not None:
        try:
            data = fetch(url)
            seen = read_copy(shop.kit, people, data, shop.clock.now())
        except NoCalendar as problem:
            error = problem.trouble.value
        except BrokenCalendar as broken:
            error = broken.why.value
    # The last good copy was read before, so that it can be again; if ever not, it stays as it is.
    further = read_copy(shop.kit, people, old.data, shop.clock.now()) if old and error else None
    with write(shop.engine) as tx:
        now = shop.clock.now()
        if not hold(tx, deed, now):
            return
        feed = tx.get(RotaFeed, deed.payload["feed"])
        if feed is not None and feed.off_at is None:
            if data is not None and seen is not None:
                before = stored_rota(tx).calendar
                taken = take_copy(tx, shop.kit, shop.house, data, seen, now, feed_id=feed.id)
                if taken.lacks or stored_rota(tx).calendar != before:
                    detail = "waits" if taken.lacks else "calendar"
                    note(tx, shop.kit.ids, Act.ROTA, now, by="job:feed", about=feed.id, detail=detail)
                feed_read(feed, now)
            elif error:
                feed_failed(feed, error, now)
                log.warning("feed_not_read", feed=feed.id, error=error)
            if old and further:
                go_on(tx, old, further, now)
        finish(tx, deed.id, now)


def fetch(url: str) -> bytes:
    """What stands at the address. Raises `NoCalendar`.

    Only http and https. A redirect is followed within the same host and scheme (or from http up to https there) and nowhere
    else: an address inside the own network is not reached by what a stranger's server says.

    The request has a thread of its own, and after `LONGEST` nobody waits for it any more: a server that drips byte by byte
    meets no time-out of the connection, and must not hold up a page. While such a request hangs, no other one begins.
    """
    if any(thread.is_alive() for thread in _hanging):
        raise NoCalendar(Trouble.TIME_OUT)
    _hanging.clear()
    came: SimpleQueue[bytes | NoCalendar] = SimpleQueue()
    thread = threading.Thread(target=_ask, args=(url, came), name="feed", daemon=True)
    thread.start()
    try:
        found = came.get(timeout=LONGEST.total_seconds())
    except Empty:
        _hanging.append(thread)
        raise NoCalendar(Trouble.TIME_OUT) from None
    if isinstance(found, NoCalendar):
        raise found
    return found


def _ask(url: str, came: SimpleQueue[bytes | NoCalendar]) -> None:
    try:
        came.put(_request(url))
    except NoCalendar as problem:
        came.put(problem)
    except requests.Timeout:
        came.put(NoCalendar(Trouble.TIME_OUT))
    except (
        Exception
    ):  # whatever a stranger's server makes of the library; the words of it may name the address
        came.put(NoCalendar(Trouble.UNREACHABLE))


def _request(url: str) -> bytes:
    with requests.Session() as session:
        for _ in range(MOST_REDIRECTS + 1):
            with session.get(
                url,
                timeout=(TIMEOUTS.connect, TIMEOUTS.read),
                allow_redirects=False,
                stream=True,
                headers={"Accept": "text/calendar", "User-Agent": "hotline"},
            ) as answer:
                if answer.is_redirect:
                    url = _next(url, answer.headers.get("Location", ""))
                    continue
                if answer.status_code != 200:
                    raise NoCalendar(Trouble.STATUS)
                return _body(answer)
    raise NoCalendar(Trouble.REDIRECT)


def _next(url: str, location: str) -> str:
    target = urljoin(url, location)
    here, there = urlsplit(url), urlsplit(target)
    up = here.scheme == "http" and there.scheme == "https" and here.hostname == there.hostname
    if not location or not (up or (here.scheme, here.netloc) == (there.scheme, there.netloc)):
        raise NoCalendar(Trouble.REDIRECT)
    return target


def _body(answer: requests.Response) -> bytes:
    found = bytearray()
    for chunk in answer.iter_content(_CHUNK):
        found += chunk
        if len(found) > MOST_BYTES:
            raise NoCalendar(Trouble.TOO_LARGE)
    return bytes(found)
