"""What is asked, and under which circumstances: enough to understand a reply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from hotline.forms.definition import Kind

__all__ = ["Choice", "Circumstances", "Kind", "Question"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: its code, the digit that selects it ("" for none), and the form's own words for it."""

    code: str
    digit: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    `list_name` names the choice list whose synonyms stand in words.yaml under lists.<list_name>.<code>; for an
    integer it names what is counted: "" an age in years, "months" a duration in months, "count" anything else.
    `low` and `high` bound an integer, both included; an age ends at 120 when `high` is None.
    `past_only` forbids dates after the message. `max_length` is in characters, for text and names.
    """

    kind: Kind
    choices: tuple[Choice, ...] = ()
    list_name: str = ""
    low: int | None = None
    high: int | None = None
    past_only: bool = False
    max_length: int = 1600


@dataclass(frozen=True, slots=True)
class Circumstances:
    """When and where a reply was written: `at` aware, UTC; `country` alpha-2; `day_first` the country's order of 12/11."""

    at: datetime
    zone: ZoneInfo
    country: str
    day_first: bool
    locale: str

    @property
    def today(self) -> date:
        """The day of the message where it was written."""
        return self.at.astimezone(self.zone).date()
