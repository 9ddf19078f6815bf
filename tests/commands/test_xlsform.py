"""`hotline forms export`, `hotline forms import`, as typed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hotline.content import PROJECT
from hotline.forms.book import Book
from hotline.forms.workbook import Page, read_workbook, write_workbook
from tests.commands.conftest import Run

HTCDS = PROJECT / "tests/forms/data/htcds_xlsform.xlsx"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A task force's own folder; recordings are links."""
    folder = tmp_path / "own"
    for part in ("sms_forms", "locales"):
        shutil.copytree(PROJECT / part, folder / part)
    shutil.copytree(
        PROJECT / "ivr_flows", folder / "ivr_flows", copy_function=lambda a, b: Path(b).symlink_to(a)
    )
    shutil.copy(PROJECT / "hotline.toml", folder)
    return folder


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.suffix in (".yaml", ".po")
    }


def test_a_form_goes_out_and_comes_in_without_a_change(run: Run, own: Path, tmp_path: Path) -> None:
    config, before = str(own / "hotline.toml"), bytes_of(own)
    target = tmp_path / "screening.xlsx"
    out = run("forms", "export", "screening", "--out", str(target), HOTLINE_CONFIG=config)
    assert (out.exit_code, out.stdout) == (0, f"{target}: 15 questions in 6 languages\n"), out.output
    back = run("forms", "import", str(target), HOTLINE_CONFIG=config)
    assert (back.exit_code, back.stdout, back.stderr) == (0, "nothing changes\n", ""), back.output
    assert bytes_of(own) == before


def test_the_form_of_the_iom_standard_comes_in_and_what_is_lost_is_told(run: Run, own: Path) -> None:
    config, before = str(own / "hotline.toml"), bytes_of(own)
    look = run("forms", "import", "--check", str(HTCDS), HOTLINE_CONFIG=config)
    assert look.exit_code == 1
    assert bytes_of(own) == before, "--check only reports"
    result = run("forms", "import", str(HTCDS), HOTLINE_CONFIG=config)
    assert result.exit_code == 0, result.output
    assert result.stderr == look.stderr
    assert (
        "htcds_xlsform.xlsx: survey row 35, column calculation: nothing is calculated here" in result.stderr
    )
    assert "the standard record has no form 'htcds_xlsform'" in result.stderr
    assert "sms_forms/htcds_xlsform.yaml: new, with 31 questions" in result.stdout
    assert "locales/fr/hotline.po: brought in step with the forms" in result.stdout, (
        "no file is written in silence"
    )
    form = Book.open(own).forms["htcds_xlsform"]
    assert form.item("vic_TraffickingStatus").choices[0].code == "PossibleVictimOfTrafficking"
    after = bytes_of(own)
    assert all(
        after[name].startswith(before[name])
        for name in ("sms_forms/choices.yaml", "sms_forms/screening.yaml")
    )


def test_nothing_is_taken_out_unless_it_is_meant(run: Run, own: Path, tmp_path: Path) -> None:
    config, target = str(own / "hotline.toml"), tmp_path / "opening.xlsx"
    run("forms", "export", "opening", "--out", str(target), HOTLINE_CONFIG=config)
    sheets = read_workbook(target)
    pages = [
        Page(
            name,
            sheet.headings,
            [
                [line.get(heading) for heading in sheet.headings]
                for line in sheet.lines
                if line.get("name") != "own_words"
            ],
        )
        for name, sheet in sheets.items()
    ]
    target.write_bytes(write_workbook(pages))
    before = bytes_of(own)
    result = run("forms", "import", str(target), HOTLINE_CONFIG=config)
    assert result.exit_code == 1
    assert "own_words of the form. If that is meant: --replace" in result.stderr
    assert bytes_of(own) == before
    assert run("forms", "import", "--replace", str(target), HOTLINE_CONFIG=config).exit_code == 0
    assert "own_words" not in (own / "sms_forms/opening.yaml").read_text(encoding="utf-8")


def test_what_cannot_be_read_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_text("no workbook")
    result = run("forms", "import", str(tmp_path / "x.xlsx"))
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: x.xlsx is no workbook (XLSX)")
    assert len(result.stderr.splitlines()) == 1
    assert "screening" in run("forms", "export", "nothing", "--out", str(tmp_path / "y.xlsx")).stderr
