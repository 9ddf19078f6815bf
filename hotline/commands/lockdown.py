"""`hotline lockdown`: shut everybody but the Leader out of the staff page while something is looked into."""

from __future__ import annotations

import click

from hotline.access.audit import Act
from hotline.access.lockdown.locking import lock_down, locked_since, open_again
from hotline.commands.house import means
from hotline.db import read, write


@click.command()
@click.argument("state", type=click.Choice(["on", "off", "status"]), default="status")
def lockdown(state: str) -> None:
    """With `on`, every session ends at once, only the Leader can log in, and nothing is exported or revealed. Texts, calls,
    pages and what staff do by phone go on."""
    house = means()
    now = house.clock.now()
    if state == "on":
        with write(house.engine) as tx:
            fresh = lock_down(tx, house.ids, now)
            house.note(tx, Act.LOCKDOWN, detail="on")
        click.echo("locked down" if fresh else "locked down already; every session has ended once more")
    elif state == "off":
        with write(house.engine) as tx:
            was_locked = open_again(tx, now)
            house.note(tx, Act.LOCKDOWN, detail="off")
        click.echo("open again: everybody logs in anew" if was_locked else "it was open")
    else:
        with read(house.engine) as tx:
            since = locked_since(tx)
        zone = house.settings.deployment.zone
        click.echo(f"locked down since {since.astimezone(zone):%Y-%m-%d %H:%M}" if since else "open")
