"""The coordinator learns of gaps: of a near one at once, of a distant one by day, and again 24 h and 1 h before; of each once.

Worked example, near = 24 h: a gap on Friday at 08:00 that is seen on Monday at 22:00 is told on Tuesday at 08:00, on Thursday
at 08:00 and on Friday at 07:00. One that arises on Thursday at 23:00 is told within a minute, and on Friday at 07:00.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.alerts.phones import everyone
from hotline.alerts.rota.notices import RotaNotice, tell_coordinator
from hotline.alerts.rota.tables import RotaGap
from hotline.deployment import RotaTimes
from hotline.oncall import Gap, Rota, Why, gaps
from hotline.threads.kit import Kit

DAY_BEFORE, HOUR_BEFORE = timedelta(hours=24), timedelta(hours=1)


def coming_gaps(tx: Session, kit: Kit, rota: Rota, now: datetime) -> tuple[Gap, ...]:
    """The gaps from `now` on, as far as `hotline.toml` says."""
    until = now + timedelta(days=kit.settings.deployment.rota.gap_days)
    return gaps(rota, now, until, frozenset(everyone(tx)))


def watch_gaps(tx: Session, kit: Kit, rota: Rota, now: datetime) -> None:
    """Note the gaps as they are and tell the coordinator what is due of them, all in one text."""
    times = kit.settings.deployment.rota
    pairs = _noted(tx, kit, coming_gaps(tx, kit, rota, now), now)
    due = [(gap, row) for gap, row in pairs if _due(times, row, now, _by_day(kit, now))]
    if not due:
        return
    gap, row = due[0]
    more = {"more": str(len(due) - 1)} if len(due) > 1 else {}
    what = _words(gap, open_end=gap.end >= now + timedelta(days=times.gap_days))
    who = {"who": gap.people[0]} if gap.people else {}
    key = f"{row.id}:{_stage(row, now)}"
    if not tell_coordinator(tx, kit, what, now, key=key, start=row.start, end=gap.end, **who, **more):
        return  # nobody can be told now: looked at again
    for _, one in due:
        one.told_at = one.told_at or now
        one.day_told = one.day_told or one.start - now <= DAY_BEFORE
        one.hour_told = one.hour_told or one.start - now <= HOUR_BEFORE


def _words(gap: Gap, *, open_end: bool) -> RotaNotice:
    if gap.why is Why.NOBODY:
        return RotaNotice.GAP_ON if open_end else RotaNotice.GAP
    return RotaNotice.UNREACHABLE_ON if open_end else RotaNotice.UNREACHABLE


def _noted(tx: Session, kit: Kit, found: Sequence[Gap], now: datetime) -> list[tuple[Gap, RotaGap]]:
    """Each gap with its row: that of the gap it was at the last look, or a new one. Rows of gaps that are closed go, so
    that one which opens again is told again."""
    known = list(tx.scalars(select(RotaGap).order_by(RotaGap.start, RotaGap.id)))
    pairs = []
    for gap in found:
        row = next((one for one in known if one.start < gap.end and gap.start < one.end), None)
        if row is None:
            row = RotaGap(id=kit.ids.new(), start=gap.start, seen_at=now, day_told=False, hour_told=False)
            tx.add(row)
        else:
            known.remove(row)
            if gap.start > now:  # a gap that runs began when it began
                row.start = gap.start
        row.end, row.why = gap.end, gap.why
        pairs.append((gap, row))
    for row in known:
        tx.delete(row)
    tx.flush()
    return pairs


def _due(times: RotaTimes, row: RotaGap, now: datetime, by_day: bool) -> bool:
    ahead = row.start - now
    if row.told_at is None:
        return by_day or ahead <= timedelta(hours=times.near_gap_hours)
    if row.start <= now:
        return False
    return (not row.day_told and ahead <= DAY_BEFORE) or (not row.hour_told and ahead <= HOUR_BEFORE)


def _by_day(kit: Kit, now: datetime) -> bool:
    times = kit.settings.deployment.rota
    return times.told_from <= now.astimezone(kit.settings.deployment.zone).time() < times.told_until


def _stage(row: RotaGap, now: datetime) -> str:
    if row.told_at is None:
        return "new"
    return "hour" if row.start - now <= HOUR_BEFORE else "day"
