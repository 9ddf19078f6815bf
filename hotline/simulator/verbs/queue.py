"""Enqueue, Leave, and Dial Queue: waiting in line, with the product's own words meanwhile."""

from __future__ import annotations

from collections.abc import Mapping

from hotline.simulator.calls import HungUp, Next, Redirected, Room, hear
from hotline.simulator.legs import LegOver
from hotline.simulator.process import Event, Process, Steps, wait, wait_for
from hotline.simulator.queues import (
    BridgeOver,
    Dequeued,
    LeftQueue,
    Member,
    MemberCame,
    MemberReady,
    Queue,
    take_front,
)
from hotline.simulator.script import PLAYERS, Finished, Stage, play, tell
from hotline.simulator.trouble import TwimlError
from hotline.simulator.twiml.document import Verb
from hotline.simulator.twiml.schema import QUEUE_WAIT_VERBS, WHISPER_VERBS
from hotline.simulator.verbs.conference import BREATH

MAX_NAME = 64
#: The longest call, in seconds.
LONGEST = 4 * 3600


def enqueue(stage: Stage, verb: Verb) -> Steps[Next | None]:
    """Wait in the queue until taken, redirected, left or hung up; then on at the action."""
    if verb.get("workflowSid"):
        raise TwimlError(12200, "Enqueue workflowSid: this network routes no tasks")
    if len(verb.text) > MAX_NAME:
        raise TwimlError(12200, f"Enqueue: a queue name has at most {MAX_NAME} characters")
    net, call = stage.net, stage.call
    queue = net.open_queue(verb.text)
    limit = verb.number("maxQueueSize", queue.max_size)
    if len(queue.members) >= limit:
        return _action(stage, verb, {"QueueResult": "queue-full"})
    member = Member(call, net.clock())
    queue.members.append(member)
    _ring_listeners(queue)
    net.changed()
    result = "system-error"
    try:
        result = yield from _waiting(stage, verb, queue, member)
    except (HungUp, Finished):
        tell(stage, verb, _form(stage, queue, member, "hangup"))
        raise
    except Redirected:
        tell(stage, verb, _form(stage, queue, member, "redirected"))
        raise
    finally:
        call.queue_time = (net.clock() - member.since).total_seconds()
        if member in queue.members:
            queue.members.remove(member)
            queue.waited.append(call.queue_time)
        call.room = None
        net.changed()
    return _action(stage, verb, _form(stage, queue, member, result))


def _waiting(stage: Stage, verb: Verb, queue: Queue, member: Member) -> Steps[str]:
    """Gives the QueueResult."""
    net, call = stage.net, stage.call

    def facts() -> Mapping[str, str]:
        return {
            "QueuePosition": str(queue.position(member)) if member in queue.members else "0",
            "QueueSid": queue.sid,
            "QueueTime": str(round((net.clock() - member.since).total_seconds())),
            "AvgQueueTime": str(queue.average_wait),
            "CurrentQueueSize": str(len(queue.members)),
        }

    here = Stage(net, call, stage.base, QUEUE_WAIT_VERBS, facts)
    try:
        while True:
            yield from _wait_document(stage, here, verb)
    except LeftQueue:
        return "leave"
    except TwimlError as error:
        net.complain(error.code, f"in the queue: {error.text}", call.document, call.sid)
        return "error"
    except Dequeued as dequeued:
        queue.members.remove(member)
        queue.waited.append((net.clock() - member.since).total_seconds())
        return (yield from _bridged(stage, dequeued))


def _wait_document(stage: Stage, here: Stage, verb: Verb) -> Steps[None]:
    wait_url = verb.get("waitUrl", "music")
    if wait_url in ("", "music"):
        hear(stage.net, stage.call, "music")
        yield from wait(None)
        return
    began = stage.net.clock()
    first = Next(stage.link(wait_url), verb.get("waitUrlMethod", "POST"))
    yield from play(here, first)
    if stage.net.clock() == began:
        yield from wait(BREATH)


def _bridged(stage: Stage, dequeued: Dequeued) -> Steps[str]:
    net, call, taker = stage.net, stage.call, dequeued.taker
    taker_process = taker.process
    assert isinstance(taker_process, Process)  # noqa: S101 - a taker that dials has a process
    try:
        if dequeued.whisper is not None:
            yield from play(Stage(net, call, dequeued.whisper.url, WHISPER_VERBS), dequeued.whisper)
        taker_process.deliver(MemberReady(call.sid))
        yield from wait(None, BridgeOver)
    finally:
        taker_process.deliver(LegOver(call.sid, call.status))
    return "bridged"


def leave(stage: Stage, verb: Verb) -> Steps[Next | None]:
    """Leave the queue; elsewhere the verb does nothing that the carrier would accept."""
    if stage.allowed is not QUEUE_WAIT_VERBS:
        raise TwimlError(12200, "Leave outside a queue")
    yield from wait(0)
    raise LeftQueue


def dial_queue(stage: Stage, dial: Verb, noun: Verb) -> Steps[dict[str, str]]:
    """Take the front of the queue, waiting for one if it is empty, until one of the two hangs up."""
    net, call = stage.net, stage.call
    queue = net.open_queue(noun.text)
    whisper = stage.next(noun, noun.get("url")) if noun.get("url") else None
    member = take_front(net, queue, call, whisper)
    if member is None:
        queue.listeners.append(call)
        try:
            yield from wait(float(dial.number("timeout", 30)), MemberCame)
        finally:
            queue.listeners.remove(call)
        member = take_front(net, queue, call, whisper)
    if member is None:
        return {"DialCallStatus": "no-answer", "DialBridged": "false"}
    caller = member.call
    try:

        def of_caller(news: Event) -> bool:
            return isinstance(news, MemberReady | LegOver) and news.sid == caller.sid

        event = yield from wait_for(net, LONGEST, of_caller, MemberReady, LegOver)
        if isinstance(event, LegOver):
            return {"DialCallStatus": "canceled", "DialCallSid": caller.sid, "DialBridged": "false"}
        began = net.clock()
        call.room = caller.room = Room([call, caller])
        net.changed()
        yield from wait_for(net, float(dial.number("timeLimit", LONGEST)), of_caller, LegOver)
    finally:
        if caller.process is not None:
            caller.process.deliver(BridgeOver())
    return {
        "DialCallStatus": "completed",
        "DialCallSid": caller.sid,
        "DialCallDuration": str(round((net.clock() - began).total_seconds())),
        "DialBridged": "true",
    }


def _ring_listeners(queue: Queue) -> None:
    for listener in queue.listeners:
        if listener.process is not None:
            listener.process.deliver(MemberCame(queue.sid))


def _form(stage: Stage, queue: Queue, member: Member, result: str) -> dict[str, str]:
    seconds = round((stage.net.clock() - member.since).total_seconds())
    return {"QueueResult": result, "QueueSid": queue.sid, "QueueTime": str(seconds)}


def _action(stage: Stage, verb: Verb, form: dict[str, str]) -> Next | None:
    if not verb.get("action"):
        return None
    return stage.next(verb, verb.get("action"), **form)


PLAYERS["Enqueue"] = enqueue
PLAYERS["Leave"] = leave
