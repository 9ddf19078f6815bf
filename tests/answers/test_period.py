"""When something happened, from one time to another."""

from __future__ import annotations

import pytest

from hotline.answers.result import AskBack, Period, Refused, Understood, Why
from hotline.answers.understand import Words, understand
from tests.answers.conftest import PERIOD, Ask, circumstances

TODAY = "2026-11-23"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("12/11", "2026-11-12", "2026-11-12"), ("last night", "2026-11-22", "2026-11-22"), ("2026", "2026", "2026"),
        ("march to may 2026", "2026-03", "2026-05"), ("2024-2026", "2024", "2026"), ("from 2024 to 2026", "2024", "2026"),
        ("1-3 may 2026", "2026-05-01", "2026-05-03"), ("1 may to 3 may", "2026-05-01", "2026-05-03"), ("12/11-15/11", "2026-11-12", "2026-11-15"),
        ("between 1 may and 3 june", "2026-05-01", "2026-06-03"), ("de mars à mai 2026", "2026-03", "2026-05"),
        ("desde enero hasta marzo", "2026-01", "2026-03"), ("soti janvye rive mas", "2026-01", "2026-03"), ("从三月到五月", "2026-03", "2026-05"),
        ("november to january", "2025-11", "2026-01"), ("dec to feb", "2025-12", "2026-02"), ("last week", "2026-11-16", "2026-11-22"),
        ("上周", "2026-11-16", "2026-11-22"), ("la semana pasada", "2026-11-16", "2026-11-22"), ("this week", "2026-11-23", TODAY),
        ("last weekend", "2026-11-21", "2026-11-22"),
        ("since march", "2026-03", TODAY), ("since 2023", "2023", TODAY), ("depuis mars", "2026-03", TODAY), ("depi mas", "2026-03", TODAY),
        ("desde 2023", "2023", TODAY), ("since last year till now", "2025", TODAY), ("2023 to now", "2023", TODAY),
        ("for 3 months", "2026-08", TODAY), ("last 3 months", "2026-08", TODAY), ("past two weeks", "2026-11-09", TODAY),
        ("depuis 3 mois", "2026-08", TODAY), ("desde hace dos meses", "2026-09", TODAY), ("depi twa mwa", "2026-08", TODAY),
        ("for 2 years", "2024", TODAY),
    ],
)  # fmt: skip
def test_periods(ask: Ask, text: str, start: str, end: str) -> None:
    assert ask(PERIOD, text) == Understood(Period(start, end), text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("15/11/2026-12/11/2026", Why.IMPOSSIBLE_DATE), ("2026 to 2024", Why.IMPOSSIBLE_DATE), ("2024-2030", Why.FUTURE_DATE),
        ("since tomorrow", Why.FUTURE_DATE), ("every day", Why.NOT_A_DATE), ("between", Why.NOT_A_DATE), ("a few weeks ago", Why.NOT_EXACT),
    ],
)  # fmt: skip
def test_is_refused_with_a_reason(ask: Ask, text: str, why: Why) -> None:
    assert ask(PERIOD, text) == Refused(why, text)


def test_ten_twelve_by_the_countrys_order_is_in_the_future(words: Words) -> None:
    answer = understand(PERIOD, "10-12", words, circumstances(2026, 11, 23))
    assert answer == AskBack(
        (Period("2025-12-10", "2025-12-10"), Period("2026-10-12", "2026-10-12")), "10-12", Why.DATE_ORDER
    )
