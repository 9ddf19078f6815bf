"""What one person sees of one thread now: at once, behind a reveal, or never. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from hotline.access.matrix import Action, Matrix, Purpose, Reveal
from hotline.standards.crosswalk import Sensitivity


class Seen(StrEnum):
    """How a value stands before a person."""

    SHOWN = "shown"
    HIDDEN = "hidden"  # a reason and a second factor show it
    SECOND = "second"  # another person's yes too
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Sight:
    """The role, and what was opened to this person in this thread: by a reason, by a second person's yes, by a taken
    emergency. `near` says whether the thread is one that the role may see at all (its agency's, where it is bound)."""

    matrix: Matrix
    role: str
    revealed: bool = False
    second: bool = False
    glass: bool = False
    near: bool = True

    def of(self, what: str) -> Seen:
        """How a field, a class or a thing of the house stands before the person."""
        if not self.near:
            return Seen.NEVER
        if self.glass and self.matrix.may(self.role, Purpose.EMERGENCY, what, Action.READ):
            return Seen.SHOWN
        match self.matrix.reveal(self.role, self.matrix.page_purpose(self.role), what):
            case Reveal.NONE:
                return Seen.SHOWN
            case Reveal.REASON:
                return Seen.SHOWN if self.revealed else Seen.HIDDEN
            case Reveal.SECOND:
                return Seen.SHOWN if self.second else Seen.SECOND
            case None:
                return Seen.NEVER

    def of_field(self, field: str, sensitivity: Sensitivity) -> Seen:
        """How an answer stands before the person: by its field, or by its class where the question is asked no more."""
        return self.of(field if field in self.matrix.classes else sensitivity.value)

    def shows(self, what: str) -> bool:
        """Whether it is shown now."""
        return self.of(what) is Seen.SHOWN

    def may(self, what: str, action: str = Action.READ) -> bool:
        """Whether the role may do this with a thing of the house, for what it looks at the page for."""
        return self.near and self.matrix.on_page(self.role, what, action)

    def wanting(self, whats: Iterable[str]) -> frozenset[Seen]:
        """What stands between the person and these: HIDDEN, SECOND, both or neither."""
        return frozenset(self.of(what) for what in whats) & {Seen.HIDDEN, Seen.SECOND}
