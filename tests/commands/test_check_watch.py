"""What `hotline check` says of [watch]: whose the test number is, and whether the probe's words are words of danger."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.access.people import add_staff
from hotline.commands.check_watch import problems
from hotline.commands.house import Means
from hotline.config import DEFAULT_CONFIG, load
from hotline.db import write

TEST = "+12025550135"


def means(tmp_path: Path, **changed: str) -> Means:
    """A house whose hotline.toml differs from the project's."""
    text = DEFAULT_CONFIG.read_text(encoding="utf-8")
    for old, new in {'test_number = ""': changed.get("number", ""), '"help, he has a knife"': changed.get("words", "")}.items():  # fmt: skip
        text = text.replace(old, new) if new else text
    file = tmp_path / "hotline.toml"
    file.write_text(text, encoding="utf-8")
    return Means(load({"DATA_DIR": str(tmp_path / "var"), "HOTLINE_CONFIG": str(file)}))


@pytest.fixture
def numbered(tmp_path: Path) -> Means:
    return means(tmp_path, number=f'test_number = "{TEST}"')


def test_a_number_of_nobody_of_ours_is_well(numbered: Means) -> None:
    assert list(problems(numbered)) == []


def test_a_number_of_the_staff_is_refused_with_file_and_line(numbered: Means) -> None:
    with write(numbered.engine) as tx:
        add_staff(
            tx, numbered.sealer, numbered.house, numbered.ids, numbered.clock.now(), name="Staff 1", phone=TEST
        )  # fmt: skip
    (problem,) = problems(numbered)
    line = numbered.settings.config_file.read_text().splitlines()[problem.line - 1]
    assert (problem.file, line.split(" ")[0], problem.serious) == ("hotline.toml", "test_number", True)
    assert "a member of staff" in problem.text
    assert TEST not in problem.text


def test_words_that_nobody_would_be_woken_for_are_refused(tmp_path: Path) -> None:
    (problem,) = problems(means(tmp_path, words='"good morning"'))
    assert "not understood as an emergency" in problem.text
