"""The command line (DESIGN, interfaces): every command works on an empty DATA_DIR, prompts only on a terminal, and
tells an error in one line."""

from __future__ import annotations

import sys

import click

from hotline.commands.connecting import connect
from hotline.commands.content import check, messages, say
from hotline.commands.doctor import doctor
from hotline.commands.exporting import export
from hotline.commands.people import officers, rota, staff
from hotline.commands.processes import clock, simulator, up, worker
from hotline.config import ConfigError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def hotline() -> None:
    """The hotline: texts and calls become records and wake somebody."""


for command in (
    up, worker, clock, simulator, officers, staff, rota, export, check, messages, say, connect, doctor,
):  # fmt: skip
    hotline.add_command(command)


def main() -> None:
    """Entry point of `hotline`."""
    try:
        hotline(standalone_mode=True)
    except (ConfigError, ValueError) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)
