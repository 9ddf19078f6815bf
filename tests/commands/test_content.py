"""`hotline check`, `hotline messages --check`, `hotline say`."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.content import PROJECT
from tests.commands.conftest import Run, refused


def test_the_projects_own_content_has_no_problems(run: Run) -> None:
    result = run("check")
    assert result.exit_code == 0, result.stdout
    assert result.stdout.splitlines()[-1].startswith("0 problems, ")
    assert "not reviewed by a native speaker" in result.stdout


def test_a_problem_is_told_with_file_and_line_and_fails(run: Run, tmp_path: Path) -> None:
    import shutil

    own = tmp_path / "own"
    for part in ("sms_forms", "ivr_flows", "locales"):
        shutil.copytree(PROJECT / part, own / part)
    shutil.copy(PROJECT / "hotline.toml", own)
    form = own / "sms_forms" / "online.yaml"
    text = form.read_text(encoding="utf-8")
    form.write_text(text.replace("label: ", "lable: ", 1), encoding="utf-8")
    line = text[: text.index("label: ")].count("\n") + 1
    result = run("check", HOTLINE_CONFIG=str(own / "hotline.toml"))
    assert result.exit_code == 1
    assert f"sms_forms/online.yaml:{line}:" in result.stdout


def test_no_stand_in_is_missing_or_old(run: Run) -> None:
    result = run("audio", "standins")
    assert (result.exit_code, result.stdout) == (0, "0 made\n"), (
        "after a change of what is said: make standins"
    )


def test_the_catalogues_are_in_step(run: Run) -> None:
    result = run("messages", "--check")
    assert (result.exit_code, result.stdout) == (0, ""), result.output


@pytest.mark.parametrize(
    ("locale", "first", "second"),
    [("ht", "Kesyon 1.", "Kesyon 2."), ("en", "Item 1.", "Item 2.")],
)
def test_a_form_is_played_in_the_terminal(run: Run, locale: str, first: str, second: str) -> None:
    result = run("say", "screening", "--lang", locale, typed="pot\n\n12/11\n")
    assert (result.exit_code, result.stderr) == (0, "")
    said = [line for line in result.stdout.splitlines() if line.startswith("< ")]
    assert said[0].startswith(f"< {first}")
    assert said[1].startswith(f"< {second}")
    assert len(said) == 3, "an empty line is nothing"
    assert all(line.endswith("[1]") for line in said)


def test_danger_is_heard_in_the_terminal_too(run: Run, tmp_path: Path) -> None:
    result = run("say", "opening", typed="he has a knife\n")
    assert "emergency" in result.stdout.lower()
    assert not (tmp_path / "var").exists(), "nothing is stored"


def test_what_is_not_there_is_named(run: Run) -> None:
    assert "screening" in refused(run("say", "nothing"))
    assert "'de'" in refused(run("say", "screening", "--lang", "de"))
