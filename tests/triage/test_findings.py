"""What makes a message danger, and what does not."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline.triage.grade import DangerWords, Finding, Grade, Kind, findings
from tests.triage.corpus import LOCALES


@cache
def danger() -> DangerWords:
    return DangerWords.load(LOCALES)


def kinds(text: str) -> set[Kind]:
    return {found.kind for found in findings(text, danger())}


def grade(text: str) -> Grade:
    found = findings(text, danger())
    return found[0].grade if found else Grade.ROUTINE


@pytest.mark.parametrize(
    "cry",
    ["help", "HELP!!!", "heeeelp", "hlp", "h e l p", "ayuda", "AYÚDAME", "aidez-moi", "ede m", "tanpri ede", "édé mwen", "救命", "帮帮我", "幫幫我", "SOS", "🆘", "s.o.s."],
)  # fmt: skip
def test_a_bare_cry_for_help_is_an_emergency_in_every_language(cry: str) -> None:
    assert Kind.cry in kinds(cry)
    assert grade(cry) is Grade.EMERGENCY


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("he took my passport and shut me in", Kind.held),
        ("theres a man with a knife at the door", Kind.weapon),
        ("they take us 2nite", Kind.moved),
        ("a child is being sold to tourists", Kind.child_used),
        ("she is pregnant and bleeding", Kind.medical),
        ("no quiero vivir", Kind.self_harm),
        ("appelez la police svp", Kind.authorities),
        ("他打我", Kind.violence),
        ("999", Kind.authorities),
        ("my court hearing is tomorrow", Kind.urgent_deadline),
        ("i am still waiting", Kind.urgent_waiting),
        ("he is watching me", Kind.urgent_unsafe),
    ],
)
def test_each_kind_of_danger_has_its_name(text: str, kind: Kind) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    ["2", "12/11/2026", "1 2 4", "16", "7=12", "scr pot 12/11 castries f16 ve sex none", "+12025550911"],
)
def test_digits_that_are_answers_are_no_danger(text: str) -> None:
    assert findings(text, danger()) == ()


@pytest.mark.parametrize(
    "text",
    [
        "nobody is hurt",
        "no tiene arma",
        "il n'a pas d'arme",
        "li pa gen zam",
        "没有枪",
        "he does not have a gun",
    ],
)
def test_what_is_denied_is_no_danger(text: str) -> None:
    assert findings(text, danger()) == ()


@pytest.mark.parametrize(
    "text",
    [
        "no he has a gun",
        "no. he hits me",
        "not now he is beating me",
        "i cant get out",
        "dont kill me",
        "no me dejan salir",
    ],
)
def test_a_no_that_denies_nothing_leaves_the_danger(text: str) -> None:
    assert grade(text) is Grade.EMERGENCY


def test_what_is_plainly_past_is_no_danger_unless_it_goes_on() -> None:
    assert findings("he hit me two years ago", danger()) == ()
    assert grade("he hit me last night") is Grade.EMERGENCY
    assert grade("he hit me two years ago and he still beats me") is Grade.EMERGENCY
    assert grade("he hit me two years ago. now i am locked in the room") is Grade.EMERGENCY
    assert grade("last year it was ok but he is going to kill me") is Grade.EMERGENCY
    assert findings("years ago, he hit me", danger()) == ()


@pytest.mark.parametrize(
    "text",
    [
        "i came here last year, he hits me",
        "mwen rive isit an 2023, yo fèmen m nan chanm nan",
        "mwen vini isi lanné pasé, i ni an fizi",
        "我去年来这里打工，他打我",
        "llegue en 2023, me tiene encerrada",
        "je suis venue l'an dernier, il me frappe",
    ],
)
def test_who_tells_when_they_came_is_still_heard(text: str) -> None:
    assert grade(text) is Grade.EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "he is stranglng me",
        "she is unconsious",
        "kidnapd my sister",
        "mi hermana esta sangrnado",
        "elle est enfremée dans la chambre",
    ],
)
def test_one_typing_error_in_a_long_word_is_forgiven(text: str) -> None:
    assert grade(text) is Grade.EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "can i have a loan",
        "i was healed",
        "the police",
        "police",
        "forced marriage",
        "killed time",
        "my hair is long",
    ],
)
def test_harmless_words_that_look_like_danger_stay_quiet(text: str) -> None:
    assert findings(text, danger()) == ()


def test_the_worst_finding_comes_first_and_each_rule_once() -> None:
    found = findings("i am still waiting he is watching me he will kill me he will kill me help me", danger())
    assert [one.grade.rank for one in found] == sorted(one.grade.rank for one in found)
    assert len({one.rule for one in found}) == len(found)
    assert found[0].grade is Grade.EMERGENCY
    assert Finding("en.violence.1", Kind.violence, Grade.EMERGENCY) in found


def test_the_worse_of_two_grades() -> None:
    assert Grade.worst(Grade.URGENT, Grade.EMERGENCY) is Grade.EMERGENCY
    assert Grade.worst(Grade.URGENT, Grade.ROUTINE) is Grade.URGENT


VOCABULARY = st.sampled_from(
    [
        "help",
        "not",
        "kill",
        "me",
        "he",
        "will",
        "no",
        "locked",
        "in",
        "the",
        "room",
        "pa",
        "ka",
        "soti",
        "我",
        "被",
        "关",
        "sangre",
        "años",
        "ago",
        "a",
        "gun",
        "it's",
        ",",
        ".",
        "911",
        "aaaaaa\x00",
    ]
)


@settings(deadline=1000, max_examples=150)
@given(st.one_of(st.text(max_size=1600), st.lists(VOCABULARY, max_size=400).map(" ".join)))
def test_any_1600_characters_are_read_within_a_second(text: str) -> None:
    assert all(isinstance(one, Finding) for one in findings(text[:1600], danger()))


@settings(deadline=None, max_examples=100)
@given(
    st.sampled_from(
        ["he will kill me", "me van a matar", "ils nous emmenent ce soir", "yo femen m nan chanm nan"]
    ),
    st.data(),
)
def test_case_and_accents_and_words_around_change_nothing(cry: str, data: st.DataObject) -> None:
    shouted = "".join(data.draw(st.sampled_from([c, c.upper()])) for c in cry)
    assert grade(f"ok. {shouted}! gros islet 12/11") is Grade.EMERGENCY
