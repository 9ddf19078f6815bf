"""What a language's words lack, beside those of the other languages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hotline.answers.gaps import gaps, printed_months
from tests.answers.conftest import ALL, LOCALES
from tests.own_content import change


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    """A copy of the word files."""
    for locale in ALL:
        folder = tmp_path / "locales" / locale
        folder.mkdir(parents=True)
        for name in ("words.yaml", "language.yaml"):
            shutil.copy(LOCALES / locale / name, folder)
    return tmp_path / "locales"


def test_the_project_lacks_nothing_that_matters(locales: Path) -> None:
    assert [str(problem) for problem in gaps(locales, ALL) if problem.serious] == []
    assert list(printed_months(locales, ALL)) == []


def test_a_word_that_all_others_have_is_asked_for_at_its_line(locales: Path) -> None:
    path = locales / "fr" / "words.yaml"
    change(path, "5: [mai]", "5: []")
    change(path, "  midnight:", "  midnight_hour:")
    found = [problem for problem in gaps(locales, ALL) if problem.file == "locales/fr/words.yaml"]
    line = path.read_text(encoding="utf-8").split("5: []")[0].count("\n") + 1
    assert (line, True) in [(problem.line, problem.serious) for problem in found]
    assert any("dates.months.5" in problem.text for problem in found if problem.serious)
    assert any("times.midnight" in problem.text for problem in found if not problem.serious)


def test_what_one_language_alone_has_is_no_gap(locales: Path) -> None:
    change(locales / "en" / "words.yaml", "lists:\n", "lists:\n  shoes:\n    red: [red]\n")
    assert not [problem for problem in gaps(locales, ALL) if "shoes" in problem.text]
    assert list(gaps(locales, ALL[:2])) == []  # one other language says nothing


def test_a_month_that_is_shown_and_means_another(locales: Path) -> None:
    change(locales / "es" / "language.yaml", "oct,", "out,")
    (problem,) = printed_months(locales, ALL)
    assert (problem.file, problem.serious) == ("locales/es/language.yaml", True)
    assert "'out' that dates show means 8" in problem.text
