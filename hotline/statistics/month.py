"""How a month on call went: counts and times from the logs of the alerts. No person, no number, no word of anybody.

An alert belongs to the month in which it was opened, on the clocks of the country. Paged is when the carrier had accepted the first text
or call; taken is the first take, also when it opened again later; the outcome is the last word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from hotline.alerts.log import Happened
from hotline.alerts.phones import everyone
from hotline.alerts.rota.stored import stored_rota
from hotline.alerts.tables import Alert, AlertEvent, Page, RotationRow
from hotline.oncall.gaps import gaps
from hotline.statistics.spread import Spread, spread
from hotline.threads.tables import Direction, Message, MessageStatus
from hotline.watch.drills import answers
from hotline.watch.tables import Drill, Probe


@dataclass(frozen=True, slots=True)
class Times:
    """So many alerts, and from the opening of each: until the carrier took the first page, until a human took it, until the outcome."""

    alerts: int
    page: Spread
    take: Spread
    outcome: Spread


@dataclass(frozen=True, slots=True)
class Practice:
    """One drill: when it began, how many were paged, and how fast those answered who did."""

    at: datetime
    people: int
    answered: Spread


@dataclass(frozen=True, slots=True)
class Month:
    """One month, up to `until`. `hours` by the hour of the day (0 to 23, the country's clocks) in which alerts were opened.
    `happened` counts what went wrong, by name. `uncovered` is the time without anybody reachable on call, by the rota as it
    stands now."""

    since: datetime
    until: datetime
    grades: Mapping[str, Times]
    hours: Mapping[int, Times]
    happened: Mapping[str, int]
    gaps: int
    uncovered: timedelta
    drills: tuple[Practice, ...]
    probes: int
    probes_lost: int


@dataclass(frozen=True, slots=True)
class _Course:
    """What is counted of one alert."""

    grade: str
    opened: datetime
    paged: datetime | None
    taken: datetime | None
    closed: datetime | None


def month_bounds(year: int, month: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Midnight of the first day and of the next month's first, on the clocks of `zone`. Raises ValueError."""
    following = (year + 1, 1) if month == 12 else (year, month + 1)
    return datetime(year, month, 1, tzinfo=zone), datetime(*following, 1, tzinfo=zone)


def month_report(tx: Session, since: datetime, until: datetime, now: datetime, zone: ZoneInfo) -> Month:
    """The month from `since` to `until` (not in it); of a running month what there is by `now`."""
    until = min(until, now)
    courses = _courses(tx, since, until)
    hours = {course.opened.astimezone(zone).hour for course in courses}
    holes = _holes(tx, since, until)
    probes = select(func.count()).select_from(Probe).where(Probe.begun_at >= since, Probe.begun_at < until)
    return Month(
        since,
        until,
        {grade: _times(one for one in courses if one.grade == grade) for grade in sorted({one.grade for one in courses})},
        {
            hour: _times(one for one in courses if one.opened.astimezone(zone).hour == hour)
            for hour in sorted(hours)
        },
        _happened(tx, since, until),
        len(holes),
        sum(holes, timedelta()),
        _drills(tx, since, until),
        tx.scalar(probes) or 0,
        tx.scalar(probes.where(Probe.alarmed_at.is_not(None) | (Probe.status == "late"))) or 0,
    )  # fmt: skip


def _courses(tx: Session, since: datetime, until: datetime) -> list[_Course]:
    mine = (Alert.opened_at >= since, Alert.opened_at < until)
    first = _first_events(tx, mine)
    sent = (
        select(Page.alert_id, func.min(Message.sent_at))
        .join(Message, Message.page_id == Page.id)
        .join(Alert, Alert.id == Page.alert_id)
        .where(*mine, Message.sent_at.is_not(None))
        .group_by(Page.alert_id)
    )
    texted: dict[str, datetime | None] = {row[0]: row[1] for row in tx.execute(sent)}
    found = []
    for alert in tx.scalars(select(Alert).where(*mine).order_by(Alert.opened_at, Alert.id)):
        reached = [
            at for at in (texted.get(alert.id), first.get((alert.id, Happened.RINGING))) if at is not None
        ]
        taken = first.get((alert.id, Happened.TAKEN))
        found.append(
            _Course(alert.grade, alert.opened_at, min(reached, default=None), taken, alert.closed_at)
        )
    return found


def _first_events(tx: Session, mine: Iterable[ColumnElement[bool]]) -> dict[tuple[str, str], datetime]:
    """When each alert was first rung for and first taken."""
    query = (
        select(AlertEvent.alert_id, AlertEvent.kind, func.min(AlertEvent.at))
        .join(Alert, Alert.id == AlertEvent.alert_id)
        .where(*mine, AlertEvent.kind.in_((Happened.RINGING, Happened.TAKEN)))
        .group_by(AlertEvent.alert_id, AlertEvent.kind)
    )
    return {(alert_id, kind): at for alert_id, kind, at in tx.execute(query) if at is not None}


def _times(courses: Iterable[_Course]) -> Times:
    known = list(courses)
    return Times(
        len(known),
        spread(one.paged - one.opened for one in known if one.paged),
        spread(one.taken - one.opened for one in known if one.taken),
        spread(one.closed - one.opened for one in known if one.closed),
    )


def _happened(tx: Session, since: datetime, until: datetime) -> dict[str, int]:
    """What went wrong, by what it is called in the log of the alerts, and texts that did not arrive."""
    told = select(AlertEvent.kind, AlertEvent.detail, func.count()).where(
        AlertEvent.at >= since,
        AlertEvent.at < until,
        AlertEvent.kind.in_(
            (Happened.REOPENED, Happened.EMPTY, Happened.NOBODY, Happened.TEXT_FAILED, Happened.RING_ENDED)
        ),
    )
    counts: Counter[str] = Counter()
    for kind, detail, count in tx.execute(told.group_by(AlertEvent.kind, AlertEvent.detail)):
        if kind != Happened.RING_ENDED:
            counts[str(kind)] += count
        elif detail != "completed":
            counts[f"call_{detail}"] += count
    failed = (
        select(Message.staff_id.is_not(None), func.count())
        .where(
            Message.at >= since,
            Message.at < until,
            Message.direction == Direction.OUT,
            Message.status.in_((MessageStatus.FAILED, MessageStatus.UNDELIVERED)),
        )
        .group_by(Message.staff_id.is_not(None))
    )
    for to_staff, count in tx.execute(failed):
        counts["texts_to_staff_failed" if to_staff else "texts_to_people_failed"] += count
    return dict(sorted(counts.items()))


def _holes(tx: Session, since: datetime, until: datetime) -> list[timedelta]:
    """The gaps in cover since there is a rota at all."""
    first = tx.scalar(select(func.min(RotationRow.set_at)))
    begin = max(since, first) if first is not None else since
    if begin >= until:
        return []
    return [gap.end - gap.start for gap in gaps(stored_rota(tx), begin, until, everyone(tx))]


def _drills(tx: Session, since: datetime, until: datetime) -> tuple[Practice, ...]:
    drills = select(Drill).where(Drill.begun_at >= since, Drill.begun_at < until).order_by(Drill.begun_at)
    found = []
    for drill in tx.scalars(drills).all():
        people = answers(tx, drill)
        found.append(
            Practice(
                drill.begun_at, len(people), spread(one.after for one in people if one.after is not None)
            )
        )
    return tuple(found)
