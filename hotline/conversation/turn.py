"""One turn of a conversation: what is known, what is said, what is asked of the house."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from hotline.answers.question import Circumstances
from hotline.answers.understand import Words
from hotline.conversation.effects import Effect, Raise
from hotline.conversation.inbound import Inbound
from hotline.conversation.state import State
from hotline.forms.book import Book
from hotline.forms.definition import Wording
from hotline.triage.grade import DangerWords, Grade
from hotline.wording.segments import size


@dataclass(frozen=True, slots=True)
class Facts:
    """What the house knows when a message comes in. `officer` says that the number is a registered officer's;
    `language` is the contact's, "" when unknown; `taken` that a person has the thread in hand; `stopped` that a STOP
    word was sent; `reference` a fresh one, should a conversation begin, and `before` then the one that it ended. `languages` are in the order of their digits."""

    here: Circumstances
    words: Words
    danger: DangerWords
    languages: tuple[str, ...]
    reference: str
    language: str = ""
    officer: bool = False
    taken: bool = False
    stopped: bool = False
    silence: timedelta = timedelta(minutes=15)
    before: State | None = None


@dataclass(slots=True)
class Turn:
    """A step in the making. `state` is changed in place; `say` is joined to one text; `effects` are collected. `text` is
    what was written, without space around it; `now` the epoch second of the message."""

    book: Book
    facts: Facts
    inbound: Inbound
    state: State
    says: list[str] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    danger: bool = False  # the message bears words of danger
    text: str = field(init=False)
    now: int = field(init=False)

    def __post_init__(self) -> None:
        self.text = self.inbound.text.strip()
        self.now = int(self.inbound.at.timestamp())

    @property
    def locale(self) -> str:
        """The language to answer in; the first of the line until it is known."""
        return self.state.locale or self.facts.languages[0]

    def say(self, key: str, /, **params: object) -> None:
        """Say a wording of `wordings.yaml`."""
        self.says.append(self.book.say(key, self.locale, **params))

    def ask(self, wording: Wording, /, **params: object) -> None:
        """Say the wording of an item."""
        self.says.append(self.book.text(wording, self.locale, **params))

    def segments(self, text: str) -> int:
        """How many segments the text takes as it is sent."""
        return size(self.book.as_sent(text, self.locale)).segments

    def raise_alert(self, grade: Grade, *rules: str, live: bool = False) -> None:
        """Ask for an alert, unless one as grave was asked for already in this conversation by the same rules."""
        self.state.grade = Grade.worst(Grade(self.state.grade), grade).value
        self.effects.append(Raise(grade, rules, live))
