"""The script for the recording studio: each clip with its words, where it is heard, how long it takes and how to say it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Final

from hotline.forms.book import Book
from hotline.forms.manifest import read_manifest
from hotline.forms.source import BadContent
from hotline.forms.spoken import FILE_NAME, spoken, spoken_wordings
from hotline.forms.translators.uses import heard_of
from hotline.wording.message import fill

_LETTERS_A_SECOND: Final = 14
_SIGNS_A_SECOND: Final = 4  # of Chinese
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_VALUES: Final = {
    "number": (
        "A number, when an age or a date is read back",
        "Level, as in the middle of a sentence: other clips follow.",
    ),
    "digit": ("A digit, when a number is read back", "Level, short, all with the same pace."),
    "month": ("A month, when a date is read back", "Level, as in the middle of a sentence."),
    "district": ("A district, when a place is read back", "As people there say it."),
}
_TO_STAFF: Final = "Clear and awake, not loud: the listener may have been sleeping."
_TO_PUBLIC: Final = "Calm, warm and unhurried. A short pause after each key. Never like an announcement."
_ANSWER: Final = "Short, as one of several. No rising voice."
_STYLE: Final = """
body { font: 11pt/1.4 sans-serif; margin: 1.5cm; } h1 { font-size: 16pt; }
table { border-collapse: collapse; width: 100%; } th, td { border: 1px solid #777; padding: 4px 6px; vertical-align: top; text-align: left; }
thead { display: table-header-group; } tr { break-inside: avoid; } td.text { font-size: 13pt; width: 38%; } td.clip { font-family: monospace; font-size: 8pt; word-break: break-all; width: 16%; }
@media print { body { margin: 0; } }
"""
_RULES: Final = (
    "Record in a quiet, carpeted room, the mouth a hand away from the microphone. One clip, one file.",
    "Save each clip as MP3, mono, under exactly the name in the column Clip. Half a second of silence at most before and after.",
    "Read the words as they stand. If something is not how people say it, tell us instead of changing it: the text and its clip "
    "belong together.",
    "The listener may be afraid, may be overheard, may hear badly. Speak to one person.",
    "Let a second person who speaks the language listen to every clip before it is used. No real name of a speaker is kept.",
)


def script(book: Book, locale: str, languages: Sequence[str], name: str) -> str:
    """A page to print. `languages` in the order of the keys of the first voice menu; `name` of the language in English."""
    texts = _texts(book, locale, languages)
    clips = read_manifest(book.root, locale)
    heard = heard_of(book)
    rows = []
    for number, (key, text) in enumerate(texts.items(), start=1):
        where, voice = _remarks(key, heard)
        file = clips[key].file if key in clips else f"{key}.mp3"
        cells = (str(number), file, text, where, _length(text), voice, "")
        classes = ("", "clip", "text", "", "", "", "")
        rows.append(
            "".join(
                f'<td class="{kind}">{escape(cell)}</td>' for kind, cell in zip(classes, cells, strict=True)
            )
        )
    head = "".join(
        f"<th>{title}</th>"
        for title in ("No.", "Clip", "Text", "Where it is heard", "Length", "Voice", "Done")
    )
    rules = "".join(f"<li>{escape(rule)}</li>" for rule in _RULES)
    title = escape(f"Script for the recordings: {name} ({locale}), {len(rows)} clips")
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style></head>\n'
        f"<body><h1>{title}</h1><ol>{rules}</ol>\n<table><thead><tr>{head}</tr></thead><tbody>\n"
        + "\n".join(f"<tr>{row}</tr>" for row in rows)
        + "\n</tbody></table></body></html>\n"
    )


def _texts(book: Book, locale: str, languages: Sequence[str]) -> dict[str, str]:
    """Clip to words; numbers and months only where the language has them written down for recording."""
    if Path(book.root / "locales" / locale / FILE_NAME).is_file():
        try:
            return spoken(book, locale, languages)
        except BadContent:
            pass  # `hotline check` tells; the sentences can be recorded all the same
    key = languages.index(locale) + 1 if locale in languages else 0
    return {wording.key: fill(book.text(wording, locale), {"key": key}) for wording in spoken_wordings(book)}


def _remarks(key: str, heard: dict[str, str]) -> tuple[str, str]:
    kind = key.partition(".")[0]
    if key not in heard and kind in _VALUES:
        return _VALUES[kind]
    where = heard.get(key, "Heard in a call")
    if "an answer to" in where:
        return where, _ANSWER
    return where, _TO_STAFF if "staff" in where else _TO_PUBLIC


def _length(text: str) -> str:
    """About how long it takes to say."""
    seconds = len(text) / (_SIGNS_A_SECOND if _HAN.search(text) else _LETTERS_A_SECOND)
    return f"about {max(1, round(seconds))} s"
