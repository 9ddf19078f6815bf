"""Several of a list."""

from __future__ import annotations

import pytest

from hotline.answers.result import AskBack, Refused, Understood, Unknown, Why
from tests.answers.conftest import TYPES, Ask, Kind, listed


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("1", ("sexual_exploitation",)),
        ("3 1", ("sexual_exploitation", "online_sexual_exploitation")),
        ("1,3", ("sexual_exploitation", "online_sexual_exploitation")),
        ("13", ("sexual_exploitation", "online_sexual_exploitation")),
        ("1 and 8", ("sexual_exploitation", "begging")),
        ("sex and begging", ("sexual_exploitation", "begging")),
        ("sex, maid", ("sexual_exploitation", "domestic_labour")),
        ("online sex", ("online_sexual_exploitation",)),
        ("travay kay", ("domestic_labour",)),
        ("trabajo doméstico y mendicidad", ("domestic_labour", "begging")),
        ("卖淫和乞讨", ("sexual_exploitation", "begging")),
        ("mariage forcé", ("forced_marriage",)),
        ("vann an lawi", ("street_selling",)),
        ("child labour", ("child_labour",)),
        ("sex sex", ("sexual_exploitation",)),
    ],
)
def test_codes_come_in_list_order(ask: Ask, text: str, codes: tuple[str, ...]) -> None:
    assert ask(TYPES, text) == Understood(codes, text)


def test_or_is_asked_back_with_each_and_both(ask: Ask) -> None:
    answer = ask(TYPES, "1 or 8")
    assert isinstance(answer, AskBack)
    assert answer.readings == (("sexual_exploitation",), ("begging",), ("sexual_exploitation", "begging"))


def test_a_word_for_two_descriptors_is_asked_back(ask: Ask) -> None:
    question = listed(
        Kind.MULTI, "victim_descriptors", "transgender_male", "transgender_female", "national", "foreigner"
    )
    answer = ask(question, "trans foreigner")
    assert isinstance(answer, AskBack)
    assert answer.readings == (("transgender_male", "foreigner"), ("transgender_female", "foreigner"))


@pytest.mark.parametrize("text", ["sex xyzzy", "not sex", "sex but not begging", "10", "112", "0", "1 22"])
def test_no_word_is_dropped_in_silence(ask: Ask, text: str) -> None:
    assert isinstance(ask(TYPES, text), Refused)


def test_unknown(ask: Ask) -> None:
    assert ask(TYPES, "don't know") == Unknown("don't know")
    assert ask(TYPES, "sex don't know") == Refused(Why.UNCLEAR, "sex don't know")
