"""`hotline directory`: interpreters and the points of contact, their phones and the codes that prove them."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.audit import Act
from hotline.access.directory import (
    add_entry,
    add_entry_phone,
    entry_named,
    entry_phones,
    remove_entry,
    rung_entries,
)
from hotline.access.directory_tables import DirectoryEntry, DirectoryPhone, PhoneOf
from hotline.access.people import NUMBER, AlreadyThere
from hotline.alerts.phone_checks import confirm, order_check
from hotline.commands.directory_file import DirectoryRow, read_directory, row_of
from hotline.commands.house import Means, called, means
from hotline.commands.numbers import e164
from hotline.commands.phone_codes import told
from hotline.db import read, write
from hotline.oncall.directory import Kind, who_to_ask

_KINDS = click.Choice([kind.value for kind in Kind])


@click.group()
def directory() -> None:
    """Interpreters and responders who are asked to help."""


@directory.command("add")
@click.option("--kind", type=_KINDS, required=True)
@click.option("--name", required=True)
@click.option("--phone", required=True, help="The number that is rung, like +12025550123.")
@click.option("--language", default="", help="The language that they are spoken to in.")
@click.option("--languages", default="", help="What an interpreter speaks: es zh.")
@click.option("--districts", default="", help="Where they help: LC-02 LC-03; without it everywhere.")
@click.option("--hours", default="", help="'mon-fri 08:00-16:30', 'office'; without it always.")
@click.option("--landline", is_flag=True, help="Gets calls and no texts.")
@click.option("--verified", is_flag=True, help="Skip the check of the phone: it counts from now on.")
def directory_add(
    kind: str,
    name: str,
    phone: str,
    language: str,
    languages: str,
    districts: str,
    hours: str,
    landline: bool,
    verified: bool,
) -> None:
    """Add an entry; a name that stands there already gets a further phone."""
    house = means()
    deployment = house.settings.deployment
    row = row_of(
        {
            "kind": kind, "name": name, "phone": phone, "language": language, "languages": languages,
            "districts": districts, "hours": hours, "landline": "yes" if landline else "",
        },
        deployment.country,
        deployment.languages,
    )  # fmt: skip
    try:
        with write(house.engine) as tx:
            there = entry_named(tx, house.sealer, name, row.kind)
            if there is None:
                _add(tx, house, row, verified=verified)
            else:
                house.note(tx, Act.DIRECTORY, about=there.id, detail="phone_added")
                add_entry_phone(
                    tx, house.sealer, house.house, house.ids, there.id, phone=row.phone, landline=landline,
                    verified_at=house.clock.now() if verified else None,
                )  # fmt: skip
    except AlreadyThere as error:
        raise click.ClickException(str(error)) from None
    note = "" if verified else " (the phone counts once it is verified)"
    click.echo(f"{'added' if there is None else 'a further phone'}: {name}, {kind}{note}")


def _add(tx: Session, house: Means, row: DirectoryRow, *, verified: bool) -> None:
    added = add_entry(
        tx, house.sealer, house.house, house.ids, house.clock.now(),
        kind=row.kind, name=row.name, phone=row.phone, language=row.language, languages=row.languages,
        districts=row.districts, hours=row.hours, landline=row.landline, verified=verified,
    )  # fmt: skip
    house.note(tx, Act.DIRECTORY, about=added, detail="added")


@directory.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def directory_import(file: Path) -> None:
    """Add all entries of a CSV file with the columns kind, name, phone and, if you like, language, languages, districts,
    hours, landline. What is wrong is told by line, and then nothing at all is imported."""
    house = means()
    deployment = house.settings.deployment
    rows, wrong = read_directory(file, deployment.country, deployment.languages)
    if wrong:
        for problem in wrong:
            click.echo(f"{file.name}:{problem.line}: {problem.text}", err=True)
        raise click.ClickException(f"{len(wrong)} wrong, nothing was imported")
    try:
        with write(house.engine) as tx:
            for row in rows:
                _add(tx, house, row, verified=False)
    except AlreadyThere as error:
        raise click.ClickException(f"{error}; nothing was imported") from None
    click.echo(f"added: {len(rows)} (their phones count once they are verified)")


@directory.command("list")
@click.option("--numbers", is_flag=True, help="Print the phone numbers too.")
def directory_list(numbers: bool) -> None:
    """List the directory in the order in which it is asked; an entry without a verified phone is not."""
    house = means()
    with write(house.engine) as tx:
        if numbers:
            house.note(tx, Act.NUMBER_READ, about="directory")
        query = select(DirectoryEntry).where(DirectoryEntry.active)
        for entry in tx.scalars(
            query.order_by(DirectoryEntry.kind, DirectoryEntry.position, DirectoryEntry.id)
        ):
            phones = entry_phones(tx, entry.id, proven=False)
            proven = sum(phone.verified_at is not None for phone in phones)
            columns = [
                entry.kind, house.house.open(entry.id, entry.name_sealed), entry.languages,
                entry.districts or "everywhere", entry.hours or "always", f"{proven} of {len(phones)} verified",
            ]  # fmt: skip
            if numbers:
                columns += [house.house.open(phone.id, phone.number_sealed) for phone in phones]
            click.echo("\t".join(columns))


@directory.command("who")
@click.argument("kind", type=_KINDS)
@click.option("--language", default="", help="What the person speaks.")
@click.option("--district", default="", help="Where they are, like LC-02.")
def directory_who(kind: str, language: str, district: str) -> None:
    """Who would be asked now, in order."""
    house = means()
    deployment = house.settings.deployment
    local = house.clock.now().astimezone(ZoneInfo(deployment.time_zone))
    with read(house.engine) as tx:
        order = who_to_ask(
            rung_entries(tx), Kind(kind), district=district.upper(), language=language, local=local,
            office=deployment.office.open_at,
        )  # fmt: skip
        for entry_id in order:
            entry = tx.get(DirectoryEntry, entry_id)
            if entry is not None:
                click.echo(house.house.open(entry.id, entry.name_sealed))
    if not order:
        click.echo("nobody at this hour", err=True)


@directory.command("remove")
@click.argument("name")
@click.option("--kind", type=_KINDS, default=None, help="Where the name stands under several.")
def directory_remove(name: str, kind: str | None) -> None:
    """Remove an entry; its phones are deleted."""
    house = means()
    with write(house.engine) as tx:
        entry = _named(tx, house, name, kind)
        house.note(tx, Act.DIRECTORY, about=entry.id, detail="removed")
        remove_entry(tx, entry)
    click.echo("removed")


@directory.command("verify")
@click.argument("name")
@click.option("--kind", type=_KINDS, default=None, help="Where the name stands under several.")
@click.option("--phone", default="", help="Which of several phones.")
@click.option("--call", "by_call", is_flag=True, help="Say the code in a call; a landline is always called.")
@click.option("--code", default="", help="The code that they read out, where it does not come back by text.")
def directory_verify(name: str, kind: str | None, phone: str, by_call: bool, code: str) -> None:
    """Send a code to a phone of NAME, or take the one that came back. The phone counts from then on."""
    house = means()
    with write(house.engine) as tx:
        entry = _named(tx, house, name, kind)
        chosen = _phone(tx, house, entry, phone, code=bool(code))
        if code:
            result = confirm(
                tx, house.kit, chosen.id, code.strip(), house.clock.now(), by=f"command:{called()}"
            )
        else:
            result = None
            spoken = by_call or chosen.landline
            order_check(tx, house.kit, PhoneOf.DIRECTORY, chosen.id, house.clock.now(), by_call=spoken)
            house.note(tx, Act.DIRECTORY, about=chosen.id, detail="code_ordered")
    told(house, result)


def _named(tx: Session, house: Means, name: str, kind: str | None) -> DirectoryEntry:
    entry = entry_named(tx, house.sealer, name, Kind(kind) if kind else None)
    if entry is None:
        raise click.ClickException(f"nobody in the directory is called '{name}'")
    return entry


def _phone(tx: Session, house: Means, entry: DirectoryEntry, number: str, *, code: bool) -> DirectoryPhone:
    """The phone that is meant: the one named, else the first that is not proven yet."""
    phones = entry_phones(tx, entry.id, proven=False)
    if number:
        index = house.sealer.index(e164(number, house.settings.deployment.country), NUMBER)
        phones = tuple(one for one in phones if one.number_index == index)
    waiting = [one for one in phones if one.verified_at is None]
    chosen = next(iter(waiting or (() if code else phones)), None)
    if chosen is None:
        raise click.ClickException("there is no such phone that waits for a code")
    return chosen
