"""One step: book, state, inbound and facts in; new state, what to say, and effects out. Pure.

Danger is looked for first, in every message, whatever else it is (DESIGN, the way of a message, 2).
"""

from __future__ import annotations

from dataclasses import dataclass

from hotline.answers.result import Understood
from hotline.answers.sheet import question_of
from hotline.answers.understand import understand
from hotline.conversation import emergency, forgetting, obeying, officer, opening
from hotline.conversation.command_words import Command, command_of
from hotline.conversation.effects import Disposition, Effect, Notice, Raise, Stopped, Submit
from hotline.conversation.graded import danger_in
from hotline.conversation.inbound import CarrierWord, Inbound
from hotline.conversation.language import Greetings
from hotline.conversation.state import Road, Stage, State
from hotline.conversation.turn import Facts, Turn
from hotline.forms.book import Book
from hotline.forms.definition import Kind
from hotline.triage.grade import Finding, Grade

_SILENT = (Stage.UNSAFE, Stage.WAITING)


@dataclass(frozen=True, slots=True)
class Step:
    """The outcome: `say` is None when nothing is said; `danger` tells whether the message bore words of danger."""

    state: State
    say: str | None
    effects: tuple[Effect, ...]
    danger: bool = False


def is_over(state: State, inbound: Inbound, facts: Facts, book: Book) -> bool:
    """Whether this message begins a new conversation instead of going on with `state`."""
    if officer.starts_report(inbound.text, book):
        another = not officer.adds_to(state, inbound, facts, book)
        return another and (state.road is Road.OFFICER or facts.officer)
    if state.stage is Stage.FORGOTTEN:
        return True
    if state.stage is Stage.DONE:
        return inbound.at.timestamp() - state.last > facts.silence.total_seconds()
    if state.road is not Road.OFFICER or state.stage is not Stage.REVIEW:
        return False
    long_ago = inbound.at.timestamp() - state.last > facts.silence.total_seconds()
    if not long_ago and (state.forgetting or state.offered or command_of(inbound.text, facts.words)):
        return False
    return not officer.goes_on(state, inbound.text, facts, book, long_ago=long_ago)


def step(book: Book, state: State | None, inbound: Inbound, facts: Facts, greetings: Greetings) -> Step:
    """Take one text. `state` is None when a conversation begins; it is not changed, a new one comes out."""
    now = int(inbound.at.timestamp())
    fresh = state is None
    state = State(book.hash, facts.reference, last=now) if state is None else state.copy()
    turn = Turn(book, facts, inbound, state)
    _walk(turn, greetings, fresh, silent_for=now - state.last)
    state.last = now
    silent = (facts.stopped and not _lifted(turn.effects)) or inbound.carrier_word in (
        CarrierWord.STOP,
        CarrierWord.HELP,
    )
    say = book.as_sent(" ".join(turn.says), turn.locale).strip() if turn.says and not silent else None
    if turn.says:
        state.unsaid = silent
    return Step(state, say or None, _gathered(turn.effects), turn.danger)


def _lifted(effects: list[Effect]) -> bool:
    """Whether a START word lifts the STOP."""
    return any(isinstance(effect, Stopped) and not effect.stopped for effect in effects)


def _gathered(effects: list[Effect]) -> tuple[Effect, ...]:
    """The effects in order, with one `Submit` at most, at the end: the last disposition counts."""
    others: list[Effect] = []
    submit: Submit | None = None
    for effect in effects:
        if not isinstance(effect, Submit):
            others.append(effect)
        elif submit is None or effect.disposition is not None:
            submit = effect
    return tuple(others) if submit is None else (*others, submit)


def _walk(turn: Turn, greetings: Greetings, fresh: bool, silent_for: int) -> None:
    state, inbound, facts = turn.state, turn.inbound, turn.facts
    found = danger_in(
        turn.text, facts.danger, turn.book, state, report=officer.starts_report(turn.text, turn.book)
    )
    turn.danger = bool(found)
    if fresh and not state.locale:
        state.locale = facts.language
    detected = ""  # a language that is known is not looked for
    if not state.locale or (state.stage is Stage.LANGUAGE and not fresh):
        detected = greetings.language_of(turn.text, facts.languages)
    if inbound.carrier_word is CarrierWord.STOP:
        turn.effects += [Stopped(True), Submit(Disposition.STOPPED)]
        return
    if inbound.carrier_word is CarrierWord.START:
        turn.effects.append(Stopped(False))
        if facts.stopped and not fresh and not facts.taken and not _is_answer(turn):
            opening.ask_open(turn)
            return
    if inbound.carrier_word is CarrierWord.HELP:
        _cry(turn, fresh, detected)
        return
    if facts.taken and state.road is Road.PUBLIC and not officer.speaks(turn):
        _to_whom_has_it(turn, found, silent_for)
        return
    if officer.speaks(turn) and (facts.officer or state.stage is not Stage.UNSAFE):
        if found:
            turn.raise_alert(found[0].grade, *(finding.rule for finding in found))
        officer.walk(turn)
        return
    _public(turn, greetings, found, fresh, detected, silent_for)


def _public(
    turn: Turn, greetings: Greetings, found: tuple[Finding, ...], fresh: bool, detected: str, silent_for: int
) -> None:
    state = turn.state
    if fresh and greetings.tells_more(turn.text):
        state.words.append(turn.text)
        turn.effects.append(Submit(None))
    worst = found[0].grade if found else Grade.ROUTINE
    if worst is Grade.EMERGENCY:
        if not state.locale:
            opening.set_language(turn, detected or _language_of(found, turn))
        if not fresh:
            state.words.append(turn.text)
        emergency.begin(turn, *(finding.rule for finding in found))
        return
    if worst is Grade.URGENT:
        turn.raise_alert(Grade.URGENT, *(finding.rule for finding in found))
    if turn.text == "0":
        opening.want_person(turn)
    elif fresh:
        _begin(turn, detected)
    elif state.stage in _SILENT:
        if not (state.stage is Stage.WAITING and opening.language_at_last(turn, detected)):
            _heard_in_silence(turn)
    elif silent_for > turn.facts.silence.total_seconds() and state.stage not in (Stage.LANGUAGE, Stage.DONE):
        _after_silence(turn)
    else:
        match obeying.obey(turn):
            case obeying.Obeyed.NO:
                _handle(turn, detected)
            case obeying.Obeyed.WRITTEN:
                opening.go_on(turn)


def _handle(turn: Turn, detected: str) -> None:
    match turn.state.stage:
        case Stage.LANGUAGE:
            opening.take_language(turn, detected)
        case Stage.SAFE | Stage.SAFE_AGAIN:
            opening.take_safe(turn)
        case Stage.DANGER:
            opening.take_danger(turn)
        case Stage.WHO:
            opening.take_who(turn)
        case Stage.CRY:
            emergency.after_cry(turn)
        case Stage.PLACE:
            emergency.take_place(turn)
        case Stage.CONTACT:
            emergency.take_contact(turn)
        case Stage.FORM:
            opening.take_form(turn)
        case Stage.DONE:
            turn.state.words.append(turn.text)
            turn.effects.append(Submit(None))
            if turn.state.resume != "added":
                turn.state.resume = "added"
                turn.say("public.added")
        case _:
            pass


def _begin(turn: Turn, detected: str) -> None:
    """A first message; of FORGET alone nothing is begun, a human is told."""
    if obeying.asked(turn) is Command.FORGET and turn.state.locale:
        forgetting.forget(turn)
        turn.say("public.forgotten")
        return
    opening.begin(turn, turn.state.locale or detected)


def _heard_in_silence(turn: Turn) -> None:
    """The machine is silent: a human reads it."""
    if obeying.asked(turn) is Command.FORGET:
        forgetting.forget(turn)
    turn.state.words.append(turn.text)
    turn.effects.append(Submit(None))


def _after_silence(turn: Turn) -> None:
    """The phone may have changed hands: the safety question again, and nothing is repeated (DESIGN 3)."""
    state = turn.state
    state.forgetting, state.offered = False, []
    if state.stage not in (Stage.SAFE, Stage.SAFE_AGAIN):
        state.resume = state.stage.value
    state.words.append(turn.text)
    turn.effects.append(Submit(None))
    opening.ask_safe(turn)


def _cry(turn: Turn, fresh: bool, detected: str) -> None:
    """A HELP word: the carrier answers it, we grade it as a cry, and the question stays open."""
    if fresh and (detected and not turn.state.locale):
        opening.set_language(turn, detected)
    turn.raise_alert(Grade.EMERGENCY, "help_word")
    turn.effects.append(Submit(None))
    if fresh:
        turn.state.stage = Stage.CRY if turn.state.locale else Stage.LANGUAGE


def _is_answer(turn: Turn) -> bool:
    """Whether a START word answers what is open: YES does where yes or no is asked; START is no story and no place. After
    a long silence, and to a machine that is silent, it is a message like any other."""
    state, facts = turn.state, turn.facts
    away = turn.inbound.at.timestamp() - state.last > facts.silence.total_seconds()
    if away or state.stage in (*_SILENT, Stage.DONE, Stage.REVIEW):
        return True
    if state.unsaid:
        return False
    item = turn.book.forms["opening"].item("safe_now")
    if not isinstance(understand(question_of(item), turn.text, facts.words, facts.here), Understood):
        return False
    if state.stage is Stage.FORM and state.open:
        return turn.book.forms[state.form].item(state.open).kind is Kind.YES_NO
    return state.stage in (Stage.SAFE, Stage.SAFE_AGAIN, Stage.DANGER)


def _to_whom_has_it(turn: Turn, found: tuple[Finding, ...], silent_for: int) -> None:
    """A person has the thread: the machine is silent; new danger and a long silence are told to that person."""
    _heard_in_silence(turn)
    if found:
        turn.effects.append(Raise(found[0].grade, tuple(finding.rule for finding in found)))
    if silent_for > turn.facts.silence.total_seconds():
        turn.effects.append(Notice("back_after_silence"))


def _language_of(found: tuple[Finding, ...], turn: Turn) -> str:
    """The language of the rule that fired ("es.held.2"), else the line's first."""
    locale = found[0].rule.split(".", 1)[0]
    return locale if locale in turn.facts.languages else turn.facts.languages[0]
