"""`hotline report`: how a month on call went, in counts and times alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import click

from hotline.commands.house import means
from hotline.db import read
from hotline.statistics.month import Month, Times, month_bounds, month_report
from hotline.statistics.spread import Spread

NAMES = {
    "reopened": "alerts that opened again",
    "empty": "steps at which nobody could be reached",
    "nobody": "steps at which nobody at all could be reached",
    "text_failed": "pages whose text failed or did not leave in time",
    "texts_to_staff_failed": "texts to staff that did not arrive",
    "texts_to_people_failed": "texts to people that did not arrive",
}


@click.command()
@click.option("--month", required=True, help="Like 2026-10.")
@click.option("--json", "as_json", is_flag=True, help="The same as JSON; times in seconds.")
def report(month: str, as_json: bool) -> None:
    """Tell how a month on call went: time to page, to take and to the outcome (median and 95th percentile), by hour of the
    day; gaps in cover, failed deliveries, drills. Counts only: no person is in it."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise click.BadParameter("write the month like 2026-10")
    house = means()
    zone = house.settings.deployment.zone
    since, until = month_bounds(int(month[:4]), int(month[5:]), zone)
    now = house.clock.now()
    if since > now:
        raise click.BadParameter("that month is still to come")
    with read(house.engine) as tx:
        found = month_report(tx, since, until, now, zone)
    click.echo(
        json.dumps(_as_json(month, found), indent=2) if as_json else "\n".join(_lines(month, found, zone))
    )


def _lines(month: str, found: Month, zone: ZoneInfo) -> Iterator[str]:
    running = found.until.astimezone(zone)
    yield f"{month} on the clocks of {zone.key}, up to {running:%Y-%m-%d %H:%M}"
    yield ""
    if not found.grades:
        yield "no alerts"
    else:
        yield f"{'':<10}{'alerts':>7}  {'to page':^16}  {'to take':^16}  {'to outcome':^16}"
        yield f"{'':<10}{'':>7}" + f"  {'median':>7}  {'95 %':>7}" * 3
        for grade, times in found.grades.items():
            yield _row(grade, times)
        for hour, times in found.hours.items():
            yield _row(f"{hour:02}:00", times)
    yield ""
    hours = found.uncovered.total_seconds() / 3600
    yield f"gaps in cover: {found.gaps}, {hours:.1f} hours (by the rota as it stands now)"
    yield f"probes: {found.probes}, {found.probes_lost} did not come back in time"
    for what, count in found.happened.items():
        said = NAMES.get(what) or f"calls to staff that ended as {what.removeprefix('call_')}"
        yield f"{said}: {count}"
    if not found.drills:
        yield "drills: none"
    for drill in found.drills:
        local = drill.at.astimezone(zone)
        yield (
            f"drill of {local:%Y-%m-%d %H:%M}: {drill.answered.count} of {drill.people} answered, "
            f"median {_time(drill.answered.median)}"
        )


def _row(name: str, times: Times) -> str:
    cells = "".join(
        f"  {_time(one.median):>7}  {_time(one.percentile_95):>7}"
        for one in (times.page, times.take, times.outcome)
    )
    return f"{name:<10}{times.alerts:>7}{cells}"


def _time(time: timedelta | None) -> str:
    """0:07, 12:30, 26:05:00."""
    if time is None:
        return "-"
    seconds = round(time.total_seconds())
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def _as_json(month: str, found: Month) -> dict[str, object]:
    return {
        "month": month,
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "grades": {grade: _times(times) for grade, times in found.grades.items()},
        "hours": {f"{hour:02}": _times(times) for hour, times in found.hours.items()},
        "happened": dict(found.happened),
        "gaps": found.gaps,
        "uncovered": found.uncovered.total_seconds(),
        "drills": [
            {"at": one.at.isoformat(), "people": one.people, "answered": _spread(one.answered)}
            for one in found.drills
        ],
        "probes": found.probes,
        "probes_lost": found.probes_lost,
    }


def _times(times: Times) -> dict[str, object]:
    spreads = {"page": times.page, "take": times.take, "outcome": times.outcome}
    return {"alerts": times.alerts, **{name: _spread(one) for name, one in spreads.items()}}


def _spread(one: Spread) -> dict[str, float | int | None]:
    return {
        "count": one.count,
        "median": one.median.total_seconds() if one.median is not None else None,
        "percentile_95": one.percentile_95.total_seconds() if one.percentile_95 is not None else None,
    }
