"""Gather: prompts that a key cuts short, then keys (or words) until enough have come."""

from __future__ import annotations

from hotline.simulator.calls import Next
from hotline.simulator.process import Event, Key, Speech, Steps, TimeUp, wait
from hotline.simulator.script import PLAYERS, Stage
from hotline.simulator.trouble import TwimlError
from hotline.simulator.twiml.document import Verb
from hotline.simulator.verbs.speak import prepare, sound

#: What the recogniser says about its certainty.
CONFIDENCE = "0.9"


def gather(stage: Stage, verb: Verb) -> Steps[Next | None]:
    """Collect; goes on at the action with what was collected, or falls through when nothing was."""
    kinds = _listened_for(verb)
    sounds = []
    for child in verb.children:
        sounds.append((yield from prepare(stage, child)))
    event: Event = TimeUp()
    for each in sounds:
        event = yield from sound(stage, each, *kinds)
        if not isinstance(event, TimeUp):
            break
    timeout = float(verb.number("timeout", 5))
    if isinstance(event, TimeUp):
        event = yield from wait(timeout, *kinds)
    if isinstance(event, Speech):
        return _action(stage, verb, SpeechResult=event.text, Confidence=CONFIDENCE)
    digits, finished_on = yield from _digits(verb, event, timeout)
    if digits:
        more = {"FinishedOnKey": finished_on} if finished_on else {}
        return _action(stage, verb, Digits=digits, msg="Gather End", **more)
    if verb.flag("actionOnEmptyResult", False):
        return _action(stage, verb, Digits="", msg="Gather End")
    return None


def _listened_for(verb: Verb) -> tuple[type[Event], ...]:
    inputs = verb.get("input", "dtmf").split()
    return tuple(kind for kind, name in ((Key, "dtmf"), (Speech, "speech")) if name in inputs)


def _digits(verb: Verb, event: Event, timeout: float) -> Steps[tuple[str, str]]:
    """Keys until the finishing key, the number wanted, or silence of `timeout` seconds."""
    finish, wanted = verb.get("finishOnKey", "#"), verb.number("numDigits", 0)
    digits = ""
    while isinstance(event, Key):
        if finish and event.key == finish:
            return digits, finish
        digits += event.key
        if len(digits) == wanted:
            break
        event = yield from wait(timeout, Key)
    return digits, ""


def _action(stage: Stage, verb: Verb, **form: str) -> Next:
    target = verb.get("action") or stage.base
    if not target:
        raise TwimlError(11100, "Gather needs an absolute action in a document given inline")
    return stage.next(verb, target, **form)


PLAYERS["Gather"] = gather
