"""The words of all languages, and a message of Monday 23 November 2026, 11 in the morning in Saint Lucia."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hotline.answers.result import Answer
from hotline.answers.understand import Choice, Circumstances, Kind, Question, Words, understand

LOCALES = Path(__file__).parents[2] / "locales"
ALL = ("en", "acf", "fr", "es", "ht", "zh")
Ask = Callable[[Question, str], Answer]


def listed(kind: Kind, list_name: str, *codes: str) -> Question:
    """A question whose choices have the digits 1, 2, 3 ..."""
    return Question(kind, tuple(Choice(code, str(n)) for n, code in enumerate(codes, 1)), list_name)


SEX = listed(Kind.CHOICE, "victim_sex", "female", "male", "unknown")
REPORT = listed(Kind.CHOICE, "previous_report", "none", "ntf", "police", "other_agency")
KIND = listed(Kind.CHOICE, "contact_kind", "self", "other", "work")
PREFERENCE = listed(Kind.CHOICE, "contact_preference", "write", "ring", "either", "none")
LANGUAGE = listed(Kind.CHOICE, "contact_language", "en", "acf", "fr", "es", "ht", "zh")
TYPES = listed(
    Kind.MULTI,
    "exploitation_types",
    "sexual_exploitation",
    "pornography",
    "online_sexual_exploitation",
    "labour",
    "domestic_labour",
    "forced_marriage",
    "child_labour",
    "begging",
    "street_selling",
)
YES_NO = Question(Kind.YES_NO)
AGE = Question(Kind.INTEGER, low=0, high=120)
DATE = Question(Kind.DATE, past_only=True)
PERIOD = Question(Kind.PERIOD, past_only=True)


@pytest.fixture(scope="session")
def words() -> Words:
    return Words.load(LOCALES)


@pytest.fixture(scope="session")
def here() -> Circumstances:
    return circumstances(2026, 11, 23)


def circumstances(
    year: int, month: int, day: int, hour: int = 15, *, day_first: bool = True
) -> Circumstances:
    """A message at that hour UTC (Saint Lucia is four hours behind)."""
    at = datetime(year, month, day, hour, tzinfo=UTC)
    return Circumstances(at, ZoneInfo("America/St_Lucia"), "LC", day_first, "en")


@pytest.fixture(scope="session")
def ask(words: Words, here: Circumstances) -> Ask:
    return lambda question, text: understand(question, text, words, here)
