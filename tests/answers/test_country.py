"""Countries as people name them."""

from __future__ import annotations

import pytest

from hotline.answers.result import AskBack, Declined, Refused, Understood, Unknown, Why
from hotline.answers.understand import Kind, Question
from tests.answers.conftest import Ask

COUNTRY = Question(Kind.COUNTRY)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Haiti", "HT"), ("haitian", "HT"), ("haitien", "HT"), ("Ayiti", "HT"), ("ayisyen", "HT"), ("海地", "HT"), ("海地人", "HT"), ("haitti", "HT"),
        ("ve", "VE"), ("VEN", "VE"), ("Venezolana", "VE"), ("venezuelan", "VE"), ("Venezula", "VE"), ("JA", "JM"), ("Jamaican", "JM"), ("she is from Jamaica", "JM"),
        ("dominicana", "DO"), ("Dom Rep", "DO"), ("republik dominikèn", "DO"), ("Dominican Republic", "DO"), ("多米尼加共和国", "DO"), ("Dominica", "DM"), ("la Dominique", "DM"),
        ("St Lucia", "LC"), ("st. lucian", "LC"), ("SLU", "LC"), ("Sent Lisi", "LC"), ("moun Sent Lisi", "LC"), ("Sainte-Lucie", "LC"), ("圣卢西亚", "LC"),
        ("St Vincent", "VC"), ("vincy", "VC"), ("trini", "TT"), ("Guyana", "GY"), ("Guyane", "GF"), ("Niger", "NE"), ("Nigeria", "NG"), ("Etazini", "US"), ("Lanmérik", "US"),
        ("u.s.a.", "US"), ("UK", "GB"), ("England", "GB"), ("中国", "CN"), ("Filipina", "PH"), ("Nepali", "NP"), ("Sri Lankan", "LK"), ("Bangladeshi", "BD"), ("cubana", "CU"),
        ("Port-au-Prince, Haiti", "HT"), ("DR Congo", "CD"), ("south korean", "KR"), ("the Bahamas", "BS"), ("KNA", "KN"), ("Côte d’Ivoire", "CI"),
    ],
)  # fmt: skip
def test_countries(ask: Ask, text: str, code: str) -> None:
    assert ask(COUNTRY, text) == Understood(code, text)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Dominican", {"DM", "DO"}), ("Guinea", {"GN", "GW", "GQ"}), ("Congo", {"CD", "CG"}), ("congolaise", {"CD", "CG"}), ("Korea", {"KR", "KP"}), ("American", {"US"}),
        ("Indian", {"IN", "GY"}), ("French", {"FR", "MQ"}), ("Virgin Islands", {"VG", "VI"}), ("St Martin", {"MF", "SX"}), ("Guiana", {"GF", "GY"}), ("SL", {"LC", "SL"}),
        ("Haiti or Cuba", {"HT", "CU"}), ("Haitian Dominican", {"HT", "DM", "DO"}), ("Nigera", {"NE", "NG"}), ("刚果", {"CD", "CG"}), ("Albanian UK", {"AL", "GB"}),
    ],
)  # fmt: skip
def test_a_word_for_two_countries_is_asked_back(ask: Ask, text: str, codes: set[str]) -> None:
    answer = ask(COUNTRY, text)
    assert isinstance(answer, AskBack), answer
    assert codes <= set(answer.readings)
    assert answer.why is Why.TWO_ANSWERS


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "si",
        "xyzzy",
        "not Haiti",
        "16",
        "yes",
        "Kosovan",
        "between Haiti and me maybe",
        "in the house",
        "my brother",
    ],
)
def test_is_no_country(ask: Ask, text: str) -> None:
    assert isinstance(ask(COUNTRY, text), Refused)


def test_unknown_and_declined(ask: Ask) -> None:
    assert ask(COUNTRY, "no idea") == Unknown("no idea")
    assert ask(COUNTRY, "-") == Declined("-")
