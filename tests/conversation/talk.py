"""A talk with the engine alone: no database, no carrier; the clock moves when the story says so."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from hotline.answers.question import Circumstances
from hotline.answers.sheet import Plain
from hotline.answers.understand import Words
from hotline.conversation.effects import Disposition, Effect, Raise, Submit
from hotline.conversation.inbound import CarrierWord, Channel, Inbound
from hotline.conversation.language import Greetings
from hotline.conversation.state import State
from hotline.conversation.step import is_over, step
from hotline.conversation.turn import Facts
from hotline.forms.book import Book
from hotline.triage.grade import DangerWords

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("en", "acf", "fr", "es", "ht", "zh")
FRIDAY = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@cache
def book() -> Book:
    return Book.open(ROOT)


@cache
def words() -> Words:
    return Words.load(ROOT / "locales")


@cache
def danger() -> DangerWords:
    return DangerWords.load(ROOT / "locales")


@cache
def greetings() -> Greetings:
    return Greetings.load(ROOT / "locales")


@dataclass
class Talk:
    """One conversation. `said` is the last answer, None for silence; `effects` those of the last message."""

    officer: bool = False
    language: str = ""
    taken: bool = False
    stopped: bool = False
    now: datetime = FRIDAY
    state: State | None = None
    said: str | None = None
    effects: tuple[Effect, ...] = ()
    all_effects: list[Effect] = field(default_factory=list)
    count: int = 0

    def hear(
        self, text: str, *, after: timedelta = timedelta(seconds=20), word: CarrierWord | None = None
    ) -> str | None:
        """The person writes `text`; gives the answer."""
        self.now += after
        self.count += 1
        inbound = Inbound(f"SM{self.count:032x}", Channel.SMS, "main", "+12025550123", text, self.now, word)
        facts = Facts(
            Circumstances(self.now, ZoneInfo("America/St_Lucia"), "LC", True, self.language or "en"),
            words(),
            danger(),
            LANGUAGES,
            "K7P",
            self.language,
            self.officer,
            self.taken,
            self.stopped,
        )
        if self.state is not None and is_over(self.state, inbound, facts, book()):
            self.state, facts = None, replace(facts, reference="M4R", before=self.state)
        outcome = step(book(), self.state, inbound, facts, greetings())
        self.state, self.said, self.effects = outcome.state, outcome.say, outcome.effects
        self.all_effects += outcome.effects
        return self.said

    def tell(self, *texts: str) -> str | None:
        """Several messages; gives the last answer."""
        for text in texts:
            self.hear(text)
        return self.said

    @property
    def alerts(self) -> list[tuple[str, tuple[str, ...]]]:
        """Every alert asked for so far: grade and rules."""
        return [(e.grade.value, e.rules) for e in self.all_effects if isinstance(e, Raise)]

    @property
    def disposition(self) -> Disposition | None:
        """How the conversation ended so far."""
        ended = [e.disposition for e in self.all_effects if isinstance(e, Submit) and e.disposition]
        return ended[-1] if ended else None

    def answer(self, name: str) -> tuple[str, Plain]:
        """State and value of one answer."""
        assert self.state is not None
        given = self.state.sheet.get(name)
        return (given.status.value, given.value) if given else ("not_asked", None)

    def wording(self, key: str, locale: str = "en", **params: object) -> str:
        """What a key says, so that stories do not repeat wordings that a task force may change."""
        return book().say(key, locale, **params)

    def label(self, form: str, name: str, locale: str = "en") -> str:
        """What an item asks."""
        return book().text(book().forms[form].item(name).label, locale)

    def again(self, name: str, locale: str = "en", form: str = "screening") -> str:
        """How an item is asked once more, with what is allowed."""
        item = book().forms[form].item(name)
        return book().text(item.again or item.label, locale)
