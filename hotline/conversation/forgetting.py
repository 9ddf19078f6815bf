"""FORGET: asked once, then the unsubmitted conversation is cleared. The person is told the same words either way.

It never touches an alert, an urgent thread or a message that bore danger, what was submitted, or what was written before
somebody said that writing is safe: those go to a human, marked "asked to forget". A controller who finds the phone could
else wipe out a cry for help.
"""

from __future__ import annotations

from hotline.answers.question import Question
from hotline.answers.result import Understood
from hotline.answers.sheet import Status
from hotline.answers.understand import Kind, understand
from hotline.conversation.effects import Forget, Submit
from hotline.conversation.ending import left
from hotline.conversation.state import Road, Stage
from hotline.conversation.turn import Turn
from hotline.triage.grade import Grade

_YES_NO = Question(Kind.YES_NO, list_name="yes_no")
_SUBMITTED = (Stage.DONE, Stage.REVIEW)
_SILENT = (Stage.WAITING, Stage.UNSAFE)
_AFTER_DANGER = (Stage.PLACE, Stage.CONTACT, Stage.CRY)


def ask_whether(turn: Turn) -> None:
    """FORGET came: are they sure?"""
    turn.state.forgetting = True
    turn.say("public.forget_sure")


def take_sure(turn: Turn) -> bool | None:
    """The reply: True when it was a yes and all is done, False for a no, None when it is neither, and a reply to the
    question that was open."""
    turn.state.forgetting = False
    answer = understand(_YES_NO, turn.text, turn.facts.words, turn.facts.here)
    if not isinstance(answer, Understood):
        return None
    if answer.value == "no":
        return False
    forget(turn)
    turn.say("public.forgotten")
    return True


def forget(turn: Turn) -> None:
    """Ask the house to forget. Whether it may is decided there, where alerts and messages are known too."""
    state = turn.state
    may = _may_erase(turn)
    turn.effects.append(Forget(erase=may))
    if not may and state.stage not in (*_SUBMITTED, *_SILENT):
        turn.effects.append(Submit(left(state)))
    if state.stage in _AFTER_DANGER:
        state.stage = Stage.WAITING  # an alert is out: a person goes on
    elif state.stage not in _SILENT:
        state.stage = Stage.FORGOTTEN


def _may_erase(turn: Turn) -> bool:
    state = turn.state
    safe = state.sheet.get("safe_now")
    said_safe = safe is not None and safe.status is Status.ANSWERED and safe.value == "yes"
    return (
        state.stage not in (*_SUBMITTED, *_SILENT, *_AFTER_DANGER)
        and Grade(state.grade) is Grade.ROUTINE
        and (state.road is Road.OFFICER or (said_safe and not state.resume))
        and not turn.facts.taken
    )
