"""`hotline export`."""

from __future__ import annotations

import sys

import click

from hotline.commands.house import means
from hotline.db import read
from hotline.records.export import as_htcds, as_jsonl
from hotline.vault.keys import NoKey, read_key
from hotline.vault.sealing import RecordsReader, Unsealable


@click.command()
@click.option("--format", "form", type=click.Choice(["jsonl", "htcds"]), default="jsonl")
def export(form: str) -> None:
    """Write every standard record to standard output: one JSON document a line, or HTCDS 2.0 columns as CSV."""
    house = means()
    engine, _keys = house.engine, house.keys
    try:
        reader = RecordsReader(read_key(house.settings.export_key), house.sealer.store)
    except NoKey as error:
        raise click.ClickException(str(error)) from None
    if _keys.holds_roles:
        click.echo("test data only: no key ceremony was held", err=True)
    write_lines = as_jsonl if form == "jsonl" else as_htcds
    try:
        with read(engine) as tx:
            for line in write_lines(tx, reader, house.book.crosswalk):
                sys.stdout.write(line + "\n")
    except Unsealable:
        raise click.ClickException(
            "this key does not open the records: is HOTLINE_EXPORT_KEY the right file?"
        ) from None
