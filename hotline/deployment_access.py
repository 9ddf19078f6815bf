"""The table `[access]` of `hotline.toml`: which roles are on, how long a reveal lasts, who the second person is."""

from typing import Annotated, Literal

from pydantic import Field, PositiveInt, StringConstraints, field_validator

from hotline.deployment_types import Part

ReadyRole = Literal[
    "agency_supervisor", "case_coordinator", "law_enforcement", "victim_services", "auditor"
]  # fmt: skip
StaffRole = Literal["data_manager", "leader", "responder", "administrator", "case_coordinator", "auditor"]
ReasonCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{1,23}$")]
Several = Annotated[tuple[StaffRole, ...], Field(min_length=1)]


class Access(Part):
    """Who may what is in the matrix file; here stands what surrounds it. The name tells the unit.

    Every rule that wants two people names a stand-in: `second_stand_in` counts where nobody of `second` but the asker is
    there, or none has answered in `stand_in_minutes`; `glass_stand_in` where nobody of `glass_told` is there.
    """

    matrix: str = ""
    roles: tuple[ReadyRole, ...] = ()
    reveal_minutes: Annotated[int, Field(ge=1, le=60)] = 30
    reveal_reasons: Annotated[tuple[ReasonCode, ...], Field(min_length=1, max_length=12)] = (
        "answer_contact",
        "plan_safety",
        "arrange_help",
        "code_record",
        "check_double",
        "legal_duty",
    )
    second: Several = ("leader",)
    second_stand_in: Several = ("data_manager", "responder")
    stand_in_minutes: PositiveInt = 15
    glass_told: Several = ("leader",)
    glass_stand_in: Several = ("data_manager", "responder")
    confirm_hours: Annotated[int, Field(ge=1, le=72)] = 24
    small_cell: Annotated[int, Field(ge=3)] = 11
    small_cell_inside: PositiveInt = 5

    @field_validator("roles", "reveal_reasons")
    @classmethod
    def _once(cls, named: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(named)) != len(named):
            raise ValueError("each one once")
        return named
