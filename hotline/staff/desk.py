"""Everything the staff page works with, opened once. It holds the key to names and, until a key ceremony, that to records."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app
from sqlalchemy import Engine

from hotline.access.passwords import Passwords
from hotline.config import Settings
from hotline.content import content_root
from hotline.db import make_engine
from hotline.forms.book import Book
from hotline.now import Clock, Ids
from hotline.threads.bell import Bell
from hotline.threads.kit import Kit
from hotline.vault.keys import KeyFolder, NoKey, read_key
from hotline.vault.sealing import House, RecordsReader, Sealer, Unsealable
from hotline.wording.discretion import Discretion


@dataclass(frozen=True)
class StaffDesk:
    """The staff page's means. `reader` is None where this process has no key to records. `test_data` says that no key
    ceremony was held: the private keys lie in the data folder, so nothing real may be entered yet."""

    engine: Engine
    kit: Kit
    house: House
    reader: RecordsReader | None
    discretion: Discretion
    passwords: Passwords
    bell: Bell
    clock: Clock
    test_data: bool

    @property
    def settings(self) -> Settings:
        return self.kit.settings

    @property
    def https(self) -> bool:
        """Whether browsers reach the page by https."""
        return self.settings.staff_url.startswith("https:")

    @property
    def own_words(self) -> tuple[str, ...]:
        """Words of this deployment that anybody would try first in a password."""
        people = self.settings.deployment.people
        return ("hotline", self.settings.deployment.country_name, people.coordinator, people.data_manager)

    @property
    def may_skip_second(self) -> bool:
        """Whether one may log in without a second factor: only while the telephone network is the simulator."""
        return self.settings.is_simulated

    def locale(self, wished: str) -> str:
        """The wished language where the country has it, else its first."""
        languages = self.settings.deployment.languages
        return wished if wished in languages else languages[0]

    def opened(self, owner: str, sealed: bytes) -> str | None:
        """What was said or answered; None where it cannot be opened (no key here, or it was altered)."""
        if self.reader is None:
            return None
        try:
            return self.reader.open(owner, sealed).decode(errors="replace")
        except Unsealable:
            return None


def the_desk() -> StaffDesk:
    """The desk of the app that answers this request."""
    found: StaffDesk = current_app.extensions["desk"]
    return found


def open_desk(settings: Settings, clock: Clock, ids: Ids, passwords: Passwords | None = None) -> StaffDesk:
    """Open everything; keys are made where they are missing."""
    keys = KeyFolder(settings.data_dir / "keys")
    keys.make()
    root = content_root(settings)
    try:
        reader = RecordsReader(read_key(settings.export_key))
    except NoKey:
        reader = None
    return StaffDesk(
        engine=make_engine(settings.database_url),
        kit=Kit(settings, Sealer(keys), ids, Book.open(root)),
        house=House(keys),
        reader=reader,
        discretion=Discretion.load(root / "locales"),
        passwords=passwords or Passwords(),
        bell=Bell(settings.redis_url),
        clock=clock,
        test_data=(keys.path / "export.key").exists(),
    )
