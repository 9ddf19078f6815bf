"""Audio first: which recorded file is played, in every language and voice variant."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hotline.forms.clips import Clips
from hotline.forms.manifest import AUDIO, Clip, text_hash, write_manifest
from tests.forms.conftest import Content

KEY, WORDS = "caller.goodbye.say", "Thank you. You can call again at any time."


def recorded(root: Path, folder: str, words: str = WORDS, file: str = f"{KEY}.mp3") -> None:
    """Somebody recorded these words into a folder."""
    (root / AUDIO / folder).mkdir(parents=True, exist_ok=True)
    (root / AUDIO / folder / file).write_bytes(b"sound")
    write_manifest(root, folder, {KEY: Clip(file, text_hash(words), "speaker 1, 2026-11", reviewed=True)})


@pytest.mark.parametrize("voiced", [("fr",), ()], ids=["with a voice", "without one"])
def test_a_recording_comes_before_the_synthetic_voice(tmp_path: Path, voiced: tuple[str, ...]) -> None:
    clips = Clips(tmp_path, {}, voiced)
    assert clips.file("fr", KEY, WORDS) is None
    recorded(tmp_path, "fr")
    assert clips.file("fr", KEY, WORDS) == f"fr/{KEY}.mp3"


def test_the_chosen_variant_comes_first_and_the_languages_own_second(tmp_path: Path) -> None:
    recorded(tmp_path, "fr")
    deep = Clips(tmp_path, {"fr": "deep"}, ("fr",))
    assert deep.file("fr", KEY, WORDS) == f"fr/{KEY}.mp3"
    recorded(tmp_path, "fr/deep", file=f"{KEY}.wav")
    assert deep.file("fr", KEY, WORDS) == f"fr/deep/{KEY}.wav"
    assert Clips(tmp_path, {}, ("fr",)).file("fr", KEY, WORDS) == f"fr/{KEY}.mp3"


def test_old_words_are_played_only_where_no_voice_can_say_the_new_ones(tmp_path: Path) -> None:
    for locale in ("fr", "ht"):
        recorded(tmp_path, locale, "Old words.")
    clips = Clips(tmp_path, {}, ("fr",))
    assert clips.file("fr", KEY, WORDS) is None
    assert clips.file("ht", KEY, WORDS) == f"ht/{KEY}.mp3"


def test_what_is_recorded_meanwhile_is_heard_without_a_new_start(tmp_path: Path) -> None:
    recorded(tmp_path, "fr", "Old words.")
    clips = Clips(tmp_path, {}, ("fr",))
    assert clips.file("fr", KEY, WORDS) is None
    recorded(tmp_path, "fr")
    later = (tmp_path / AUDIO / "fr" / "manifest.yaml").stat().st_mtime_ns + 1_000_000
    os.utime(tmp_path / AUDIO / "fr" / "manifest.yaml", ns=(later, later))
    assert clips.file("fr", KEY, WORDS) == f"fr/{KEY}.mp3"


def test_a_changed_wording_shows_its_old_clip_in_every_language(content: Content) -> None:
    recorded(content.root, "es", "Old words.")
    recorded(content.root, "fr/deep", "Old words.")
    found = {
        problem.file: problem for problem in content.problems() if "made from another text" in problem.text
    }
    assert set(found) == {f"{AUDIO}/es/manifest.yaml", f"{AUDIO}/fr/deep/manifest.yaml"}
    assert not any(problem.serious for problem in found.values()), "the voice says the new words meanwhile"


def test_a_file_that_is_missing_is_told_in_every_variant(content: Content) -> None:
    recorded(content.root, "fr/deep")
    (content.root / AUDIO / "fr/deep" / f"{KEY}.mp3").unlink()
    content.finds(f"{AUDIO}/fr/deep/manifest.yaml", 3, f"the file {KEY}.mp3 is not there")
