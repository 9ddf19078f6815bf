"""`hotline check`, as far as forms, call trees, wordings and audio go: everything wrong with the content, file and line.

What needs the rooms above (the words people use, danger words, greetings) has checks there; the command adds them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from hotline.forms import (
    check_audio,
    check_calls,
    check_codes,
    check_fields,
    check_languages,
    check_public,
    check_wordings,
)
from hotline.forms.book import Book
from hotline.forms.source import Problem


def check(
    root: Path,
    *,
    languages: Sequence[str],
    voiced: Collection[str],
    variants: Mapping[str, str] | None = None,
) -> list[Problem]:
    """All problems of the content below `root` (sms_forms/, ivr_flows/, locales/), sorted by file and line.

    `languages` are those the hotline speaks, in the order of the keys of the first voice menu; `voiced` those that a
    synthetic voice reads, so that they need no recorded audio; `variants` the recorded voice that is chosen, by language. Serious problems fail the command; the others are notes.
    """
    book = Book.open(root)
    return sorted(
        {
            *book.problems,
            *check_fields.problems(book),
            *check_codes.problems(book),
            *check_languages.problems(book, languages),
            *check_calls.problems(book),
            *check_wordings.problems(book, languages),
            *check_public.problems(book, languages),
            *check_audio.problems(book, languages, voiced, variants),
        }
    )
