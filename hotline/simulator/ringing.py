"""How a call is placed and rings, until somebody, a voicemail or nobody answers."""

from __future__ import annotations

from datetime import datetime
from enum import Enum, auto
from typing import TYPE_CHECKING

from hotline.simulator.calls import (
    GREETING,
    Answered,
    Call,
    Declined,
    HungUp,
    Next,
    Status,
    connect,
    finish,
    hang_up,
    hear,
    report,
)
from hotline.simulator.faults import CALL_FAULTS, Fault, What
from hotline.simulator.happenings import Happening
from hotline.simulator.process import Steps, wait
from hotline.simulator.script import converse
from hotline.simulator.webhooks import callback

if TYPE_CHECKING:
    from hotline.simulator.network import Network

#: From dialling to the first ring, and how long a detector listens, in seconds.
TO_RING, HUMAN_DETECTED, MACHINE_DETECTED = 1.0, 2.0, 4.0
#: A network gives up a phone that is off after this many seconds.
UNREACHABLE = 8.0
#: A voicemail hangs up when it has listened this long, in seconds.
BOX_SECONDS = 60.0


class By(Enum):
    """Who picked up."""

    PERSON = auto()
    MACHINE = auto()
    DECLINED = auto()
    NOBODY = auto()


def place(net: Network, call: Call, first: Next, slot: datetime, ring_seconds: int) -> Steps[None]:
    """The whole life of a call placed by the API."""
    try:
        yield from wait((slot - net.clock()).total_seconds())
        call.status, call.started = Status.INITIATED, net.clock()
        report(net, call, "initiated")
        outcome = yield from ring(net, call, ring_seconds)
        if outcome is not Status.IN_PROGRESS:
            finish(net, call, outcome)
            return
        if call.detection and call.detection_hook[0]:
            net.spawn(tell_detection(net, call))
        elif call.detection:
            yield from _detect(net, call)
    except HungUp as ended:
        finish(net, call, ended.status if not call.answered else Status.COMPLETED)
        return
    yield from converse(net, call, first)


def ring(net: Network, call: Call, seconds: float) -> Steps[Status]:
    """Ring the phone for `seconds`; gives in-progress when it was answered, else how it ended."""
    rule = net.faults.strikes(CALL_FAULTS, What.CALL, net.clock(), to=call.to, sender=call.sender)
    fault = rule.fault if rule else None
    phone = net.phones.get(call.to)
    call.phone = phone
    yield from wait(TO_RING)
    if phone is None or fault is Fault.CALL_FAILED:
        return Status.FAILED
    if fault is Fault.BUSY or phone.engaged:
        return Status.BUSY
    call.status = Status.RINGING
    if not phone.on and not phone.voicemail:
        yield from wait(min(UNREACHABLE, seconds))
        return Status.NO_ANSWER
    phone.ringing = call
    report(net, call, "ringing")
    hear(net, call, "ring")
    net.happens(Happening("ring", phone.number, call.sid))
    try:
        by = yield from _picked_up(call, seconds, fault)
    finally:
        phone.ringing, phone.last = None, call
    if by is By.NOBODY or by is By.DECLINED:
        return Status.NO_ANSWER if by is By.NOBODY else Status.BUSY
    call.machine = by is By.MACHINE
    phone.live = None if call.machine else call
    connect(net, call)
    if call.machine:
        net.after(GREETING + BOX_SECONDS, lambda: hang_up(call))
    return Status.IN_PROGRESS


def _picked_up(call: Call, seconds: float, fault: Fault | None) -> Steps[By]:
    phone = call.phone
    assert phone is not None  # noqa: S101 - `ring` has found it
    voicemail = (phone.voicemail and fault is not Fault.NO_ANSWER) or fault is Fault.VOICEMAIL
    patience = min(seconds, phone.config.rings_before_voicemail) if voicemail else seconds
    if not phone.on and voicemail:
        patience = 0.0
    listens = () if fault in (Fault.NO_ANSWER, Fault.VOICEMAIL) else (Answered, Declined)
    event = yield from wait(patience, *listens)
    if isinstance(event, Answered):
        return By.MACHINE if event.machine else By.PERSON
    if isinstance(event, Declined):
        return By.MACHINE if phone.voicemail else By.DECLINED
    return By.MACHINE if voicemail and patience < seconds else By.NOBODY


def tell_detection(net: Network, call: Call) -> Steps[None]:
    """Asynchronous detection: the document is played meanwhile, the finding is posted."""
    began = net.clock()
    yield from _detect(net, call)
    if call.over:
        return
    url, method = call.detection_hook
    form = {
        "CallSid": call.sid,
        "AccountSid": net.config.account_sid,
        "AnsweredBy": call.answered_by,
        "MachineDetectionDuration": str(round((net.clock() - began).total_seconds() * 1000)),
    }
    yield from callback(net, method, url, form, call.subject)


def _detect(net: Network, call: Call) -> Steps[None]:
    """Answering machine detection: who picked up, as soon as it is known."""
    if not call.machine:
        yield from wait(HUMAN_DETECTED)
        call.answered_by = "human"
    elif call.detection == "DetectMessageEnd":
        yield from wait(GREETING)
        call.answered_by = "machine_end_beep"
    else:
        yield from wait(MACHINE_DETECTED)
        call.answered_by = "machine_start"
