"""What danger is called: its grade, its kind, and one finding of it in a message."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How fast a person must act. Written from the worst to the least, which is also their order."""

    EMERGENCY = "emergency"
    """Danger now: somebody is paged at once."""
    URGENT = "urgent"
    """An unsafe thread, a deadline, somebody waiting: a text to staff at once, a call after five minutes."""
    ROUTINE = "routine"
    """The queue."""

    @property
    def rank(self) -> int:
        """0 for the worst grade, 2 for the least."""
        return _RANKS[self]

    @staticmethod
    def worst(first: Grade, second: Grade) -> Grade:
        """The graver of two grades."""
        return first if first.rank <= second.rank else second


_RANKS = {grade: rank for rank, grade in enumerate(Grade)}


class Kind(StrEnum):
    """What the danger is. Kinds named `urgent_…` are never graver than urgent."""

    violence = "violence"
    weapon = "weapon"
    held = "held"
    """Locked in, tied, guarded, not let go."""
    moved = "moved"
    """Taken away, sold or shipped soon."""
    child_used = "child_used"
    medical = "medical"
    self_harm = "self_harm"
    cry = "cry"
    """A cry for help that names no danger."""
    authorities = "authorities"
    """Asks for the police, an ambulance, or names an emergency number."""
    urgent_deadline = "urgent_deadline"
    urgent_waiting = "urgent_waiting"
    urgent_unsafe = "urgent_unsafe"
    """Watched, overheard, afraid: writing or staying is not safe."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that recognised danger in a message.

    `rule` is its id in `locales/<locale>/danger.yaml` ("en.held.3"): what the alert names.
    """

    rule: str
    kind: Kind
    grade: Grade
