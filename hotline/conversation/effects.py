"""What a step asks the house to do: data, not deeds (DESIGN, the way of a message, 2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hotline.triage.grade import Grade


class Disposition(StrEnum):
    """How a conversation ended (the export's `disposition`)."""

    COMPLETED = "completed"
    PARTIAL = "partial"
    BREAK_OFF = "break_off"
    REFUSED = "refused"
    STOPPED = "stopped"
    TO_PERSON = "to_person"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Raise:
    """Open the thread's alert, or worsen it. `rules` are what fired, worst first ("en.held.2", "safety_answer")."""

    grade: Grade
    rules: tuple[str, ...]
    live: bool = False


@dataclass(frozen=True, slots=True)
class Unsafe:
    """Writing is not safe, or it is unclear: from now on machines are silent. The thread stays open for a person."""


@dataclass(frozen=True, slots=True)
class WantsPerson:
    """The person asked for a human, or the machine gave up: the thread waits in the queue for one."""

    reason: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """A STOP word (True) or a START word (False)."""

    stopped: bool


@dataclass(frozen=True, slots=True)
class Submit:
    """There is something to keep: make or renew the record. `disposition` is None while the conversation runs."""

    disposition: Disposition | None


@dataclass(frozen=True, slots=True)
class Language:
    """The contact's language is known now."""

    locale: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person in charge should see in the thread ("five_wrong_reports", "silence_then_back")."""

    what: str


@dataclass(frozen=True, slots=True)
class Forget:
    """FORGET was asked and confirmed. `erase` says that nothing in the conversation forbids it; else, and where an alert,
    an urgent thread or a message of danger does, a human decides."""

    erase: bool


Effect = Raise | Unsafe | WantsPerson | Stopped | Submit | Language | Notice | Forget
