"""Recorded audio: a language without a synthetic voice needs a clip for all that is said in it; any may have some."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from hotline.forms.book import Book
from hotline.forms.manifest import AUDIO, MANIFEST, Clip, read_manifest, text_hash
from hotline.forms.source import BadContent, Problem
from hotline.forms.spoken import says_values, sentences, spoken


def problems(
    book: Book, languages: Sequence[str], voiced: Collection[str], variants: Mapping[str, str] | None = None
) -> Iterator[Problem]:
    """Clips that are missing, made from another text, or stand in for a speaker, in every language and voice variant.
    Where a synthetic voice says the new words meanwhile, an old clip is a note."""
    for locale in languages:
        folders = _folders(book.root, locale)
        chosen = (variants or {}).get(locale)
        if chosen and f"{locale}/{chosen}" not in folders:
            yield Problem(
                f"{AUDIO}/{locale}", 1, f"'{locale}' is to speak by '{chosen}', which has no folder here"
            )
        if locale not in voiced and not (book.root / AUDIO / locale).is_dir():
            text = (
                f"'{locale}' has no voice under [voices] in hotline.toml and no recorded clips: name a voice, with "
                "stand_in = true if it is another language's, or record"
            )
            yield Problem(f"{AUDIO}/{locale}/{MANIFEST}", 1, text)
            continue
        try:
            whole = locale not in voiced or says_values(book.root, locale)
            wanted = (spoken if whole else sentences)(book, locale, languages)
        except BadContent as error:
            yield error.problem
            continue
        for folder in folders:
            try:
                yield from _folder(book.root, folder, wanted, voiced=locale in voiced)
            except BadContent as error:
                yield error.problem
        if locale not in voiced:
            yield from _missing(book.root, locale, wanted)


def _folders(root: Path, locale: str) -> tuple[str, ...]:
    """The locale's own folder and those of its variants."""
    own = root / AUDIO / locale
    found = [path for path in sorted(own.iterdir()) if path.is_dir()] if own.is_dir() else []
    return (locale, *(f"{locale}/{path.name}" for path in found))


def _missing(root: Path, locale: str, wanted: Mapping[str, str]) -> Iterator[Problem]:
    try:
        clips = read_manifest(root, locale)
    except BadContent:
        return  # told already
    for key in wanted:
        if key not in clips:
            text = f"'{locale}' has no synthetic voice and no clip for '{key}'"
            yield Problem(f"{AUDIO}/{locale}/{MANIFEST}", 1, text)


def _folder(root: Path, folder: str, wanted: Mapping[str, str], *, voiced: bool) -> Iterator[Problem]:
    clips = read_manifest(root, folder)
    file = f"{AUDIO}/{folder}/{MANIFEST}"
    for key, clip in clips.items():
        if key not in wanted:
            yield Problem(file, clip.line, f"nobody says '{key}' any more", serious=False)
        elif clip.sha256 != text_hash(wanted[key]):
            text = f"the clip '{key}' was made from another text: \"{wanted[key]}\""
            yield Problem(file, clip.line, text, serious=not voiced)
        if not (root / AUDIO / folder / clip.file).is_file():
            yield Problem(file, clip.line, f"the file {clip.file} is not there")
    yield from _states(file, clips)


def _states(file: str, clips: dict[str, Clip]) -> Iterator[Problem]:
    """Stand-ins and unreviewed clips, counted: they are states to know of, not errors."""
    stand_ins = [clip for clip in clips.values() if clip.stand_in]
    if stand_ins:
        yield Problem(
            file,
            1,
            f"{len(stand_ins)} of {len(clips)} clips keep the place of a speaker: {stand_ins[0].made_by}",
            serious=False,
        )
    unread = sum(not clip.reviewed for clip in clips.values())
    if unread:
        yield Problem(
            file, 1, f"{unread} of {len(clips)} clips not reviewed by a native speaker", serious=False
        )
