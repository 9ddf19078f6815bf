"""Recorded audio: a language without a synthetic voice needs a clip for all that is said in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from hotline.forms.book import Book
from hotline.forms.manifest import AUDIO, MANIFEST, Clip, read_manifest, text_hash
from hotline.forms.source import BadContent, Problem
from hotline.forms.spoken import spoken


def problems(book: Book, languages: Sequence[str], voiced: Collection[str]) -> Iterator[Problem]:
    """Clips that are missing, made from another text, or stand in for a speaker."""
    for locale in languages:
        folder = book.root / AUDIO / locale
        if locale in voiced and not folder.is_dir():
            continue
        if locale not in voiced and not folder.is_dir():
            text = (
                f"'{locale}' has no voice under [voices] in hotline.toml and no recorded clips: name a voice, with "
                "stand_in = true if it is another language's, or record"
            )
            yield Problem(f"{AUDIO}/{locale}/{MANIFEST}", 1, text)
            continue
        file = f"{AUDIO}/{locale}/{MANIFEST}"
        try:
            clips = read_manifest(book.root, locale)
            wanted = spoken(book, locale, languages)
        except BadContent as error:
            yield error.problem
            continue
        if locale not in voiced:
            for key in wanted:
                if key not in clips:
                    yield Problem(file, 1, f"'{locale}' has no synthetic voice and no clip for '{key}'")
        for key, clip in clips.items():
            if key not in wanted:
                yield Problem(file, clip.line, f"nobody says '{key}' any more", serious=False)
            elif clip.sha256 != text_hash(wanted[key]):
                yield Problem(
                    file, clip.line, f"the clip '{key}' was made from another text: \"{wanted[key]}\""
                )
            if not (folder / clip.file).is_file():
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
