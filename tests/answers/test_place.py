"""Where: in the words of somebody who lives there."""

from __future__ import annotations

import pytest

from hotline.answers.result import AskBack, Declined, Refused, Understood, Unknown, Why
from hotline.answers.understand import Kind, Question
from hotline.standards.places import Place
from tests.answers.conftest import Ask

PLACE = Question(Kind.PLACE)


@pytest.mark.parametrize(
    ("text", "district", "community"),
    [
        ("Castries", "LC-02", None), ("castries.", "LC-02", None), ("Kastri", "LC-02", None), ("卡斯特里", "LC-02", None), ("castrise", "LC-02", None),
        ("near the market in Castries", "LC-02", None), ("cerca del mercado en Castries", "LC-02", None), ("près du marché de Castries", "LC-02", None),
        ("bò mache Kastri", "LC-02", None), ("blue house by the school, Vieux Fort", "LC-11", None), ("view fort", "LC-11", None), ("Vyé Fò", "LC-11", None),
        ("soufrere", "LC-10", None), ("Soufwiyè", "LC-10", None), ("grosislet", "LC-06", None), ("Gwo Zilé", "LC-06", None), ("LC-05", "LC-05", None), ("castries st lucia", "LC-02", None),
        ("Rodney Bay", "LC-06", "Rodney Bay"), ("rodney bay, gros islet", "LC-06", "Rodney Bay"), ("La Pointe, Micoud", "LC-08", "La Pointe"), ("Village, Laborie", "LC-07", "Village"),
        ("Bois d'Orange", "LC-06", "Bois D'Orange"), ("cap estate golf park", "LC-06", "Cap Estate/Golf Park"), ("Millet", "LC-01", "Millet"), ("Floissac", "LC-02", "Floissac/Marc"),
        ("Dauphin", "LC-06", "Dauphin"), ("Praslin", "LC-08", "Praslin"), ("Babonneau", "LC-02", "Babonneau Proper"), ("by Choc", "LC-02", "Choc"), ("Marchand", "LC-02", "Marchand"),
    ],
)  # fmt: skip
def test_home(ask: Ask, text: str, district: str, community: str | None) -> None:
    assert ask(PLACE, text) == Understood(Place("LC", district, community), text)


@pytest.mark.parametrize(
    ("text", "country"),
    [("Haiti", "HT"), ("Martinique", "MQ"), ("St Lucia", "LC"), ("Port of Spain, Trinidad", "TT"), ("Kingston", "JM"), ("Jacmel Haiti", "HT"), ("海地", "HT"), ("Caracas", "VE")],
)  # fmt: skip
def test_abroad(ask: Ask, text: str, country: str) -> None:
    assert ask(PLACE, text) == Understood(Place(country), text)


@pytest.mark.parametrize(
    "text",
    [
        "La Pointe",
        "Village",
        "Town",
        "Belle Vue",
        "Coolie Town",
        "Jacmel",
        "Reunion",
        "from Castries to Vieux Fort",
        "La Perle",
        "Castries or Dennery",
    ],
)
def test_several_readings_are_asked_back(ask: Ask, text: str) -> None:
    answer = ask(PLACE, text)
    assert isinstance(answer, AskBack), answer
    assert len(answer.readings) == len(set(answer.readings)) >= 2


@pytest.mark.parametrize(
    "text",
    ["my house", "at the hotel", "xyzzy street", "16", "yes", "a boat", "the mine", "with grace", "f16"],
)
def test_is_no_place(ask: Ask, text: str) -> None:
    assert ask(PLACE, text) == Refused(Why.NOT_A_PLACE, text)


def test_a_denied_place_is_unclear(ask: Ask) -> None:
    assert ask(PLACE, "not in Castries") == Refused(Why.UNCLEAR, "not in Castries")


def test_unknown_and_declined(ask: Ask) -> None:
    assert ask(PLACE, "don't know") == Unknown("don't know")
    assert ask(PLACE, "skip") == Declined("skip")
