"""Whole runs, played through the engine itself: what is said and heard is what would be sent and received."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from hotline.answers.question import Circumstances
from hotline.answers.understand import Words
from hotline.commands.costs.replies import compact_token, typical_reply
from hotline.conversation.inbound import Channel, Inbound
from hotline.conversation.language import Greetings
from hotline.conversation.state import Stage, State
from hotline.conversation.step import step
from hotline.conversation.turn import Facts
from hotline.deployment import Deployment
from hotline.forms.book import Book
from hotline.forms.definition import Form
from hotline.triage.grade import DangerWords
from hotline.wording.segments import size

_FROM = "+12025550123"
_MOST_STEPS = 60  # no form is this long: a run that does not end is a mistake in the content
# What the public answers on the way to a form; who it is about decides which.
_KIND_DIGIT = {"opening": "1", "online": "2"}


@dataclass(slots=True)
class Run:
    """The texts of one run: `heard` from the person, `said` to them."""

    heard: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def segments_in(self) -> int:
        return sum(size(text).segments for text in self.heard)

    @property
    def segments_out(self) -> int:
        return sum(size(text).segments for text in self.said)

    @property
    def both_ways(self) -> int:
        return self.segments_in + self.segments_out


class Player:
    """Plays runs of one book; nothing is stored."""

    def __init__(self, book: Book, root: Path, deployment: Deployment, now: datetime) -> None:
        self.book, self.deployment, self.now = book, deployment, now
        locales = root / "locales"
        self.words, self.danger = Words.load(locales), DangerWords.load(locales)
        self.greetings = Greetings.load(locales)

    def step_by_step(self, form: Form, locale: str) -> Run | None:
        """The longest run of the form, question by question; None when no text leads to it."""
        if not form.code and form.name not in _KIND_DIGIT:
            return None
        run, state = Run(), None
        heard: str | None = form.code or "?"
        while heard and len(run.heard) < _MOST_STEPS:
            state = self._hear(run, state, heard, locale, officer=bool(form.code))
            heard = self._reply(state, form, locale)
        return run

    def compact(self, form: Form, locale: str) -> Run | None:
        """A compact report and its read-back; None for a form without a code."""
        if not form.code:
            return None
        here = self._here(locale)
        items = [
            item for item in form.asked("sms", registered=True) if item.positional and item.relevant is None
        ]
        tokens = [compact_token(item, here) or "-" for item in items]
        run = Run()
        self._hear(run, None, f"{form.code} {'; '.join(tokens)}", locale, officer=True)
        return run

    def _hear(self, run: Run, state: State | None, text: str, locale: str, *, officer: bool) -> State:
        run.heard.append(text)
        at = self.now + timedelta(seconds=20 * len(run.heard))
        inbound = Inbound(f"run{len(run.heard)}", Channel.SMS, "main", _FROM, text, at)
        facts = Facts(
            self._here(locale), self.words, self.danger, tuple(self.deployment.languages), "K7P",
            locale if officer else "", officer,
        )  # fmt: skip
        outcome = step(self.book, state, inbound, facts, self.greetings)
        if outcome.say:
            run.said.append(outcome.say)
        return outcome.state

    def _reply(self, state: State, form: Form, locale: str) -> str | None:
        """What the person answers to what is open; None when the run is over."""
        match state.stage:
            case Stage.LANGUAGE:
                return str(self.deployment.languages.index(locale) + 1)
            case Stage.SAFE:
                return "1"
            case Stage.DANGER:
                return "2"
            case Stage.WHO:
                return _KIND_DIGIT[form.name]
            case Stage.FORM if state.open:
                asked = self.book.forms[state.form]
                return typical_reply(self.book, asked.item(state.open), asked.items, self._here(locale))
        return None

    def _here(self, locale: str) -> Circumstances:
        deployment = self.deployment
        return Circumstances(self.now, deployment.zone, deployment.country, deployment.day_first, locale)
