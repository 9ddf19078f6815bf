"""Heartbeats of worker and clock: a full cycle was finished (`/readyz`)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.threads.tables import Heartbeat

FRESH = timedelta(seconds=60)
PROCESSES = ("worker", "clock")


def beat(tx: Session, name: str, now: datetime) -> None:
    """Note that `name` ("worker" or "clock") finished a full cycle."""
    heartbeat = tx.get(Heartbeat, name)
    if heartbeat is None:
        tx.add(Heartbeat(name=name, at=now))
    else:
        heartbeat.at = now
    tx.flush()


def late(tx: Session, now: datetime) -> list[str]:
    """Which of worker and clock did not finish a full cycle within a minute; [] when all is well."""
    beats = {one.name: one.at for one in tx.scalars(select(Heartbeat))}
    return [name for name in PROCESSES if name not in beats or now - beats[name] > FRESH]
