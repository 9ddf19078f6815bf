"""Waiting for room at the carrier before something is given to it (`hotline.threads.line_pace`)."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.db import write
from hotline.threads.line_pace import Way, take_room
from hotline.threads.outbox import Leased, Priority, put_back
from hotline.wording.segments import size
from worker.workshop import Workshop


class NoRoomYet(Exception):
    """The carrier has enough to do for now; the deed is due again at `until`."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__("no room at the carrier yet")


def room_for_text(shop: Workshop, deed: Leased, line: str, text: str) -> None:
    """Take room for a text. Raises `NoRoomYet`."""
    seconds = size(text).segments / shop.carriers[line].line.segments_per_second
    _take(shop, deed, line, Way.TEXT, seconds)


def room_for_call(shop: Workshop, deed: Leased, line: str) -> None:
    """Take room for a call. Raises `NoRoomYet`."""
    _take(shop, deed, line, Way.CALL, 1 / shop.carriers[line].line.calls_per_second)


def wait_for_room(shop: Workshop, deed: Leased, error: NoRoomYet) -> None:
    """Put the deed back until there may be room."""
    with write(shop.engine) as tx:
        put_back(tx, deed, error.until, shop.clock.now())


def _take(shop: Workshop, deed: Leased, line: str, way: Way, seconds: float) -> None:
    first = deed.priority == Priority.FIRST_PAGE
    with write(shop.engine) as tx:
        until = take_room(tx, line, way, timedelta(seconds=seconds), shop.clock.now(), first=first)
    if until is not None:
        raise NoRoomYet(until)
