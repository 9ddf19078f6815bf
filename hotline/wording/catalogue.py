"""The catalogues: every sentence in every language, found by its key.

`locales/<locale>/hotline.po` holds msgctxt = key ("form.item.role"), msgid = English, msgstr = translation. English
itself stands in forms, templates and code, so `en/hotline.po` holds a header alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hotline.wording.message import Message, fill, placeholder_problem
from hotline.wording.po import REVIEWED, CatalogueError, PoFile, read

SOURCE_LOCALE = "en"
FILE_NAME = "hotline.po"

__all__ = ["FILE_NAME", "SOURCE_LOCALE", "CatalogueError", "Catalogues", "Problem", "Review"]


@dataclass(frozen=True, slots=True)
class Review:
    """Whether a native speaker has read a catalogue, and what its header adds ("2026-10-01, first forty only")."""

    reviewed: bool
    note: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One translation that cannot be used as it stands, in words for its author."""

    locale: str
    key: str
    problem: str


class Catalogues:
    """All catalogues, read once at the start."""

    def __init__(self, files: Mapping[str, PoFile]) -> None:
        self._files = dict(files)
        self._texts = {
            locale: {entry.key: entry.translation for entry in file.entries.values() if entry.translation}
            for locale, file in self._files.items()
        }

    @staticmethod
    def load(folder: Path) -> Catalogues:
        """Reads `<folder>/<locale>/hotline.po` of every locale. Raises CatalogueError with file and line."""
        return Catalogues({path.parent.name: read(path) for path in sorted(folder.glob(f"*/{FILE_NAME}"))})

    @staticmethod
    def load_what_can_be_read(folder: Path) -> tuple[Catalogues, tuple[CatalogueError, ...]]:
        """As `load`, but a catalogue that cannot be read costs its own language only; the errors say which."""
        files, errors = {}, []
        for path in sorted(folder.glob(f"*/{FILE_NAME}")):
            try:
                files[path.parent.name] = read(path)
            except CatalogueError as error:
                errors.append(error)
        return Catalogues(files), tuple(errors)

    @property
    def locales(self) -> tuple[str, ...]:
        """The locales that have a catalogue, in alphabetical order."""
        return tuple(self._files)

    def text(self, locale: str, key: str, english: str, /, **params: object) -> str:
        """A sentence in the person's language, placeholders filled; English where there is none. Raises nothing.

        The key alone decides: a conversation pinned to an older book gets the newest translation of its sentence,
        even if the English has changed since. A placeholder without a value stays visible.
        """
        texts = self._texts.get(locale)
        return fill((texts and texts.get(key)) or english, params)

    def has(self, locale: str, key: str) -> bool:
        """Whether the locale has a wording of its own for the key (English always has)."""
        return locale == SOURCE_LOCALE or key in self._texts.get(locale, ())

    def missing(self, locale: str, messages: Iterable[Message]) -> tuple[Message, ...]:
        """The messages that a person of this locale would get in English."""
        return tuple(message for message in messages if not self.has(locale, message.key))

    def fuzzy(self, locale: str) -> tuple[str, ...]:
        """The keys whose translation was made from an older English or marked as doubtful, in the file's order."""
        file = self._files.get(locale)
        return tuple(entry.key for entry in file.entries.values() if entry.fuzzy) if file else ()

    def problems(self, locale: str, messages: Iterable[Message]) -> tuple[Problem, ...]:
        """Translations that lack a placeholder of the English, or have one that it lacks."""
        texts = self._texts.get(locale, {})
        return tuple(
            Problem(locale, message.key, found)
            for message in messages
            if message.key in texts and (found := placeholder_problem(message.english, texts[message.key]))
        )

    def review(self, locale: str) -> Review:
        """What the header `X-Reviewed-By-Native-Speaker` says: "no" or "yes", then a note after a comma or semicolon."""
        file = self._files.get(locale)
        said = file.header.get(REVIEWED, "no") if file else "no"
        answer, _, note = said.replace(";", ",", 1).partition(",")
        return Review(answer.strip().lower() == "yes", note.strip())
