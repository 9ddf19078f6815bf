"""Signs that are danger together: `A & B`, endings, and rules for all languages."""

from pathlib import Path

import pytest

from hotline.triage.grade import DangerWords, findings, problems

GOOD = """\
endings: [s, ed, ing, -ed, -ing, +ed, +ing]
groups:
  key: [key, padlock]
  out: [out, outside]
denial: [no, not]
light: [the]
past: ["last year"]
but: [but]
rules:
  - id: xx.held.1
    kind: held
    grade: emergency
    patterns: ["<key> & <out>", "choke~ &2 he", "stab~ && papers", "lock~ & door & he",
               "2 of dark & boat & they"]
    fires: [he goes out with the key]
    silent: [the key is here]
"""
OTHER = (
    GOOD.replace("xx.", "yy.")
    .replace("key, padlock", "llave")
    .replace("out, outside", "sale")
    .replace("he goes out with the key", "sale con la llave")
)
SHARED = """\
rules:
  - id: all.held.1
    kind: held
    grade: emergency
    patterns: ["<key> & <out>"]
    fires: [he sale con the padlock]
    silent: [no key he goes out]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("xx", GOOD), ("yy", OTHER)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "danger.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def fired(text: str, folder: Path) -> set[str]:
    return {one.rule for one in findings(text, DangerWords.load(folder))}


@pytest.mark.parametrize(
    "text",
    [
        "he goes out with the key",
        "the padlock is on when he is outside",
        "no, the key is with him when he goes out",
        "he was choking her",
        "choked by he",
        "door that he locked",
        "they come in the dark",
        "a boat and they",
        "he stabbed a man and a long story later he took with all of it every one of my papers",
    ],
)
def test_two_signs_are_danger_in_any_order(text: str, folder: Path) -> None:
    assert "xx.held.1" in fired(text, folder)


@pytest.mark.parametrize(
    "text",
    [
        "the key is here",
        "no key and he goes out",
        "he has the key, but does not go. not the outside",
        "last year he went out with the key",
        "the key, and a whole long story about the house that we had then, comes out",
        "choking and then came only he",
        "padlock padlock",
        "door and he door",
        "dark dark",
        "not dark and a boat",
    ],
)
def test_a_sign_that_is_denied_past_or_far_away_is_no_sign(text: str, folder: Path) -> None:
    assert fired(text, folder) == set()


def test_a_rule_for_all_languages_joins_signs_of_several(folder: Path) -> None:
    (folder / "danger.yaml").write_text(SHARED, encoding="utf-8")
    assert problems(folder) == []
    assert fired("he sale con the padlock", folder) == {"all.held.1"}
    assert fired("the padlock, sale", folder) == {"all.held.1"}
    assert fired("no key pero sale", folder) == set()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [("<key> & [out]", "each side of &"), ("(<key> & out)", "is missing"), ("<key> &", "empty")],
)
def test_a_badly_written_and_is_named(folder: Path, wrong: str, told: str) -> None:
    (folder / "danger.yaml").write_text(SHARED.replace("<key> & <out>", wrong), encoding="utf-8")
    assert any(told in one.text and one.file == str(folder / "danger.yaml") for one in problems(folder))
