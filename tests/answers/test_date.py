"""Dates, against Monday 23 November 2026 in Saint Lucia, where the day comes first."""

from __future__ import annotations

import pytest

from hotline.answers.result import AskBack, Declined, Refused, Understood, Unknown, Why
from hotline.answers.understand import Kind, Question, Words, understand
from tests.answers.conftest import DATE, Ask, circumstances


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12/11", "2026-11-12"), ("12/11/2026", "2026-11-12"), ("12-11-26", "2026-11-12"), ("12.11.2026", "2026-11-12"),
        ("12 11 2026", "2026-11-12"), ("2026-11-12", "2026-11-12"), ("2026/11/12", "2026-11-12"), ("12112026", "2026-11-12"),
        ("20261112", "2026-11-12"), ("12 nov", "2026-11-12"), ("Nov 12", "2026-11-12"), ("12nov", "2026-11-12"),
        ("the 12th of November 2026", "2026-11-12"), ("on 12 november", "2026-11-12"), ("Nov 12, 2025", "2025-11-12"),
        ("le 12 octobre 2026", "2026-10-12"), ("1er mai 2026", "2026-05-01"), ("12 de noviembre de 2025", "2025-11-12"),
        ("12 novanm 2025", "2025-11-12"), ("12 òktòb", "2026-10-12"), ("2026年11月12日", "2026-11-12"), ("11月12日", "2026-11-12"),
        ("十一月十二日", "2026-11-12"), ("٢٠٢٦/١١/١٢", "2026-11-12"), ("novembr 2026", "2026-11"),
        ("November", "2026-11"), ("nov 2026", "2026-11"), ("11/2026", "2026-11"), ("2026", "2026"), ("2025年", "2025"),
        ("december", "2025-12"), ("25/12", "2025-12-25"), ("me 2026", "2026-05"), ("12 me 2025", "2025-05-12"), ("mars", "2026-03"),
        ("29/02", "2024-02-29"), ("01/01/98", "1998-01-01"),
    ],
)  # fmt: skip
def test_calendar_dates(ask: Ask, text: str, value: str) -> None:
    assert ask(DATE, text) == Understood(value, text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("today", "2026-11-23"), ("now", "2026-11-23"), ("this morning", "2026-11-23"), ("yesterday", "2026-11-22"), ("last night", "2026-11-22"),
        ("yesterday 10pm", "2026-11-22"), ("the day before yesterday", "2026-11-21"), ("2 weeks ago", "2026-11-09"), ("3 days ago", "2026-11-20"),
        ("a week ago", "2026-11-16"), ("two months ago", "2026-09"), ("2 years ago", "2024"), ("5 hours ago", "2026-11-23"), ("20 hours ago", "2026-11-22"),
        ("last month", "2026-10"), ("last year", "2025"), ("friday", "2026-11-20"), ("last friday", "2026-11-20"), ("last monday", "2026-11-16"),
        ("hier soir", "2026-11-22"), ("avant-hier", "2026-11-21"), ("il y a 3 jours", "2026-11-20"), ("vendredi dernier", "2026-11-20"), ("l'an dernier", "2025"),
        ("anoche", "2026-11-22"), ("anteayer", "2026-11-21"), ("hace dos semanas", "2026-11-09"), ("el lunes pasado", "2026-11-16"),
        ("yè oswè", "2026-11-22"), ("yè swa", "2026-11-22"), ("avanyè", "2026-11-21"), ("twa jou de sa", "2026-11-20"), ("gen twa jou", "2026-11-20"),
        ("de jou de sa", "2026-11-21"), ("twa jou pasé", "2026-11-20"), ("sa gen 3 mwa", "2026-08"), ("vandredi pase", "2026-11-20"),
        ("昨晚", "2026-11-22"), ("前天", "2026-11-21"), ("三天前", "2026-11-20"), ("两周前", "2026-11-09"), ("3个月前", "2026-08"), ("上周五", "2026-11-20"),
        ("去年三月", "2025-03"), ("去年", "2025"), ("mars l'an dernier", "2025-03"),
    ],
)  # fmt: skip
def test_dates_told_from_today(ask: Ask, text: str, value: str) -> None:
    assert ask(DATE, text) == Understood(value, text)


def test_the_day_is_that_of_the_country(words: Words) -> None:
    after_midnight_utc = circumstances(2026, 11, 23, hour=2)  # still the evening of the 22nd in Saint Lucia
    assert understand(DATE, "today", words, after_midnight_utc) == Understood("2026-11-22", "today")
    assert understand(DATE, "last night", words, after_midnight_utc) == Understood("2026-11-21", "last night")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31/02/2026", Why.IMPOSSIBLE_DATE), ("31 feb", Why.IMPOSSIBLE_DATE), ("0/5/2026", Why.IMPOSSIBLE_DATE), ("45/45/2026", Why.IMPOSSIBLE_DATE),
        ("2026-13-45", Why.IMPOSSIBLE_DATE), ("tomorrow", Why.FUTURE_DATE), ("2027", Why.FUTURE_DATE), ("25/12/2026", Why.FUTURE_DATE),
        ("dec 2026", Why.FUTURE_DATE), ("mañana", Why.NOT_A_DATE), ("last week", Why.NOT_EXACT), ("a few days ago", Why.NOT_EXACT),
        ("16", Why.NOT_A_DATE), ("hello", Why.NOT_A_DATE), ("12/11 or 13/11", Why.UNCLEAR), ("not yesterday", Why.UNCLEAR),
        ("-3", Why.NOT_A_DATE),
        ("two fridays ago", Why.NOT_A_DATE),
        ("sunday 12 november", Why.IMPOSSIBLE_DATE), ("3 days", Why.NOT_A_DATE), ("friday 12 november 2026", Why.IMPOSSIBLE_DATE),
    ],
)  # fmt: skip
def test_is_refused_with_a_reason(ask: Ask, text: str, why: Why) -> None:
    assert ask(DATE, text) == Refused(why, text)


@pytest.mark.parametrize(
    "text",
    [
        "25 or 26",
        "1 or 2?",
        "yes",
        "0",
        "99/99",
        "12/11/13/14",
        "every day",
        "1234567",
        "morning",
        "12 13 november",
        "𑁒",
        "²/³",
    ],
)
def test_is_never_taken_for_a_date(ask: Ask, text: str) -> None:
    assert not isinstance(ask(DATE, text), Understood)


def test_the_other_order_is_only_offered(ask: Ask, words: Words) -> None:
    assert ask(DATE, "05/13/2026") == AskBack(("2026-05-13",), "05/13/2026", Why.DATE_ORDER)
    fifth = circumstances(2026, 11, 5)
    assert understand(DATE, "12/11", words, fifth) == AskBack(
        ("2025-11-12", "2025-12-11"), "12/11", Why.DATE_ORDER
    )
    assert understand(DATE, "07/10", words, fifth) == Understood("2026-10-07", "07/10")
    american = circumstances(2026, 11, 23, day_first=False)
    assert understand(DATE, "10/11", words, american) == Understood("2026-10-11", "10/11")


def test_monday_on_a_monday_is_asked_back(ask: Ask) -> None:
    assert ask(DATE, "monday") == AskBack(("2026-11-23", "2026-11-16"), "monday", Why.TWO_ANSWERS)


def test_where_the_future_is_allowed(ask: Ask) -> None:
    expiry = Question(Kind.DATE)
    assert ask(expiry, "25/12/2030") == Understood("2030-12-25", "25/12/2030")
    assert ask(expiry, "tomorrow") == Understood("2026-11-24", "tomorrow")
    assert ask(expiry, "march") == AskBack(("2026-03", "2027-03"), "march", Why.TWO_ANSWERS)


def test_unknown_and_declined(ask: Ask) -> None:
    assert ask(DATE, "don't remember") == Unknown("don't remember")
    assert ask(DATE, "-") == Declined("-")
