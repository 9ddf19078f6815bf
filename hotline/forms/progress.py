"""How far each language is: missing, doubtful, unreviewed, too long, without audio."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from hotline.forms.book import Book
from hotline.forms.check_wordings import too_long
from hotline.forms.manifest import AUDIO, Clip, read_manifest, text_hash
from hotline.forms.messages import messages_of
from hotline.forms.source import BadContent
from hotline.forms.spoken import spoken, spoken_wordings
from hotline.wording.catalogue import SOURCE_LOCALE
from hotline.wording.extract import ExtractError


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of sentences: without translation, of an older English, not read by a native speaker, over their limit of
    text messages; and of what is said in calls without a clip of its own text, a stand-in being none.
    `without_audio` is None where a synthetic voice speaks."""

    locale: str
    sentences: int
    missing: int
    fuzzy: int
    unreviewed: int
    too_long: int
    without_audio: int | None


def progress(book: Book, languages: Sequence[str], voiced: Collection[str]) -> Iterator[Progress]:
    """The state of each language. English is the source: nothing of it is missing, doubtful or unreviewed."""
    try:
        sentences = messages_of(book)
    except ExtractError:  # `hotline check` tells of it
        sentences = []
    wordings = list(book.every_wording())
    count = len({sentence.key for sentence in sentences})
    for locale in languages:
        missing = len({sentence.key for sentence in book.catalogues.missing(locale, sentences)})
        unread = 0 if locale == SOURCE_LOCALE or book.catalogues.review(locale).reviewed else count - missing
        yield Progress(
            locale,
            count,
            missing,
            len(book.catalogues.fuzzy(locale)),
            unread,
            sum(1 for _ in too_long(book, locale, wordings)),
            None if locale in voiced else _without_audio(book, locale, languages),
        )


def _without_audio(book: Book, locale: str, languages: Sequence[str]) -> int:
    try:
        wanted = spoken(book, locale, languages)
        clips = read_manifest(book.root, locale)
    except BadContent:  # no numbers or no manifest that can be read: then none of it can be played
        return len({wording.key for wording in spoken_wordings(book)})
    folder = book.root / AUDIO / locale

    def spoken_well(clip: Clip | None, text: str) -> bool:
        return (
            clip is not None
            and not clip.stand_in
            and clip.sha256 == text_hash(text)
            and (folder / clip.file).is_file()
        )

    return sum(not spoken_well(clips.get(key), text) for key, text in wanted.items())
