"""What a task force decides: the model of `hotline.toml`.

Plain data at the bottom of the house: rooms turn it into their own types. Every key is checked; a key that is not
known is an error, told with file and line, because a misspelt timing would otherwise silently be the default.
"""

import datetime as dt
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PositiveInt,
    PrivateAttr,
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
_E164 = r"^\+[1-9]\d{6,14}$"
E164 = Annotated[str, StringConstraints(pattern=_E164)]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
ShortNumber = Annotated[str, StringConstraints(pattern=r"^\d{3,4}$")]
MonthDay = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Voice(_Part):
    """A synthetic voice of the carrier: the attributes `voice` and `language` of Say."""

    voice: str
    language: str


class Gateway(_Part):
    """How a generic HTTP gateway is spoken to; each key means what it means in `hotline.carriers.lines.GatewaySettings`.

    Secrets are never in the file: `send_secret_env` and `secret_env` name the environment variables that hold them.
    """

    send_url: str
    method: Literal["GET", "POST"] = "POST"
    encoding: Literal["query", "form", "json"] = "form"
    outbound: dict[str, str] = Field(default_factory=lambda: {"to": "to", "text": "text", "id": "id"})
    constants: dict[str, str] = Field(default_factory=dict)
    send_user: str = ""
    send_secret_env: str | None = None
    send_secret_header: str = ""
    send_secret_prefix: str = ""
    send_secret_field: str = ""
    accepted: str = ""
    refused: str = ""
    deduplicates: bool = False
    inbound: dict[str, str] = Field(default_factory=lambda: {"id": "id", "from": "from", "text": "text"})
    secret_env: str
    secret_header: str = ""
    secret_field: str = ""
    reply: Literal["text", "json", "none"] = "none"
    reply_field: str = "text"
    report: dict[str, str] = Field(default_factory=lambda: {"id": "id", "status": "status", "error": "error"})
    statuses: dict[str, str] = Field(default_factory=dict)
    region: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] = "LC"
    _send_secret: str = PrivateAttr(default="")
    _secret: str = PrivateAttr(default="")

    @property
    def send_secret(self) -> str:
        """What we show the gateway: the value of `send_secret_env`, empty where it is not set."""
        return self._send_secret

    @property
    def secret(self) -> str:
        """What the gateway shows us: the value of `secret_env`, empty where it is not set."""
        return self._secret

    def with_secrets(self, env: Mapping[str, str]) -> Self:
        """The same with its secrets found in `env`."""
        found = self.model_copy()
        found._send_secret = env.get(self.send_secret_env, "") if self.send_secret_env else ""
        found._secret = env.get(self.secret_env, "")
        return found


class LineEntry(_Part):
    """A number of ours at a carrier; each key means what it means in `hotline.carriers.lines.Line`."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,15}$")]
    carrier: Literal["twilio", "gateway"]
    number: E164 | None = None
    """None only while the environment variable of `number_env` is not set."""
    number_env: str | None = None
    sms_in: bool = False
    sms_out: bool = False
    voice: bool = False
    reply_in_answer: bool = False
    stop_words: tuple[str, ...] = ()
    start_words: tuple[str, ...] = ()
    help_words: tuple[str, ...] = ()
    segment_price: Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+)?$")] = "0"
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = "USD"
    gateway: Gateway | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.carrier == "gateway") != (self.gateway is not None):
            raise ValueError("a line has [lines.gateway] exactly when its carrier is gateway")
        if self.number is None and self.number_env is None:
            raise ValueError("a line needs number or number_env")
        return self

    def with_environment(self, env: Mapping[str, str]) -> Self:
        """The same with its number and its gateway's secrets found in `env`. Raises ValueError for a wrong number."""
        number = self.number or env.get(self.number_env or "")
        if number is not None and not re.fullmatch(_E164, number):
            raise ValueError(f"{self.number_env}: must be a number like +17585550100")
        gateway = self.gateway.with_secrets(env) if self.gateway else None
        return self.model_copy(update={"number": number, "gateway": gateway})


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
    outcome_minutes: PositiveInt = 30
    language_menu_seconds: PositiveInt = 20
    key_wait_seconds: PositiveInt = 6
    voice_person_seconds: PositiveInt = 45
    voice_choice_seconds: PositiveInt = 90
    recording_seconds: PositiveInt = 120
    silent_calls: PositiveInt = 3
    silent_calls_minutes: PositiveInt = 60
    session_idle_minutes: PositiveInt = 20
    session_hours: PositiveInt = 10


class Alerts(_Part):
    """How alerts escalate (`hotline.alerts.policy`). The name tells the unit."""

    steps: Annotated[tuple[Literal["on_call", "second", "everyone"], ...], Field(min_length=1)] = (
        "on_call",
        "second",
        "everyone",
    )
    everyone_from_round: PositiveInt = 3
    urgent_pause_minutes: PositiveInt = 15
    text_again_minutes: PositiveInt = 5
    receipt_seconds: PositiveInt = 90
    reminder_minutes: PositiveInt = 20
    outcomes: Annotated[tuple[str, ...], Field(min_length=1, max_length=8)] = (
        "safe",
        "handed_over",
        "not_reached",
        "no_danger",
    )


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
    alerts: Alerts = Alerts()
    office: Office = Office()
    people: People = People()
    rota: RotaTimes
    retention: Retention = Retention()
    limits: Limits = Limits()

    @property
    def zone(self) -> ZoneInfo:
        """The country's time zone."""
        return ZoneInfo(self.time_zone)

    def with_environment(self, env: Mapping[str, str]) -> Self:
        """The same with the numbers and secrets of its lines found in `env`. Raises ValueError for a wrong number."""
        return self.model_copy(update={"lines": tuple(line.with_environment(env) for line in self.lines)})

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
