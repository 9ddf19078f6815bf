"""`hotline counts`: how many records have which value, without opening one."""

from __future__ import annotations

import csv
import re
import sys

import click

from hotline.access.audit import Act
from hotline.access.matrix_file import matrix_of
from hotline.commands.house import means
from hotline.db import read, write
from hotline.statistics.aggregates import counted


@click.command()
@click.option("--month", default="", help="Like 2026-10; without it, all months.")
@click.option(
    "--inside", is_flag=True, help="For use within the house: smaller numbers are given too, none below 5."
)
def counts(month: str, inside: bool) -> None:
    """Write how many records have which value of the aggregate class, by month, form, channel and field, as CSV. It needs no
    key. Small numbers are not given: 11 is the least that leaves the house ([access] in hotline.toml)."""
    if month and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise click.BadParameter("write the month like 2026-10")
    house = means()
    access = house.settings.deployment.access
    smallest = access.small_cell_inside if inside else access.small_cell
    with write(house.engine) as tx:
        house.note(tx, Act.COUNTS, detail="inside" if inside else "outside")
    with read(house.engine) as tx:
        cells = counted(tx, matrix_of(house.settings, house.book.crosswalk), smallest, month)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("month", "form", "channel", "field", "value", "number"))
    for cell in cells:
        given = f"<{smallest}" if cell.number is None else cell.number
        out.writerow((cell.month, cell.form, cell.channel, cell.field, cell.value, given))
