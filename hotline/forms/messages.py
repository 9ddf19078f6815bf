"""`make messages`: every sentence that has translations, from forms, call trees, wordings, templates and code."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from hotline.forms.book import Book
from hotline.forms.definition import Wording
from hotline.forms.source import BadContent
from hotline.wording.extract import Drift, Message, from_templates, sync

_VOICE = "Spoken in calls: whole words, no digits run together."
# Templates and code are the project's, wherever the content lies.
PROJECT = Path(__file__).resolve().parents[2]
_CODE = ("hotline",)
_SOURCES = ("sms_forms/", "ivr_flows/")


def messages(root: Path) -> list[Message]:
    """The messages of the content and the project's templates and code (`hotline/`), each with its place.

    Raises ExtractError where a marked sentence is not a plain string.
    """
    return messages_of(Book.open(root))


def messages_of(book: Book) -> list[Message]:
    """The same, of a book that is open already."""
    found = [_message(wording) for wording in book.every_wording()]
    return [*found, *_of_the_code()]


@cache
def _of_the_code() -> tuple[Message, ...]:
    """Those of templates and code, which stay the same while a process runs: reading them takes a second."""
    return tuple(message for folder in _CODE for message in from_templates(PROJECT / folder, PROJECT))


def update(root: Path, write: bool) -> Drift:
    """Bring `locales/<locale>/hotline.po` of every locale up to date, or with `write=False` only say what would change.

    Every folder below `locales/` is a locale. Raises ExtractError for a key with two English texts, CatalogueError
    for a catalogue and BadContent for a form or call tree that cannot be read: their sentences would seem to be gone, and
    with them all their translations.
    """
    book = Book.open(root)
    for problem in book.problems:
        if problem.serious and problem.file.startswith(_SOURCES):
            raise BadContent(problem)
    return sync(root / "locales", locales_of(root), messages_of(book), write=write)


def locales_of(root: Path) -> tuple[str, ...]:
    """The locales that have a folder below `locales/`, in alphabetical order."""
    return tuple(path.name for path in sorted((root / "locales").iterdir()) if path.is_dir())


def _message(wording: Wording) -> Message:
    return Message(wording.key, wording.english, wording.place, " ".join(_remarks(wording)))


def _remarks(wording: Wording) -> Iterator[str]:
    """What a translator must know: how long it may be, and how people meet it."""
    if wording.segments == 1:
        yield "One text message: 160 letters of GSM-7, or 70 with any other letter."
    elif wording.segments > 1:
        yield f"At most {wording.segments} text messages."
    elif wording.key.endswith((".voice", ".say")):
        yield _VOICE
