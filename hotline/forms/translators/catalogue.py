"""The catalogue in a translators' pack: each sentence with its place, channel and limit; and what comes back of it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from hotline.forms.check_wordings import SAMPLES
from hotline.forms.translators.uses import Use
from hotline.wording.message import fill
from hotline.wording.po import REVIEWED, CatalogueError, Entry, PoFile, read, render
from hotline.wording.segments import size

FILE: Final = "hotline.po"


@dataclass(frozen=True, slots=True)
class Merged:
    """The catalogue with what came back, the keys whose translation changed, and what the translator should know."""

    file: PoFile
    changed: tuple[str, ...]
    notes: tuple[str, ...]


def for_translators(file: PoFile, found: Mapping[str, Use]) -> str:
    """The text of the catalogue with comments for translators."""
    entries = {
        key: replace(entry, comment="\n".join(_comments(entry, found.get(key))))
        for key, entry in file.entries.items()
    }
    return render(replace(file, entries=entries))


def _comments(entry: Entry, use: Use | None) -> tuple[str, ...]:
    if use is None:
        return tuple(entry.comment.splitlines())
    if not use.segments or not entry.translation:
        return use.lines
    taken = size(fill(entry.translation, dict(SAMPLES)))
    return (
        *use.lines,
        f"Now: {taken.units} letters of {taken.encoding.value}, {taken.segments} text message(s).",
    )


def read_packed(content: bytes) -> PoFile:
    """The catalogue of a pack. Raises CatalogueError; the message begins with the file's name in the pack."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        path.write_bytes(content)
        try:
            return read(path)
        except CatalogueError as error:
            raise CatalogueError(str(error).replace(str(path), FILE)) from error


def merge(current: PoFile, packed: PoFile) -> Merged:
    """What translators gave (translation, doubts, remarks, review) put into the catalogue; all else stays ours."""
    entries = dict(current.entries)
    changed, notes = [], []
    for key, back in packed.entries.items():
        ours = current.entries.get(key)
        if ours is None:
            notes.append(f"{FILE}: '{key}' is not a sentence of the hotline any more: left out")
            continue
        entries[key] = _entry(ours, back)
        if entries[key].translation != ours.translation:
            changed.append(key)
            if back.english != ours.english:
                notes.append(f"{FILE}: the English of '{key}' has changed since: marked as doubtful")
    if missing := [key for key in current.entries if key not in packed.entries]:
        notes.append(
            f"{FILE}: {len(missing)} sentences did not come back and stay as they are ('{missing[0]}' ...)"
        )
    header = {**current.header}
    if REVIEWED in packed.header:
        header[REVIEWED] = packed.header[REVIEWED]
    return Merged(PoFile(header, packed.remarks or current.remarks, entries), tuple(changed), tuple(notes))


def _entry(ours: Entry, back: Entry) -> Entry:
    if back.translation == ours.translation and back.english != ours.english:
        return replace(ours, remarks=back.remarks)  # our doubt is of the newer English
    if back.english != ours.english:
        return replace(
            ours, translation=back.translation, fuzzy=True, previous=back.english, remarks=back.remarks
        )
    # Some programs drop the English that a doubtful translation was made from.
    previous = (back.previous or ours.previous) if back.fuzzy else ours.previous if not ours.fuzzy else ""
    return replace(
        ours, translation=back.translation, fuzzy=back.fuzzy, previous=previous, remarks=back.remarks
    )
