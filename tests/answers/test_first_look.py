"""The look before the parsers never refuses what a parser takes; it spares them what no question can take."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from itertools import islice, product

from hypothesis import given, settings
from hypothesis import strategies as st

from hotline.answers.first_look import FirstLook, Glance
from hotline.answers.question import Circumstances
from hotline.answers.result import Declined, Understood, Unknown
from hotline.answers.sheet import question_of
from hotline.answers.understand import understand
from tests.answers.conftest import circumstances
from tests.conversation.talk import book, words

HERE = circumstances(2026, 11, 23)
FORM = book().forms["screening"]
ITEMS = FORM.asked("sms")
WORDS = (
    "pot", "12/11", "castries", "f16", "ve", "sex", "none", "1", "16", "about", "20", "vieux", "fort", "mars", "de",
    "2026", "born", "years", "old", "girl", "u", "-", "?", "unknown", "femal", "kastri", "last", "week", "dominican",
    "republic", "twa", "jou", "sa", "三天前", "👍", "not", "sure", "police,", "yes", "3", "months", "anse", "la", "raye",
    "sixteen", "8pm", "saint", "lucia", "gb", "of", "please", "unknwon", "zork9",
)  # fmt: skip


def _takes_more_than_the_look(text: str, here: Circumstances) -> list[str]:
    """Items that a parser finds an answer for though the look saw none."""
    glance = Glance(words().compiled_for(FORM, FirstLook), here)
    seen = glance.seen(text)
    missed = []
    for item in ITEMS:
        answer = understand(question_of(item), text, words(), here)
        if isinstance(answer, Understood) and not seen.value & glance.look.bits[item.name]:
            missed.append(f"{item.name}: a value in {text!r}")
        if isinstance(answer, Understood | Unknown | Declined) and not seen.any & glance.look.bits[item.name]:
            missed.append(f"{item.name}: an answer in {text!r}")
    if (words().gazetteer.knows(text) or words().countries.exact(text)) and not glance.could_be_name(text):
        missed.append(f"the name {text!r}")
    return missed


def test_whatever_a_parser_takes_passes_the_look() -> None:
    chance = random.Random(3)  # noqa: S311 (no secret)
    texts = [*WORDS, *map(" ".join, product(WORDS, repeat=2))]
    texts += [" ".join(chance.choices(WORDS, k=chance.randint(3, 6))) for _ in range(600)]
    assert [missed for text in texts for missed in _takes_more_than_the_look(text, HERE)] == []


def test_every_word_of_a_list_and_its_typing_errors_pass_the_look() -> None:
    chance = random.Random(4)  # noqa: S311 (no secret)
    said = [word for item in ITEMS for choice in item.choices for word in choice.words if word]
    places = [name for iso in words().gazetteer.districts for name in words().gazetteer.communities(iso)]
    texts = [*said, *chance.sample(places, 60)]
    texts += [
        text[:at] + text[at + 1 :] for text in texts if len(text) > 5 for at in [chance.randrange(len(text))]
    ]
    assert [missed for text in texts for missed in _takes_more_than_the_look(text, HERE)] == []


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=30))
def test_any_text_passes_that_a_parser_takes(text: str) -> None:
    assert _takes_more_than_the_look(" ".join(text.split()), HERE) == []


def test_words_of_another_kind_are_spared() -> None:
    glance = Glance(words().compiled_for(FORM, FirstLook), HERE)
    seen = glance.seen("12/11 castries f16 ve")
    passed = {item.name for item in ITEMS if seen.value & glance.look.bits[item.name]}
    assert not passed & {"situation_status", "incident_period", "victim_sex", "exploitation_types"}
    assert not glance.could_be_name("pot 12/11 castries")
    assert glance.could_be_name("vieux fort")


def test_what_is_kept_for_the_next_report_tells_of_nobody() -> None:
    look = words().compiled_for(FORM, FirstLook)
    kept = ("castries", "vieux fort", "f", "none", "16", "12/11")
    glance = Glance(look, HERE)
    told = (
        "Ana",
        "7582845678",
        "castries f16",
        "12/11/2026",
        "1980-02-03",
        "kastreez",
        "9 zebras",
        "dennerry-9",
    )
    for text in (*kept, *told):
        glance.seen(text)
    assert set(kept) <= look.kept(HERE).keys()
    assert look.kept(HERE).keys().isdisjoint(told)
    assert look.rows.keys().isdisjoint(told)


def test_what_is_kept_of_a_day_is_not_read_the_next_day() -> None:
    look = words().compiled_for(FORM, FirstLook)
    tomorrow = replace(HERE, at=HERE.at + timedelta(days=1))
    assert look.kept(HERE) is look.kept(HERE)
    assert look.kept(HERE) is not look.kept(tomorrow)


def test_some_words_may_hold_a_phrase_wherever_a_parser_takes_one() -> None:
    glance = Glance(words().compiled_for(FORM, FirstLook), HERE)
    texts = (" ".join(row) for row in product(WORDS, repeat=3))
    for text in islice(texts, 0, None, 37):
        row = text.split()
        value = glance.is_promising(glance.seen(text)) or glance.could_be_name(text)
        assert not value or glance.holding(row) >> len(row) & 1, text
