"""What a task force decides: the model of `hotline.toml`.

Plain data at the bottom of the house: rooms turn it into their own types. Every key is checked; a key that is not
known is an error, told with file and line, because a misspelt timing would otherwise silently be the default.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Field, PositiveInt, StringConstraints, ValidationInfo, field_validator, model_validator

from hotline.deployment_access import Access
from hotline.deployment_alerts import ROUND_SECONDS, GroupName, StepName, longest_round, undefined_group
from hotline.deployment_lines import Gateway, LineEntry
from hotline.deployment_retention import Retention
from hotline.deployment_types import E164, LanguageCode, MonthDay, Part, ShortNumber, TimeZone, Weekday

__all__ = [
    "Deployment",
    "Gateway",
    "LineEntry",
    "Office",
    "Retention",
    "RotaTimes",
    "Timings",
    "Voice",
    "Weekday",
]


class Voice(Part):
    """How a language is spoken in calls: by recorded clips first, of the folder `variant` below the language's where one is
    named; else by a synthetic voice of the carrier (the attributes `voice` and `language` of Say), where there is one.
    `stand_in` declares that it is another language's voice, which reads this one until there is recorded audio."""

    voice: str = ""
    language: str = ""
    stand_in: bool = False
    variant: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,29}$|^$")] = ""

    @model_validator(mode="after")
    def _both(self) -> Self:
        if bool(self.voice) != bool(self.language):
            raise ValueError("a synthetic voice needs both voice and language")
        if not self.voice and not self.variant:
            raise ValueError("name a voice with its language, a variant, or both")
        return self


class Timings(Part):
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
    same_text_times: PositiveInt = 5
    same_text_minutes: PositiveInt = 5
    silent_calls: PositiveInt = 3
    silent_calls_minutes: PositiveInt = 60
    session_idle_minutes: PositiveInt = 15
    session_hours: PositiveInt = 10
    officer_confirm_days: PositiveInt = 365


class Alerts(Part):
    """How alerts escalate (`hotline.alerts.policy`). The name tells the unit. Groups and the last resort are names of staff."""

    groups: dict[GroupName, Annotated[tuple[str, ...], Field(min_length=1)]] = Field(default_factory=dict)
    last_resort: tuple[str, ...] = ()
    steps: Annotated[tuple[StepName, ...], Field(min_length=1)] = (
        "language",
        "on_call",
        "second",
        "everyone",
    )
    language_seconds: Annotated[int, Field(ge=5, le=20)] = 20
    ring_again_seconds: Annotated[int, Field(ge=20, le=60)] = 55
    trouble_seconds: Annotated[int, Field(ge=10, le=300)] = 60
    everyone_from_round: PositiveInt = 3
    live_at_once: Annotated[int, Field(ge=1, le=10)] = 3
    urgent_pause_minutes: PositiveInt = 15
    text_again_minutes: PositiveInt = 5
    receipt_seconds: PositiveInt = 90
    reminder_minutes: PositiveInt = 20
    snooze_minutes: Annotated[int, Field(ge=10, le=240)] = 60
    snooze_reasons: Annotated[tuple[str, ...], Field(min_length=1, max_length=8)] = (
        "time_agreed",
        "agency_comes",
        "asked_to_wait",
    )
    forward_words: bool = False
    read_by: dict[LanguageCode, LanguageCode] = Field(default_factory=dict)
    outcomes: Annotated[tuple[str, ...], Field(min_length=1, max_length=8)] = (
        "safe",
        "handed_over",
        "not_reached",
        "no_danger",
    )

    @field_validator("steps")
    @classmethod
    def _groups_exist(cls, steps: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if missing := undefined_group(steps, info.data.get("groups", {})):
            raise ValueError(f"there is no group '{missing}' in [alerts.groups]")
        if "last_resort" in steps and not info.data.get("last_resort"):
            raise ValueError("'last_resort' names nobody: fill the list of that name")
        return steps


class OfficeHours(Part):
    """Wall-clock hours on some days of the week, in the country's zone."""

    days: tuple[Weekday, ...]
    opens: dt.time = Field(alias="from")
    closes: dt.time = Field(alias="to")

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError("office hours end after they begin, on the same day")
        return self


class Office(Part):
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


class People(Part):
    """Names of staff with a duty of their own; empty: the person with that role."""

    coordinator: str = ""
    data_manager: str = ""


class RotaTimes(Part):
    """The weekly change of shift, and what the rota tells of itself (`hotline.alerts.rota.watch`). The name tells the unit."""

    handover_weekday: Weekday = Weekday.MON
    handover_time: dt.time = dt.time(8, 0)
    time_zone: TimeZone
    gap_days: Annotated[int, Field(ge=1, le=60)] = 14
    near_gap_hours: PositiveInt = 24
    told_from: dt.time = dt.time(8, 0)
    told_until: dt.time = dt.time(20, 0)
    reminder_hours: PositiveInt = 24
    confirm_hours: PositiveInt = 2
    feed_minutes: PositiveInt = 10
    feed_stale_minutes: PositiveInt = 30

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.told_from >= self.told_until:
            raise ValueError("told_until comes after told_from, on the same day")
        if self.confirm_hours >= self.reminder_hours:
            raise ValueError("confirm_hours is less than reminder_hours")
        return self


class Watch(Part):
    """How the house is watched (docs/operations.md, "Watched from outside"). The name tells the unit."""

    drill_days: PositiveInt = 31
    drill_minutes: Annotated[int, Field(ge=2, le=120)] = 10
    probe_minutes: Annotated[int, Field(ge=5, le=1440)] = 15
    probe_words: Annotated[str, StringConstraints(min_length=3, max_length=100)] = "help, he has a knife"
    probe_seconds: Annotated[int, Field(ge=30, le=600)] = 180
    test_number: E164 | Literal[""] = ""
    test_time: dt.time = dt.time(10, 0)


class Simulator(Part):
    """The telephone network of the own machine: how fast its voice speaks, how many segments a line sends, and how
    long a text takes."""

    characters_per_second: PositiveInt = 14
    segments_per_second: PositiveInt = 1
    text_seconds: Annotated[float, Field(gt=0, le=60)] = 1.5


class Deployment(Part):
    """The whole of `hotline.toml`."""

    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    country_name: str
    time_zone: TimeZone
    day_first: bool
    languages: Annotated[tuple[LanguageCode, ...], Field(min_length=1, max_length=9)]
    emergency_numbers: tuple[ShortNumber, ...] = ()
    leave_to: Annotated[str, StringConstraints(pattern=r"^(https://\S+|about:blank)$")] = "about:blank"
    voices: dict[LanguageCode, Voice] = Field(default_factory=dict)
    lines: Annotated[tuple[LineEntry, ...], Field(min_length=1)]
    timings: Timings = Timings()
    alerts: Alerts = Alerts()
    office: Office = Office()
    people: People = People()
    rota: RotaTimes
    retention: Retention = Retention()
    watch: Watch = Watch()
    access: Access = Access()
    simulator: Simulator = Simulator()

    @property
    def zone(self) -> ZoneInfo:
        """The country's time zone."""
        return ZoneInfo(self.time_zone)

    def with_environment(self, env: Mapping[str, str]) -> Self:
        """The same with the numbers and secrets of its lines found in `env`. Raises ValueError for a wrong number."""
        return self.model_copy(update={"lines": tuple(line.with_environment(env) for line in self.lines)})

    @field_validator("alerts")
    @classmethod
    def _short_rounds(cls, alerts: Alerts, info: ValidationInfo) -> Alerts:
        timings = info.data.get("timings") or Timings()
        seconds = longest_round(alerts.steps, alerts.language_seconds, timings.page_step_seconds)
        if seconds > ROUND_SECONDS:
            raise ValueError(f"a round of these steps takes {seconds} s; {ROUND_SECONDS} s is the most")
        return alerts

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if len(set(self.languages)) != len(self.languages):
            raise ValueError("languages: each one once")
        if unknown := sorted(set(self.voices) - set(self.languages)):
            raise ValueError(f"voices: {unknown[0]} is not among the languages")
        for locale, other in self.alerts.read_by.items():
            if locale not in self.languages or other not in self.voices:
                raise ValueError(f"alerts.read_by: {locale} = {other}: a language, and one that has a voice")
        ids = [line.id for line in self.lines]
        if len(set(ids)) != len(ids):
            raise ValueError("lines: each id once")
        return self
