"""What a night says, read and checked: people, phones, events, what the carrier does wrong, and what is expected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hotline.simulator.faults import FaultRule


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the staff, with one phone; `pin` is "" where they have none."""

    name: str
    number: str
    languages: tuple[str, ...]
    role: str
    verified: bool
    pin: str = ""


@dataclass(frozen=True, slots=True)
class FieldOfficer:
    """A registered officer."""

    name: str
    number: str
    agency: str
    language: str


@dataclass(frozen=True, slots=True)
class Contact:
    """An entry of the directory, its phone proven. `hours` as `hotline.oncall.hours` reads them."""

    name: str
    number: str
    kind: str
    language: str
    languages: tuple[str, ...]
    hours: str


@dataclass(frozen=True, slots=True)
class Cover:
    """An override of the rota: `who` instead of `replaces` ("": of whoever is first)."""

    who: str
    replaces: str
    since: datetime
    until: datetime


class Rings(StrEnum):
    """What becomes of a ringing phone by itself."""

    LETS_RING = "lets it ring"
    BUSY = "busy"
    VOICEMAIL = "voicemail"


class Deed(StrEnum):
    """What a person does with a phone; in a file, the key of an event or of a step in a call."""

    TEXTS = "texts"
    DIALS = "dials"
    ANSWERS = "answers"
    PRESSES = "presses"
    SAYS = "says"
    HANGS_UP = "hangs_up"
    TURNS = "turns"


@dataclass(frozen=True, slots=True)
class Step:
    """`after` the step before: `deed` with `what` (keys, words)."""

    after: timedelta
    deed: Deed
    what: str = ""


@dataclass(frozen=True, slots=True)
class Picks:
    """Picks up after `after` and then does the steps."""

    after: timedelta
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Replies:
    """To a text with the words `about`: the reply `words` after `after`, at most `times` times. `{code}` in the reply is
    the four-digit code of that text."""

    about: str
    words: str
    after: timedelta
    times: int


@dataclass(frozen=True, slots=True)
class Handset:
    """A phone and what its owner does: the calls in order, the last one ever again."""

    name: str
    number: str
    on: bool = True
    voicemail: timedelta | None = None
    calls: tuple[Rings | Picks, ...] = ()
    texts: tuple[Replies, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """At `at`, `who` does `deed`. `place` is file:line."""

    at: datetime
    who: str
    deed: Deed
    what: str
    place: str


class Kind(StrEnum):
    """What can be noted in a night; in a file, the key of an expectation."""

    GETS = "gets"  # a phone gets a text
    RINGS = "rings"
    VOICEMAIL = "voicemail"  # a voicemail was spoken to
    HEARS = "hears"
    TAKEN = "taken_by"
    REOPENED = "reopened"
    OUTCOME = "outcome"
    TOGETHER = "together"  # these hear each other
    COMPLAINT = "complaint"  # of the carrier about us
    ERROR = "error"  # a line of the house's log


#: What no night may hold unless it is expected.
NEVER_UNASKED = frozenset(
    {Kind.GETS, Kind.RINGS, Kind.VOICEMAIL, Kind.TAKEN, Kind.REOPENED, Kind.COMPLAINT, Kind.ERROR}
)


@dataclass(frozen=True, slots=True)
class Expectation:
    """`least` to `most` (None: any number) of `kind`, in a span of time (`until` in it); `who` "" is anybody. `words`: all
    stand in it. `place` is file:line."""

    kind: Kind
    who: str
    words: tuple[str, ...]
    since: datetime
    until: datetime
    least: int
    most: int | None
    place: str


@dataclass(frozen=True, slots=True)
class Silence:
    """No text and no ring for `who` ("": anybody) in a span of time."""

    who: str
    since: datetime
    until: datetime
    place: str


@dataclass(frozen=True, slots=True)
class Night:
    """A night to be played from `starts` to `ends` (aware)."""

    title: str
    starts: datetime
    ends: datetime
    staff: tuple[Member, ...]
    rota: tuple[str, ...]
    covers: tuple[Cover, ...]
    officers: tuple[FieldOfficer, ...]
    directory: tuple[Contact, ...]
    handsets: tuple[Handset, ...]
    events: tuple[Event, ...]
    faults: tuple[FaultRule, ...]
    expectations: tuple[Expectation, ...]
    silences: tuple[Silence, ...]
