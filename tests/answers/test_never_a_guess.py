"""Sentences that carry a word or number which is an answer elsewhere: none may become a value. Each cost a wrong value once."""

from __future__ import annotations

import pytest

from hotline.answers.result import AskBack, Refused, Understood
from hotline.answers.understand import Choice, Circumstances, Kind, Question, Words, understand
from tests.answers.conftest import AGE, DATE, KIND, PERIOD, PREFERENCE, REPORT, SEX, TYPES, YES_NO, Ask

PLACE, TIME, COUNTRY, PHONE = (Question(kind) for kind in (Kind.PLACE, Kind.TIME, Kind.COUNTRY, Kind.PHONE))
EVERY = (YES_NO, SEX, KIND, PREFERENCE, REPORT, TYPES, AGE, DATE, PERIOD, TIME, COUNTRY, PLACE, PHONE)

STORIES = """
he locked me in the room
they took my passport
she works in a house and is not paid
my sister is 16
he comes at night
I dont have money
he has a gun
call me after 6 days
tonight at 8 he comes
the nurse told me
mi jefe no me paga
trabajo todos los dias
no puedo salir
elle ne peut pas sortir
mon patron me frappe
mwen pa ka soti
li pran paspò mwen
yo fèmen mwen an chanm
i ka bat mwen
他拿走了我的护照
我不能出去
near Jordan house
my friend Georgia
my sis
12 hours a day
6 days a week
we are 5
room 12
house number 7
about 5 feet
the one
this one
who is this
""".strip().splitlines()


@pytest.mark.parametrize("text", STORIES)
def test_a_sentence_is_no_value(ask: Ask, text: str) -> None:
    taken = {
        question.kind: answer for question in EVERY if isinstance(answer := ask(question, text), Understood)
    }
    assert taken == {}


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (AGE, "25 or 26"), (AGE, "yes no"), (AGE, "1 or 2?"), (AGE, "no idea"), (AGE, "-3"), (AGE, "121"), (AGE, "17, 1"),
        (YES_NO, "yes no"), (YES_NO, "1 or 2?"), (YES_NO, "no idea"), (YES_NO, "-1"), (YES_NO, "7 no"), (YES_NO, "I'm ok"),
        (SEX, "she is two"), (KIND, "she is two"), (SEX, "1 or 2?"), (SEX, "-2"), (TYPES, "-3"), (TYPES, "1 or 2?"),
        (DATE, "31/02/2026"), (DATE, "12/03/2027"), (DATE, "3 days"), (DATE, "me"), (DATE, "out"), (PERIOD, "2030"),
        (COUNTRY, "Dominican"), (COUNTRY, "Guinea"), (COUNTRY, "Congo"), (COUNTRY, "American"), (COUNTRY, "no"), (COUNTRY, "Kosovo"),
        (PHONE, "455012"), (PHONE, "+1758455012"), (TIME, "10"), (PLACE, "La Pointe"), (PLACE, "union hall"),
    ],
)  # fmt: skip
def test_never_a_value(ask: Ask, question: Question, text: str) -> None:
    assert not isinstance(ask(question, text), Understood)


def test_m_may_be_mujer_where_spanish_is_spoken(words: Words, here: Circumstances) -> None:
    spanish = Circumstances(here.at, here.zone, here.country, here.day_first, "es")
    answer = understand(SEX, "M", words, spanish)
    assert isinstance(answer, AskBack)
    assert set(answer.readings) == {"female", "male"}
    assert understand(SEX, "M", words, here) == Understood("male", "M")
    assert understand(SEX, "mujer", words, spanish) == Understood("female", "mujer")


def test_yes_the_police_names_the_police(ask: Ask) -> None:
    assert ask(REPORT, "yes, the police") == Understood("police", "yes, the police")
    assert isinstance(ask(REPORT, "yes"), Refused)


def test_a_question_built_anew_is_read_alike(words: Words, here: Circumstances) -> None:
    for _ in range(3):
        question = Question(Kind.CHOICE, (Choice("a", "1", ("apple",)), Choice("b", "2", ("berry",))))
        assert understand(question, "aple", words, here) == Understood("a", "aple")
