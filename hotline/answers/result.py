"""What a reply turned out to be: a value, a question back, a refusal with its reason, unknown, or declined.

DESIGN "What must always hold" 6 and 7: unknown and declined are answers of their own, and a reply with two
readings is asked again, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Why(StrEnum):
    """Why a reply was not taken as it stands: the key of the sentence that tells the person what to do."""

    EMPTY = "empty"  # nothing but spaces, or nothing that can be read
    UNCLEAR = "unclear"  # "not police", "maybe", "yes, but": words that take back what they say
    TWO_ANSWERS = "two_answers"  # "yes no", "25 or 26", a word that means two choices
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_NUMBER = "not_a_number"
    ZERO_ALONE = "zero_alone"  # `0` asks for a person; a baby's age is "baby", "0 years" or "00"
    OUT_OF_RANGE = "out_of_range"
    NOT_A_DATE = "not_a_date"
    NOT_EXACT = "not_exact"  # "last week" where one day, month or year is asked
    IMPOSSIBLE_DATE = "impossible_date"  # 31 February; a period that ends before it begins
    FUTURE_DATE = "future_date"
    DATE_ORDER = "date_order"  # the country's order gives no date, or one in the future; another order does
    NOT_A_TIME = "not_a_time"
    NOT_A_COUNTRY = "not_a_country"
    NOT_A_PLACE = "not_a_place"
    NOT_A_PHONE = "not_a_phone"
    SHORT_NUMBER = "short_number"  # 847, 911: nobody can be called back there
    NOT_A_NAME = "not_a_name"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Understood:
    """One value. Its shape goes by the kind of question (see `understand`).

    `said` is the reply as it came. `extra` holds what the words told besides, keyed by its meaning:
    "descriptor" a code of victim_descriptors ("trans woman" is female with transgender_female).
    """

    value: object
    said: str
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class AskBack:
    """The readings a reply can have, likeliest first, in the shape of `Understood.value`; the person chooses one.

    Two or more; one only with `Why.DATE_ORDER`, where the single other reading has to be confirmed
    ("05/13/2026" in a country that puts the day first).
    """

    readings: tuple[object, ...]
    said: str
    why: Why


@dataclass(frozen=True, slots=True)
class Refused:
    """No value: `why` is a reason the person can act on."""

    why: Why
    said: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """ "I don't know", "?": an answer."""

    said: str


@dataclass(frozen=True, slots=True)
class Declined:
    """ "Rather not say", "skip", "-": an answer."""

    said: str


Answer = Understood | AskBack | Refused | Unknown | Declined


@dataclass(frozen=True, slots=True)
class Estimated:
    """A number known only within bounds, both included. `value` is always `low`: a child is never made an adult."""

    value: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end`, both included, each YYYY, YYYY-MM or YYYY-MM-DD; one day has start = end."""

    start: str
    end: str
