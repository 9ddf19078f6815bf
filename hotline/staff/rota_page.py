"""The rota: who is on call in the next weeks, where nobody who can be reached is, and how the calendar is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, render_template
from sqlalchemy.orm import Session

from hotline.access.people import names
from hotline.alerts.rota.calendars import the_calendar, the_feed, unknown_names
from hotline.alerts.rota.gaps import coming_gaps
from hotline.alerts.rota.stored import stored_rota
from hotline.alerts.rota.tables import CalendarState
from hotline.db import read
from hotline.oncall import shifts
from hotline.staff.allowed import need
from hotline.staff.desk import StaffDesk, the_desk
from hotline.staff.words import words

rota_pages = Blueprint("rota", __name__)


@dataclass(frozen=True, slots=True)
class Span:
    """From, to, and the names of who is on call, or of who cannot be reached."""

    start: datetime
    end: datetime
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CalendarShown:
    """`age`: how long ago the feed was read, "" for never; `failing`: for how long it cannot be, "" while it can."""

    feed: bool
    age: str
    failing: str
    waits: bool
    unknown: tuple[str, ...]


@rota_pages.get("/rota")
def page() -> str:
    """The whole page."""
    need("rota")
    desk = the_desk()
    now = desk.clock.now()
    until = now + timedelta(days=desk.settings.deployment.rota.gap_days)
    with read(desk.engine) as tx:
        known, rota = names(tx, desk.house), stored_rota(tx)
        plan = [Span(one.start, one.end, _named(known, one.people)) for one in shifts(rota, now, until)]
        holes = [
            Span(one.start, one.end, _named(known, one.people))
            for one in coming_gaps(tx, desk.kit, rota, now)
        ]
        calendar = _calendar(tx, desk, now)
    return render_template("rota.html", plan=plan, gaps=holes, calendar=calendar)


def _named(known: Mapping[str, str], people: Iterable[str]) -> tuple[str, ...]:
    return tuple(known.get(one, "?") for one in people)


def _calendar(tx: Session, desk: StaffDesk, now: datetime) -> CalendarShown | None:
    good, waiting = the_calendar(tx, CalendarState.GOOD), the_calendar(tx, CalendarState.WAITING)
    feed = the_feed(tx)
    if good is None and waiting is None and feed is None:
        return None
    unknown = {name for one in (good, waiting) if one is not None for name in unknown_names(desk.house, one)}
    _ = words()
    return CalendarShown(
        feed=feed is not None,
        age=_.span(now - feed.good_at) if feed and feed.good_at else "",
        failing=_.span(now - feed.failing_since) if feed and feed.failing_since else "",
        waits=waiting is not None,
        unknown=tuple(sorted(unknown)),
    )
