"""Dates and numbers as they are worded for a person."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.content import PROJECT
from hotline.forms.languages import read_languages
from hotline.wording.gsm7 import septets

DATES = read_languages(PROJECT, []).dates


@pytest.mark.parametrize(
    ("value", "locale", "worded"),
    [
        ("2026-11-12", "en", "12 Nov 2026"),
        ("2026-12-11", "en", "11 Dec 2026"),
        ("2026-11", "en", "Nov 2026"),
        ("2026", "en", "2026"),
        ("2026-08-01", "fr", "1er aout 2026"),
        ("2026-02-03", "fr", "3 févr. 2026"),
        ("2026-01-09", "es", "9 ene 2026"),
        ("2026-11-12", "zh", "2026年11月12日"),
        ("2026-11", "zh", "2026年11月"),
        ("2026", "zh", "2026年"),
        ("2026-07-14", "ht", "14 jiyè 2026"),
        ("2026-07-01", "acf", "pwèmyé jwiyé 2026"),
        ("2026-07-14", "xx", "14 Jul 2026"),
        (date(2026, 11, 12), "en", "12 Nov 2026"),
        (datetime(2026, 11, 12, 3, 4), "en", "12 Nov 2026"),  # noqa: DTZ001
    ],
)
def test_a_date(value: date | str, locale: str, worded: str) -> None:
    assert DATES.word(value, locale) == worded


@pytest.mark.parametrize("value", ["2026-02-31", "2026-13", "12/11/2026", "", "2026-11-12T10:00", "0000-01"])
def test_what_is_no_date_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        DATES.word(value, "en")


def test_a_period() -> None:
    assert DATES.period("2026-11-01", "2026-11-12", "en") == "1 Nov 2026 - 12 Nov 2026"
    assert DATES.period("2026-11-12", "2026-11-12", "en") == "12 Nov 2026"
    assert DATES.period("2026", None, "en") == "2026"
    assert DATES.period(None, "2026-11", "zh") == "2026年11月"
    assert DATES.period("2025", "2026", "zh") == "2025年至2026年"
    assert DATES.period(None, None, "en") == ""


def test_numbers() -> None:
    assert DATES.number(0, "en") == "0"
    assert DATES.number(12345, "fr") == "12345"
    assert DATES.number({"value": 16, "low": 16, "high": 18}, "zh") == "16至18"
    assert DATES.number({"value": 20, "low": 20, "high": 20}, "en") == "20"
    assert DATES.number({"value": 20, "low": 20, "high": None}, "en") == "20"


def test_the_months_of_a_language_are_twelve_different_words() -> None:
    for locale in DATES.locales:
        assert len({DATES.month(month, locale) for month in range(1, 13)}) == 12


@given(st.dates(), st.sampled_from([locale for locale in DATES.locales if locale != "zh"]))
def test_a_date_travels_cheaply_and_is_one_date_only(day: date, locale: str) -> None:
    worded = DATES.word(day, locale)
    assert septets(worded) is not None
    assert len(worded) <= 20
    assert str(day.year) in worded
