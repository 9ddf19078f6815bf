"""`hotline staff`."""

from __future__ import annotations

import sys

import click
from sqlalchemy import select

from hotline.access.audit import Act
from hotline.access.first_login import make_link
from hotline.access.leaving import Nobody, activate, remove, set_role
from hotline.access.matrix_file import matrix_of
from hotline.access.passwords import Passwords
from hotline.access.people import AlreadyThere, add_staff, staff_named
from hotline.access.pins import set_pin, too_plain
from hotline.access.second_factor import forget_all
from hotline.access.sessions import end_all
from hotline.access.tables import Role, Staff
from hotline.alerts.standing import own_alerts
from hotline.commands.house import Means, means
from hotline.commands.numbers import e164 as e164
from hotline.commands.staff_phones import phone, verify
from hotline.db import read, write


def known_languages(house: Means, given: tuple[str, ...]) -> tuple[str, ...]:
    """The languages as given, all of them the deployment's; its first when none is given. Raises click.BadParameter."""
    known = house.settings.deployment.languages
    for language in given:
        if language not in known:
            raise click.BadParameter(f"'{language}' is not one of {', '.join(known)}")
    return given or (known[0],)


@click.group()
def staff() -> None:
    """Members of staff."""


@staff.command("add")
@click.option("--name", required=True)
@click.option("--phone", required=True, help="The number that is paged, like +12025550123.")
@click.option(
    "--language", "languages", multiple=True, help="May be given several times, the own language first."
)
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.RESPONDER.value)
@click.option(
    "--agency", default="", help="Where they work, as in `hotline officers add`; none: the task force."
)
@click.option("--verified", is_flag=True, help="Skip the check of the phone: it counts from now on.")
def staff_add(
    name: str, phone: str, languages: tuple[str, ...], role: str, agency: str, verified: bool
) -> None:
    """Add a member of staff, by default a responder."""
    house = means()
    _switched_on(house, role, agency)
    number = e164(phone, house.settings.deployment.country)
    locales = known_languages(house, languages)
    try:
        with write(house.engine) as tx:
            added = add_staff(
                tx, house.sealer, house.house, house.ids, house.clock.now(),
                name=name, phone=number, languages=locales, role=Role(role), verified=verified, agency=agency.strip(),
            )  # fmt: skip
            house.note(tx, Act.STAFF_ADDED, about=added, detail=f"role={role}")
    except AlreadyThere as error:
        raise click.ClickException(str(error)) from None
    note = "" if verified else " (the phone counts once it is verified)"
    click.echo(f"added: {name}, {role}{note}")


def _switched_on(house: Means, role: str, agency: str) -> None:
    """Whether the role counts here, and is one that can do without an agency. Raises click.ClickException."""
    matrix = matrix_of(house.settings, house.book.crosswalk)
    if role not in matrix.roles:
        raise click.ClickException(f"the role {role} is not on: name it in [access] roles of hotline.toml")
    if not matrix.sees_all(role) and not agency.strip():
        raise click.ClickException(
            f"the role {role} sees the reports of its own agency alone: name it with --agency"
        )


@staff.command("list")
def staff_list() -> None:
    """List members of staff (no numbers)."""
    house = means()
    with read(house.engine) as tx:
        for member in tx.scalars(select(Staff).where(Staff.active).order_by(Staff.added_at)):
            click.echo(
                f"{house.house.open(member.id, member.name_sealed)}\t{member.role}\t{member.languages}"
            )


@staff.command("link")
@click.argument("name")
@click.option(
    "--new-second-factor",
    is_flag=True,
    help="For who lost app, passkey and recovery codes: forget them, and let the link add a new one.",
)
def staff_link(name: str, new_second_factor: bool) -> None:
    """Print a one-time link with which NAME chooses a password for the staff page; earlier links are worth nothing."""
    house = means()
    with write(house.engine) as tx:
        member = staff_named(tx, house.sealer, name)
        if member is None:
            raise click.ClickException(f"nobody on the staff is called '{name}'")
        if new_second_factor:
            forget_all(tx, member.id)
            house.note(tx, Act.FACTORS_FORGOTTEN, about=member.id)
            end_all(tx, member.id, house.clock.now())  # who is in adds none without the old one
        token = make_link(tx, house.ids, house.settings, member.id, house.clock.now())
        house.note(tx, Act.LINK_MADE, about=member.id)
    click.echo(f"{house.settings.staff_url}/first/{token}")


@staff.command("role")
@click.argument("name")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.option("--agency", default="", help="Where they work from now on; none: as before.")
def staff_role(name: str, role: str, agency: str) -> None:
    """Give NAME another ROLE; it counts from the next request on."""
    house = means()
    _switched_on(house, role, agency or _agency_of(house, name))
    try:
        with write(house.engine) as tx:
            changed = set_role(tx, house.sealer, name, Role(role))
            house.note(tx, Act.STAFF_CHANGED, about=changed, detail=f"role={role}")
    except Nobody as error:
        raise click.ClickException(str(error)) from None
    _move(house, name, agency.strip())
    click.echo(f"{name} is {role} now")


def _agency_of(house: Means, name: str) -> str:
    """The agency of a member of staff; "" for the task force itself, and for nobody."""
    with read(house.engine) as tx:
        member = staff_named(tx, house.sealer, name)
        return (member.agency or "") if member is not None else ""


def _move(house: Means, name: str, agency: str) -> None:
    """They work for this agency from now on; "": as before."""
    with write(house.engine) as tx:
        member = staff_named(tx, house.sealer, name)
        if member is not None and agency:
            member.agency = agency


@staff.command("remove")
@click.argument("name")
def staff_remove(name: str) -> None:
    """NAME leaves: logged out at once, paged no more; password, second factor and PIN are gone. `activate` undoes it."""
    house = means()
    try:
        with write(house.engine) as tx:
            staff_id = remove(tx, house.sealer, name, house.clock.now())
            house.note(tx, Act.STAFF_REMOVED, about=staff_id)
            held = len(own_alerts(tx, staff_id))
    except Nobody as error:
        raise click.ClickException(str(error)) from None
    note = f"; {held} alerts that they took open again unless somebody else takes them" if held else ""
    click.echo(f"removed: {name}{note}. Look at the rota: `hotline rota`")


@staff.command("activate")
@click.argument("name")
def staff_activate(name: str) -> None:
    """NAME is back, with role and phones as before; `hotline staff link` lets them in."""
    house = means()
    try:
        with write(house.engine) as tx:
            back = activate(tx, house.sealer, name)
            house.note(tx, Act.STAFF_CHANGED, about=back, detail="activated")
    except Nobody as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"back: {name}")


@staff.command("pin")
@click.argument("name")
@click.option("--generate", is_flag=True, help="Choose one and print it, also on a terminal.")
def staff_pin(name: str, generate: bool) -> None:
    """Set the PIN with which NAME acts by phone: asked for on a terminal, else chosen and printed. A locked one is open again."""
    house = means()
    with read(house.engine) as tx:
        member = staff_named(tx, house.sealer, name)
    if member is None:
        raise click.ClickException(f"nobody on the staff is called '{name}'")
    chosen = generate or not sys.stdin.isatty()
    pin = _drawn(house) if chosen else click.prompt("Six digits", hide_input=True, confirmation_prompt=True)
    if too_plain(pin):
        raise click.ClickException("a PIN is six digits, not all the same and not counting up or down")
    pin_hash = Passwords().hash(pin)
    with write(house.engine) as tx:
        set_pin(tx, member.id, pin_hash, house.clock.now())
        house.note(tx, Act.PIN_SET, about=member.id)
    click.echo(f"the PIN of {name} is {pin}" if chosen else f"the PIN of {name} is set")


def _drawn(house: Means) -> str:
    while too_plain(pin := house.ids.pin()):
        pass
    return pin


staff.add_command(phone)
staff.add_command(verify)
