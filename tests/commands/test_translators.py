"""`hotline locales pack`, `hotline locales unpack`, and what `hotline check` counts, as typed."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from hotline.forms.manifest import read_manifest
from tests.commands.conftest import Run
from tests.commands.test_xlsform import bytes_of, own

__all__ = ["own"]


def packed(run: Run, own: Path, target: Path) -> dict[str, bytes]:
    result = run(
        "locales", "pack", "--lang", "fr", "--out", str(target), HOTLINE_CONFIG=str(own / "hotline.toml")
    )
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    assert result.stdout == f"{target}: French (fr); begin with README.txt in it\n"
    with zipfile.ZipFile(target) as found:
        return {name: found.read(name) for name in found.namelist()}


def write(target: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(target, "w") as out:
        for name, content in parts.items():
            out.writestr(name, content)


def test_a_pack_goes_out_and_comes_back(run: Run, own: Path, tmp_path: Path) -> None:
    config, target, before = str(own / "hotline.toml"), tmp_path / "fr.zip", bytes_of(own)
    parts = packed(run, own, target)
    assert sorted(parts) == ["README.txt", "hotline.po", "pack.json", "script.html", "words.xlsx"]
    back = run("locales", "unpack", str(target), HOTLINE_CONFIG=config)
    assert (back.exit_code, back.stdout, back.stderr) == (0, "nothing changes\n", "")
    assert bytes_of(own) == before

    parts["hotline.po"] = parts["hotline.po"].replace(b"Une personne va vous", b"Quelqu'un va vous", 1)
    write(target, parts)
    back = run("locales", "unpack", str(target), HOTLINE_CONFIG=config)
    assert (back.exit_code, back.stdout) == (0, "locales/fr/hotline.po: 1 translations\n"), back.output
    assert [name for name, content in bytes_of(own).items() if content != before[name]] == [
        "locales/fr/hotline.po"
    ]

    # The same pack once more is older than what is there now.
    parts["hotline.po"] = parts["hotline.po"].replace(b"Quelqu'un va vous", b"Une personne vous", 1)
    write(target, parts)
    again = run("locales", "unpack", str(target), HOTLINE_CONFIG=config)
    assert again.exit_code == 1
    assert "locales/fr/hotline.po has changed here since the pack was made" in again.stderr
    assert run("locales", "unpack", "--outdated", str(target), HOTLINE_CONFIG=config).exit_code == 0


def test_a_result_with_new_problems_is_not_written(run: Run, own: Path, tmp_path: Path) -> None:
    target, before = tmp_path / "fr.zip", bytes_of(own)
    parts = packed(run, own, target)
    for new in ("La police va vous", f"Une personne {'vraiment ' * 20}va vous"):
        write(
            target,
            parts | {"hotline.po": parts["hotline.po"].replace(b"Une personne va vous", new.encode(), 1)},
        )
        result = run("locales", "unpack", str(target), HOTLINE_CONFIG=str(own / "hotline.toml"))
        assert result.exit_code == 1
        assert "locales/fr/hotline.po:" in result.stderr
        assert "gives the service away" in result.stderr or "takes 2 segments in 'fr'" in result.stderr
        assert result.stderr.splitlines()[-1].startswith(
            "Error: nothing is written, for the result would have new problems"
        )
        assert bytes_of(own) == before


def test_the_check_counts_for_each_language(run: Run, own: Path) -> None:
    config, file = str(own / "hotline.toml"), own / "locales/fr/hotline.po"
    text = file.read_text(encoding="utf-8").replace(
        "Une personne va vous", f"Une personne {'vraiment ' * 20}va vous", 1
    )
    text = text.replace('msgctxt "public.added"', '#, fuzzy\nmsgctxt "public.added"')
    at = text.index('msgstr "', text.index('msgctxt "public.waiting"'))
    text = f'{text[:at]}msgstr ""{text[text.index(chr(10), at) :]}'
    file.write_text(text, encoding="utf-8")
    result = run("check", "--json", HOTLINE_CONFIG=config)
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    spoken_clips = len(read_manifest(own, "acf"))
    french, kweyol = found["languages"]["fr"], found["languages"]["acf"]
    assert (french["missing"], french["fuzzy"], french["too_long"], french["without_audio"]) == (
        1,
        1,
        1,
        None,
    )
    assert french["unreviewed"] == french["sentences"] - 1
    assert (kweyol["missing"], kweyol["too_long"], kweyol["without_audio"]) == (0, 0, spoken_clips)
    assert found["languages"]["en"]["unreviewed"] == 0
    assert {problem["file"] for problem in found["problems"] if problem["serious"]} == {
        "locales/fr/hotline.po"
    }

    lines = run("check", HOTLINE_CONFIG=config).stdout.splitlines()
    assert lines[0].split() == [
        "language",
        "sentences",
        "missing",
        "fuzzy",
        "unreviewed",
        "too",
        "long",
        "without",
        "audio",
    ]
    assert next(line for line in lines if line.startswith("fr ")).split()[2:] == [
        "1",
        "1",
        str(french["unreviewed"]),
        "1",
        "-",
    ]
    assert lines[-1].startswith("3 problems, ")
