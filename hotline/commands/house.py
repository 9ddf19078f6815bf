"""What commands that touch the data open: settings, database (migrated), keys."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property

import click
from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from hotline.access.audit import Act, note
from hotline.access.key_readers import key_readers
from hotline.config import ConfigError, Settings, load
from hotline.content import content_root
from hotline.db import make_engine, read
from hotline.db_migrate import upgrade
from hotline.forms.book import Book
from hotline.now import RandomIds, SystemClock
from hotline.standards.crosswalk import Crosswalk
from hotline.threads.kit import Kit
from hotline.threads.tables import Contact
from hotline.vault.keys import KeyFolder
from hotline.vault.opening import open_store
from hotline.vault.sealing import House, Sealer


@dataclass
class Means:
    """Opened step by step, as a command needs it; works on an empty DATA_DIR before the first `up`."""

    settings: Settings

    @cached_property
    def keys(self) -> KeyFolder:
        keys = KeyFolder(self.settings.data_dir / "keys")
        if keys.is_empty and self._has_contacts():
            raise click.ClickException(
                f"the database holds data, but there are no keys in {keys.path}: put the backup of this folder back"
            )
        keys.make()
        return keys

    def _has_contacts(self) -> bool:
        """Whether the database holds what only its own keys open. New keys beside it would lock it for ever."""
        try:
            with read(self.engine) as tx:
                return tx.scalar(select(Contact.id).limit(1)) is not None
        except SQLAlchemyError:
            return False

    @cached_property
    def engine(self) -> Engine:
        self.settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        upgrade(self.settings.database_url)
        return make_engine(self.settings.database_url)

    @cached_property
    def sealer(self) -> Sealer:
        readers = key_readers(self.settings, Crosswalk.load())
        return Sealer(self.keys, open_store(self.settings, self.keys), self.clock, readers)

    @cached_property
    def house(self) -> House:
        return House(self.keys)

    @cached_property
    def book(self) -> Book:
        return Book.open(content_root(self.settings))

    @cached_property
    def kit(self) -> Kit:
        return Kit(self.settings, self.sealer, self.ids, self.book)

    @cached_property
    def ids(self) -> RandomIds:
        return RandomIds()

    def note(self, tx: Session, act: Act, *, about: str = "", detail: str = "", by: str = "") -> None:
        """Write in the audit, in the transaction of the act, that this command did it (`command:staff.add`), or `by` by it."""
        note(tx, self.ids, act, self.clock.now(), by=by or f"command:{called()}", about=about, detail=detail)

    @cached_property
    def clock(self) -> SystemClock:
        return SystemClock()


def called() -> str:
    """The words of the command that runs, with dots between: `staff.phone.add`; `hotline` outside of any."""
    context = click.get_current_context(silent=True)
    words: list[str] = []
    while context is not None and context.parent is not None:
        words.insert(0, context.command.name or "")
        context = context.parent
    return ".".join(words) or "hotline"


def means() -> Means:
    """The means of this command, from the environment. A wrong setting is one line."""
    try:
        return Means(load(os.environ))
    except ConfigError as error:
        raise click.ClickException(str(error)) from None
