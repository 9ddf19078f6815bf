"""Who may what: role x purpose x class or field -> read, write, export. The one place that decides (DESIGN 5).

It is an allow-list. Unknown role, purpose, field, class or action, a role that is not switched on, an empty or a malformed
rule: no. A rule for a field counts before the rule for its class, so that an empty one takes the field away.

    {role: responder, purpose: response, what: [victim_identity], may: [read], reveal: reason, why: ...}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hotline.access.tables import PRESET_ROLES, Role
from hotline.standards.crosswalk import Crosswalk, Sensitivity


class Purpose(StrEnum):
    """What something is looked at for. The first use the minutes of the task force name are four: statistics, services,
    intelligence, coordination; the others are what the house does itself."""

    RESPONSE = "response"  # working on threads and records, on the staff page
    EMERGENCY = "emergency"  # who has taken an emergency, for that thread alone
    READ_OUT = "read_out"  # who has taken an alert hears it by phone after the PIN
    SUPERVISION = "supervision"
    COORDINATION = "coordination"
    INVESTIGATION = "investigation"
    SERVICES = "services"
    STATISTICS = "statistics"
    EXPORT = "export"
    REVIEW = "review"
    ADMINISTRATION = "administration"


class Action(StrEnum):
    READ = "read"
    WRITE = "write"
    EXPORT = "export"


class Reveal(StrEnum):
    """How a value that may be read comes to be shown."""

    NONE = "none"  # at once
    REASON = "reason"  # for a reason and a fresh second factor
    SECOND = "second"  # and a second person's yes


class Machine(StrEnum):
    """Roles that no person has."""

    EXPORT = "export"  # who holds the export key: `hotline export`
    REPORT = "report"  # the report job, which opens nothing


# What the house shows beside the fields of records, and the class of it where it is sealed by one.
HOUSE_THINGS: Mapping[str, Sensitivity | None] = {
    "report": None,  # that a report was made: its date and reference
    "queue": None,  # a line for each thread: reference, grade, why, channel, language, who has it
    "thread": None,  # the page of one; to write: taking it, answering, closing
    "words": Sensitivity.VICTIM_IDENTITY,  # messages and recordings
    "alerts": None,  # who was told of an alert and who responds
    "rota": None,
    "figures": None,
    "people": None,  # users, roles and last use
    "audit": None,
    "holds": None,  # to write: what must not be deleted, and what is known of suspects and still holds
}


class Scope(StrEnum):
    """Whose reports a role sees."""

    ALL = "all"
    AGENCY = "agency"  # those of the own agency alone


@dataclass(frozen=True, slots=True)
class RoleRow:
    """The purpose for which a role looks at the staff page, and whose reports it sees there."""

    purpose: str
    scope: Scope = Scope.AGENCY


@dataclass(frozen=True, slots=True)
class Rule:
    """What one row allows; nothing where `may` is empty."""

    may: frozenset[Action] = frozenset()
    reveal: Reveal = Reveal.NONE


@dataclass(frozen=True)
class Matrix:
    """The rules that hold: by role, purpose and class, field or thing of the house. `classes` gives each field's class."""

    roles: Mapping[str, RoleRow] = field(default_factory=dict)
    rules: Mapping[tuple[str, str, str], Rule] = field(default_factory=dict)
    classes: Mapping[str, Sensitivity] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        roles: Mapping[str, RoleRow],
        rules: Mapping[tuple[str, str, str], Rule],
        crosswalk: Crosswalk,
        switched_on: Iterable[str] = (),
    ) -> Matrix:
        """Of the preset roles, those that are switched on, and the machine's alone."""
        there = {*PRESET_ROLES, *switched_on, *Machine}
        return cls(
            {role: row for role, row in roles.items() if role in there},
            {key: rule for key, rule in rules.items() if key[0] in there},
            {name: crosswalk.sensitivity(name) for name in crosswalk.fields},
        )

    def may(self, role: str, purpose: str, what: str, action: str) -> bool:
        """Whether `role` may do `action` with `what` (a field of the crosswalk, a class, or a thing of the house) for
        `purpose`; for what is hidden: once it was revealed. Whatever is unknown: no."""
        rule = self._rule(role, purpose, what)
        return rule is not None and action in rule.may

    def reveal(self, role: str, purpose: str, what: str) -> Reveal | None:
        """How `what` comes to be shown to who may read it; None: never."""
        rule = self._rule(role, purpose, what)
        return rule.reveal if rule is not None and Action.READ in rule.may else None

    def readers(self, sensitivity: Sensitivity) -> tuple[str, ...]:
        """The roles that may read or export some field of the class for some purpose: for whom data keys are wrapped.
        Those of people and the export key's, never the report job's, in the order of their names."""
        fields = {name for name, one in self._sealed.items() if one == sensitivity}
        named = {str(sensitivity), *fields}
        opens = frozenset((Action.READ, Action.EXPORT))
        return tuple(
            sorted(
                {
                    role
                    for (role, purpose, what), rule in self.rules.items()
                    if what in named
                    and rule.may & opens
                    and role != Machine.REPORT
                    and purpose in list(Purpose)
                }
            )
        )

    def page_purpose(self, role: str) -> str:
        """The purpose for which a role looks at the staff page; "", for which nothing is allowed, for an unknown role."""
        row = self.roles.get(role)
        return row.purpose if row is not None else ""

    def on_page(self, role: str, what: str, action: str = Action.READ) -> bool:
        """`may`, for the purpose of the staff page."""
        return self.may(role, self.page_purpose(role), what, action)

    def sees_all(self, role: str) -> bool:
        """Whether a role sees the reports of every agency."""
        row = self.roles.get(role)
        return row is not None and row.scope is Scope.ALL

    @property
    def _sealed(self) -> dict[str, Sensitivity]:
        things = {name: one for name, one in HOUSE_THINGS.items() if one is not None}
        return {**self.classes, **things}

    def _rule(self, role: str, purpose: str, what: str) -> Rule | None:
        if role not in self.roles:
            return None
        own = self.rules.get((role, purpose, what))
        if own is not None:
            return own
        kind = self.classes.get(what)
        return self.rules.get((role, purpose, kind.value)) if kind is not None else None


ROLES = (*Role, *Machine)
"""Every role that a row may name."""
