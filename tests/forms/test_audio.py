"""Stand-in audio is made anew only where the words have changed, and never over a speaker's recording."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from hotline.forms.audio import PROGRAMS, NoVoice, make_stand_ins
from hotline.forms.book import Book
from hotline.forms.manifest import read_manifest, text_hash, write_manifest
from hotline.forms.spoken import spoken
from tests.forms.conftest import LANGUAGES, PROJECT, Content

needs_voice = pytest.mark.skipif(
    any(shutil.which(program) is None for program in PROGRAMS), reason="espeak-ng or lame is not installed"
)
OLD, NEW = "Kite yon mesaj apre son an.", "Tanpri, kite yon mesaj apre son an."


@needs_voice
def test_only_what_changed_is_made(content: Content) -> None:
    content.change("locales/ht/hotline.po", f'msgstr "{OLD}"', f'msgstr "{NEW}"')
    (content.root / "ivr_flows/audio/ht/caller.offer.say.mp3").unlink()  # a link to the project's own
    made = make_stand_ins(content.root, ["ht"], LANGUAGES)
    assert [path.name for path in made] == ["caller.offer.say.mp3"]
    assert made[0].stat().st_size > 1000
    assert read_manifest(content.root, "ht")["caller.offer.say"].sha256 == text_hash(NEW)
    assert make_stand_ins(content.root, ["ht"], LANGUAGES) == []


@needs_voice
def test_a_speakers_recording_is_left_alone(content: Content) -> None:
    clips = read_manifest(content.root, "ht")
    clips["caller.offer.say"] = replace(
        clips["caller.offer.say"], made_by="a native speaker, 2026-10-01", reviewed=True
    )
    write_manifest(content.root, "ht", clips)
    content.change("locales/ht/hotline.po", f'msgstr "{OLD}"', f'msgstr "{NEW}"')
    assert make_stand_ins(content.root, ["ht"], LANGUAGES) == []
    file = "ivr_flows/audio/ht/manifest.yaml"
    content.finds(file, content.line(file, "  caller.offer.say:"), "made from another text")


def test_without_the_program_one_line_says_what_to_install(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    content.change("locales/ht/hotline.po", f'msgstr "{OLD}"', f'msgstr "{NEW}"')
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoVoice, match="apt-get install espeak-ng lame"):
        make_stand_ins(content.root, ["ht"], LANGUAGES)


@pytest.mark.parametrize("locale", ["acf", "ht"])
def test_numbers_digits_months_and_districts_have_clips(locale: str) -> None:
    clips = read_manifest(PROJECT, locale)
    wanted = [f"number.{number}" for number in range(121)]
    wanted += [f"digit.{digit}" for digit in range(10)] + [f"month.{month}" for month in range(1, 13)]
    assert [key for key in wanted if key not in clips] == []
    assert sum(key.startswith("district.LC-") for key in clips) == 10
    assert all((PROJECT / "ivr_flows/audio" / locale / clip.file).is_file() for clip in clips.values())


def test_each_language_says_its_own_key_in_the_first_menu() -> None:
    book = Book.open(PROJECT)
    assert spoken(book, "acf", LANGUAGES)["caller.language.say"] == "Pou Kwéyòl, pézé 2."
    assert spoken(book, "ht", LANGUAGES)["caller.language.say"] == "Pou kreyòl ayisyen, peze 5."
