"""The rota as `hotline rota` prints it: the forecast, the gaps in it, and how the calendar is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from hotline.access.people import names
from hotline.alerts.rota.calendars import the_calendar, the_feed, unknown_names
from hotline.alerts.rota.gaps import coming_gaps
from hotline.alerts.rota.stored import stored_rota
from hotline.alerts.rota.tables import CalendarState
from hotline.oncall import Why, shifts
from hotline.threads.kit import Kit
from hotline.vault.sealing import House


def shown(tx: Session, kit: Kit, house: House, now: datetime) -> Iterator[str]:
    """The lines, from now on. Names of staff, no numbers; no address of a feed."""
    known, stands = names(tx, house), stored_rota(tx)
    until = now + timedelta(days=kit.settings.deployment.rota.gap_days)
    for shift in shifts(stands, now, until):
        people = ", then ".join(known.get(one, "?") for one in shift.people) or "NOBODY"
        yield f"{at_home(kit, shift.start, now)} - {at_home(kit, shift.end, now)}\t{people}"
    for gap in coming_gaps(tx, kit, stands, now):
        who = ", ".join(known.get(one, "?") for one in gap.people)
        why = "nobody is on call" if gap.why is Why.NOBODY else f"no working phone: {who}"
        yield f"GAP {at_home(kit, gap.start, now)} - {at_home(kit, gap.end, now)}\t{why}"
    yield from _calendar(tx, kit, house, now)


def _calendar(tx: Session, kit: Kit, house: House, now: datetime) -> Iterator[str]:
    good, waiting, feed = (
        the_calendar(tx, CalendarState.GOOD),
        the_calendar(tx, CalendarState.WAITING),
        the_feed(tx),
    )
    if feed is not None:
        read = (
            f"read {at_home(kit, feed.good_at, now)}, {(now - feed.good_at) // timedelta(minutes=1)} minutes ago"
            if feed.good_at
            else "not read yet"
        )
        failing = (
            f"; failing since {at_home(kit, feed.failing_since, now)} ({feed.error})"
            if feed.failing_since
            else ""
        )
        yield f"calendar from a feed: {read}{failing}"
    elif good is not None:
        yield f"calendar from a file: imported {at_home(kit, good.set_at, now)}"
    if waiting is not None:
        yield "a new calendar waits, because it takes cover away or changes the time zone: hotline rota accept"
    for one in (good, waiting):
        for name, since in unknown_names(house, one).items() if one is not None else ():
            yield f"fits nobody on the staff, from {at_home(kit, since, now)}: {name}"


def at_home(kit: Kit, at: datetime, now: datetime) -> str:
    """ "08:00" today, "Mon 23 Nov 08:00" on other days, on the clocks of the country."""
    zone = kit.settings.deployment.zone
    local = at.astimezone(zone)
    return f"{local:%H:%M}" if local.date() == now.astimezone(zone).date() else f"{local:%a %d %b %H:%M}"
