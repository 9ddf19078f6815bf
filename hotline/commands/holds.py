"""`hotline hold`: nothing of a thread may be deleted for now, and why."""

from __future__ import annotations

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.access.audit import Act, as_code
from hotline.commands.house import means
from hotline.db import read, write
from hotline.retention.holds import lift, place, standing_holds
from hotline.threads.tables import Thread

_BY = "command:hold"


@click.group()
def hold() -> None:
    """Legal holds."""


@hold.command("add")
@click.argument("thread")
@click.option("--reason", required=True, help="One of hold_reasons in hotline.toml.")
def hold_add(thread: str, reason: str) -> None:
    """Nothing of THREAD (its id, or a reference that only one thread bears) is deleted until the hold is lifted."""
    house = means()
    reasons = house.settings.deployment.retention.hold_reasons
    if reason not in reasons:
        raise click.ClickException(f"no such reason; hotline.toml has {', '.join(reasons)}")
    with write(house.engine) as tx:
        found = the_thread(tx, thread)
        place(tx, house.kit, found.id, reason, _BY, house.clock.now())
        house.note(tx, Act.HELD, about=found.id, detail=as_code(reason))


@hold.command("lift")
@click.argument("thread")
def hold_lift(thread: str) -> None:
    """THREAD may be deleted again when its days are over."""
    house = means()
    with write(house.engine) as tx:
        held = the_thread(tx, thread).id
        if not lift(tx, held, _BY, house.clock.now()):
            raise click.ClickException("nothing holds it")
        house.note(tx, Act.HOLD_LIFTED, about=held)


@hold.command("list")
def hold_list() -> None:
    """What is held, since when (UTC), and why."""
    house = means()
    with read(house.engine) as tx:
        for one, thread in standing_holds(tx):
            click.echo(f"{thread.reference}\t{thread.id}\t{one.placed_at:%Y-%m-%d %H:%M}\t{one.reason}")


def the_thread(tx: Session, named: str) -> Thread:
    """The thread of that id or reference. Raises ClickException for none, or several."""
    by_id = tx.get(Thread, named)
    if by_id is not None:
        return by_id
    found = tx.scalars(select(Thread).where(Thread.reference == named.upper())).all()
    if len(found) != 1:
        raise click.ClickException(
            "no such thread"
            if not found
            else f"{len(found)} threads bear it; name one by its id: " + ", ".join(one.id for one in found)
        )
    return found[0]
