"""Stand-in audio: what a language without a synthetic voice plays until a speaker has recorded it.

Made with the voice of espeak-ng that `locales/<locale>/language.yaml` names (that for Haitian Creole also reads Kwéyòl),
and lame. Clips that are made already from the same text, and recordings of people, are left alone.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from hotline.forms.book import Book
from hotline.forms.manifest import AUDIO, STAND_IN, Clip, read_manifest, text_hash, write_manifest
from hotline.forms.spoken import spoken

PROGRAMS = ("espeak-ng", "lame")
WORDS_A_MINUTE = 150
GAP = 2  # hundredths of a second between words: the voice is hard to follow without
SAMPLE_RATE = "16"  # kHz; a telephone carries 8, and resamples
KBITS = "16"


class NoVoice(RuntimeError):
    """A program that makes the stand-ins is not installed."""


def make_stand_ins(root: Path, locales: Sequence[str], languages: Sequence[str]) -> list[Path]:
    """Make the clips that are missing or say another text, remove those that nobody says any more.

    `languages` in the order of the keys of the first voice menu. Returns the files made. Raises NoVoice when a program
    is missing, BadContent when manifest or number words cannot be read.
    """
    book = Book.open(root)
    made: list[Path] = []
    for locale in locales:
        wanted = spoken(book, locale, languages)
        known = book.languages.by_locale.get(locale)
        voice = known.espeak if known else locale
        clips = read_manifest(root, locale)
        kept = {key: clip for key, clip in clips.items() if key in wanted or not clip.stand_in}
        folder = root / AUDIO / locale
        for key, text in wanted.items():
            old = kept.get(key)
            if old and not old.stand_in:
                continue  # a speaker's recording; `hotline check` tells if its text has changed
            if old and old.sha256 == text_hash(text) and (folder / old.file).is_file():
                continue
            clip = Clip(f"{key}.mp3", text_hash(text), f"{STAND_IN} (espeak-ng {voice})", reviewed=False)
            _record(text, voice, folder / clip.file)
            kept[key] = clip
            made.append(folder / clip.file)
        for key in clips.keys() - kept.keys():
            (folder / clips[key].file).unlink(missing_ok=True)
        if kept != clips:
            write_manifest(root, locale, kept)
    return made


def _record(text: str, voice: str, path: Path) -> None:
    """Speak `text` into an MP3 file, mono, small enough for a slow carrier to fetch."""
    espeak, lame = (_program(name) for name in PROGRAMS)
    path.parent.mkdir(parents=True, exist_ok=True)
    speak = [espeak, "-v", voice, "-s", str(WORDS_A_MINUTE), "-g", str(GAP), "--stdin", "--stdout"]
    wave = subprocess.run(speak, input=text.encode(), capture_output=True, check=True).stdout  # noqa: S603  # fixed arguments, text by standard input
    encode = [lame, "--quiet", "-t", "-m", "m", "--resample", SAMPLE_RATE, "-b", KBITS, "-", str(path)]
    subprocess.run(encode, input=wave, capture_output=True, check=True)  # noqa: S603  # fixed arguments


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise NoVoice(
            f"{name} is not installed: it makes the stand-in audio (apt-get install {' '.join(PROGRAMS)})"
        )
    return found
