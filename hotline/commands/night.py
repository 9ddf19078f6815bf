"""`hotline night`: play on-call nights in seconds."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import click

from hotline.commands.nights.house import settings_in
from hotline.commands.nights.playing import Played, play
from hotline.commands.nights.reading import read
from hotline.commands.nights.telling import account, timeline
from hotline.config import load
from hotline.forms.source import BadContent


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-v", "--verbose", is_flag=True, help="Print the timeline of nights that pass too.")
def night(files: tuple[Path, ...], verbose: bool) -> None:
    """Play on-call nights: who is on call, what happens, what the carrier does, and what must come of it.

    Each FILE is played in a throw-away house on a virtual clock. A text, call, complaint of the carrier or error line
    that the file does not expect fails it."""
    config_file = load(os.environ).config_file
    failed = 0
    for file in files:
        try:
            played = play_file(file, config_file)
        except BadContent as error:
            raise click.ClickException(str(error)) from None
        if verbose or not played.passed:
            click.echo("\n".join(timeline(played)))
        click.echo("\n".join(account(played)))
        failed += not played.passed
    if failed:
        sys.exit(1)


def play_file(file: Path, config_file: Path, database_url: str = "") -> Played:
    """Read a night and play it with the task force's settings, in a folder that is gone afterwards; on SQLite, or in the
    database at `database_url`, which holds every table and no row. Raises `BadContent` with file and line."""
    with tempfile.TemporaryDirectory(prefix="night-") as folder:
        settings = settings_in(Path(folder), config_file, database_url)
        deployment = settings.deployment
        return play(read(file, deployment.zone, tuple(deployment.languages)), settings)
