"""Everything the worker and the clock work with, opened once. They hold the worker's private key and the house key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Engine

from hotline.access.key_readers import key_readers
from hotline.carriers.carrier import Carrier
from hotline.carriers.opening import open_carriers
from hotline.config import Settings
from hotline.content import content_root
from hotline.db import make_engine
from hotline.forms.book import Book
from hotline.now import Clock, Ids
from hotline.records.normalise import Normaliser
from hotline.statistics.aggregates import Tally
from hotline.threads.bell import Bell
from hotline.threads.conversations import Shelf
from hotline.threads.kit import Kit
from hotline.vault.opening import key_folder, open_sealer
from hotline.vault.sealing import House, WorkerReader


@dataclass(frozen=True)
class Workshop:
    """The worker's means. `carriers` by line id."""

    engine: Engine
    kit: Kit
    house: House
    reader: WorkerReader
    normaliser: Normaliser
    carriers: Mapping[str, Carrier]
    bell: Bell
    clock: Clock

    @property
    def settings(self) -> Settings:
        return self.kit.settings

    @property
    def voice_line(self) -> str | None:
        """The line that rings the staff: the first that can voice."""
        return next((line_id for line_id, carrier in self.carriers.items() if carrier.line.voice), None)


def open_workshop(settings: Settings, clock: Clock, ids: Ids, book: Book | None = None) -> Workshop:
    """Open everything; keys are made where they are missing. `book`: one that was read already, else it is read. Raises
    ValueError for lines that cannot work."""
    keys = key_folder(settings)
    book = book or Book.open(content_root(settings))
    kit = Kit(settings, open_sealer(settings, clock, key_readers(settings, book.crosswalk)), ids, book)
    house, reader = House(keys), WorkerReader.load(keys, kit.sealer.store)
    return Workshop(
        make_engine(settings.database_url),
        kit,
        house,
        reader,
        Normaliser(kit, Shelf(kit.book), house, reader, Tally(kit, reader).count),
        open_carriers(settings),
        Bell(settings.redis_url),
        clock,
    )
