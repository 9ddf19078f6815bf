"""`hotline staff phone`, `hotline staff verify`: several phones of a person, their order, and the codes that prove them."""

from __future__ import annotations

import click
from sqlalchemy.orm import Session

from hotline.access.audit import Act
from hotline.access.directory_tables import PhoneOf
from hotline.access.people import NUMBER, AlreadyThere, add_phone, staff_named
from hotline.access.phone_orders import NotTheirs, order_phones, phones_of, remove_phone
from hotline.access.tables import Staff, StaffPhone
from hotline.alerts.phone_checks import confirm, order_check
from hotline.commands.house import Means, called, means
from hotline.commands.numbers import e164
from hotline.commands.phone_codes import told
from hotline.db import write


@click.group()
def phone() -> None:
    """The phones of a member of staff, in the order in which they are used."""


@phone.command("add")
@click.argument("name")
@click.argument("number")
@click.option("--verified", is_flag=True, help="Skip the check of the phone: it counts from now on.")
def phone_add(name: str, number: str, verified: bool) -> None:
    """A further phone, used after the others."""
    house = means()
    try:
        with write(house.engine) as tx:
            member = _member(tx, house, name)
            add_phone(
                tx, house.sealer, house.house, house.ids, house.clock.now(),
                staff_id=member.id, phone=_e164(house, number), verified=verified,
            )  # fmt: skip
            house.note(tx, Act.STAFF_CHANGED, about=member.id, detail="phone_added")
    except AlreadyThere as error:
        raise click.ClickException(str(error)) from None
    click.echo("added" if verified else "added (the phone counts once it is verified)")


@phone.command("remove")
@click.argument("name")
@click.argument("number")
def phone_remove(name: str, number: str) -> None:
    """Delete a phone."""
    house = means()
    try:
        with write(house.engine) as tx:
            member = _member(tx, house, name)
            remove_phone(tx, house.sealer, member.id, _e164(house, number))
            house.note(tx, Act.STAFF_CHANGED, about=member.id, detail="phone_removed")
    except NotTheirs as error:
        raise click.ClickException(str(error)) from None
    click.echo("removed")


@phone.command("order")
@click.argument("name")
@click.argument("numbers", nargs=-1, required=True)
def phone_order(name: str, numbers: tuple[str, ...]) -> None:
    """Use these phones first, in this order."""
    house = means()
    try:
        with write(house.engine) as tx:
            wanted = [_e164(house, number) for number in numbers]
            member = _member(tx, house, name)
            order_phones(tx, house.sealer, member.id, wanted)
            house.note(tx, Act.STAFF_CHANGED, about=member.id, detail="phones_ordered")
    except NotTheirs as error:
        raise click.ClickException(str(error)) from None
    click.echo("noted")


@phone.command("list")
@click.argument("name")
def phone_list(name: str) -> None:
    """The phones of NAME in their order, with their numbers."""
    house = means()
    with write(house.engine) as tx:
        member = _member(tx, house, name)
        house.note(tx, Act.NUMBER_READ, about=member.id)
        for one in phones_of(tx, member.id):
            state = "stopped" if one.stopped else "verified" if one.verified_at else "not verified"
            click.echo(f"{house.house.open(one.id, one.number_sealed)}\t{state}")


@click.command("verify")
@click.argument("name")
@click.option("--phone", "number", default="", help="Which of several phones.")
@click.option("--call", "by_call", is_flag=True, help="Say the code in a call: for a landline.")
@click.option("--code", default="", help="The code that they read out, where it does not come back by text.")
def verify(name: str, number: str, by_call: bool, code: str) -> None:
    """Send a code to a phone of NAME, or take the one that came back. The phone counts from then on."""
    house = means()
    result = None
    with write(house.engine) as tx:
        chosen = _phone(tx, house, _member(tx, house, name), number, code=bool(code))
        if code:
            result = confirm(
                tx, house.kit, chosen.id, code.strip(), house.clock.now(), by=f"command:{called()}"
            )
        else:
            order_check(tx, house.kit, PhoneOf.STAFF, chosen.id, house.clock.now(), by_call=by_call)
            house.note(tx, Act.STAFF_CHANGED, about=chosen.id, detail="code_ordered")
    told(house, result)


def _member(tx: Session, house: Means, name: str) -> Staff:
    member = staff_named(tx, house.sealer, name)
    if member is None:
        raise click.ClickException(f"nobody on the staff is called '{name}'")
    return member


def _e164(house: Means, number: str) -> str:
    return e164(number, house.settings.deployment.country)


def _phone(tx: Session, house: Means, member: Staff, number: str, *, code: bool) -> StaffPhone:
    """The phone that is meant: the one named, else the first that is not proven yet."""
    phones = phones_of(tx, member.id)
    if number:
        index = house.sealer.index(_e164(house, number), NUMBER)
        phones = tuple(one for one in phones if one.number_index == index)
    waiting = [one for one in phones if one.verified_at is None]
    chosen = next(iter(waiting or (() if code else phones)), None)
    if chosen is None:
        raise click.ClickException("there is no such phone that waits for a code")
    return chosen
