"""How much is given to a carrier ahead of what it can send: little, so that the first page of an emergency overtakes the rest.

A number sends one segment and dials one call a second (`Line.segments_per_second`, `calls_per_second`); what it is given beyond
waits at the carrier in the order in which it came, and no page can overtake it there. So it waits with us, where the priority
of a deed counts. Only first pages never wait. In the database, so that every worker knows it.

Worked example: thirty people are told by text who took an emergency. Three texts go at once and then one a second; the page of
another emergency that comes meanwhile leaves at once, with three seconds of work before it at the carrier, not thirty.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from hotline.db import lock_name
from hotline.threads.tables import LinePace

AHEAD = timedelta(seconds=3)


class Way(StrEnum):
    """What is paced by itself."""

    TEXT = "texts_until"
    CALL = "calls_until"


def take_room(
    tx: Session, line: str, way: Way, cost: timedelta, now: datetime, *, first: bool
) -> datetime | None:
    """Take room at the carrier for what takes it `cost`. None: taken, give it to the carrier now. Else when there may be room,
    and none is taken. A `first` page always gets it."""
    lock_name(tx, f"pace of {line}")
    row = tx.get(LinePace, line, populate_existing=True)
    if row is None:
        row = LinePace(line=line)
        tx.add(row)
    busy_until: datetime = max(getattr(row, way) or now, now)
    if not first and busy_until - now >= AHEAD:
        return busy_until - AHEAD + timedelta(milliseconds=1)
    setattr(row, way, busy_until + cost)
    tx.flush()
    return None
