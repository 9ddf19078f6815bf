"""How long what is kept (`[retention]` in `hotline.toml`). The name of each key tells the unit."""

from typing import Annotated, Self

from pydantic import Field, PositiveInt, StringConstraints, model_validator

from hotline.deployment_types import Part

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,31}$")]
Codes = Annotated[tuple[Code, ...], Field(min_length=1, max_length=9)]
CEILING_DAYS = 1826
"""Five years with a leap day: the longest that information on suspects may stand unconfirmed (28 CFR 23.20(h))."""


class Retention(Part):
    """Classes and their ends (`hotline.retention.classes`), reasons that staff may give, and when what is told."""

    silent_days: PositiveInt = 7
    message_days: PositiveInt = 30
    tip_days: PositiveInt = 365
    service_days: PositiveInt = 1095
    consent_days: PositiveInt = 2555
    audit_days: PositiveInt = 2190
    suspect_review_days: Annotated[int, Field(ge=1, le=366)] = 365
    suspect_days: Annotated[int, Field(ge=1, le=CEILING_DAYS)] = 1825
    quiet_days: PositiveInt = 7
    unread_days: PositiveInt = 3
    carrier_copy_hours: PositiveInt = 24
    carrier_tries_days: Annotated[int, Field(ge=1, le=30)] = 14
    backup_days: PositiveInt = 2
    service_outcomes: tuple[Code, ...] = ("safe", "handed_over")
    hold_reasons: Codes = ("court_order", "investigation", "complaint")
    suspect_reasons: Codes = ("new_report", "open_investigation", "court_case")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.message_days > self.tip_days or self.tip_days > self.service_days:
            raise ValueError("message_days, tip_days and service_days: each no longer than the next")
        if self.suspect_review_days > self.suspect_days:
            raise ValueError("suspect_review_days: no longer than suspect_days")
        return self
