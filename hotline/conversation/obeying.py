"""The commands of `command_words`, obeyed at any question, and the replies to what they asked."""

from __future__ import annotations

from enum import StrEnum

from hotline.conversation import forgetting, going_back, opening
from hotline.conversation.asking import number_of
from hotline.conversation.command_words import Command, command_of
from hotline.conversation.state import Road, Stage
from hotline.conversation.turn import Turn


class Obeyed(StrEnum):
    """What came of looking for a command."""

    NO = "no"  # the message is a reply like any other
    SAID = "said"  # all is done
    WRITTEN = "written"  # an answer was changed at once: the road goes on to its next question


def obey(turn: Turn) -> Obeyed:
    """Obey the message, if it is a command or the reply to one."""
    state = turn.state
    if state.forgetting:
        done = forgetting.take_sure(turn)
        if done is False:
            _ask_open(turn)
        if done is not None:
            return Obeyed.SAID
    if state.offered and going_back.take_offered(turn, number_of(turn.text)):
        return Obeyed.SAID
    match command_of(turn.text, turn.facts.words):
        case (Command.FORGET, _):
            forgetting.ask_whether(turn)
            return Obeyed.SAID
        case (Command.BACK, _):
            return Obeyed.SAID if going_back.go_back(turn) else Obeyed.NO
        case (Command.CHANGE, which):
            return _change(turn, which)
    return Obeyed.NO


def asked(turn: Turn) -> Command | None:
    """The command that the message is."""
    found = command_of(turn.text, turn.facts.words)
    return found[0] if found else None


def _change(turn: Turn, which: str) -> Obeyed:
    if which and going_back.change_at_once(turn, which):
        return Obeyed.WRITTEN
    return Obeyed.SAID if going_back.change(turn, which) else Obeyed.NO


def _ask_open(turn: Turn) -> None:
    """The question that was open, once more."""
    state = turn.state
    if state.road is Road.OFFICER and state.open:
        turn.ask(turn.book.forms[state.form].item(state.open).label)
    elif state.road is Road.PUBLIC and state.stage is not Stage.DONE:
        opening.ask_open(turn)
