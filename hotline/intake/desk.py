"""Everything the intake process works with, opened once. It holds public and in-flight keys only, no private one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from hotline.access.key_readers import key_readers
from hotline.answers.first_look import FirstLook
from hotline.answers.question import Circumstances
from hotline.answers.sheet import question_of
from hotline.answers.understand import Words, understand
from hotline.calltree.heard import Setting
from hotline.carriers.carrier import Carrier
from hotline.carriers.opening import open_carriers, variants_of, voices_of
from hotline.config import Settings
from hotline.content import content_root, expect_much, settle
from hotline.conversation.language import Greetings
from hotline.conversation.officer_words import OfficerWords
from hotline.db import make_engine, write
from hotline.forms.book import Book
from hotline.forms.clips import Clips
from hotline.now import Clock, Ids
from hotline.threads.bell import Bell
from hotline.threads.conversations import Shelf
from hotline.threads.kit import Kit
from hotline.triage.grade import DangerWords, findings
from hotline.vault.opening import open_sealer


@dataclass(frozen=True)
class Desk:
    """The intake's means. `carriers` by line id; `clock` and `ids` are passed in (DESIGN 11)."""

    engine: Engine
    kit: Kit
    shelf: Shelf
    words: Words
    danger: DangerWords
    greetings: Greetings
    carriers: Mapping[str, Carrier]
    bell: Bell
    clock: Clock
    clips: Clips
    officer_words: OfficerWords = field(default_factory=OfficerWords)

    @property
    def settings(self) -> Settings:
        return self.kit.settings

    def here(self, at: datetime, locale: str = "") -> Circumstances:
        """When and where a message is read."""
        deployment = self.settings.deployment
        return Circumstances(
            at,
            ZoneInfo(deployment.time_zone),
            deployment.country,
            deployment.day_first,
            locale or deployment.languages[0],
        )

    def setting(self, at: datetime, locale: str = "") -> Setting:
        """What the call tree player needs."""
        return Setting(tuple(self.settings.deployment.languages), self.words, self.here(at, locale))


@dataclass(frozen=True)
class Content:
    """What was read of the content folder."""

    book: Book
    words: Words
    danger: DangerWords
    greetings: Greetings
    officer_words: OfficerWords


@cache
def read_content(root: Path) -> Content:
    """The content below `root`, read once per process (about two seconds) and warmed up, so that the first person is
    answered as fast as the next."""
    expect_much()
    locales = root / "locales"
    content = Content(
        Book.open(root),
        Words.load(locales),
        DangerWords.load(locales),
        Greetings.load(locales),
        OfficerWords.load(locales),
    )
    here = Circumstances(datetime(2026, 1, 1, tzinfo=UTC), ZoneInfo("UTC"), "LC", True, "en")
    for form in content.book.forms.values():
        for item in form.items:
            understand(question_of(item), "castries 12/11 xx", content.words, here)
        if form.code:
            content.words.compiled_for(form, FirstLook)
    findings("what is this", content.danger)
    settle()
    return content


def open_desk(settings: Settings, clock: Clock, ids: Ids) -> Desk:
    """Open everything; keys and the stored book are made where they are missing. Raises ValueError for lines that
    cannot work (no account)."""
    read = read_content(content_root(settings))
    sealer = open_sealer(settings, clock, key_readers(settings, read.book.crosswalk))
    engine = make_engine(settings.database_url)
    shelf = Shelf(read.book)
    with write(engine) as tx:
        shelf.put(tx, clock.now())
    return Desk(
        engine,
        Kit(settings, sealer, ids, read.book),
        shelf,
        read.words,
        read.danger,
        read.greetings,
        open_carriers(settings),
        Bell(settings.redis_url),
        clock,
        Clips(read.book.root, variants_of(settings.deployment), voices_of(settings.deployment)),
        read.officer_words,
    )
