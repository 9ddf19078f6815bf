"""One call: its legs' states, the status callbacks, and what both ends hear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from hotline.simulator.faults import What
from hotline.simulator.happenings import Happening
from hotline.simulator.messages import API_VERSION
from hotline.simulator.phones import Heard, Phone, VoicemailMessage
from hotline.simulator.process import Event, Process
from hotline.simulator.stamps import rfc2822
from hotline.simulator.webhooks import Subject, callback

if TYPE_CHECKING:
    from hotline.simulator.network import Network
    from hotline.simulator.recordings import Recording

#: How long a voicemail speaks before its beep, in seconds.
GREETING = 6.0


class Status(StrEnum):
    QUEUED = "queued"
    INITIATED = "initiated"
    RINGING = "ringing"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    BUSY = "busy"
    FAILED = "failed"
    NO_ANSWER = "no-answer"
    CANCELED = "canceled"


FINAL = frozenset({Status.COMPLETED, Status.BUSY, Status.FAILED, Status.NO_ANSWER, Status.CANCELED})


class HungUp(Exception):
    """The call ends now: a person hung up, or the API ended it. `status` is what the call becomes."""

    def __init__(self, status: Status = Status.COMPLETED) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class Next:
    """Where the call's next document comes from: an address with its extra parameters, or the document itself."""

    url: str = ""
    method: str = "POST"
    form: Mapping[str, str] = field(default_factory=dict)
    inline: str = ""


class Redirected(Exception):
    """The API gave the call another document."""

    def __init__(self, to: Next) -> None:
        super().__init__(to.url)
        self.to = to


@dataclass(frozen=True, slots=True)
class Answered(Event):
    """Somebody, or a voicemail, picked up."""

    machine: bool


@dataclass(frozen=True, slots=True)
class Declined(Event):
    """The person pressed the red button."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a call's status callbacks go, and for which events."""

    url: str = ""
    method: str = "POST"
    events: frozenset[str] = frozenset({"completed"})


@dataclass
class Room:
    """Those who hear each other, but for the muted (not heard) and those on hold (neither)."""

    parties: list[Call] = field(default_factory=list)
    muted: set[str] = field(default_factory=set)
    held: set[str] = field(default_factory=set)

    def hearers(self, speaker: Call) -> list[Call]:
        """Who hears `speaker` now."""
        if speaker.sid in self.muted | self.held:
            return []
        return [call for call in self.parties if call is not speaker and call.sid not in self.held]


@dataclass(eq=False)
class Call:
    """One leg. `sequence` numbers its status callbacks; `room` is who it is joined with now.

    `document` is the address of the document it plays.
    """

    sid: str
    sender: str
    to: str
    direction: str
    created: datetime
    line: str
    phone: Phone | None = None
    parent: str = ""
    status: Status = Status.QUEUED
    started: datetime | None = None
    answered: datetime | None = None
    ended: datetime | None = None
    updated: datetime | None = None
    progress: Progress = field(default_factory=Progress)
    fallback: tuple[str, str] = ("", "POST")
    forwarded_from: str = ""
    answered_by: str = ""
    machine: bool = False
    detection: str = ""
    detection_hook: tuple[str, str] = ("", "POST")
    sequence: int = 0
    time_limit: int = 4 * 3600
    answer_on_bridge: bool = False
    heard: list[Heard] = field(default_factory=list)
    process: Process | None = None
    recording: Recording | None = None
    room: Room | None = None
    queue_time: float = 0.0
    document: str = ""

    @property
    def subject(self) -> Subject:
        """For the fault script."""
        return Subject(What.CALL, self.to, self.sender, self.sid)

    @property
    def over(self) -> bool:
        """Has it ended?"""
        return self.status in FINAL

    @property
    def outbound(self) -> bool:
        """Did we place it?"""
        return self.direction != "inbound"

    def seconds(self, now: datetime) -> int:
        """How long it has been connected, in whole seconds."""
        return round(((self.ended or now) - self.answered).total_seconds()) if self.answered else 0


def voice_form(net: Network, call: Call) -> dict[str, str]:
    """The parameters of every request about this call."""
    form = {
        "Called": call.to,
        "To": call.to,
        "Caller": call.sender,
        "From": call.sender,
        "CallSid": call.sid,
        "AccountSid": net.config.account_sid,
        "CallStatus": call.status.value,
        "Direction": call.direction,
        "ApiVersion": API_VERSION,
    }
    if call.parent:
        form["ParentCallSid"] = call.parent
    if call.forwarded_from:
        form["ForwardedFrom"] = call.forwarded_from
    if call.answered_by:
        form["AnsweredBy"] = call.answered_by
    return form


def report(net: Network, call: Call, event: str) -> None:
    """Tell the product about a change of the call, if it asked for that event."""
    net.changed()
    if not call.progress.url or event not in call.progress.events:
        return
    form = voice_form(net, call) | {
        "Timestamp": rfc2822(net.clock()) or "",
        "CallbackSource": "call-progress-events",
        "SequenceNumber": str(call.sequence),
    }
    call.sequence += 1
    if event == "completed":
        seconds = call.seconds(net.clock())
        form |= {"CallDuration": str(seconds), "Duration": str(-(-seconds // 60))}
    net.spawn(callback(net, call.progress.method, call.progress.url, form, call.subject))


def connect(net: Network, call: Call) -> None:
    """The call is answered: it counts from now, and ends at its time limit at the latest."""
    if call.answered is not None:
        return
    call.status, call.answered, call.updated = Status.IN_PROGRESS, net.clock(), net.clock()
    report(net, call, "answered")
    net.after(call.time_limit, lambda: hang_up(call))


def hang_up(call: Call, status: Status = Status.COMPLETED) -> None:
    """End a call from outside; nothing happens if it has ended."""
    if not call.over and call.process is not None:
        call.process.interrupt(HungUp(status), still=lambda: not call.over)


def finish(net: Network, call: Call, status: Status) -> None:
    """The call is over: free the phone and report it."""
    if call.over:
        return
    call.status, call.ended, call.updated = status, net.clock(), net.clock()
    phone = call.phone
    if phone is not None:
        if phone.live is call or phone.ringing is call:
            phone.last = call
        phone.live = None if phone.live is call else phone.live
        phone.ringing = None if phone.ringing is call else phone.ringing
        if call.machine:
            _keep_voicemail(net, call, phone)
    if call.room is not None and call in call.room.parties:
        call.room.parties.remove(call)
    hear(net, call, "end", status.value)
    report(net, call, "completed")


def hear(
    net: Network,
    call: Call,
    kind: str,
    text: str = "",
    *,
    url: str = "",
    voice: str = "",
    language: str = "",
    seconds: float = 0.0,
) -> None:
    """Something sounds in this call."""
    call.heard.append(Heard(kind, net.clock(), text, url, voice, language, seconds))
    net.changed()


def _keep_voicemail(net: Network, call: Call, phone: Phone) -> None:
    if call.answered is None:
        return
    words = [
        h
        for h in call.heard
        if h.kind in ("say", "play", "person")
        and (h.at - call.answered).total_seconds() + max(h.seconds, 0.01) > GREETING
    ]
    if words:
        phone.box.append(VoicemailMessage(call.sid, call.sender, words))
        net.happens(Happening("voicemail", phone.number, call.sid))
