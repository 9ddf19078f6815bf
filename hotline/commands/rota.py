"""`hotline rota`: who is on call, and all that changes it."""

from __future__ import annotations

import sys
from datetime import datetime, time, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import click
from sqlalchemy.orm import Session

from hotline.access.audit import Act
from hotline.access.people import staff_named
from hotline.access.tables import Staff
from hotline.alerts.rota.calendars import accept, add_feed, the_calendar, turn_off
from hotline.alerts.rota.intake import Lacks, Taken, active_names, read_copy, take_copy
from hotline.alerts.rota.notices import RotaNotice, order_rota_text
from hotline.alerts.rota.stored import NoShift, add_override, set_rotation, stored_rota
from hotline.alerts.rota.swaps import AHEAD, swap_now, take_now
from hotline.alerts.rota.tables import CalendarState
from hotline.commands.house import Means, means
from hotline.commands.rota_shown import at_home, shown
from hotline.db import read, write
from hotline.deployment import Weekday
from hotline.oncall import Kind
from hotline.oncall.ics_bounds import MOST_BYTES, Broken, BrokenCalendar
from hotline.oncall.ics_export import person_calendar

_WHY = {
    Broken.EMPTY: "it is empty",
    Broken.TOO_LARGE: "it is larger than 1 MB",
    Broken.NO_CALENDAR: "it is no iCalendar file",
    Broken.CUT: "its end is missing",
    Broken.UNREADABLE: "it cannot be read as iCalendar",
    Broken.ZONE: "it names a time zone that nobody knows",
    Broken.TOO_MANY: "it has too many events, or rules that repeat too often",
}


@click.group(invoke_without_command=True)
@click.pass_context
def rota(context: click.Context) -> None:
    """Who is on call in the next two weeks, and where nobody is; with a command, change it."""
    if context.invoked_subcommand is None:
        house = means()
        with read(house.engine) as tx:
            for line in shown(tx, house.kit, house.house, house.clock.now()):
                click.echo(line)


@rota.command("set")
@click.argument("names", nargs=-1, required=True)
@click.option("--daily", is_flag=True, help="The shift changes every day.")
@click.option("--handover", default="", help="When, like 07:30; else as hotline.toml says.")
@click.option(
    "--weekday",
    type=click.Choice([day.value for day in Weekday]),
    help="On which day; else as hotline.toml says.",
)
@click.option("--zone", default="", help="On whose clocks, like America/St_Lucia; else as hotline.toml says.")
def rota_set(names: tuple[str, ...], daily: bool, handover: str, weekday: str | None, zone: str) -> None:
    """A weekly rotation of these people (or a daily one); the first is on call from now on. A calendar or feed ends."""
    house = means()
    kind = Kind.DAILY if daily else Kind.WEEKLY
    with write(house.engine) as tx:
        ids = [_member(tx, house, name).id for name in names]
        try:
            set_rotation(
                tx, house.kit, ids, house.clock.now(), kind=kind, handover=_wall(handover),
                weekday=Weekday(weekday).number if weekday else None, zone=_zone(zone),
            )  # fmt: skip
        except NoShift as error:
            raise click.ClickException(str(error)) from None
        house.note(tx, Act.ROTA, detail="rotation")
    turn = "day by day" if daily else "week by week"
    click.echo(f"on call from now on: {names[0]}; then, {turn}: {', '.join(names[1:] or names)}")


@rota.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def rota_import(file: Path) -> None:
    """Take the shifts from an iCalendar FILE, in place of the rotation, of a feed and of the file before."""
    house = means()
    if file.stat().st_size > MOST_BYTES:
        raise click.ClickException(f"{file.name}: {_WHY[Broken.TOO_LARGE]}")
    data, now = file.read_bytes(), house.clock.now()
    with read(house.engine) as tx:
        people = active_names(tx, house.house)
    try:
        copy = read_copy(house.kit, people, data, now)
    except BrokenCalendar as broken:
        raise click.ClickException(f"{file.name}: {_WHY[broken.why]}") from None
    with write(house.engine) as tx:
        taken = take_copy(tx, house.kit, house.house, data, copy, now, feed_id=None)
        if taken.lacks is None and (good := the_calendar(tx, CalendarState.GOOD)):
            good.unknown_told = True  # it is told here
        house.note(tx, Act.ROTA, detail="waits" if taken.lacks else "calendar")
    for line in _said(house, taken, now):
        click.echo(line)


def _said(house: Means, taken: Taken, now: datetime) -> list[str]:
    names = sorted({one.name for one in taken.read.unknown})
    lines = [f"fits nobody on the staff, so a gap: {name}" for name in names]
    if taken.lacks is Lacks.COVER and taken.first is not None:
        lines.append(
            f"it leaves nobody on call from {at_home(house.kit, taken.first, now)}, so it waits; to use it all the same: "
            "hotline rota accept"
        )
    elif taken.lacks is not None:
        lines.append("it is in another time zone than before, so it waits; to use it: hotline rota accept")
    else:
        lines.append(f"{len(taken.read.shifts)} shifts count now")
    return lines


@rota.command("feed")
@click.argument("url")
def rota_feed(url: str) -> None:
    """Read the calendar at URL (http or https, a secret) every ten minutes; `-` takes it from standard input, `off` ends it, and
    the rotation counts again."""
    house = means()
    now = house.clock.now()
    if url == "-":  # so that it stands in no list of processes and no history
        url = sys.stdin.readline().strip()
    if url.lower().startswith("webcal://"):
        url = f"https{url[len('webcal') :]}"
    if url == "off":
        with write(house.engine) as tx:
            if was := turn_off(tx, now):
                house.note(tx, Act.ROTA, detail="feed_off")
        click.echo("off: the rotation counts again" if was else "there was no calendar and no feed")
        return
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise click.BadParameter("an address begins with https://, or is `off`")
    with write(house.engine) as tx:
        add_feed(tx, house.kit, url, now)
        house.note(tx, Act.ROTA, detail="feed")
    click.echo("the address is kept sealed; it is read within a minute, and until then nothing changes")


@rota.command("accept")
def rota_accept() -> None:
    """Use the calendar that waits because it takes cover away."""
    house = means()
    with write(house.engine) as tx:
        if done := accept(tx, house.clock.now()):
            house.note(tx, Act.ROTA, detail="accept")
    if not done:
        raise click.ClickException("no calendar waits")
    click.echo("the new calendar counts now")


@rota.command("override")
@click.argument("name")
@click.option("--from", "start", required=True, help="Like '2026-12-24 18:00', on the country's clocks.")
@click.option("--to", "end", required=True, help="The same.")
@click.option("--instead-of", "replaced", default="", help="Whose shifts; else those of whoever is first.")
def rota_override(name: str, start: str, end: str, replaced: str) -> None:
    """NAME is on call from one time to another, whoever else would be. They are told by text."""
    house = means()
    now = house.clock.now()
    since, until = _instant(house, start), _instant(house, end)
    with write(house.engine) as tx:
        member = _member(tx, house, name)
        other = _member(tx, house, replaced).id if replaced else None
        try:
            made = add_override(
                tx, house.kit, staff_id=member.id, start=since, end=until, now=now, replaces=other
            )
        except NoShift as error:
            raise click.ClickException(str(error)) from None
        order_rota_text(tx, house.kit, RotaNotice.PUT_ON, member.id, now, key=made, start=since, end=until)
        house.note(tx, Act.ROTA, about=member.id, detail="override")
    click.echo(f"{name} from {at_home(house.kit, since, now)} to {at_home(house.kit, until, now)}")


@rota.command("swap")
@click.argument("name")
@click.argument("other")
def rota_swap(name: str, other: str) -> None:
    """The next shifts of NAME and OTHER change hands at once; both are told by text."""
    house = means()
    now = house.clock.now()
    with write(house.engine) as tx:
        one, two = _member(tx, house, name), _member(tx, house, other)
        if one.id == two.id:
            raise click.ClickException("a swap is between two people")
        turns = swap_now(tx, house.kit, one.id, two.id, now)
        if turns is not None:
            house.note(tx, Act.ROTA, about=one.id, detail="swap")
    if turns is None:
        raise click.ClickException(f"{name} has no shift in the next {AHEAD.days} days")
    given, back = turns
    click.echo(f"{other} from {at_home(house.kit, given.start, now)} to {at_home(house.kit, given.end, now)}")
    if back is not None:
        click.echo(
            f"{name} from {at_home(house.kit, back.start, now)} to {at_home(house.kit, back.end, now)}"
        )


@rota.command("now")
@click.argument("name")
def rota_now(name: str) -> None:
    """NAME is on call from now to the end of the shift that runs; who was it is told by text."""
    house = means()
    now = house.clock.now()
    with write(house.engine) as tx:
        member = _member(tx, house, name)
        taken = take_now(tx, house.kit, member.id, now)
        if not taken.already:
            house.note(tx, Act.ROTA, about=member.id, detail="now")
    word = "already" if taken.already else "now"
    click.echo(f"{name} is on call {word}, until {at_home(house.kit, taken.until, now)}")


@rota.command("calendar")
@click.argument("name")
@click.option("--days", type=click.IntRange(1, 366), default=90, help="How far ahead.")
def rota_calendar(name: str, days: int) -> None:
    """Print the shifts of NAME as an iCalendar file: hotline rota calendar NAME > shifts.ics"""
    house = means()
    now = house.clock.now()
    with read(house.engine) as tx:
        member = _member(tx, house, name)
        written = person_calendar(
            stored_rota(tx), member.id, now, now + timedelta(days=days), now,
            first="On call", second="Second on call",
        )  # fmt: skip
    click.echo(written, nl=False)


def _wall(said: str) -> time | None:
    """A handover time as typed, None for none."""
    if not said:
        return None
    try:
        return time.fromisoformat(said.strip().zfill(5)).replace(tzinfo=None)
    except ValueError:
        raise click.BadParameter(f"'{said}' is no time of day; write it like 07:30") from None


def _zone(said: str) -> str | None:
    """A zone as typed, None for none."""
    try:
        return ZoneInfo(said).key if said else None
    except (KeyError, ValueError, OSError):
        raise click.BadParameter(f"no time zone is called '{said}'") from None


def _member(tx: Session, house: Means, name: str) -> Staff:
    member = staff_named(tx, house.sealer, name)
    if member is None:
        raise click.ClickException(f"nobody on the staff is called '{name}'")
    return member


def _instant(house: Means, said: str) -> datetime:
    """A time as typed, on the country's clocks."""
    try:
        at = datetime.fromisoformat(said.strip())
    except ValueError:
        raise click.BadParameter(f"'{said}' is no time; write it like '2026-12-24 18:00'") from None
    return at if at.tzinfo else at.replace(tzinfo=house.settings.deployment.zone)
