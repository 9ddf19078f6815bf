"""`hotline locales new`: a folder to fill in, and what the check then asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.forms.languages import read_languages
from tests.commands.conftest import Run, refused
from tests.own_content import add_portuguese, change, copy


@pytest.fixture
def told(tmp_path: Path) -> str:
    """The hotline.toml of a copy of the content."""
    return str(copy(tmp_path))


def lines(output: str, file: str) -> list[str]:
    """What the check says of one file."""
    return [line for line in output.splitlines() if line.startswith(f"{file}:")]


def test_the_folder_has_every_file_and_what_is_known(run: Run, told: str, tmp_path: Path) -> None:
    made = run("locales", "new", "pt", HOTLINE_CONFIG=told)
    assert made.exit_code == 0, made.output
    folder = tmp_path / "locales" / "pt"
    assert {path.name for path in folder.iterdir()} == {
        "countries.yaml", "danger.yaml", "discretion.yaml", "greetings.yaml", "hotline.po", "language.yaml", "officer.yaml", "rota.yaml", "staff.yaml",
        "words.yaml",
    }  # fmt: skip
    assert [f"locales/pt/{path.name}" in made.stdout for path in folder.iterdir()] == [True] * 10
    languages = read_languages(tmp_path, [])
    assert languages.countries.name("DE", "pt") == "Alemanha"
    assert languages.dates.word("2026-02-03", "pt") == "3 fev. 2026"
    assert 'msgstr "Português"' in (folder / "hotline.po").read_text(encoding="utf-8")
    assert "already" in refused(run("locales", "new", "pt", HOTLINE_CONFIG=told))


def test_a_folder_alone_disturbs_nobody(run: Run, told: str) -> None:
    run("locales", "new", "pt", HOTLINE_CONFIG=told)
    played = run("say", "opening", typed="hello\n", HOTLINE_CONFIG=told)
    assert "Is it safe" in played.stdout
    assert "is not among the languages" in run("check", HOTLINE_CONFIG=told).stdout


def test_the_check_says_what_is_missing_where(run: Run, told: str) -> None:
    run("locales", "new", "pt", HOTLINE_CONFIG=told)
    change(Path(told), '"ht", "zh"]', '"ht", "zh", "pt"]')
    said = run("check", HOTLINE_CONFIG=told).stdout
    danger = lines(said, "locales/pt/danger.yaml")
    assert any("pt.held.1: patterns needs at least one line" in line for line in danger)
    assert any("no rule of the kind held" in line for line in danger)
    assert any("no words under 'service'" in line for line in lines(said, "locales/pt/discretion.yaml"))
    assert any("no words under 'take'" in line for line in lines(said, "locales/pt/staff.yaml"))
    assert any("no words for lists.yes_no.yes" in line for line in lines(said, "locales/pt/words.yaml"))
    assert any("no greetings" in line for line in lines(said, "locales/pt/greetings.yaml"))
    assert any("'opening.safe_now.label' is missing" in line for line in lines(said, "locales/pt/hotline.po"))
    assert any("no voice under [voices]" in line for line in lines(said, "ivr_flows/audio/pt/manifest.yaml"))
    assert any("menu of all languages takes 2 segments" in line for line in said.splitlines())
    assert any(
        "'outubro'" not in line and "'out.'" in line for line in lines(said, "locales/pt/language.yaml")
    )
    # What others call it is read by staff alone.
    assert all("note:" in line for line in lines(said, "locales/fr/hotline.po"))


def test_what_was_filled_in_is_asked_for_no_more(run: Run, told: str, tmp_path: Path) -> None:
    add_portuguese(tmp_path)
    said = run("check", HOTLINE_CONFIG=told).stdout
    assert "menu of all languages" not in said
    assert not any("lists.yes_no" in line for line in lines(said, "locales/pt/words.yaml"))
    assert not any("kind weapon" in line for line in lines(said, "locales/pt/danger.yaml"))
    assert lines(said, "locales/pt/language.yaml") == []
    assert lines(said, "ivr_flows/audio/pt/manifest.yaml") == []


def test_a_voice_that_stands_in_is_told(run: Run, told: str) -> None:
    change(
        Path(told),
        "[voices]\n",
        '[voices]\nht = { voice = "Polly.Lea", language = "fr-FR", stand_in = true }\n',
    )
    said = run("check", HOTLINE_CONFIG=told).stdout
    assert any(
        "note: 'ht' is read by a stand-in, the voice for fr-FR" in line
        for line in lines(said, "hotline.toml")
    )


def test_a_language_that_no_table_knows(run: Run, told: str, tmp_path: Path) -> None:
    assert "--english and --name" in refused(run("locales", "new", "gcf", HOTLINE_CONFIG=told))
    names = ("--english", "Guadeloupean Creole", "--name", "Kréyòl", "--recorded")
    assert run("locales", "new", "gcf", *names, HOTLINE_CONFIG=told).exit_code == 0
    assert (tmp_path / "locales" / "gcf" / "spoken.yaml").is_file()
    assert "no code of a language" in refused(run("locales", "new", "Patois", HOTLINE_CONFIG=told))
