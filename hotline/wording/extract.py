"""`make messages`: keeps the catalogues in step with forms, templates and code.

An entry whose English changed keeps its translation, marked fuzzy, with the English it was made from. An entry that
no message needs any more goes; if its English lives on under a new key, the translation moves there, marked fuzzy.
Translators' own comments are never touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from hotline.wording.catalogue import FILE_NAME, SOURCE_LOCALE
from hotline.wording.message import Message
from hotline.wording.po import Entry, PoFile, new_header, read, render
from hotline.wording.template_messages import ExtractError, from_templates

__all__ = ["Change", "ChangeKind", "Drift", "ExtractError", "Message", "from_templates", "sync"]


class ChangeKind(StrEnum):
    """How an entry of a catalogue differs from the messages."""

    NEW = "new"
    CHANGED = "changed"
    OBSOLETE = "obsolete"
    LAYOUT = "layout"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; for `layout` (order, places, comments) the key is ""."""

    locale: str
    key: str
    kind: ChangeKind

    def __str__(self) -> str:
        return f"locales/{self.locale}/{FILE_NAME}: {self.kind} {self.key}".rstrip()


@dataclass(frozen=True, slots=True)
class Drift:
    """All differences between messages and files; false when there are none."""

    changes: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.changes)


def sync(folder: Path, locales: Iterable[str], messages: Sequence[Message], *, write: bool) -> Drift:
    """Brings `<folder>/<locale>/hotline.po` up to date, or with `write=False` only says what would change.

    Raises ExtractError if one key has two English texts, CatalogueError if a file cannot be read.
    """
    wanted = _by_key(messages)
    changes: list[Change] = []
    for locale in locales:
        path = folder / locale / FILE_NAME
        old = read(path) if path.exists() else PoFile(new_header(locale))
        new = replace(old, entries={} if locale == SOURCE_LOCALE else _merged(old, wanted))
        text = render(new)
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        changes += _changes(locale, old, new) or [Change(locale, "", ChangeKind.LAYOUT)]
        if write:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    return Drift(tuple(changes))


def _by_key(messages: Iterable[Message]) -> dict[str, Entry]:
    """The entries that a catalogue needs, without translations."""
    wanted: dict[str, Entry] = {}
    first: dict[str, Message] = {}
    for message in sorted(messages, key=lambda message: (message.key, message.place)):
        # Without the line: it changes with every edit above it, and would bury what really changed.
        place = message.place.rpartition(":")[0] or message.place
        known = wanted.get(message.key)
        if known is None:
            first[message.key] = message
            wanted[message.key] = Entry(
                message.key, message.english, comment=message.comment, places=(place,)
            )
        elif known.english != message.english:
            raise ExtractError(
                f"{message.place}: the key {message.key} has another English at {first[message.key].place}"
            )
        elif place not in known.places:
            wanted[message.key] = replace(known, places=(*known.places, place))
    return wanted


def _merged(old: PoFile, wanted: dict[str, Entry]) -> dict[str, Entry]:
    """The wanted entries with the translations that are there, under their own key or one that is going."""
    going = {
        entry.english: entry
        for entry in old.entries.values()
        if entry.key not in wanted and entry.translation and not entry.fuzzy
    }
    merged: dict[str, Entry] = {}
    for key, entry in wanted.items():
        if key in old.entries:
            merged[key] = _kept(old.entries[key], entry)
        elif entry.english in going:
            # A renamed key must not cost the translation; but in its new place it may read wrong.
            kept = going[entry.english]
            merged[key] = replace(entry, translation=kept.translation, fuzzy=True, remarks=kept.remarks)
        else:
            merged[key] = entry
    return merged


def _kept(old: Entry, new: Entry) -> Entry:
    """The new entry with what translators gave to the old one."""
    kept = replace(
        new, translation=old.translation, fuzzy=old.fuzzy, previous=old.previous, remarks=old.remarks
    )
    if old.english == new.english or not old.translation:
        return kept
    if old.fuzzy and old.previous == new.english:  # the English went back to what was translated
        return replace(kept, fuzzy=False, previous="")
    return replace(kept, fuzzy=True, previous=old.previous or old.english)


def _changes(locale: str, old: PoFile, new: PoFile) -> list[Change]:
    before, after = old.entries, new.entries
    changed = [key for key in after if key in before and before[key].english != after[key].english]
    return [
        *(Change(locale, key, ChangeKind.NEW) for key in after if key not in before),
        *(Change(locale, key, ChangeKind.CHANGED) for key in changed),
        *(Change(locale, key, ChangeKind.OBSOLETE) for key in before if key not in after),
    ]
