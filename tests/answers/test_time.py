"""A time of day."""

from __future__ import annotations

import pytest

from hotline.answers.result import AskBack, Declined, Refused, Understood, Unknown, Why
from hotline.answers.understand import Kind, Question
from tests.answers.conftest import Ask

TIME = Question(Kind.TIME)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("22:30", "22:30"), ("2230", "22:30"), ("22h30", "22:30"), ("22.30", "22:30"), ("07:30", "07:30"), ("10pm", "22:00"), ("10 p.m.", "22:00"),
        ("10:30 pm", "22:30"), ("12am", "00:00"), ("12 pm", "12:00"), ("10 at night", "22:00"), ("8 in the morning", "08:00"), ("noon", "12:00"),
        ("midnight", "00:00"), ("half past ten pm", "22:30"), ("quarter to 10 pm", "21:45"), ("à 22h", "22:00"), ("9h du soir", "21:00"), ("midi", "12:00"),
        ("10 de la noche", "22:00"), ("medianoche", "00:00"), ("8è di maten", "08:00"), ("10 è òswè", "22:00"), ("晚上10点", "22:00"), ("早上八点半", "08:30"), ("13", "13:00"),
    ],
)  # fmt: skip
def test_times(ask: Ask, text: str, value: str) -> None:
    assert ask(TIME, text) == Understood(value, text)


@pytest.mark.parametrize(("text", "readings"), [("10", ("10:00", "22:00")), ("10:30", ("10:30", "22:30")), ("half past ten", ("10:30", "22:30")), ("10点半", ("10:30", "22:30")), ("12", ("12:00", "00:00"))])  # fmt: skip
def test_morning_or_night_is_asked_back(ask: Ask, text: str, readings: tuple[str, ...]) -> None:
    assert ask(TIME, text) == AskBack(readings, text, Why.TWO_ANSWERS)


@pytest.mark.parametrize("text", ["25:00", "10:75", "-3", "hello", "10 11 12", "10 am pm", "yesterday", "99"])
def test_is_no_time(ask: Ask, text: str) -> None:
    assert isinstance(ask(TIME, text), Refused)


def test_unknown_and_declined(ask: Ask) -> None:
    assert ask(TIME, "don't know") == Unknown("don't know")
    assert ask(TIME, "-") == Declined("-")
