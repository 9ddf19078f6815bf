"""Ages and other numbers: a person whose age is read wrong gets the wrong help."""

from __future__ import annotations

import pytest

from hotline.answers.result import AskBack, Declined, Estimated, Refused, Understood, Unknown, Why
from hotline.answers.understand import Circumstances, Kind, Question, Words, understand
from tests.answers.conftest import AGE, Ask, circumstances


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("16", 16), ("16.", 16), ("(16)", 16), ("16 yrs", 16), ("16yo", 16), ("16 y/o", 16), ("16 years old", 16), ("age 16", 16),
        ("she is 16", 16), ("16 please", 16), ("sixteen", 16), ("Twenty-one", 21), ("twenty one", 21), ("a hundred and two", 102),
        ("seize ans", 16), ("elle a 16 ans", 16), ("vingt et un", 21), ("soixante et onze", 71), ("soixante-dix-sept", 77),
        ("quatre-vingts", 80), ("quatre-vingt-dix-neuf", 99), ("dieciséis", 16), ("tiene 16 años", 16), ("treinta y uno", 31),
        ("sèz an", 16), ("li gen 16 an", 16), ("venteyen", 21), ("trannde", 32), ("i ni 16 an", 16), ("twant", 30), ("dé", 2),
        ("十六", 16), ("十六岁", 16), ("她16岁", 16), ("二十一", 21), ("一百二十", 120), ("１６", 16), ("١٦", 16), ("१६", 16), ("16½", 16),
        ("16.5", 16), ("16 and a half", 16), ("16 years 3 months", 16), ("18 months", 1), ("6 months", 0), ("3 weeks", 0),
        ("6 mois", 0), ("6个月", 0), ("00", 0), ("0 years", 0), ("baby", 0), ("newborn", 0), ("ti bébé", 0), ("婴儿", 0), ("bebé", 0),
        ("sixteen 16", 16), ("120", 120), ("16?", 16), ("16 yeras", 16), ("une", 1), ("de", 2),
    ],
)  # fmt: skip
def test_age(ask: Ask, text: str, age: int) -> None:
    assert ask(AGE, text) == Understood(age, text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("about 20", 18, 22), ("~20", 18, 22), ("20ish", 18, 22), ("around 16", 14, 18), ("environ 16 ans", 14, 18),
        ("como 16 años", 14, 18), ("anviwon 16 an", 14, 18), ("大约16岁", 14, 18), ("16岁左右", 14, 18), ("about 5", 4, 6),
        ("maybe 16", 14, 18), ("15-17", 15, 17), ("15 to 17", 15, 17), ("between 15 and 17", 15, 17), ("15–17 yrs", 15, 17),
        ("entre 15 et 17 ans", 15, 17), ("de 15 à 17", 15, 17), ("entre 15 y 17", 15, 17), ("ant 15 ak 17", 15, 17),
        ("15到17岁", 15, 17), ("18+", 18, 120), ("over 18", 18, 120), ("plus de 18 ans", 18, 120), ("under 18", 0, 17),
        ("moins de 18 ans", 0, 17), ("menor de 18", 0, 17), ("18岁以下", 0, 17), ("<18", 0, 17), ("at least 30", 30, 120),
        ("child", 0, 17), ("minor", 0, 17), ("teenager", 13, 19), ("adult", 18, 120), ("in her twenties", 20, 29),
        ("born 2008", 17, 18), ("2008", 17, 18), ("née en 2008", 17, 18), ("nacida en 2008", 17, 18), ("fèt an 2008", 17, 18),
        ("2008年出生", 17, 18),
    ],
)  # fmt: skip
def test_an_estimate_keeps_its_bounds_and_counts_as_the_lower(
    ask: Ask, text: str, low: int, high: int
) -> None:
    assert ask(AGE, text) == Understood(Estimated(low, low, high), text)


def test_a_date_of_birth_is_an_age(ask: Ask) -> None:
    assert ask(AGE, "born 12 May 2008") == Understood(18, "born 12 May 2008")
    assert ask(AGE, "12/12/2008") == Understood(17, "12/12/2008")  # birthday in three weeks
    assert ask(AGE, "05/2008") == Understood(18, "05/2008")
    assert ask(AGE, "born in may 2008") == Understood(18, "born in may 2008")
    assert ask(AGE, "11/2008") == Understood(Estimated(17, 17, 18), "11/2008")  # before or after today
    assert ask(AGE, "born 2030") == Refused(Why.FUTURE_DATE, "born 2030")


@pytest.mark.parametrize(
    ("text", "readings"),
    [("25 or 26", (25, 26)), ("25/26", (25, 26)), ("17 1", (17, 1)), ("about 16 or 17", (16, 17)), ("15 y 17", (15, 17)), ("16, 17", (16, 17)), ("fifteen or sixteen", (15, 16)), ("15或16", (15, 16))],
)  # fmt: skip
def test_two_numbers_are_asked_back(ask: Ask, text: str, readings: tuple[int, ...]) -> None:
    assert ask(AGE, text) == AskBack(readings, text, Why.TWO_ANSWERS)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("-3", Why.OUT_OF_RANGE), ("- 3", Why.OUT_OF_RANGE), ("−3", Why.OUT_OF_RANGE), ("121", Why.OUT_OF_RANGE), ("999", Why.OUT_OF_RANGE),
        ("abc", Why.NOT_A_NUMBER), ("12abc", Why.NOT_A_NUMBER), ("0", Why.ZERO_ALONE), ("zero", Why.ZERO_ALONE), ("0.", Why.ZERO_ALONE),
        ("not 16", Why.UNCLEAR), ("12345678901234567890", Why.NOT_A_NUMBER), ("100-150", Why.OUT_OF_RANGE),
    ],
)  # fmt: skip
def test_is_refused_with_a_reason(ask: Ask, text: str, why: Why) -> None:
    assert ask(AGE, text) == Refused(why, text)


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "7=12",
        "1 or 2?",
        "no idea 3 or 4",
        "3rd",
        "seventeen-ish maybe 20",
        "16 not 17",
        "call 2845678",
        "12/11",
        "1,000",
        "17 18 19 20",
        "3 days ago",
    ],
)
def test_is_never_taken_for_an_age(ask: Ask, text: str) -> None:
    assert not isinstance(ask(AGE, text), Understood)


def test_unknown_and_declined(ask: Ask) -> None:
    assert ask(AGE, "no idea") == Unknown("no idea")
    assert ask(AGE, "I don't know her age") == Unknown("I don't know her age")
    assert ask(AGE, "?") == Unknown("?")
    assert ask(AGE, "-") == Declined("-")
    assert ask(AGE, "skip") == Declined("skip")


def test_months_count_months(ask: Ask) -> None:
    months = Question(Kind.INTEGER, low=0, high=600, list_name="months")
    assert ask(months, "6") == Understood(6, "6")
    assert ask(months, "2 years") == Understood(24, "2 years")
    assert ask(months, "3 mois") == Understood(3, "3 mois")
    assert ask(months, "8 weeks") == Understood(2, "8 weeks")


def test_a_count_is_no_age(ask: Ask) -> None:
    count = Question(Kind.INTEGER, low=1, list_name="count")
    assert ask(count, "2008") == Understood(2008, "2008")
    assert ask(count, "baby") == Refused(Why.NOT_A_NUMBER, "baby")


def test_birthday_today(words: Words) -> None:
    on_the_day: Circumstances = circumstances(2026, 5, 12)
    day_before: Circumstances = circumstances(2026, 5, 11)
    assert understand(AGE, "born 12/05/2008", words, on_the_day) == Understood(18, "born 12/05/2008")
    assert understand(AGE, "born 12/05/2008", words, day_before) == Understood(17, "born 12/05/2008")
