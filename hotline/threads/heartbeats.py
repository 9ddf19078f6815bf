"""Heartbeats of worker and clock: a full cycle was finished (`/readyz`)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from hotline.threads.tables import Heartbeat


def beat(tx: Session, name: str, now: datetime) -> None:
    """Note that `name` ("worker" or "clock") finished a full cycle."""
    heartbeat = tx.get(Heartbeat, name)
    if heartbeat is None:
        tx.add(Heartbeat(name=name, at=now))
    else:
        heartbeat.at = now
    tx.flush()
