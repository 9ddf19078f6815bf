"""Which of our lines to speak by while a carrier is in trouble. In the database, so that every worker knows it.

Worked example, two lines, trouble for 60 s: the first one fails at 0:00 and at each try after it; at 1:00 the second one takes
over. Three minutes after the last failure the first one is tried again; it fails, and the second one goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from hotline.threads.tables import LineTrouble

TRIED_AGAIN = timedelta(minutes=3)
_DOWN = timedelta(days=1)  # longer than anybody's patience


def failed(tx: Session, line: str, now: datetime, *, down: bool = False) -> None:
    """The carrier of `line` failed. `down`: it said that it will not work until somebody acts (account, permission)."""
    row = tx.get(LineTrouble, line)
    if row is None:
        row = LineTrouble(line=line, since=now, last_at=now)
        tx.add(row)
    row.last_at = now
    if down:
        row.since = min(row.since, now - _DOWN)
    tx.flush()


def worked(tx: Session, line: str) -> None:
    """The carrier of `line` took something."""
    tx.execute(delete(LineTrouble).where(LineTrouble.line == line))


def is_well(tx: Session, line: str, now: datetime, patience: timedelta) -> bool:
    """Whether nothing speaks against using `line` now."""
    trouble = tx.get(LineTrouble, line)
    return trouble is None or now - trouble.since < patience


def line_for(tx: Session, lines: Sequence[str], now: datetime, patience: timedelta) -> str:
    """Which of `lines` (the preferred one first, at least one) to use now: the first one that is well, or in trouble for less
    than `patience`, or was not tried for a while; else the one that failed longest ago."""
    troubles = {line: tx.get(LineTrouble, line) for line in lines}
    for line, trouble in troubles.items():
        if trouble is None or now - trouble.since < patience or now - trouble.last_at >= TRIED_AGAIN:
            return line
    return min(lines, key=lambda line: row.last_at if (row := troubles[line]) else now)
