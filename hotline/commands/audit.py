"""`hotline audit`: what was done by whom, and whether the audit is whole."""

from __future__ import annotations

import re
from datetime import datetime

import click
from sqlalchemy import select

from hotline.access.audit import Act
from hotline.access.audit_heads import SHORT, Head, HeadFile, newest_head
from hotline.access.audit_tables import AuditRow
from hotline.access.audit_verify import Broken, Verdict, Why
from hotline.access.audit_verify import verify as go_through
from hotline.access.people import names, staff_named
from hotline.commands.house import means
from hotline.db import read, write

_NOTED = re.compile(rf"[0-9a-f]{{{SHORT},64}}")


@click.group()
def audit() -> None:
    """What staff, commands and jobs did: rows that are only added, each chained to the one before."""


@audit.command("list")
@click.option("--since", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%d %H:%M"]), help="On the country's clocks.")
@click.option("--by", default="", help="A name of the staff, or command:..., job:..., nobody.")
@click.option("--about", default="", help="The id of what was acted on.")
def audit_list(since: datetime | None, by: str, about: str) -> None:
    """Print the rows: number, time (UTC), act, by whom, about what, codes. Looking at them is an act too."""
    house = means()
    with write(house.engine) as tx:
        member = staff_named(tx, house.sealer, by) if by else None
        house.note(tx, Act.AUDIT_READ, about=member.id if member is not None else "")
    query = select(AuditRow).order_by(AuditRow.seq)
    if since is not None:
        query = query.where(AuditRow.at >= since.replace(tzinfo=house.settings.deployment.zone))
    if by:
        query = query.where(AuditRow.by == (member.id if member is not None else by))
    if about:
        query = query.where(AuditRow.about == about)
    with read(house.engine) as tx:
        known = names(tx, house.house)
        for row in tx.scalars(query.execution_options(yield_per=500)):
            who = known.get(row.by, row.by)
            click.echo(
                f"{row.seq}\t{row.at:%Y-%m-%d %H:%M:%S}\t{row.act}\t{who}\t{row.about}\t{row.detail}".rstrip()
            )


@audit.command("head")
def audit_head() -> None:
    """Print number and hash of the newest row, to be noted where nobody who reaches this database can change it."""
    house = means()
    with read(house.engine) as tx:
        head = newest_head(tx, house.clock.now())
    click.echo(f"{head.seq}\t{head.hash}" if head is not None else "no row yet")


@audit.command("verify")
@click.option(
    "--head", "noted", default="", help=f"A head noted elsewhere: its first {SHORT} characters or more."
)
def audit_verify(noted: str) -> None:
    """Go through every row. Exit status 1 at the first that was changed, removed, inserted, swapped or cut, and its number."""
    house = means()
    noted = noted.strip().lower()
    if noted and not _NOTED.fullmatch(noted):
        raise click.BadParameter(f"a head has {SHORT} to 64 characters, digits and a to f")
    heads = list(HeadFile(house.settings.data_dir).heads())
    with read(house.engine) as tx:
        verdict = go_through(tx, heads, noted)
    with write(house.engine) as tx:
        house.note(tx, Act.AUDIT_VERIFIED, detail=verdict.broken.why.value if verdict.broken else "whole")
    if verdict.broken is not None:
        raise click.ClickException(_wrong(verdict.broken))
    for line in _right(verdict, noted):
        click.echo(line)


def _right(verdict: Verdict, noted: str) -> list[str]:
    lines = [f"whole: {verdict.rows} rows; the newest bears {verdict.hash}"]
    if noted:
        lines.append("the head that was noted stands in it")
    if verdict.sure:
        lines.append(f"{verdict.heads} heads that went out stand in it; the newest names row {verdict.sure}")
    if verdict.sure < verdict.rows:
        lines.append(
            f"of rows {verdict.sure + 1} to {verdict.rows} no head went out yet: had somebody cut the end behind row "
            f"{verdict.sure}, or computed it anew, it could not be seen"
        )
    return lines


def _wrong(broken: Broken) -> str:
    head = _told(broken.head)
    one_of = (
        f"one of rows {broken.since} to {broken.seq}" if broken.since < broken.seq else f"row {broken.seq}"
    )
    return {
        Why.MISSING: f"row {broken.seq} is missing",
        Why.STRANGE: f"row {broken.seq} was inserted: no row has this number",
        Why.CHANGED: f"row {broken.seq} is not what was written",
        Why.ANEW: f"{one_of} was changed and the chain computed anew: {head}",
        Why.CUT: f"row {broken.seq} is missing, the end was cut: {head}",
        Why.NO_SUCH_HEAD: "no row bears the head that was noted: rows were changed or cut, or it is of another house",
    }[broken.why]


def _told(head: Head | None) -> str:
    return f"the head of {head.at:%Y-%m-%d} names row {head.seq}" if head is not None else ""
