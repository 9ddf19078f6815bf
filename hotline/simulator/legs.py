"""A leg that a Dial verb rings: it may hear a whisper first, then it is joined to the caller."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline.simulator.calls import Call, HungUp, Next, Redirected, Status, finish, hear, report
from hotline.simulator.process import Event, Process, Steps, wait
from hotline.simulator.ringing import ring, tell_detection
from hotline.simulator.script import Finished, Stage, converse, play
from hotline.simulator.trouble import TwimlError
from hotline.simulator.twiml.schema import WHISPER_VERBS
from hotline.simulator.webhooks import LostWebhook

if TYPE_CHECKING:
    from hotline.simulator.network import Network


@dataclass(frozen=True, slots=True)
class LegReady(Event):
    """The leg was answered and its whisper is over: it can be joined."""

    sid: str


@dataclass(frozen=True, slots=True)
class LegOver(Event):
    """The leg has ended or was taken elsewhere."""

    sid: str
    status: Status


@dataclass(frozen=True, slots=True)
class _Never(Event):
    """Nothing delivers it: a wait for it lasts until the leg is interrupted."""


def leg_life(
    net: Network, leg: Call, parent: Process, whisper: Next | None, seconds: float, keys: str = ""
) -> Steps[None]:
    """Ring, send `keys`, whisper, wait to be joined; always tells the parent how it ended."""
    outcome = Status.COMPLETED
    elsewhere: Next | None = None
    try:
        leg.status, leg.started = Status.INITIATED, net.clock()
        report(net, leg, "initiated")
        outcome = yield from ring(net, leg, seconds)
        if outcome is Status.IN_PROGRESS:
            outcome = Status.COMPLETED
            if leg.detection and leg.detection_hook[0]:
                net.spawn(tell_detection(net, leg))
            if keys:
                hear(net, leg, "digits", keys)
            if whisper is not None:
                yield from play(Stage(net, leg, whisper.url, WHISPER_VERBS), whisper)
            parent.deliver(LegReady(leg.sid))
            yield from wait(None, _Never)
    except Redirected as redirected:
        elsewhere = redirected.to
    except HungUp as ended:
        outcome = Status.COMPLETED if leg.answered else ended.status
    except Finished:
        outcome = Status.COMPLETED
    except LostWebhook:
        outcome = Status.COMPLETED
    except TwimlError as error:
        net.complain(error.code, error.text, leg.document, leg.sid)
        outcome = Status.FAILED
    if elsewhere is not None:
        parent.deliver(LegOver(leg.sid, Status.COMPLETED))
        if leg.room is not None and leg in leg.room.parties:
            leg.room.parties.remove(leg)
        leg.room = None
        yield from converse(net, leg, elsewhere)
        return
    finish(net, leg, outcome)
    parent.deliver(LegOver(leg.sid, outcome))
