"""`hotline retention`: what goes when, what the carriers still hold, and purging by hand."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click
from sqlalchemy import select

from hotline.access.audit import Act, as_code
from hotline.carriers.carrier import CarrierError
from hotline.carriers.opening import open_carriers
from hotline.commands.house import Means, means
from hotline.db import read, write
from hotline.retention.classes import standing
from hotline.retention.purging import Ending, Mark, closed_threads, ending, purge
from hotline.retention.reconciling import reconcile
from hotline.retention.reviews import confirm, due_reviews
from hotline.retention.tables import CarrierCopy, CopyState
from hotline.threads.tables import Thread, ThreadState

_PIECE = 200


@click.group()
def retention() -> None:
    """How long what is kept, and what is gone."""


@retention.command("list")
def retention_list() -> None:
    """Each thread by its reference: class, when its words and when all of it goes (UTC), and what stops it."""
    house = means()
    days = house.settings.deployment.retention
    with read(house.engine) as tx:
        for thread in tx.scalars(select(Thread).order_by(Thread.opened_at, Thread.id)):
            how = standing(tx, days, thread)
            words = f"{how.words_end_at:%Y-%m-%d}" if how.words_end_at else "-"
            ends = f"{how.ends_at:%Y-%m-%d}" if how.ends_at else "-"
            stops = "held" if how.held else "open" if thread.state == ThreadState.OPEN else ""
            stops = "unread" if thread.waiting_since is not None else stops
            click.echo(f"{thread.reference}\t{thread.id}\t{how.kept_as}\t{words}\t{ends}\t{stops}")


@retention.command("purge")
@click.option("--dry-run", is_flag=True, help="Delete nothing: print what would go now.")
def retention_purge(dry_run: bool) -> None:
    """Purge now what has come to its end; the clock process does the same, a little each minute."""
    house = means()
    now, count = house.clock.now(), 0
    for one in _ending(house):
        what = "all" if one.all_of_it else "words"
        click.echo(f"{one.thread.reference}\t{one.thread.id}\t{one.standing.kept_as}\t{what}")
        count += 1
        if not dry_run:
            with write(house.engine) as tx:
                purge(tx, house.kit, one.thread.id, now, by="command:retention purge")
    click.echo(f"{count} {'would go' if dry_run else 'gone'}")
    if not dry_run:
        with write(house.engine) as tx:
            house.note(tx, Act.PURGED, detail=f"threads={count}")


@retention.command("check")
def retention_check() -> None:
    """Ask each carrier what it still holds of us, and prove what is gone. Exit status 1 when something is left that should
    not be, or never reached us."""
    house = means()
    carriers = open_carriers(house.settings)
    try:
        looks = reconcile(house.engine, house.kit, carriers, house.clock.now())
    except CarrierError as error:
        raise click.ClickException(f"the carrier cannot be asked: {error.code}") from None
    finally:
        for carrier in carriers.values():
            carrier.close()
    for one in looks:
        click.echo(
            f"{one.line}\t{one.left} left\t{one.missed} never reached us\t{one.proven} proven gone"
            + ("" if one.whole else "\tnot all was listed: run it again")
        )
    with write(house.engine) as tx:
        house.note(tx, Act.CARRIERS_ASKED)
    kept = (CopyState.KEPT, CopyState.STUCK)
    with read(house.engine) as tx:
        for copy in tx.scalars(select(CarrierCopy).where(CarrierCopy.state.in_(kept))):
            click.echo(f"{copy.line}\t{copy.kind} {copy.sid}\t{copy.state}: {copy.error}")
    if any(one.left or one.missed for one in looks):
        sys.exit(1)


@retention.command("review")
def retention_review() -> None:
    """What is known of suspects and is to be looked at again: reference, record, since when (UTC), when it goes."""
    house = means()
    with read(house.engine) as tx:
        for review, record in due_reviews(tx, house.clock.now()):
            click.echo(
                f"{record.reference}\t{record.id}\t{review.review_at:%Y-%m-%d}\t{review.expires_at:%Y-%m-%d}"
            )


@retention.command("confirm")
@click.argument("record")
@click.option("--reason", required=True, help="One of suspect_reasons in hotline.toml.")
def retention_confirm(record: str, reason: str) -> None:
    """What RECORD (its id) tells of suspects still holds, and why."""
    house = means()
    with write(house.engine) as tx:
        done = confirm(tx, house.kit, record, reason, "command:retention", house.clock.now())
        if done:
            house.note(tx, Act.SUSPECTS_CONFIRMED, about=record, detail=as_code(reason))
        else:
            reasons = ", ".join(house.settings.deployment.retention.suspect_reasons)
            raise click.ClickException(f"no such record with suspects, or no such reason ({reasons})")


def _ending(house: Means) -> Iterator[Ending]:
    """All threads of which something goes now."""
    days, now = house.settings.deployment.retention, house.clock.now()
    mark: Mark | None = None
    while True:
        with read(house.engine) as tx:
            threads = closed_threads(tx, days, now, mark, _PIECE)
            found = [one for one in (ending(tx, days, thread, now) for thread in threads) if one.words]
        yield from found
        if len(threads) < _PIECE or threads[-1].closed_at is None:
            return
        mark = Mark(threads[-1].closed_at, threads[-1].id)
