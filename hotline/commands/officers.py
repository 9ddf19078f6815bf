"""`hotline officers`: register one or many, list, remove, name supervisors, open trainings and count them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from sqlalchemy import select

from hotline.access.audit import Act
from hotline.access.officers import confirmed_since, is_due, name_supervisor, remove_officer
from hotline.access.people import add_officer
from hotline.access.tables import Officer
from hotline.access.training import open_session, trainings
from hotline.commands.house import Means, means
from hotline.commands.officers_file import read_officers
from hotline.commands.people import e164, known_languages
from hotline.db import read, write


@click.group()
def officers() -> None:
    """Registered field officers."""


@officers.command("add")
@click.option("--phone", required=True, help="The officer's number, like +12025550123.")
@click.option("--name", required=True)
@click.option("--agency", required=True)
@click.option("--post", default="", help="What the officer's position is called.")
@click.option("--language", default=None, help="The language to answer in.")
@click.option(
    "--supervisor-phone", default="", help="Who in the agency is told reference and date of each report."
)
def officers_add(
    phone: str, name: str, agency: str, post: str, language: str | None, supervisor_phone: str
) -> None:
    """Register a field officer; the same phone again is an update, and counts as the yearly confirmation."""
    house = means()
    country = house.settings.deployment.country
    number = e164(phone, country)
    supervisor = e164(supervisor_phone, country) if supervisor_phone else ""
    locale = known_languages(house, (language,) if language else ())[0]
    with write(house.engine) as tx:
        now = house.clock.now()
        officer = add_officer(
            tx, house.sealer, house.house, house.ids, now,
            phone=number, name=name, agency=agency, post=post, language=locale,
        )  # fmt: skip
        house.note(tx, Act.OFFICER_ADDED, about=officer)
        if supervisor:
            name_supervisor(tx, house.house, house.ids, now, agency=agency, phone=supervisor)
            house.note(tx, Act.AGENCY, detail="supervisor")
    click.echo(f"registered: {name}, {agency}")


@officers.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def officers_import(file: Path) -> None:
    """Register all officers of a CSV file with the columns phone, name, agency and, if you like, post, language,
    supervisor_phone. What is wrong is told by line, and then nothing at all is imported."""
    house = means()
    deployment = house.settings.deployment
    rows, wrong = read_officers(file, deployment.country, deployment.languages)
    if wrong:
        for problem in wrong:
            click.echo(f"{file.name}:{problem.line}: {problem.text}", err=True)
        raise click.ClickException(f"{len(wrong)} wrong, nothing was imported")
    with write(house.engine) as tx:
        now = house.clock.now()
        for row in rows:
            officer = add_officer(
                tx, house.sealer, house.house, house.ids, now,
                phone=row.phone, name=row.name, agency=row.agency, post=row.post, language=row.language,
            )  # fmt: skip
            house.note(tx, Act.OFFICER_ADDED, about=officer)
            if row.supervisor:
                name_supervisor(tx, house.house, house.ids, now, agency=row.agency, phone=row.supervisor)
                house.note(tx, Act.AGENCY, detail="supervisor")
    click.echo(f"registered: {len(rows)}")


@officers.command("list")
@click.option("--numbers", is_flag=True, help="Print the phone numbers too.")
def officers_list(numbers: bool) -> None:
    """List registered officers, without their numbers; who was not confirmed for a year is marked."""
    house = means()
    with write(house.engine) as tx:
        house.note(tx, Act.NUMBER_READ if numbers else Act.NAMES_READ, about="officers")
        rows = [
            (officer.added_at, house.house.open(officer.id, officer.name_sealed), officer)
            for officer in tx.scalars(select(Officer).where(Officer.active))
        ]
        for _, name, officer in sorted(rows, key=lambda row: row[:2]):
            columns = [name, officer.agency, officer.language]
            if numbers:
                columns.append(house.house.open(officer.id, officer.number_sealed))
            if mark := _overdue(house, officer):
                columns.append(mark)
            click.echo("\t".join(columns))


def _overdue(house: Means, officer: Officer) -> str:
    timings = house.settings.deployment.timings
    if not is_due(officer, house.clock.now(), timings.officer_confirm_days):
        return ""
    asked = ", asked" if officer.asked_at else ""
    return f"not confirmed since {confirmed_since(officer):%Y-%m-%d}{asked}"


@officers.command("remove")
@click.option("--phone", required=True, help="The officer's number.")
def officers_remove(phone: str) -> None:
    """Remove an officer: name, post and number are deleted. Reports stay, and so does the count of trainings."""
    house = means()
    with write(house.engine) as tx:
        removed = remove_officer(tx, house.sealer, e164(phone, house.settings.deployment.country))
        if removed is None:
            raise click.ClickException("no officer is registered with this number")
        house.note(tx, Act.OFFICER_REMOVED, about=removed)
    click.echo("removed")


@officers.command("supervisor")
@click.option("--agency", required=True)
@click.option("--phone", default="", help="The supervisor's number; without one nobody is told any more.")
def officers_supervisor(agency: str, phone: str) -> None:
    """Name the supervisor of an agency: told the reference and the date of each report, and nothing else."""
    house = means()
    number = e164(phone, house.settings.deployment.country) if phone else ""
    with write(house.engine) as tx:
        name_supervisor(tx, house.house, house.ids, house.clock.now(), agency=agency, phone=number)
        house.note(tx, Act.AGENCY, detail="supervisor" if number else "no_supervisor")
    click.echo(f"{agency}: a supervisor is told" if number else f"{agency}: nobody is told")


@officers.command("session")
@click.option("--agency", default="", help="Whose people are trained; without it each is asked.")
@click.option("--place", default="", help="Where, for the count.")
@click.option(
    "--hours", type=click.IntRange(1, 72), default=8, show_default=True, help="How long the code is good."
)
def officers_session(agency: str, place: str, hours: int) -> None:
    """Open a training: prints the words with which the phones of those who are there register themselves."""
    house = means()
    with write(house.engine) as tx:
        now = house.clock.now()
        code = open_session(
            tx, house.sealer, house.ids, now, lasts=timedelta(hours=hours), agency=agency, place=place
        )
        house.note(tx, Act.TRAINING, detail="opened")
    until = (now + timedelta(hours=hours)).astimezone(ZoneInfo(house.settings.deployment.time_zone))
    click.echo(f"join {code}\tuntil {until:%Y-%m-%d %H:%M}")


@officers.command("trainings")
def officers_trainings() -> None:
    """How many were trained: day, place, agency, phones."""
    house = means()
    zone = ZoneInfo(house.settings.deployment.time_zone)
    with read(house.engine) as tx:
        for one in trainings(tx):
            day = one.begins_at.astimezone(zone)
            click.echo(f"{day:%Y-%m-%d}\t{one.place}\t{one.agency}\t{one.people}")
