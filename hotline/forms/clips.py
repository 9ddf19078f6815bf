"""Which recorded file says a sentence: audio first, for every language.

    ivr_flows/audio/fr/caller.danger.say.mp3          a recording in French
    ivr_flows/audio/fr/deep/caller.danger.say.wav     the same by another voice, used where hotline.toml chooses "deep"

A clip whose words have changed is not played where a synthetic voice can say the new ones; where there is none, old words are
better than silence, and `hotline check` names the clip.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from hotline.forms.manifest import AUDIO, MANIFEST, Clip, read_manifest, text_hash
from hotline.forms.source import BadContent


class Clips:
    """The clips below a content folder. Manifests are read again when they change: what was recorded by phone is heard by
    the next caller. `variants` by locale; `voiced` are the locales with a synthetic voice."""

    def __init__(self, root: Path, variants: Mapping[str, str], voiced: Collection[str]) -> None:
        self.root, self.variants, self.voiced = root, variants, voiced
        self._read: dict[str, tuple[int, dict[str, Clip]]] = {}

    def folders(self, locale: str) -> tuple[str, ...]:
        """Where a locale's clips are looked for, the chosen variant first ("fr/deep", "fr")."""
        variant = self.variants.get(locale)
        return (f"{locale}/{variant}", locale) if variant else (locale,)

    def file(self, locale: str, key: str, text: str = "") -> str | None:
        """The file of a clip, below ivr_flows/audio; None when there is none to play. `text` is what it must say, "" for
        values, whose key says it all."""
        outdated = None
        for folder in self.folders(locale):
            clip = self.of(folder).get(key)
            if clip is None or not (self.root / AUDIO / folder / clip.file).is_file():
                continue
            if not text or clip.sha256 == text_hash(text):
                return f"{folder}/{clip.file}"
            outdated = outdated or f"{folder}/{clip.file}"
        return None if locale in self.voiced else outdated

    def of(self, folder: str) -> Mapping[str, Clip]:
        """The clips of a folder by key; none where there is no manifest that can be read."""
        path = self.root / AUDIO / folder / MANIFEST
        try:
            changed = path.stat().st_mtime_ns
        except OSError:
            return {}
        known = self._read.get(folder)
        if known is None or known[0] != changed:
            try:
                known = (changed, read_manifest(self.root, folder))
            except BadContent:
                known = (changed, known[1] if known else {})
            self._read[folder] = known
        return known[1]
