"""A small word that means another thing in another language neither denies danger there nor ends what is past."""

from pathlib import Path

import pytest

from hotline.triage.grade import DangerWords, findings, problems

ENGLISH = """\
groups:
  s_armed: [gun, sword]
  s_hurt: [blood]
denial: [not]
light: [a]
past: ["years ago"]
but: [but]
harmless: [the he has and we saw in her]
rules:
  - id: en.weapon.1
    kind: weapon
    grade: emergency
    patterns: [shot]
    fires: [he shot her]
    silent: [he has not shot her]
"""
KWEYOL = """\
groups:
  s_armed: [koutla]
  s_hurt: [senyen]
denial: [pa]
light: [ni]
but: [her]
harmless: [i ni an epi mwen]
rules:
  - id: acf.weapon.1
    kind: weapon
    grade: emergency
    patterns: [fizi]
    fires: [i ni an fizi]
    silent: [i pa ni fizi]
"""
SPANISH = """\
denial: [ni, sin]
light: [an]
harmless: [el la tiene]
rules:
  - id: es.weapon.1
    kind: weapon
    grade: emergency
    patterns: [navaja]
    fires: [tiene navaja]
    silent: [sin navaja]
"""
SHARED = """\
rules:
  - id: all.signs.1
    kind: weapon
    grade: emergency
    patterns: ["<s_armed> & <s_hurt>"]
    fires: [he has a gun and we saw blood]
    silent: [he has not a gun and we saw blood]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("locales")
    for name, text in (("en", ENGLISH), ("acf", KWEYOL), ("es", SPANISH)):
        (made / name).mkdir()
        (made / name / "danger.yaml").write_text(text, encoding="utf-8")
    (made / "danger.yaml").write_text(SHARED, encoding="utf-8")
    return made


def fired(text: str, folder: Path) -> set[str]:
    return {one.rule for one in findings(text, DangerWords.load(folder))}


def test_the_rules_of_all_languages_are_sound(folder: Path) -> None:
    assert problems(folder) == []


def test_what_has_in_kweyol_is_no_nor_of_spanish(folder: Path) -> None:
    assert fired("i ni an koutla epi mwen senyen", folder) == {"all.signs.1"}
    assert fired("i pa ni koutla epi mwen senyen", folder) == set()


def test_a_rule_for_all_is_denied_in_the_language_of_the_sentence(folder: Path) -> None:
    assert fired("la tiene sin gun, el senyen", folder) == set()
    assert fired("the sin, he has gun and blood", folder) == {"all.signs.1"}


def test_a_sentence_of_two_languages_is_denied_only_if_it_is_in_both(folder: Path) -> None:
    assert fired("tiene ni koutla, ni senyen", folder) == set()
    assert fired("mwen tiene ni koutla, senyen", folder) == {"all.signs.1"}


def test_a_sentence_of_unknown_words_is_in_the_language_of_the_message(folder: Path) -> None:
    assert fired("gun. blood. i pa ni koutla", folder) == {"all.signs.1"}
    assert fired("pa gun, pa blood", folder) == set()


def test_a_but_of_another_language_does_not_end_what_is_past(folder: Path) -> None:
    assert fired("he shot and we saw her years ago", folder) == set()
    assert fired("he shot but we saw her years ago", folder) == {"en.weapon.1"}


@pytest.mark.parametrize("key", ["denial", "denial_after", "light", "answers", "speakers", "but"])
def test_a_small_word_of_two_words_is_refused_and_costs_only_itself(tmp_path: Path, key: str) -> None:
    (tmp_path / "en").mkdir()
    path = tmp_path / "en" / "danger.yaml"
    text = ENGLISH.replace(f"{key}: [", f'{key}: ["no longer", ') if f"\n{key}: [" in ENGLISH else ENGLISH
    path.write_text(text if text != ENGLISH else f'{key}: ["no longer"]\n{text}', encoding="utf-8")
    assert [one.text for one in problems(tmp_path) if "'no longer' is not one word" in one.text]
    assert fired("he shot her, longer", tmp_path) == {"en.weapon.1"}
    assert fired("he not shot her", tmp_path) == set()


def test_a_gap_may_have_two_digits_up_to_the_longest(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    path = tmp_path / "en" / "danger.yaml"
    path.write_text(ENGLISH.replace("[shot]", "[shot, he ..14 blood]"), encoding="utf-8")
    assert fired("he " + "saw " * 14 + "blood", tmp_path) == {"en.weapon.1"}
    assert fired("he " + "saw " * 15 + "blood", tmp_path) == set()
    path.write_text(ENGLISH.replace("[shot]", "[shot, he ..21 blood]"), encoding="utf-8")
    assert [one.text for one in problems(tmp_path) if "..21 is too long" in one.text]
