"""`ivr_flows/audio/<locale>/manifest.yaml`: which clip says what, who made it, and whether a native speaker heard it.

locale: ht
clips:
  caller.danger.say:
    file: caller.danger.say.mp3
    sha256: 4f1c...            # of the text it says: a changed text needs a new clip
    made_by: stand-in (espeak-ng ht)
    reviewed: no
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hotline.forms.source import BadContent, Problem, Section, load, need, unknown_keys

AUDIO = "ivr_flows/audio"
MANIFEST = "manifest.yaml"
STAND_IN = "stand-in"


@dataclass(frozen=True, slots=True)
class Clip:
    """One recorded prompt. `sha256` is that of the text it says; `line` its line in the manifest."""

    file: str
    sha256: str
    made_by: str
    reviewed: bool
    line: int = 1

    @property
    def stand_in(self) -> bool:
        """Whether it only keeps the place of a speaker's recording."""
        return self.made_by.startswith(STAND_IN)


def text_hash(text: str) -> str:
    """The SHA-256 of a text, as the manifest holds it."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_manifest(root: Path, locale: str) -> dict[str, Clip]:
    """The clips of a locale (or of one of its voice variants, "fr/deep") by key, {} where there is no manifest. Raises `BadContent`."""
    path = root / AUDIO / locale / MANIFEST
    if not path.is_file():
        return {}
    section = load(path, root)
    clips = section.get("clips")
    if not isinstance(clips, Section):
        raise BadContent(Problem(section.file, section.line_of("clips"), "'clips' must hold clips by key"))
    return {key: _clip(clips, key) for key in clips}


def write_manifest(root: Path, locale: str, clips: Mapping[str, Clip]) -> None:
    """Write the manifest of a locale or variant, sorted by key: the same clips give the same file."""
    lines = [f"locale: {locale.partition('/')[0]}", "clips:"]
    for key, clip in sorted(clips.items()):
        lines += [
            f"  {key}:",
            f"    file: {clip.file}",
            f'    sha256: "{clip.sha256}"',  # quoted: one of digits alone would be a number
            f"    made_by: {clip.made_by}",
            f"    reviewed: {'yes' if clip.reviewed else 'no'}",
        ]
    path = root / AUDIO / locale / MANIFEST
    fresh = path.with_name(f".{MANIFEST}.new")
    fresh.write_text("\n".join(lines) + "\n", encoding="utf-8")
    os.replace(fresh, path)


def keep_clip(root: Path, folder: str, key: str, clip: Clip, sound: bytes) -> None:
    """Put a recording in the place of the clip that was there: first the sound, then the manifest, each whole or not at
    all, so that whoever plays clips meanwhile finds the old or the new one. The old file goes if it had another name."""
    clips = read_manifest(root, folder)
    old = clips.get(key)
    place = root / AUDIO / folder
    place.mkdir(parents=True, exist_ok=True)
    fresh = place / f".{clip.file}.new"
    fresh.write_bytes(sound)
    os.replace(fresh, place / clip.file)
    write_manifest(root, folder, {**clips, key: clip})
    if old is not None and old.file != clip.file:
        (place / old.file).unlink(missing_ok=True)


def _clip(clips: Section, key: str) -> Clip:
    row = clips[key]
    if not isinstance(row, Section):
        raise BadContent(
            Problem(clips.file, clips.line_of(key), f"'{key}' must hold file, sha256, made_by, reviewed")
        )
    if unknown := unknown_keys(row, {"file", "sha256", "made_by", "reviewed"}):
        raise BadContent(unknown[0])
    return Clip(
        need(row, "file"),
        need(row, "sha256"),
        need(row, "made_by"),
        need(row, "reviewed") == "yes",
        clips.line_of(key),
    )
