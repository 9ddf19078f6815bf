"""What an author is told when the content of pages is wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hotline.alerts.check import problems
from hotline.config import Settings
from hotline.forms.book import Book
from hotline.wording.segments import size

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("sms_forms", "ivr_flows"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("*.mp3", "*.wav"))
    for path in [*ROOT.glob("locales/*/staff.yaml"), *ROOT.glob("locales/*/rota.yaml")]:
        (tmp_path / path.relative_to(ROOT)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, tmp_path / path.relative_to(ROOT))
    return tmp_path


def said(root: Path, settings: Settings) -> list[str]:
    return [str(problem) for problem in problems(root, Book.open(root), settings.deployment)]


def test_our_own_content_is_right(settings: Settings) -> None:
    assert said(ROOT, settings) == []


def test_a_word_with_two_meanings_is_named(root: Path, settings: Settings) -> None:
    path = root / "locales" / "fr" / "staff.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\noutcome: [oui]\n", encoding="utf-8")
    assert any(
        "locales/fr/staff.yaml" in line and "'outcome' stands here twice" in line
        for line in said(root, settings)
    )
    path.write_text(
        "take: [oui]\ncannot: [OUI]\nperhaps: [peut-être]\nstill: [encore 2]\noutcome: [fini]\n"
        "next: [suivante]\nsnooze: [plus tard]\nadd: [ajouter]\ntransfer: [donner]\n",
        encoding="utf-8",
    )
    assert said(root, settings) == [
        "locales/fr/staff.yaml:2: 'OUI' is cannot here and take elsewhere",
        "locales/fr/staff.yaml:3: 'perhaps' is not one of take, cannot, outcome, still, next, snooze, "
        "add, transfer, polite, or not a list",
        "locales/fr/staff.yaml:4: 'encore 2' is no word, or has a number in it",
    ]


def test_a_language_without_words_is_named(root: Path, settings: Settings) -> None:
    (root / "locales" / "zh" / "staff.yaml").unlink()
    assert [line.split(":")[0] for line in said(root, settings)] == ["locales/zh/staff.yaml"]


def test_a_tree_that_asks_for_what_nobody_does_is_named(root: Path, settings: Settings) -> None:
    path = root / "ivr_flows" / "page.yaml"
    tree = path.read_text(encoding="utf-8").replace("does: still", "does: sing").replace('4: "4"', '4: "3"')
    path.write_text(tree, encoding="utf-8")
    found = said(root, settings)
    assert len(found) == 2
    assert "'sing' is nothing that a page call can do" in found[0]
    assert "must offer each of the 4 outcomes" in found[1]


def test_a_menu_of_helpers_in_another_order_is_named(root: Path, settings: Settings) -> None:
    path = root / "ivr_flows" / "helper.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("3: clinic", "3: police"), encoding="utf-8")
    (found,) = said(root, settings)
    assert "'who_leads' must offer 1 police, 2 child_protection, 3 clinic" in found


def test_a_missing_wording_is_named(root: Path, settings: Settings) -> None:
    path = root / "sms_forms" / "wordings.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("  outcome_safe:", "  outcome_well:"), encoding="utf-8"
    )
    assert said(root, settings) == ["sms_forms/wordings.yaml:1: the wording 'staff.outcome_safe' is missing"]


@pytest.mark.parametrize("locale", ["en", "acf", "fr", "es", "ht", "zh"])
def test_every_page_is_one_segment(book: Book, locale: str) -> None:
    for grade in ("emergency", "urgent"):
        assert size(book.say(f"page.text_{grade}", locale, code="4821")).segments == 1


def test_words_of_the_rota_are_checked_as_well(root: Path, settings: Settings) -> None:
    (root / "locales" / "zh" / "rota.yaml").unlink()
    (root / "locales" / "fr" / "rota.yaml").write_text("swap: [接班]\nlater: [demain]\n", encoding="utf-8")
    (root / "locales" / "es" / "rota.yaml").write_text(
        "swap: [cambio turno]\nnow: [接班]\n", encoding="utf-8"
    )
    assert said(root, settings) == [
        "locales/fr/rota.yaml:1: '接班' is swap here and now elsewhere",
        "locales/fr/rota.yaml:2: 'later' is not one of swap, now, or not a list",
        "locales/fr/rota.yaml:1: no words under 'now'",
        "locales/zh/rota.yaml:1: there are no words with which staff act on the rota in this language",
    ]
