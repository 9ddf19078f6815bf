"""`hotline check --segments`: what texting costs, and that an officer's report stays as cheap as it was meant."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hotline.commands.costs.runs import Player
from hotline.commands.costs.telling import too_dear
from hotline.config import DEFAULT_CONFIG, read_deployment
from hotline.content import PROJECT
from hotline.forms.book import Book
from hotline.standards.countries import Countries
from hotline.wording.segments import Encoding, size
from tests.commands.conftest import Run

LANGUAGES = ("en", "acf", "fr", "es", "ht", "zh")
CHEAP = tuple(locale for locale in LANGUAGES if locale != "zh")
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def player() -> Player:
    return Player(Book.open(PROJECT), PROJECT, read_deployment(DEFAULT_CONFIG, {}), NOW)


@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_screening_form_costs_at_most_26_segments_step_by_step(player: Player, locale: str) -> None:
    run = player.step_by_step(player.book.forms["screening"], locale)
    assert run is not None
    assert run.both_ways <= 26
    assert len(run.said) == len(run.heard) == 12, "all eleven questions were asked: the longest run there is"
    if locale in CHEAP:
        assert {size(text).encoding for text in run.said} == {Encoding.GSM7}


@pytest.mark.parametrize("locale", LANGUAGES)
def test_a_compact_report_and_its_read_back_cost_two_or_three(player: Player, locale: str) -> None:
    run = player.compact(player.book.forms["screening"], locale)
    assert run is not None
    assert (run.segments_in, len(run.said)) == (1, 1)
    assert run.both_ways in (2, 3)
    assert f"7={Countries.load().name('VE', locale)} " in run.said[0], "the report was understood"


def test_the_command_prints_every_prompt_form_and_language_with_its_price(run: Run) -> None:
    result = run("check", "--segments")
    assert result.exit_code == 0, result.output
    for locale in LANGUAGES:
        assert f"screening in '{locale}'" in result.stdout
        assert f"other texts in '{locale}'" in result.stdout
    assert re.search(r"screening\.victim_age\.label +\d+ GSM-7 +1 +0\.0650\n", result.stdout)
    long = re.search(
        r"step by step: (\d+) out, (\d+) in, (\d+) both ways, ([\d.]+) USD",
        result.stdout.split("screening in 'en'")[1],
    )
    assert long is not None
    out, heard, both = map(int, long.groups()[:3])
    assert (out + heard, long[4]) == (both, f"{out * 0.065:.4f}")


def test_a_form_that_grew_too_dear_fails_the_command(run: Run, tmp_path: Path) -> None:
    import shutil

    own = tmp_path / "own"
    for part in ("sms_forms", "ivr_flows", "locales"):
        shutil.copytree(PROJECT / part, own / part)
    shutil.copy(PROJECT / "hotline.toml", own)
    form = own / "sms_forms" / "screening.yaml"
    longer = 'label: "Item 5. ' + "Think well before you answer. " * 10
    form.write_text(form.read_text(encoding="utf-8").replace('label: "Item 5. ', longer), encoding="utf-8")
    result = run("check", "--segments", HOTLINE_CONFIG=str(own / "hotline.toml"))
    assert result.exit_code == 1
    assert "screening in 'en' costs 27 segments step by step, 26 at most" in result.stdout


def test_nothing_is_too_dear_as_it_stands(player: Player) -> None:
    assert list(too_dear(player, LANGUAGES)) == []
