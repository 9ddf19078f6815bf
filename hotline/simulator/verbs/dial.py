"""Dial: ring phones and join the first that accepts; or a conference; or the front of a queue."""

from __future__ import annotations

from collections.abc import Mapping

from hotline.simulator.calls import Call, HungUp, Next, Progress, Room, Status, connect, hang_up, hear
from hotline.simulator.legs import LegOver, LegReady, leg_life
from hotline.simulator.numbers import is_e164
from hotline.simulator.process import Event, Key, Process, Steps, TimeUp, wait
from hotline.simulator.script import PLAYERS, Stage, tell
from hotline.simulator.trouble import TwimlError
from hotline.simulator.twiml.document import Verb
from hotline.simulator.verbs.conference import dial_conference
from hotline.simulator.verbs.queue import dial_queue

_RANK = (Status.BUSY, Status.NO_ANSWER, Status.FAILED, Status.CANCELED, Status.COMPLETED)


def dial(stage: Stage, verb: Verb) -> Steps[Next | None]:
    """Join the call to somebody; afterwards on at the action, or to the next verb."""
    try:
        form = yield from _dial_noun(stage, verb)
    except HungUp:
        # The caller is gone: the action is told all the same, and nobody plays its answer.
        joined = stage.call.room is not None
        status = Status.COMPLETED if joined else Status.CANCELED
        tell(stage, verb, {"DialCallStatus": status.value, "DialBridged": "true" if joined else "false"})
        raise
    finally:
        stage.call.room = None
    if verb.get("action"):
        return stage.next(verb, verb.get("action"), **form)
    return None


def _dial_noun(stage: Stage, verb: Verb) -> Steps[dict[str, str]]:
    kind = verb.children[0].name if verb.children else "Number"
    if kind == "Conference":
        return (yield from dial_conference(stage, verb, verb.children[0]))
    if kind == "Queue":
        return (yield from dial_queue(stage, verb, verb.children[0]))
    return (yield from _dial_numbers(stage, verb, verb.children or (Verb("Number", {}, verb.text),)))


def _dial_numbers(stage: Stage, verb: Verb, nouns: tuple[Verb, ...]) -> Steps[dict[str, str]]:
    caller_id = _caller_id(stage, verb)
    timeout = float(verb.number("timeout", 30))
    groups = [(noun,) for noun in nouns] if verb.flag("sequential", False) else [nouns]
    form: dict[str, str] = {}
    for group in groups:
        form = yield from _ring_group(stage, verb, group, caller_id, timeout)
        if form["DialCallStatus"] == Status.COMPLETED:
            break
    return form


def _ring_group(
    stage: Stage, verb: Verb, nouns: tuple[Verb, ...], caller_id: str, timeout: float
) -> Steps[dict[str, str]]:
    net, call = stage.net, stage.call
    legs = {leg.sid: leg for leg in [_leg(stage, noun, caller_id) for noun in nouns]}
    for leg, noun in zip(legs.values(), nouns, strict=True):
        _start(stage, leg, noun, timeout)
    hear(net, call, "ring")
    winner: Call | None = None
    outcomes: list[Status] = []
    until = timeout + 1
    gave_up = False
    try:
        began = net.clock()
        while winner is None and len(outcomes) < len(legs):
            left = until - (net.clock() - began).total_seconds()
            in_whisper = any(leg.answered and not leg.over for leg in legs.values())
            event = yield from wait(None if in_whisper else max(0.0, left), LegReady, LegOver)
            if isinstance(event, TimeUp):
                if any(leg.answered and not leg.over for leg in legs.values()):
                    continue
                gave_up = True
                break
            if isinstance(event, LegReady):
                winner = legs[event.sid]
            elif isinstance(event, LegOver) and event.sid in legs:
                answered = legs[event.sid].answered is not None
                outcomes.append(Status.NO_ANSWER if answered else event.status)
        if winner is None:
            status = min(outcomes, key=_RANK.index) if len(outcomes) == len(legs) else Status.NO_ANSWER
            return {"DialCallStatus": status.value, "DialCallSid": next(iter(legs)), "DialBridged": "false"}
        _end_others(legs, winner)
        connect(net, call)
        seconds = yield from _joined(stage, verb, winner)
        return {
            "DialCallStatus": Status.COMPLETED.value,
            "DialCallSid": winner.sid,
            "DialCallDuration": str(seconds),
            "DialBridged": "true",
        }
    finally:
        for leg in legs.values():
            hang_up(leg, Status.NO_ANSWER if gave_up else Status.CANCELED)


def _joined(stage: Stage, verb: Verb, leg: Call) -> Steps[int]:
    """Both hear each other until one hangs up; gives the seconds."""
    net, call = stage.net, stage.call
    call.room = leg.room = Room([call, leg])
    net.changed()
    began = net.clock()
    listens: tuple[type[Event], ...] = (LegOver, Key) if verb.flag("hangupOnStar", False) else (LegOver,)
    left = float(verb.number("timeLimit", 4 * 3600))
    while True:
        event = yield from wait(left - (net.clock() - began).total_seconds(), *listens)
        if isinstance(event, Key) and event.key != "*":
            continue
        if isinstance(event, LegOver) and event.sid != leg.sid:
            continue
        return round((net.clock() - began).total_seconds())


def _caller_id(stage: Stage, verb: Verb) -> str:
    """The number the called see: by default the caller's own, which then leaks."""
    wanted, call = verb.get("callerId"), stage.call
    default = call.to if call.outbound else call.sender
    if not wanted:
        return default
    if wanted not in stage.net.lines and wanted not in (call.sender, call.to):
        raise TwimlError(13214, f"Dial: callerId {wanted!r} is not a number of ours")
    return wanted


def _leg(stage: Stage, noun: Verb, caller_id: str) -> Call:
    number = noun.text
    if not is_e164(number):
        raise TwimlError(13223, f"Dial: invalid phone number format {number!r}")
    net = stage.net
    leg = Call(
        net.new_sid("CA"),
        caller_id,
        number,
        "outbound-dial",
        net.clock(),
        stage.call.line,
        parent=stage.call.sid,
    )
    if noun.get("statusCallback"):
        events = noun.get("statusCallbackEvent", "completed").split()
        leg.progress = Progress(
            stage.link(noun.get("statusCallback")),
            noun.get("statusCallbackMethod", "POST"),
            frozenset(events),
        )
    leg.detection = noun.get("machineDetection")
    if noun.get("amdStatusCallback"):
        leg.detection_hook = (
            stage.link(noun.get("amdStatusCallback")),
            noun.get("amdStatusCallbackMethod", "POST"),
        )
    net.calls[leg.sid] = leg
    return leg


def _start(stage: Stage, leg: Call, noun: Verb, timeout: float) -> None:
    parent = stage.call.process
    assert isinstance(parent, Process)  # noqa: S101 - a call that plays a verb has a process
    whisper = stage.next(noun, noun.get("url")) if noun.get("url") else None
    leg.process = stage.net.spawn(leg_life(stage.net, leg, parent, whisper, timeout, noun.get("sendDigits")))


def _end_others(legs: Mapping[str, Call], winner: Call) -> None:
    for leg in legs.values():
        if leg is not winner:
            hang_up(leg, Status.CANCELED)


PLAYERS["Dial"] = dial
