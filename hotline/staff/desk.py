"""Everything the staff page works with, opened once. It holds the key to names; what was said
opens with the key of the role of who is logged in."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, g
from sqlalchemy import Engine

from hotline.access import key_grants
from hotline.access.key_readers import key_readers
from hotline.access.passwords import Passwords
from hotline.access.sessions import Visitor
from hotline.config import Settings
from hotline.content import content_root
from hotline.db import make_engine, read
from hotline.forms.book import Book
from hotline.now import Clock, Ids
from hotline.threads.bell import Bell
from hotline.threads.kit import Kit
from hotline.vault.keys import KeyFolder, NoKey
from hotline.vault.opening import key_folder, open_sealer
from hotline.vault.sealing import House, RecordsReader, Unsealable
from hotline.wording.discretion import Discretion


@dataclass(frozen=True)
class StaffDesk:
    """The staff page's means. `keys` is the folder with the roles' private keys until the key ceremony; what opens what was said
    is for each visitor their own (`reader`)."""

    engine: Engine
    kit: Kit
    house: House
    keys: KeyFolder
    discretion: Discretion
    passwords: Passwords
    bell: Bell
    clock: Clock

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

    @property
    def test_data(self) -> bool:
        """Whether no key ceremony was held: private keys lie in the data folder, so nothing real may be entered yet."""
        return self.keys.holds_roles

    @property
    def reader(self) -> RecordsReader | None:
        """What opens for who is logged in, by the key of their role; None where they have none."""
        if "reader" not in g:
            g.reader = self._reader()
        found: RecordsReader | None = g.reader
        return found

    def _reader(self) -> RecordsReader | None:
        visitor: Visitor | None = g.visitor
        if visitor is None:
            return None
        store = self.kit.sealer.store
        try:
            private: bytes | None = self.keys.private(visitor.role)
        except NoKey:  # a ceremony was held: it is kept for this session alone
            with read(self.engine) as tx:
                private = key_grants.of_session(tx, g.session_id, visitor.role)
        return RecordsReader(private, store, visitor.role) if private is not None else None

    def opened(self, owner: str, sealed: bytes) -> str | None:
        """What was said or answered; None where it cannot be opened (no key here, or it was altered)."""
        reader = self.reader
        if reader is None:
            return None
        try:
            return reader.open(owner, sealed).decode(errors="replace")
        except Unsealable:
            return None


def the_desk() -> StaffDesk:
    """The desk of the app that answers this request."""
    found: StaffDesk = current_app.extensions["desk"]
    return found


def open_desk(settings: Settings, clock: Clock, ids: Ids, passwords: Passwords | None = None) -> StaffDesk:
    """Open everything; keys are made where they are missing."""
    keys = key_folder(settings)
    root = content_root(settings)
    book = Book.open(root)
    sealer = open_sealer(settings, clock, key_readers(settings, book.crosswalk))
    return StaffDesk(
        engine=make_engine(settings.database_url),
        kit=Kit(settings, sealer, ids, book),
        house=House(keys),
        keys=keys,
        discretion=Discretion.load(root / "locales"),
        passwords=passwords or Passwords(),
        bell=Bell(settings.redis_url),
        clock=clock,
    )
