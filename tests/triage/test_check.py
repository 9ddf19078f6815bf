"""What an author of danger words is told."""

from pathlib import Path

import pytest

from hotline.triage.grade import DangerWords, DangerWordsError, findings, problems
from tests.triage.corpus import LOCALES

GOOD = """\
groups:
  he: [he, "my boss"]
denial: [not]
light: [a]
rules:
  - id: xx.weapon.1
    kind: weapon
    grade: emergency
    patterns: ["<he> .. has .. (knife|gun*)"]
    fires: [my boss always has a knife]
    silent: [a knife and fork]
"""


def write(folder: Path, text: str) -> Path:
    (folder / "xx").mkdir()
    (folder / "xx" / "danger.yaml").write_text(text, encoding="utf-8")
    return folder


def test_the_words_of_the_project_have_no_problem() -> None:
    assert problems(LOCALES) == []


def test_a_good_file_has_no_problem(tmp_path: Path) -> None:
    assert problems(write(tmp_path, GOOD)) == []


@pytest.mark.parametrize(
    ("wrong", "right", "line", "told"),
    [
        ("patterns: [", "pattern: [", 9, "unknown key 'pattern'"),
        ("kind: weapon", "kind: weapons", 7, "unknown kind 'weapons'"),
        ("grade: emergency", "grade: high", 8, "unknown grade 'high'"),
        ("<he>", "<she>", 9, "no group <she>"),
        ("gun*)", "gun*", 9, "')' is missing"),
        ("always has", "always wants", 6, "does not fire on 'my boss always wants a knife'"),
        ("a knife and fork", "he has one knife", 6, "fires on 'he has one knife'"),
        ("silent: [a knife and fork]", "silent: []", 11, "silent needs at least one line"),
        ("id: xx.", "id: en.", 6, "begins with xx."),
    ],
)
def test_a_mistake_is_named_with_its_line(
    tmp_path: Path, wrong: str, right: str, line: int, told: str
) -> None:
    found = problems(write(tmp_path, GOOD.replace(wrong, right)))
    assert [(one.line, told) for one in found if told in one.text] == [(line, told)]


def test_an_id_that_stands_twice_is_named(tmp_path: Path) -> None:
    rule = GOOD[GOOD.index("  - id") :]
    assert any("stands twice" in one.text for one in problems(write(tmp_path, GOOD + rule)))


def test_a_mistake_costs_its_own_line_only(tmp_path: Path) -> None:
    broken = GOOD.replace('patterns: ["', 'patterns: ["(open", "')
    words = DangerWords.load(write(tmp_path, broken))
    assert [one.rule for one in findings("he has a gun", words)] == ["xx.weapon.1"]


def test_a_language_without_any_rule_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DangerWordsError, match=r"danger\.yaml"):
        DangerWords.load(write(tmp_path, "rules: nothing"))
