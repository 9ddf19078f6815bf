"""A wall time on a calendar date as an instant, also on the days on which clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def instant(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The first instant (UTC) at which the clocks of `zone` show `wall` on `day`, or have passed over it.

    Worked example, clocks going from 00:00 to 01:00 (Cairo, Havana, Santiago): 00:30 does not exist that day and becomes
    01:00, the first instant after the gap. Where a wall time comes twice, the first one counts.
    """
    naive = datetime.combine(day, wall.replace(tzinfo=None, fold=0))
    at = naive.replace(tzinfo=zone).astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None, fold=0) == naive:
        return at
    # In a gap the offset before the change gives an instant after it, and the offset after it one before it.
    return _change_between(naive.replace(tzinfo=zone, fold=1).astimezone(UTC), at, zone)


def _change_between(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first whole second at which the zone's offset is that of `after`."""
    wanted = after.astimezone(zone).utcoffset()
    low, high = 0, int((after - before).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        if (before + timedelta(seconds=middle)).astimezone(zone).utcoffset() == wanted:
            high = middle
        else:
            low = middle
    return before + timedelta(seconds=high)
