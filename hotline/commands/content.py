"""`hotline check`, `hotline messages`, `hotline say`."""

from __future__ import annotations

import sys
from datetime import timedelta
from zoneinfo import ZoneInfo

import click

from hotline.answers.question import Circumstances
from hotline.answers.understand import Words
from hotline.carriers.opening import voices_of
from hotline.commands import check_watch
from hotline.commands.checking import as_json_text, as_lines, problems_of
from hotline.commands.costs.runs import Player
from hotline.commands.costs.telling import tables, too_dear
from hotline.commands.house import Means, means
from hotline.content import content_root
from hotline.conversation import opening
from hotline.conversation.asking import ask_next
from hotline.conversation.effects import Effect, Raise, Submit, Unsafe, WantsPerson
from hotline.conversation.inbound import Channel, Inbound
from hotline.conversation.language import Greetings
from hotline.conversation.state import Stage, State
from hotline.conversation.step import step
from hotline.conversation.turn import Facts, Turn
from hotline.forms.messages import update
from hotline.forms.progress import progress
from hotline.triage.grade import DangerWords
from hotline.wording.segments import size


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Counts and problems as JSON.")
@click.option(
    "--segments",
    is_flag=True,
    help="Instead, what texting costs: segments and price per prompt, form, language.",
)
def check(as_json: bool, segments: bool) -> None:
    """Lint all content: forms, call trees, wordings, danger words, audio. File and line; notes are no failures."""
    house = means()
    if segments:
        _costs(house)
        return
    found = problems_of(content_root(house.settings), house.book, house.settings)
    found += check_watch.problems(house)
    deployment = house.settings.deployment
    languages = list(progress(house.book, deployment.languages, voices_of(deployment)))
    click.echo(as_json_text(languages, found) if as_json else "\n".join(as_lines(languages, found)))
    if any(problem.serious for problem in found):
        sys.exit(1)


def _costs(house: Means) -> None:
    """The tables of costs; fails when an officer's report is dearer than it may be."""
    root, deployment = content_root(house.settings), house.settings.deployment
    player = Player(house.book, root, deployment, house.clock.now())
    line = next((line for line in deployment.lines if line.sms_out), deployment.lines[0])
    for row in tables(player, line, deployment.languages):
        click.echo(row)
    dear = list(too_dear(player, deployment.languages))
    for told in dear:
        click.echo(told)
    if dear:
        sys.exit(1)


@click.command()
@click.option(
    "--check", "only_check", is_flag=True, help="Change nothing; fail when a catalogue is out of step."
)
def messages(only_check: bool) -> None:
    """Bring the catalogues in locales/ up to date with forms, templates and code."""
    drift = update(content_root(means().settings), write=not only_check)
    for change in drift.changes:
        click.echo(str(change))
    if only_check and drift:
        raise click.ClickException("the catalogues are out of step: run `make messages`")


@click.command()
@click.argument("form")
@click.option("--lang", "locale", default="en", help="The language of the one who answers.")
def say(form: str, locale: str) -> None:
    """Play a form in the terminal, one line a message, through the same engine. An empty line is nothing; Ctrl-D ends."""
    house = means()
    book = house.book
    if form not in book.forms:
        raise click.ClickException(f"no form '{form}'; there are {', '.join(book.forms)}")
    if locale not in house.settings.deployment.languages:
        raise click.ClickException(f"no language '{locale}'")
    player = _Player(house, form, locale)
    player.begin()
    for line in sys.stdin:
        if line.strip():
            player.hear(line.rstrip("\n"))


def _in_words(effect: Effect) -> str:
    """What the house would do."""
    match effect:
        case Raise(grade=grade, rules=rules):
            return f"alert: {grade} ({', '.join(rules)})"
        case Submit(disposition=None):
            return "record: kept so far"
        case Submit(disposition=disposition):
            return f"record: {disposition}"
        case Unsafe():
            return "not safe: silent from now on"
        case WantsPerson(reason=reason):
            return f"a person: {reason}"
        case _:
            return str(effect)


class _Player:
    """A person in the terminal; nothing is stored."""

    def __init__(self, house: Means, form: str, locale: str) -> None:
        root = content_root(house.settings)
        self.house, self.form, self.locale = house, form, locale
        self.words, self.danger = Words.load(root / "locales"), DangerWords.load(root / "locales")
        self.greetings = Greetings.load(root / "locales")
        self.state: State | None = None
        self.count = 0

    def begin(self) -> None:
        """The first question: an officer's code, or the form itself; the opening begins with a first message."""
        book = self.house.book
        if book.forms[self.form].code:
            self.hear(book.forms[self.form].code)
            return
        now = int(self.house.clock.now().timestamp())
        state = State(book.hash, "K7P", locale=self.locale, form=self.form, last=now)
        turn = Turn(book, self._facts(), self._inbound(""), state)
        if self.form == "opening":
            opening.ask_safe(turn)
        else:
            state.stage, state.kind = Stage.FORM, "other" if self.form == "online" else "work"
            ask_next(turn, opening.items_of(turn))
        self.state = state
        self._show(" ".join(turn.says))

    def hear(self, text: str) -> None:
        """One message in; what is said and done comes out."""
        outcome = step(self.house.book, self.state, self._inbound(text), self._facts(), self.greetings)
        self.state = outcome.state
        self._show(outcome.say)
        for effect in outcome.effects:
            click.secho(f"    {_in_words(effect)}", dim=True)

    def _show(self, text: str | None) -> None:
        click.echo(f"< {text} [{size(text).segments}]" if text else "< (nothing)")

    def _inbound(self, text: str) -> Inbound:
        self.count += 1
        return Inbound(f"say{self.count}", Channel.SMS, "main", "+12025550123", text, self.house.clock.now())

    def _facts(self) -> Facts:
        deployment = self.house.settings.deployment
        here = Circumstances(
            self.house.clock.now(),
            ZoneInfo(deployment.time_zone),
            deployment.country,
            deployment.day_first,
            self.locale,
        )
        officer = bool(self.house.book.forms[self.form].code)
        return Facts(
            here, self.words, self.danger, tuple(deployment.languages), "K7P", self.locale, officer,
            silence=timedelta(minutes=deployment.timings.silence_minutes),
        )  # fmt: skip
