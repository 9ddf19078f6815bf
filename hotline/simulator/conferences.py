"""Conferences: named rooms for more than two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from hotline.simulator.calls import Call, Room, hear
from hotline.simulator.faults import What
from hotline.simulator.process import Event
from hotline.simulator.stamps import rfc2822
from hotline.simulator.webhooks import Subject, callback

if TYPE_CHECKING:
    from hotline.simulator.network import Network


class Begins(Exception):
    """The conference begins: who waited in it joins the others."""


@dataclass(frozen=True, slots=True)
class ConferenceOver(Event):
    """The conference has ended, or this participant was removed."""

    sid: str


@dataclass
class Participant:
    """One call in a conference, with its attributes."""

    call: Call
    joined: datetime
    starts: bool = True
    ends: bool = False
    muted: bool = False
    hold: bool = False
    label: str = ""
    beep: str = "true"


@dataclass
class Conference:
    """`status`: init (waiting for a second or for who may start it), in-progress, completed."""

    sid: str
    name: str
    created: datetime
    status: str = "init"
    updated: datetime | None = None
    participants: list[Participant] = field(default_factory=list)
    room: Room = field(default_factory=Room)
    hook: tuple[str, str, frozenset[str]] = ("", "POST", frozenset())
    sequence: int = 0
    reason: str = ""
    ended_by: str = ""

    def of(self, call_sid: str) -> Participant | None:
        """The participant with that call or label."""
        return next((p for p in self.participants if call_sid in (p.call.sid, p.label) and call_sid), None)


def enter(net: Network, conference: Conference, participant: Participant) -> None:
    """Somebody comes in; the conference begins as soon as two are there and one of them may start it."""
    conference.participants.append(participant)
    if participant.muted:
        conference.room.muted.add(participant.call.sid)
    announce(net, conference, "join", participant)
    if conference.status == "in-progress":
        _join(net, conference, participant)
    elif len(conference.participants) > 1 and any(p.starts for p in conference.participants):
        conference.status, conference.updated = "in-progress", net.clock()
        announce(net, conference, "start", participant)
        for each in conference.participants:
            _join(net, conference, each)


def set_muted(net: Network, conference: Conference, participant: Participant, muted: bool) -> None:
    """The others no longer hear this one, or hear them again."""
    participant.muted = muted
    (conference.room.muted.add if muted else conference.room.muted.discard)(participant.call.sid)
    announce(net, conference, "mute" if muted else "unmute", participant)


def set_hold(net: Network, conference: Conference, participant: Participant, hold: bool) -> None:
    """This one neither hears nor is heard, or takes part again."""
    participant.hold = hold
    (conference.room.held.add if hold else conference.room.held.discard)(participant.call.sid)
    if hold:
        hear(net, participant.call, "music")
    announce(net, conference, "hold" if hold else "unhold", participant)


def leave(net: Network, conference: Conference, participant: Participant) -> None:
    """Somebody goes; the conference ends with the last, or with one whose going ends it."""
    if participant not in conference.participants:
        return
    conference.participants.remove(participant)
    if participant.call in conference.room.parties:
        conference.room.parties.remove(participant.call)
    announce(net, conference, "leave", participant)
    if participant.beep in ("true", "onExit"):
        for other in conference.room.parties:
            hear(net, other, "beep")
    if participant.ends or not conference.participants:
        reason = (
            "participant-with-end-conference-on-exit-left" if participant.ends else "last-participant-left"
        )
        end(net, conference, reason, participant)


def end(net: Network, conference: Conference, reason: str, by: Participant | None = None) -> None:
    """The conference is over for all."""
    if conference.status == "completed":
        return
    conference.status, conference.updated, conference.reason = "completed", net.clock(), reason
    conference.ended_by = by.call.sid if by else ""
    announce(net, conference, "end", by)
    for each in list(conference.participants):
        if each.call.process is not None:
            if each.call not in conference.room.parties:
                each.call.process.interrupt(Begins(), still=_inside(conference, each))
            each.call.process.deliver(ConferenceOver(conference.sid))


def announce(net: Network, conference: Conference, event: str, participant: Participant | None) -> None:
    """Post a conference event where it was asked for."""
    net.changed()
    url, method, events = conference.hook
    if not url or event.removeprefix("un") not in events:
        return
    conference.sequence += 1
    names = {"start": "conference-start", "end": "conference-end"}
    form = {
        "ConferenceSid": conference.sid,
        "FriendlyName": conference.name,
        "AccountSid": net.config.account_sid,
        "Timestamp": rfc2822(net.clock()) or "",
        "StatusCallbackEvent": names.get(event, f"participant-{event}"),
        "SequenceNumber": str(conference.sequence),
    }
    if event == "end":
        form |= {"ReasonConferenceEnded": conference.reason, "CallSidEndingConference": conference.ended_by}
    elif participant is not None:
        form |= {
            "CallSid": participant.call.sid,
            "Muted": _word(participant.muted),
            "Hold": _word(participant.hold),
            "Coaching": "false",
            "EndConferenceOnExit": _word(participant.ends),
            "StartConferenceOnEnter": _word(participant.starts),
        }
        if participant.label:
            form["ParticipantLabel"] = participant.label
    subject = participant.call.subject if participant else Subject(What.CALL, "", "", conference.sid)
    net.spawn(callback(net, method, url, form, subject))


def _join(net: Network, conference: Conference, participant: Participant) -> None:
    call = participant.call
    if participant.beep in ("true", "onEnter"):
        for other in conference.room.parties:
            hear(net, other, "beep")
    conference.room.parties.append(call)
    call.room = conference.room
    if call.process is not None:
        call.process.interrupt(Begins(), still=_inside(conference, participant))


def _inside(conference: Conference, participant: Participant) -> Callable[[], bool]:
    return lambda: participant in conference.participants


def _word(value: bool) -> str:
    return "true" if value else "false"
