"""`hotline backup` and `hotline restore`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from hotline.access.audit import Act
from hotline.commands.house import Means, means
from hotline.db import make_engine, write
from hotline.db_migrate import upgrade
from hotline.retention.archive import Broken
from hotline.retention.backups import (
    back_up,
    back_up_store,
    new_pair,
    private_key,
    restore_store,
    was_made,
)
from hotline.retention.backups import restore as put_back
from hotline.retention.dump import Unfit
from hotline.tables import metadata
from hotline.vault.opening import open_store
from hotline.vault.store import KeyStore
from hotline.vault.store_tables import StoreBase

PUBLIC = "backup.pub"
"""The public half of the backup key, in DATA_DIR."""
STORE = "key-store.backup"
"""The key store's own file, beside the backup: each time over the last one, for an old copy could read what was purged."""


@click.command()
@click.argument("file")
def backup(file: str) -> None:
    """Write a sealed backup to FILE: the database, and the keys folder. `hotline backup key` makes the key that it needs, and
    prints the private half once: it goes into the safe, never onto this machine."""
    house = means()
    if file == "key":
        _make_key(house)
        return
    public = house.settings.data_dir / PUBLIC
    if not public.exists():
        raise click.ClickException("there is no backup key yet: `hotline backup key` makes one")
    size = _write(house, Path(file), public.read_bytes())
    click.echo(
        f"{file}: {size} bytes, and {Path(file).with_name(STORE)}: keep the newest copy of that one alone"
    )


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--key-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the private half; without it, it is read from the keyboard.",
)
@click.option(
    "--key-store",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=f"The newest copy of the key store; by default {STORE} beside FILE.",
)
def restore(file: Path, key_file: Path | None, key_store: Path | None) -> None:
    """Restore FILE, and the newest copy of the key store, into an empty DATA_DIR and empty databases. What was purged since
    FILE was written stays unreadable."""
    store_file = key_store or file.with_name(STORE)
    if not store_file.exists():
        raise click.ClickException(f"there is no {store_file}: without the key store nothing can be read")
    house = means()
    settings = house.settings
    typed = key_file.read_text(encoding="utf-8") if key_file else _typed()
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    upgrade(settings.database_url)
    engine = make_engine(settings.database_url)
    try:
        private = private_key(typed)
        written = put_back(engine, metadata(), settings.data_dir / "keys", file, private)
        store = KeyStore.open(settings.vault_url)
        restore_store(store.engine, StoreBase.metadata, store_file, private)
        with write(engine) as tx:
            house.note(tx, Act.RESTORED)
    except (Broken, Unfit) as wrong:
        raise click.ClickException(str(wrong)) from None
    finally:
        engine.dispose()
    with write(house.engine) as tx:
        house.note(tx, Act.RESTORED)
    click.echo(f"restored what was written at {written}")


def _write(house: Means, file: Path, public: bytes) -> int:
    settings, now = house.settings, house.clock.now()
    size = back_up(house.engine, metadata(), settings.data_dir / "keys", file, public, now)
    store = open_store(settings, house.keys)
    back_up_store(store.engine, StoreBase.metadata, file.with_name(STORE), public, now)
    with write(house.engine) as tx:
        was_made(tx, house.ids.new(), size, now)
        house.note(tx, Act.BACKUP)
    return size


def _make_key(house: Means) -> None:
    settings = house.settings
    public = settings.data_dir / PUBLIC
    if public.exists():
        raise click.ClickException(f"{public} is there already; move it away to make another pair")
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    printed, half = new_pair()
    with write(house.engine) as tx:
        house.note(tx, Act.BACKUP_KEY)
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
