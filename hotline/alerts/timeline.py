"""An alert as its log tells it: who was told when and by which way, what came back, and who is responding.

Made from the lines of the log alone, which is only ever added to: what the tables say now can be rebuilt, and is the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from hotline.alerts.log import Happened
from hotline.alerts.tables import AlertState, CallState


class Line(Protocol):
    """A line of the log (`AlertEvent`)."""

    @property
    def at(self) -> datetime: ...
    @property
    def kind(self) -> str: ...
    @property
    def staff_id(self) -> str | None: ...
    @property
    def page_id(self) -> str | None: ...
    @property
    def detail(self) -> str: ...


@dataclass(slots=True)
class Text:
    """One text of a page: `receipt` is the carrier's newest word ("" for none), `failed` a code when it will not arrive."""

    at: datetime
    receipt: str = ""
    receipt_at: datetime | None = None
    failed: str | None = None


@dataclass(slots=True)
class Call:
    """One call to (or from) a person: each time None until then. `end` is the carrier's word for how it ended."""

    ordered_at: datetime | None = None
    rang_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    end: str = ""
    keys: list[str] = field(default_factory=list)

    @property
    def over(self) -> bool:
        return self.ended_at is not None

    @property
    def state(self) -> CallState:
        """Where it is, in the words of the table."""
        if self.over:
            return CallState.ENDED
        if self.answered_at is not None:
            return CallState.TALKING
        return CallState.ORDERED if self.rang_at is None else CallState.RINGING


@dataclass(slots=True)
class Reply:
    """What a person said: `what` is the kind of the line (taken, cannot, late, extended, outcome ...), `way` how."""

    at: datetime
    what: str
    way: str = ""


@dataclass(slots=True)
class Told:
    """One person: what went to them and what came back, each in the order of time."""

    staff_id: str
    texts: list[Text] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    notices: list[datetime] = field(default_factory=list)

    @property
    def call(self) -> Call | None:
        """The newest call."""
        return self.calls[-1] if self.calls else None

    @property
    def rings(self) -> int:
        """How many calls of ours were ordered."""
        return sum(call.ordered_at is not None for call in self.calls)


@dataclass(slots=True)
class Timeline:
    """The alert. `responding` has it since `since`; None while nobody has. `round` and `step` are those paged last."""

    opened_at: datetime | None = None
    state: AlertState = AlertState.OPEN
    responding: str | None = None
    since: datetime | None = None
    way: str = ""
    outcome: str = ""
    closed_at: datetime | None = None
    round: int = 1
    step: int = -1
    told: dict[str, Told] = field(default_factory=dict)

    def of(self, staff_id: str) -> Told:
        """What is known of a person, empty at first."""
        return self.told.setdefault(staff_id, Told(staff_id))


_REPLIES = frozenset(
    {Happened.TAKEN, Happened.CANNOT, Happened.LATE, Happened.EXTENDED, Happened.OUTCOME, Happened.STOPPED}
)


def rebuild(lines: Iterable[Line]) -> Timeline:
    """The alert that these lines, in their order, tell of."""
    timeline = Timeline()
    for line in lines:
        _alert(timeline, line)
        if line.staff_id is not None and (line.page_id is not None or line.kind in _REPLIES):
            _person(timeline.of(line.staff_id), line)
        elif line.staff_id is not None and line.kind == Happened.TOLD:
            timeline.of(line.staff_id).notices.append(line.at)
    return timeline


def _alert(timeline: Timeline, line: Line) -> None:
    match line.kind:
        case Happened.OPENED:
            timeline.opened_at = line.at
        case Happened.STEP:  # "round.step kind"
            place = line.detail.partition(" ")[0]
            timeline.round, timeline.step = (int(number) for number in place.split("."))
        case Happened.TAKEN:
            timeline.state, timeline.responding = AlertState.TAKEN, line.staff_id
            timeline.since, timeline.way = line.at, line.detail
        case Happened.REOPENED:
            timeline.state, timeline.responding, timeline.since, timeline.way = (
                AlertState.OPEN,
                None,
                None,
                "",
            )
        case Happened.OUTCOME:
            timeline.state, timeline.outcome, timeline.closed_at = AlertState.CLOSED, line.detail, line.at


def _person(told: Told, line: Line) -> None:
    match line.kind:
        case Happened.TEXTED:
            told.texts.append(Text(line.at))
        case Happened.RECEIPT if told.texts:
            told.texts[-1].receipt, told.texts[-1].receipt_at = line.detail, line.at
        case Happened.TEXT_FAILED if told.texts:
            told.texts[-1].failed = line.detail
        case Happened.RING:
            told.calls.append(Call(ordered_at=line.at))
        case Happened.RINGING:
            _open_call(told).rang_at = line.at
        case Happened.ANSWERED:
            _answered(told, line.at)
        case Happened.KEY if told.call is not None:
            told.call.keys.append(line.detail)
        case Happened.RING_ENDED:
            call = _open_call(told)
            call.ended_at, call.end = line.at, line.detail
    if line.kind in _REPLIES:
        way = line.detail if line.kind in (Happened.TAKEN, Happened.LATE) else ""
        told.replies.append(Reply(line.at, line.kind, way))


def _answered(told: Told, at: datetime) -> None:
    """Picked up; where no call of ours is under way, or one was picked up already, they called us."""
    call = told.call
    if call is None or call.over or call.answered_at is not None:
        call = Call()
        told.calls.append(call)
    call.answered_at = at


def _open_call(told: Told) -> Call:
    """The call under way; lines of one that the log did not order stand alone."""
    if told.call is None or told.call.over:
        told.calls.append(Call())
    return told.calls[-1]
