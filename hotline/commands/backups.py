"""`hotline backup` and `hotline restore`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from hotline.commands.house import Means, means
from hotline.config import Settings
from hotline.db import make_engine, write
from hotline.db_migrate import upgrade
from hotline.retention.archive import Broken
from hotline.retention.backups import back_up, files_of, new_pair, private_key, was_made
from hotline.retention.backups import restore as put_back
from hotline.retention.dump import Unfit
from hotline.tables import metadata

PUBLIC = "backup.pub"
"""The public half of the backup key, in DATA_DIR."""


@click.command()
@click.argument("file")
def backup(file: str) -> None:
    """Write a sealed backup to FILE: the database, and the keys folder. `hotline backup key` makes the key that it needs, and
    prints the private half once: it goes into the safe, never onto this machine."""
    house = means()
    if file == "key":
        _make_key(house.settings)
        return
    public = house.settings.data_dir / PUBLIC
    if not public.exists():
        raise click.ClickException("there is no backup key yet: `hotline backup key` makes one")
    size = _write(house, Path(file), public.read_bytes())
    click.echo(f"{file}: {size} bytes")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--key-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the private half; without it, it is read from the keyboard.",
)
def restore(file: Path, key_file: Path | None) -> None:
    """Restore FILE into an empty DATA_DIR and an empty database."""
    house = means()
    settings = house.settings
    typed = key_file.read_text(encoding="utf-8") if key_file else _typed()
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    upgrade(settings.database_url)
    engine = make_engine(settings.database_url)
    try:
        written = put_back(engine, metadata(), settings.data_dir / "keys", file, private_key(typed))
    except (Broken, Unfit) as wrong:
        raise click.ClickException(str(wrong)) from None
    finally:
        engine.dispose()
    click.echo(f"restored what was written at {written}")


def _write(house: Means, file: Path, public: bytes) -> int:
    settings, now = house.settings, house.clock.now()
    size = back_up(
        house.engine, metadata(), settings.data_dir / "keys", files_of(settings.vault_url), file, public, now
    )
    with write(house.engine) as tx:
        was_made(tx, house.ids.new(), size, now)
    return size


def _make_key(settings: Settings) -> None:
    public = settings.data_dir / PUBLIC
    if public.exists():
        raise click.ClickException(f"{public} is there already; move it away to make another pair")
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    printed, half = new_pair()
    public.write_bytes(half)
    click.echo(
        "The private half of the backup key. Write it down, put it into the safe; it is shown once:", err=True
    )
    click.echo(printed)


def _typed() -> str:
    """The private half from the keyboard, asked for on a terminal alone."""
    if sys.stdin.isatty():
        click.echo("The private half of the backup key:", err=True)
    return sys.stdin.readline()
