"""What a task force decides: the model of `hotline.toml`.

Plain data at the bottom of the house: rooms turn it into their own types. Every key is checked; a key that is not
known is an error, told with file and line, because a misspelt timing would otherwise silently be the default.
"""

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PositiveInt,
    StringConstraints,
    model_validator,
)


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
E164 = Annotated[str, StringConstraints(pattern=r"^\+[1-9]\d{6,14}$")]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
ShortNumber = Annotated[str, StringConstraints(pattern=r"^\d{3,4}$")]
MonthDay = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Voice(_Part):
    """A synthetic voice of the carrier: the attributes `voice` and `language` of Say."""

    voice: str
    language: str


class CarrierWords(_Part):
    """Words that the carrier answers itself when they are the whole message, in any case."""

    stop: tuple[str, ...] = ()
    start: tuple[str, ...] = ()
    help: tuple[str, ...] = ()


class Gateway(_Part):
    """How a generic HTTP gateway is spoken to. Secrets come from the environment variables named here."""

    send_url: str
    method: Literal["GET", "POST"] = "POST"
    body: Literal["query", "form", "json"] = "form"
    fields: dict[str, str]
    """Our names (to, from, text, id) to the gateway's."""
    extra: dict[str, str] = Field(default_factory=dict)
    """Fixed fields sent each time (an account name, a coding)."""
    inbound_fields: dict[str, str]
    """Our names (id, from, to, text) to the gateway's, in what it posts to us."""
    secret_field: str = "secret"  # noqa: S105  # the name of a field
    """The field, or with `secret_in = "header"` the header, that carries the secret both ways."""
    secret_in: Literal["field", "header"] = "field"  # noqa: S105  # a place
    secret_env: str
    id_field: str = "id"
    """Where the gateway's answer (JSON) tells the id it gave to a message of ours."""
    reply: Literal["empty", "text", "json"] = "empty"
    """What we answer to the gateway's request: nothing, the reply as plain text, or as JSON."""
    secret: str | None = Field(default=None, repr=False)
    """Never written in the file: what `secret_env` says."""


class LineEntry(_Part):
    """A number of ours at a carrier, as the file tells it, with its number found."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,15}$")]
    carrier: Literal["twilio", "gateway"]
    number: E164 | None = None
    """None only while the environment variable of `number_env` is not set."""
    number_env: str | None = None
    sms_in: bool = False
    sms_out: bool = False
    voice: bool = False
    reply_in_webhook: bool = False
    segment_price: Decimal = Decimal(0)
    price_currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = "USD"
    carrier_words: CarrierWords = CarrierWords()
    gateway: Gateway | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.carrier == "gateway") != (self.gateway is not None):
            raise ValueError("a line has [lines.gateway] exactly when its carrier is gateway")
        if self.number is None and self.number_env is None:
            raise ValueError("a line needs number or number_env")
        return self


class Timings(_Part):
    """Every wait that a task force may change. The name tells the unit."""

    silence_minutes: PositiveInt = 15
    conversation_hours: PositiveInt = 24
    replay_hours: PositiveInt = 48
    neutral_line_hours: PositiveInt = 24
    text_code_minutes: PositiveInt = 10
    page_step_seconds: PositiveInt = 60
    ring_seconds: Annotated[int, Field(ge=5, le=60)] = 20
    urgent_call_minutes: PositiveInt = 5
    outcome_minutes: PositiveInt = 60
    language_menu_seconds: PositiveInt = 20
    key_wait_seconds: PositiveInt = 6
    voice_person_seconds: PositiveInt = 45
    voice_choice_seconds: PositiveInt = 90
    recording_seconds: PositiveInt = 120
    silent_calls: PositiveInt = 3
    silent_calls_minutes: PositiveInt = 60
    session_idle_minutes: PositiveInt = 20
    session_hours: PositiveInt = 10


class OfficeHours(_Part):
    """Wall-clock hours on some days of the week, in the country's zone."""

    days: tuple[Weekday, ...]
    opens: dt.time = Field(alias="from")
    closes: dt.time = Field(alias="to")

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError("office hours end after they begin, on the same day")
        return self


class Office(_Part):
    """When the Data Manager answers callers first."""

    hours: tuple[OfficeHours, ...] = ()
    yearly_holidays: tuple[MonthDay, ...] = ()
    holidays: tuple[dt.date, ...] = ()

    def open_at(self, local: dt.datetime) -> bool:
        """Whether the office is open at `local`, a wall time in the country's zone; the end is not in it any more."""
        if local.date() in self.holidays or f"{local:%m-%d}" in self.yearly_holidays:
            return False
        day = list(Weekday)[local.weekday()]
        wall = local.time()
        return any(day in hours.days and hours.opens <= wall < hours.closes for hours in self.hours)


class People(_Part):
    """Names of staff with a duty of their own; empty: the person with that role."""

    coordinator: str = ""
    data_manager: str = ""


class RotaTimes(_Part):
    """The weekly change of shift."""

    handover_weekday: Weekday = Weekday.MON
    handover_time: dt.time = dt.time(8, 0)
    time_zone: TimeZone


class Retention(_Part):
    """How long what is kept. The name tells the unit."""

    unanswered_thread_days: PositiveInt = 30
    message_days: PositiveInt = 90
    recording_days: PositiveInt = 30
    record_days: PositiveInt = 1825
    audit_days: PositiveInt = 2555
    carrier_copy_hours: PositiveInt = 24


class Limits(_Part):
    """Against floods, for each number or address."""

    messages_per_hour: PositiveInt = 60
    reports_per_hour: PositiveInt = 10


class Deployment(_Part):
    """The whole of `hotline.toml`."""

    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    country_name: str
    time_zone: TimeZone
    day_first: bool
    languages: Annotated[tuple[LanguageCode, ...], Field(min_length=1, max_length=9)]
    emergency_numbers: tuple[ShortNumber, ...] = ()
    voices: dict[LanguageCode, Voice] = Field(default_factory=dict)
    lines: Annotated[tuple[LineEntry, ...], Field(min_length=1)]
    timings: Timings = Timings()
    office: Office = Office()
    people: People = People()
    rota: RotaTimes
    retention: Retention = Retention()
    limits: Limits = Limits()

    @property
    def zone(self) -> ZoneInfo:
        """The country's time zone."""
        return ZoneInfo(self.time_zone)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if len(set(self.languages)) != len(self.languages):
            raise ValueError("languages: each one once")
        if unknown := sorted(set(self.voices) - set(self.languages)):
            raise ValueError(f"voices: {unknown[0]} is not among the languages")
        ids = [line.id for line in self.lines]
        if len(set(ids)) != len(ids):
            raise ValueError("lines: each id once")
        return self
