"""Kinds of values in `hotline.toml`."""

from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints


class Weekday(StrEnum):
    """Days as `hotline.toml` writes them, Monday first."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"

    @property
    def number(self) -> int:
        """As `date.weekday()` counts: Monday is 0."""
        return list(Weekday).index(self)


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as unknown:
        raise ValueError(f"no time zone is called {name!r}") from unknown
    return name


TimeZone = Annotated[str, AfterValidator(_known_zone)]
E164_PATTERN = r"^\+[1-9]\d{6,14}$"
E164 = Annotated[str, StringConstraints(pattern=E164_PATTERN)]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
ShortNumber = Annotated[str, StringConstraints(pattern=r"^\d{3,4}$")]
MonthDay = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]


class Part(BaseModel):
    """A table of `hotline.toml`: read once, never changed, and no key that we do not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
