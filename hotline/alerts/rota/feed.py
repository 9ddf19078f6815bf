"""How the rota's feed goes: when it was last read, and since when it cannot be."""

from __future__ import annotations

from datetime import datetime

from hotline.alerts.rota.tables import RotaFeed


def feed_read(feed: RotaFeed, now: datetime) -> None:
    """It was read; what it was told of before is over."""
    feed.good_at, feed.failing_since, feed.error, feed.stale_told = now, None, "", False


def feed_failed(feed: RotaFeed, error: str, now: datetime) -> None:
    """It was not read; `error` is a code."""
    feed.error = error[:20]
    feed.failing_since = feed.failing_since or now
