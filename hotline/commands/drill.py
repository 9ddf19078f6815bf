"""`hotline drill`: page the rota as practice, and see who answers."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime, timedelta

import click

from hotline.access.audit import Act
from hotline.access.people import names
from hotline.commands.house import Means, means
from hotline.db import read, write
from hotline.stop import told_by_signals
from hotline.threads.bell import Bell
from hotline.watch.drills import Answer, NoDrill, answers, begin, newest
from hotline.watch.tables import Drill

LOOK_SECONDS = 2.0


@click.command()
@click.option(
    "--wait",
    "minutes",
    type=click.FloatRange(0, 120),
    help="How many minutes to wait for the answers; as long as they count, unless given.",
)
@click.option("--report", is_flag=True, help="Page nobody: print how the last drill went.")
def drill(minutes: float | None, report: bool) -> None:
    """Page everybody on the rota as practice, by text and call, and print who answered when.

    Once a month. Nothing is opened and nothing escalates; a drill does not begin while an alert is open, and its calls end
    when one opens. Exit status 1 when somebody did not answer."""
    house = means()
    if not report:
        try:
            with write(house.engine) as tx:
                begin(tx, house.kit, house.clock.now())
                house.note(tx, Act.DRILL)
        except NoDrill as error:
            raise click.ClickException(str(error)) from None
        Bell(house.settings.redis_url).ring()
        longest = minutes if minutes is not None else house.settings.deployment.watch.drill_minutes
        with told_by_signals() as stop:
            wait_for_answers(house, timedelta(minutes=longest), lambda: stop.wait(LOOK_SECONDS))
    lines, everybody = told(house)
    click.echo("\n".join(lines))
    if not everybody:
        sys.exit(1)


def wait_for_answers(house: Means, longest: timedelta, pause: Callable[[], bool]) -> None:
    """Until everybody who can has answered, the time is over, or `pause` says to stop."""
    until = house.clock.now() + longest
    while house.clock.now() < until:
        with read(house.engine) as tx:
            last = newest(tx)
            if last is None or all(one.after is not None or not one.reachable for one in answers(tx, last)):
                return
        if pause():
            return


def told(house: Means) -> tuple[list[str], bool]:
    """How the last drill went, line by line, and whether everybody answered. Raises click.ClickException."""
    with read(house.engine) as tx:
        last = newest(tx)
        if last is None:
            raise click.ClickException("there was no drill yet")
        people = answers(tx, last)
        known = names(tx, house.house)
    there = sum(one.after is not None for one in people)
    everybody = there == len(people)
    wide = max((len(known.get(one.staff_id, "?")) for one in people), default=0)
    still = "" if everybody or house.clock.now() >= last.ends_at else "; answers still count"
    lines = [f"  {known.get(one.staff_id, '?'):<{wide}}  {_words(one)}" for one in people]
    return [_heading(house, last), *lines, f"{there} of {len(people)} answered{still}"], everybody


def _heading(house: Means, last: Drill) -> str:
    zone = house.settings.deployment.zone
    return f"drill {last.code}, {last.begun_at.astimezone(zone):%Y-%m-%d %H:%M} {zone.key}"


def _words(one: Answer) -> str:
    if one.after is not None:
        seconds = int(one.after.total_seconds())
        return f"answered by {one.way} after {seconds // 60}:{seconds % 60:02}"
    if not one.reachable:
        return "NO VERIFIED PHONE"
    return f"NO ANSWER (text: {one.text or '-'}; call: {one.call or '-'})"


def next_drill(last: datetime | None, days: int, now: datetime) -> tuple[bool, str]:
    """For `hotline doctor`: whether all is well, and what to say."""
    if last is None:
        return True, "drill: none yet; `hotline drill` pages the rota as practice, once a month"
    due = last + timedelta(days=days)
    said = f"drill: the last on {last:%Y-%m-%d}, the next due on {due:%Y-%m-%d}"
    return now < due, said + ("" if now < due else "; `hotline drill`")
