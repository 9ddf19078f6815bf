"""Queues of waiting calls, in the order in which they came."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from hotline.simulator.calls import Call, Next
from hotline.simulator.process import Event

if TYPE_CHECKING:
    from hotline.simulator.network import Network


class Dequeued(Exception):
    """Somebody dials into the queue and takes this call."""

    def __init__(self, taker: Call, whisper: Next | None) -> None:
        super().__init__(taker.sid)
        self.taker = taker
        self.whisper = whisper


class LeftQueue(Exception):
    """The waiting document says Leave."""


@dataclass(frozen=True, slots=True)
class MemberCame(Event):
    """Somebody waits in a queue that a taker listens to."""

    queue: str


@dataclass(frozen=True, slots=True)
class MemberReady(Event):
    """The caller taken out of the queue can be joined."""

    sid: str


@dataclass(frozen=True, slots=True)
class BridgeOver(Event):
    """The other side of a call taken out of a queue is gone."""


@dataclass
class Member:
    """A call in the queue since `since`; `taken` once a taker has it."""

    call: Call
    since: datetime
    taken: bool = False


@dataclass
class Queue:
    """`waited` are the times of those who left, in seconds."""

    sid: str
    name: str
    created: datetime
    max_size: int = 100
    updated: datetime | None = None
    members: list[Member] = field(default_factory=list)
    listeners: list[Call] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)

    @property
    def waiting(self) -> list[Member]:
        """Members that nobody has taken yet, first come first."""
        return [m for m in self.members if not m.taken]

    @property
    def average_wait(self) -> int:
        """Of those who left, in seconds."""
        return round(sum(self.waited) / len(self.waited)) if self.waited else 0

    def position(self, member: Member) -> int:
        """From 1."""
        return self.members.index(member) + 1

    def of(self, call_sid: str) -> Member | None:
        """The waiting member with that call; `Front` is the first."""
        if call_sid == "Front":
            return self.waiting[0] if self.waiting else None
        return next((m for m in self.waiting if m.call.sid == call_sid), None)


def take_front(net: Network, queue: Queue, taker: Call, whisper: Next | None) -> Member | None:
    """Take the first waiting call for `taker`; None if nobody waits."""
    member = next(iter(queue.waiting), None)
    if member is None or member.call.process is None:
        return None
    member.taken = True
    member.call.process.interrupt(Dequeued(taker, whisper), still=lambda: not member.call.over)
    net.changed()
    return member
