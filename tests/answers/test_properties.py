"""For any text: one of the five results, in bounded time, and never a value outside what was asked."""

from __future__ import annotations

import time
from datetime import date
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline.answers.result import Answer, AskBack, Declined, Estimated, Period, Refused, Understood, Unknown
from hotline.answers.understand import Circumstances, Kind, Question, Words, understand
from hotline.standards.places import Place
from tests.answers.conftest import (
    AGE,
    ALL,
    DATE,
    LOCALES,
    PERIOD,
    REPORT,
    SEX,
    TYPES,
    YES_NO,
    Ask,
    circumstances,
)

WORDS = Words.load(LOCALES)
HERE: Circumstances = circumstances(2026, 11, 23)
QUESTIONS = [
    YES_NO, SEX, REPORT, TYPES, AGE, DATE, PERIOD, Question(Kind.DATE), Question(Kind.INTEGER, list_name="count", low=1, high=99),
    *(Question(kind) for kind in (Kind.TIME, Kind.COUNTRY, Kind.PLACE, Kind.PHONE, Kind.PERSON_NAME, Kind.TEXT)),
]  # fmt: skip

_SAID = [
    "yes",
    "no",
    "wi",
    "non",
    "sí",
    "是",
    "不",
    "one",
    "two",
    "twa",
    "16",
    "about",
    "15-17",
    "to",
    "or",
    "ou",
    "o",
    "或",
    "and",
    "not",
    "pas",
    "pa",
    "but",
    "maybe",
    "12/11",
    "nov",
    "mas",
    "me",
    "2026",
    "last",
    "week",
    "ago",
    "il",
    "y",
    "a",
    "hace",
    "gen",
    "前",
    "days",
    "jou",
    "天",
    "friday",
    "castries",
    "la",
    "pointe",
    "haiti",
    "dominican",
    "congo",
    "4550123",
    "female",
    "fanm",
    "trans",
    "police",
    "sex",
    "begging",
    "don't",
    "know",
    "skip",
    "-",
    "?",
    ".",
    ",",
    ";",
    ":",
    "/",
    "+",
    "~",
    "<",
    ">",
    "0",
    "00",
    "born",
    "baby",
    "child",
    "years",
    "ans",
    "an",
    "岁",
    "since",
    "for",
    "from",
    "between",
    "between",
    "until",
    "now",
    "today",
    "yè",
    "👍",
    "\u200b",
    "́",
    "٣",
    "３",
    "½",
    "\x00",
]
texts = st.one_of(
    st.lists(st.sampled_from(_SAID), max_size=12).map(" ".join),
    st.lists(st.sampled_from(_SAID), max_size=6).map("".join),
    st.text(max_size=60),
)


def shaped(question: Question, value: object) -> bool:
    """Whether `value` has the shape of the kind and lies within what was asked."""
    codes = {choice.code for choice in question.choices}
    match question.kind:
        case Kind.YES_NO:
            return value in ("yes", "no")
        case Kind.CHOICE:
            return value in codes - {"unknown"}
        case Kind.MULTI:
            return (
                isinstance(value, tuple)
                and len(value) > 0
                and len(set(value)) == len(value)
                and set(value) <= codes
            )
        case Kind.INTEGER:
            low, high = question.low or 0, question.high if question.high is not None else 120
            if isinstance(value, Estimated):
                return low <= value.low == value.value < value.high <= high
            return isinstance(value, int) and low <= value <= high
        case Kind.DATE:
            return isinstance(value, str) and (not question.past_only or first_day(value) <= HERE.today)
        case Kind.PERIOD:
            period = cast(Period, value)
            return first_day(period.start) <= last_day(period.end) and first_day(period.end) <= HERE.today
        case Kind.TIME:
            return isinstance(value, str) and len(value) == 5 and value[:2] < "24" and value[3:] < "60"
        case Kind.COUNTRY:
            return value in WORDS.countries
        case Kind.PLACE:
            return isinstance(value, Place)
        case Kind.PHONE:
            return isinstance(value, str) and value.startswith("+")
        case _:
            return isinstance(value, str) and bool(value)


def first_day(partial: str) -> date:
    return date.fromisoformat(partial + "-01-01"[len(partial) - 4 :] if len(partial) < 10 else partial)


def last_day(partial: str) -> date:
    return date.fromisoformat(
        partial if len(partial) == 10 else partial + "-28" if len(partial) == 7 else partial + "-12-31"
    )


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: f"{q.kind}:{q.list_name}")
@settings(max_examples=100, deadline=None)
@given(text=texts)
def test_any_text_gives_one_of_the_five(question: Question, text: str) -> None:
    answer: Answer = understand(question, text, WORDS, HERE)
    assert answer.said == text
    match answer:
        case Understood(value=value):
            assert shaped(question, value), answer
        case AskBack(readings=readings, why=why):
            assert len(set(readings)) == len(readings)
            assert len(readings) >= 2 or why == "date_order"
            assert all(shaped(question, reading) for reading in readings), answer
        case Refused() | Unknown() | Declined():
            pass


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: f"{q.kind}:{q.list_name}")
@pytest.mark.parametrize(
    "part", ["a", "1 ", "yes ", "三", "- ", "1/", "to ", "saint ", "12 nov to ", "haitti ", "twenty one ", '"', "castrees ", "friday last ", "\u0301", "😀"]
)  # fmt: skip
def test_the_longest_message_is_answered_at_once(question: Question, part: str) -> None:
    text = (part * 1600)[:1600]
    began = time.process_time()
    understand(question, text, WORDS, HERE)
    # Bounded, whatever the machine: how fast it is, the benchmark tells.
    assert time.process_time() - began < 5


@settings(max_examples=120, deadline=None)
@given(number=st.integers(1, 120))
def test_every_age_reads_back(number: int) -> None:
    for text in (
        f"{number}",
        f"{number} years",
        f"{number} ans",
        f"{number} años",
        f"{number}岁",
        f"li gen {number} an",
    ):
        assert understand(AGE, text, WORDS, HERE) == Understood(number, text)


@settings(max_examples=80, deadline=None)
@given(low=st.integers(1, 118), width=st.integers(1, 20))
def test_every_range_keeps_its_bounds(low: int, width: int) -> None:
    high = min(low + width, 120)
    for text in (
        f"{low}-{high}",
        f"{low} to {high}",
        f"entre {low} et {high} ans",
        f"entre {low} y {high}",
        f"{low}到{high}岁",
    ):
        assert understand(AGE, text, WORDS, HERE) == Understood(Estimated(low, low, high), text)


@settings(max_examples=120, deadline=None)
@given(day=st.dates(date(1990, 1, 1), date(2026, 11, 23)))
def test_every_day_reads_back(day: date) -> None:
    iso = day.isoformat()
    for text in (
        iso,
        f"{day:%d/%m/%Y}",
        f"{day:%d.%m.%Y}",
        f"{day.year}年{day.month}月{day.day}日",
    ):
        assert understand(DATE, text, WORDS, HERE) == Understood(iso, text)
    for locale in ALL:
        month = WORDS.trees[locale]["dates"]["months"][str(day.month)][0]  # type: ignore[index, call-overload]
        text = f"{day.day} {month} {day.year}"
        assert understand(DATE, text, WORDS, HERE) == Understood(iso, text)
        assert understand(PERIOD, text, WORDS, HERE) == Understood(Period(iso, iso), text)


def test_every_country_reads_back_in_every_language(ask: Ask) -> None:
    question = Question(Kind.COUNTRY)
    for code in WORDS.countries:
        for locale in ALL:
            name = WORDS.countries.name(code, locale)
            assert ask(question, name) == Understood(code, name), locale


def test_every_community_reads_back_beside_its_district(ask: Ask) -> None:
    question = Question(Kind.PLACE)
    gazetteer = WORDS.gazetteer
    for iso in gazetteer.districts:
        district = gazetteer.district_name(iso)
        assert ask(question, district) == Understood(Place("LC", iso), district)
        for community in gazetteer.communities(iso):
            text = f"{community}, {district}"
            answer = ask(question, text)
            readings = answer.readings if isinstance(answer, AskBack) else (getattr(answer, "value", None),)
            assert Place("LC", iso, community) in readings, (text, answer)
