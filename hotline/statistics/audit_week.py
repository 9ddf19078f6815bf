"""A week of the audit in counts, what of it is unusual, and who has looked at it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hotline.access.audit import Act, note
from hotline.access.audit_acts import Kind
from hotline.access.audit_tables import AuditRow
from hotline.now import Ids
from hotline.oncall import Rota, shifts

MANY_REVEALS = 10  # by one person in a week: more than the threads of a usual one
MANY_FAILED = 5  # wrong tries in a week, of all together
_KINDS = {kind.value: kind for kind in Kind}


class Unusual(StrEnum):
    """What a reviewer should ask about."""

    OUTSIDE = "outside"  # read while neither on call nor in office hours
    REVEALS = "reveals"
    EXPORTS = "exports"
    FAILED = "failed"  # wrong log-ins, by nobody known
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Sunday on the country's clocks. `name` is how a signature calls it: `2026-w47`."""

    monday: date
    start: datetime
    end: datetime

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def name(self) -> str:
        year, number, _ = self.monday.isocalendar()
        return f"{year}-w{number:02}"


@dataclass(frozen=True, slots=True)
class Review:
    """`counts`: who did how much of each kind, who did most first. `unusual`: what, by whom, how often. `signed`: by whom and
    when it was looked at."""

    week: Week
    counts: tuple[tuple[str, dict[Kind, int]], ...]
    unusual: tuple[tuple[Unusual, str, int], ...]
    signed: tuple[tuple[str, datetime], ...]


def last_week(now: datetime, zone: ZoneInfo) -> Week:
    """The last one that is over."""
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday() + 7)
    start = datetime.combine(monday, time(), zone)
    return Week(monday, start, datetime.combine(monday + timedelta(days=7), time(), zone))


def review(tx: Session, week: Week, rota: Rota, office_open: Callable[[datetime], bool]) -> Review:
    """Count the week. The rota is taken as it stands now; `office_open` says whether the office is at an instant."""
    within = (AuditRow.at >= week.start, AuditRow.at < week.end)
    acts: Counter[tuple[str, str]] = Counter()
    for by, act, number in tx.execute(
        select(AuditRow.by, AuditRow.act, func.count()).where(*within).group_by(AuditRow.by, AuditRow.act)
    ):
        acts[by, act] += number
    counts: dict[str, dict[Kind, int]] = {}
    for (by, act), number in acts.items():
        kind = _KINDS.get(act.partition(".")[0])
        if kind is not None:  # what is no act of ours `hotline audit verify` finds
            kinds = counts.setdefault(by, {})
            kinds[kind] = kinds.get(kind, 0) + number
    return Review(
        week,
        tuple(sorted(counts.items(), key=lambda one: (-sum(one[1].values()), one[0]))),
        (*_outside(tx, week, rota, office_open), *_many(acts, counts)),
        signatures(tx, week),
    )


def _outside(
    tx: Session, week: Week, rota: Rota, office_open: Callable[[datetime], bool]
) -> list[tuple[Unusual, str, int]]:
    """Who read while neither they were on call nor the office open."""
    spans = shifts(rota, week.start, week.end)
    found: Counter[str] = Counter()
    rows = tx.execute(
        select(AuditRow.by, AuditRow.at).where(
            AuditRow.at >= week.start, AuditRow.at < week.end, AuditRow.act.startswith(f"{Kind.READ}.")
        )
    )
    for by, at in rows:
        on_call = any(span.start <= at < span.end and by in span.people for span in spans)
        if ":" not in by and not on_call and not office_open(at):
            found[by] += 1
    return [(Unusual.OUTSIDE, by, number) for by, number in sorted(found.items())]


def _many(
    acts: Counter[tuple[str, str]], counts: dict[str, dict[Kind, int]]
) -> list[tuple[Unusual, str, int]]:
    found = []
    for by, kinds in sorted(counts.items()):
        if kinds.get(Kind.REVEAL, 0) > MANY_REVEALS:
            found.append((Unusual.REVEALS, by, kinds[Kind.REVEAL]))
        if kinds.get(Kind.EXPORT):
            found.append((Unusual.EXPORTS, by, kinds[Kind.EXPORT]))
    failed = sum(number for (_, act), number in acts.items() if act in (Act.LOGIN_FAILED, Act.PIN_WRONG))
    locked = sum(number for (_, act), number in acts.items() if act in (Act.LOGIN_LOCKED, Act.PIN_LOCKED))
    if failed >= MANY_FAILED:
        found.append((Unusual.FAILED, "", failed))
    if locked:
        found.append((Unusual.LOCKED, "", locked))
    return found


def signatures(tx: Session, week: Week) -> tuple[tuple[str, datetime], ...]:
    """Who has looked at the week, and when, oldest first."""
    rows = tx.execute(
        select(AuditRow.by, AuditRow.at)
        .where(
            AuditRow.at >= week.end,
            AuditRow.act == Act.AUDIT_REVIEWED.value,
            AuditRow.detail == f"week.{week.name}",
        )
        .order_by(AuditRow.seq)
    )
    return tuple((by, at) for by, at in rows)


def sign(tx: Session, ids: Ids, week: Week, staff_id: str, now: datetime) -> bool:
    """`staff_id` has looked at the week: kept in the audit itself. False when they had already."""
    if any(by == staff_id for by, _ in signatures(tx, week)):
        return False
    note(tx, ids, Act.AUDIT_REVIEWED, now, by=staff_id, detail=f"week.{week.name}")
    return True
