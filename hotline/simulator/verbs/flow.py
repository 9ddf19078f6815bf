"""Redirect, Hangup, Reject: where a call goes next, or that it does not."""

from __future__ import annotations

from hotline.simulator.calls import Next, Status
from hotline.simulator.process import Steps, wait
from hotline.simulator.script import PLAYERS, Finished, Stage
from hotline.simulator.twiml.document import Verb


def redirect(stage: Stage, verb: Verb) -> Steps[Next | None]:
    """Go on with another document."""
    yield from wait(0)
    return stage.next(verb, verb.text)


def hangup(stage: Stage, verb: Verb) -> Steps[Next | None]:
    """End the call."""
    yield from wait(0)
    raise Finished(Status.COMPLETED if stage.call.answered else Status.BUSY)


def reject(stage: Stage, verb: Verb) -> Steps[Next | None]:
    """Do not answer an incoming call: busy, or a tone that the number is not in service."""
    yield from wait(0)
    raise Finished(Status.BUSY if verb.get("reason") == "busy" else Status.NO_ANSWER)


PLAYERS["Redirect"] = redirect
PLAYERS["Hangup"] = hangup
PLAYERS["Reject"] = reject
