"""`hotline keys`: the ceremony, and who can open what after it.

On a terminal the commands ask; without one they take passwords and cards from standard input, one a line, and never ask.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection
from pathlib import Path

import click
from sqlalchemy import select

from hotline.access import key_grants
from hotline.access.audit import Act
from hotline.access.key_readers import key_readers
from hotline.access.passwords import Passwords
from hotline.access.people import staff_named
from hotline.access.tables import Staff
from hotline.commands.house import Means, means
from hotline.db import read, write
from hotline.standards.crosswalk import Crosswalk
from hotline.vault import ceremony, staff_keys
from hotline.vault.cards import cards_of, key_of
from hotline.vault.ceremony import Held
from hotline.vault.keys import NoKey
from hotline.vault.roles import EXPORT, ROLES

_BY = "command:keys"
_as = click.option("--as", "as_name", metavar="NAME", help="Who gives the role's key, by their password.")


@click.group()
def keys() -> None:
    """Who can open what: the key ceremony, new members, changed keys, the recovery card."""


@keys.command("list")
def list_() -> None:
    """For each role who has its key, who could be granted it, and who has not logged in since their password was set."""
    house = means()
    held = ceremony.was_held(house.sealer.store)
    click.echo("a key ceremony was held" if held else "test data only: no key ceremony was held")
    pairs = staff_keys.with_pairs(house.sealer.store)
    for role in _roles(house):
        have = staff_keys.holders(house.sealer.store, role)
        for staff_id, name in _members(house, role).items():
            told = (
                "has the key"
                if staff_id in have
                else "can be granted it"
                if staff_id in pairs
                else "must log in first"
            )
            click.echo(f"{role}\t{name}\t{told}")


@keys.command("ceremony")
@click.option("--split", is_flag=True, help="Three cards, of which any two are needed, in place of one.")
@click.option("--cards", type=click.Path(path_type=Path), help="Write the cards into this new folder.")
@click.option(
    "--export-key", type=click.Path(path_type=Path), help="Write the new key of exports to this file."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
def hold_ceremony(split: bool, cards: Path | None, export_key: Path | None, yes: bool) -> None:
    """Take the roles' keys out of the files and put them under the log-ins of their members; print the recovery card."""
    house = means()
    store = house.sealer.store
    people = {role: _members(house, role) for role in _roles(house)}
    if not yes:
        if not sys.stdin.isatty():
            raise click.ClickException("nothing was done: say --yes where nobody can be asked")
        pairs = staff_keys.with_pairs(store)
        for role, members in people.items():
            names = ", ".join(name for staff_id, name in members.items() if staff_id in pairs)
            click.echo(f"{role}: {names or 'nobody'}")
        click.confirm("These can read from now on, nobody else. Go on?", abort=True)
    for path in (cards, export_key):
        if path is not None and path.exists():
            raise click.ClickException(f"{path} is there already")

    def hand_out(held: Held) -> None:
        words = cards_of(held.card, split=split)
        if cards is not None:
            cards.mkdir(mode=0o700, parents=True)
        for number, card in enumerate(words, start=1):
            told = _card(card, number, len(words))
            if cards is None:
                click.echo(told)
            else:
                _write(cards / f"card-{number}.txt", told.encode())
        if export_key is not None:
            _write(export_key, held.export)

    _noted(house, Act.KEY_CEREMONY, _BY)
    held = ceremony.hold(
        store, house.keys, {role: list(found) for role, found in people.items()}, _BY, house.clock.now(), hand_out
    )  # fmt: skip
    for path in ceremony.destroy_files(house.keys):
        click.echo(f"destroyed {path}", err=True)
    for role, granted in held.granted.items():
        click.echo(f"{role}: {len(granted)} of {len(people[role])} members have the key", err=True)
    click.echo(
        "copies of the key folder made before open nothing new, but destroy them all the same", err=True
    )


@keys.command("grant")
@click.argument("name")
@_as
def grant_key(name: str, as_name: str | None) -> None:
    """Grant NAME the key of their role, by a member of the role who has it."""
    house = means()
    with read(house.engine) as tx:
        member = staff_named(tx, house.sealer, name)
    if member is None:
        raise click.ClickException(f"nobody on the staff is called '{name}'")
    if member.role not in _roles(house):
        raise click.ClickException(f"the role {member.role} reads no record: it has no key")
    if member.id not in staff_keys.with_pairs(house.sealer.store):
        raise click.ClickException(f"{name} must log in once before")
    private, by = _in_hand(house, member.role, as_name)
    _noted(house, Act.KEY_GRANTED, by, member.role, member.id)
    with write(house.sealer.store.engine) as tx:
        staff_keys.grant(tx, member.role, private, [member.id], by, house.clock.now())
    click.echo(f"{name} has the key of the role {member.role} from the next log-in on")


@keys.command("rotate")
@click.argument("role")
@_as
def rotate_key(role: str, as_name: str | None) -> None:
    """Make a new key for ROLE, for its members of today alone: when somebody left, or a key may be known."""
    house = means()
    if not ceremony.was_held(house.sealer.store):
        raise click.ClickException("no ceremony was held yet: it makes every role's key anew")
    private, by = _in_hand(house, role, as_name)
    members = _members(house, role)
    _noted(house, Act.KEY_ROTATED, by, role)
    ceremony.rotate(house.sealer.store, house.keys, role, private, list(members), by, house.clock.now())
    have = staff_keys.holders(house.sealer.store, role)
    click.echo(f"{role}: {len(have)} of {len(members)} members have the new key")


@keys.command("rewrap")
@click.option(
    "--role",
    default="data_manager",
    help="Whose key opens what is wrapped anew.",
)
@_as
def rewrap_keys(role: str, as_name: str | None) -> None:
    """After a role was added or its classes changed: let it open what was kept before, and open no more what it may not. A new
    role gets its key pair; restart the processes first, so that they know of it."""
    house = means()
    store, readers = house.sealer.store, key_readers(house.settings, Crosswalk.load())
    private, by = _in_hand(house, role, as_name)
    _noted(house, Act.KEYS_REWRAPPED, by, role)
    for one in sorted({name for names in readers.values() for name in names}):
        if ceremony.add_role(store, house.keys, one, list(_members(house, one)), by, house.clock.now()):
            click.echo(f"{one} has a key from now on")
    added, taken = ceremony.rewrap(store, role, private, readers)
    click.echo(f"{added} keys were given to roles, {taken} taken away")


@keys.command("recover")
@click.argument("role")
@click.option("--to", "name", help="The member of staff who is granted the role's key.")
@click.option("--export-key", type=click.Path(path_type=Path), help="For the role export: the file to write.")
def recover_key(role: str, name: str | None, export_key: Path | None) -> None:
    """With the recovery card: grant ROLE's key to somebody, or write the key of exports to a file."""
    house = means()
    store = house.sealer.store
    if (role == EXPORT) != (export_key is not None) or (role == EXPORT) == (name is not None):
        raise click.ClickException(
            "a role's key goes --to a member of staff, that of exports to --export-key"
        )
    member = None
    if name is not None:
        with read(house.engine) as tx:
            member = staff_named(tx, house.sealer, name)
        if member is None or member.role != role:
            raise click.ClickException(f"nobody called '{name}' has the role {role}")
        if member.id not in staff_keys.with_pairs(store):
            raise click.ClickException(f"{name} must log in once before")
    private = ceremony.recover(store, key_of(_cards()), role)
    _noted(house, Act.KEY_RECOVERED, _BY, role, member.id if member is not None else "")
    if export_key is not None:
        _write(export_key, private)
        click.echo(f"written to {export_key}")
    elif member is not None:
        with write(store.engine) as tx:
            staff_keys.grant(tx, role, private, [member.id], "card", house.clock.now())
        click.echo(f"{name} has the key of the role {role} from the next log-in on")


def _roles(house: Means) -> tuple[str, ...]:
    """The roles of people that have a key, or ought to have one by the matrix."""
    wanted = {one for names in key_readers(house.settings, Crosswalk.load()).values() for one in names}
    return tuple(sorted({*ROLES, *wanted} - {EXPORT}))


def _noted(house: Means, act: Act, by: str, role: str = "", about: str = "") -> None:
    """In the audit, before it is done: the keys lie in a store of their own, and none changes without a row. `by` who gave the
    role's key, or this command."""
    with write(house.engine) as tx:
        detail = f"role={role}" if role else ""
        house.note(tx, act, about=about, detail=detail, by="" if by == _BY else by)


def _members(house: Means, role: str) -> dict[str, str]:
    """Id and name of the active members of a role."""
    with read(house.engine) as tx:
        found = tx.scalars(
            select(Staff).where(Staff.active, Staff.role == role).order_by(Staff.added_at, Staff.id)
        )
        return {one.id: house.house.open(one.id, one.name_sealed) for one in found}


def _in_hand(house: Means, role: str, as_name: str | None) -> tuple[bytes, str]:
    """The private key of a role and who gave it: from the files before the ceremony, then by the password of a member."""
    try:
        return house.keys.private(role), _BY
    except NoKey:
        pass
    if as_name is None:
        raise click.ClickException(f"say --as NAME: somebody who has the key of the role {role}")
    with read(house.engine) as tx:
        staff = staff_named(tx, house.sealer, as_name)
    password, passwords = _secret(f"Password of {as_name}"), Passwords()
    if staff is None or not staff.active or not passwords.check(staff.password_hash, password):
        raise click.ClickException("wrong name or password")
    store = house.sealer.store
    pair = key_grants.unlock(store, passwords, staff.id, password, house.clock.now())
    private = staff_keys.granted(store, pair, role) if pair is not None and staff.role == role else None
    if private is None:
        raise click.ClickException(f"{as_name} does not have the key of the role {role}")
    return private, staff.id


def _secret(what: str) -> str:
    if sys.stdin.isatty():
        return str(click.prompt(what, hide_input=True))
    return sys.stdin.readline().rstrip("\r\n")


def _cards() -> Collection[str]:
    if not sys.stdin.isatty():
        return sys.stdin.read().splitlines()
    first = click.prompt("Words of the card")
    return (first, click.prompt("Words of another card, if it was split", default="", show_default=False))


def _card(words: str, number: int, count: int) -> str:
    """A card as it is printed: six words a line, numbered for who types them."""
    split = words.split()
    lines = (split[start : start + 6] for start in range(0, len(split), 6))
    needed = "opens it alone" if count == 1 else "any two of the three open it"
    head = f"RECOVERY CARD {number} of {count} ({needed}). On paper only, in a safe; never on a computer."
    return "\n".join((head, *("  " + " ".join(line) for line in lines), ""))


def _write(path: Path, content: bytes) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
