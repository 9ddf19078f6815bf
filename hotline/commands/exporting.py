"""`hotline export`."""

from __future__ import annotations

import sys

import click

from hotline.access.audit import Act
from hotline.access.lockdown.locking import LockedDown, refuse_if_locked
from hotline.access.matrix import Purpose
from hotline.access.matrix_file import matrix_of
from hotline.commands.house import means
from hotline.db import read, write
from hotline.records.export import Leave, as_htcds, as_jsonl
from hotline.vault.keys import NoKey, read_key
from hotline.vault.sealing import RecordsReader, Unsealable


@click.command()
@click.option("--format", "form", type=click.Choice(["jsonl", "htcds"]), default="jsonl")
@click.option(
    "--purpose",
    type=click.Choice([purpose.value for purpose in Purpose]),
    default=Purpose.EXPORT.value,
    help="What it is for: what the matrix lets the role `export` export for it is in it. Default: export, the whole record.",
)
def export(form: str, purpose: str) -> None:
    """Write every standard record to standard output: one JSON document a line, or HTCDS 2.0 columns as CSV."""
    house = means()
    engine, _keys = house.engine, house.keys  # on an empty folder both are made
    try:
        with read(engine) as tx:
            refuse_if_locked(tx)
    except LockedDown as error:
        raise click.ClickException(str(error)) from None
    try:
        store = house.sealer.store  # makes the keys at the first start
        reader = RecordsReader(read_key(house.settings.export_key), store)
    except NoKey as error:
        raise click.ClickException(str(error)) from None
    leave = Leave(matrix_of(house.settings, house.book.crosswalk), purpose)
    if leave.nothing:
        raise click.ClickException(f"the matrix lets nothing leave for the purpose {purpose}")
    if house.keys.holds_roles:
        click.echo("test data only: no key ceremony was held", err=True)
    write_lines = as_jsonl if form == "jsonl" else as_htcds
    try:
        with write(engine) as tx:  # before the first line leaves, whatever becomes of the rest
            house.note(tx, Act.EXPORT, detail=f"{form},purpose={purpose}")
        with read(engine) as tx:
            for line in write_lines(tx, reader, house.book.crosswalk, leave):
                sys.stdout.write(line + "\n")
    except Unsealable:
        raise click.ClickException(
            "this key does not open the records: is HOTLINE_EXPORT_KEY the right file?"
        ) from None
