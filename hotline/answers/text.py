"""Words as they are, for items whose answer is a story."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from hotline.answers.question import Question
from hotline.answers.reading import Mark, marks
from hotline.answers.result import Answer, Declined, Refused, Understood, Unknown, Why
from hotline.answers.silence import short_of_words
from hotline.answers.words import Words
from hotline.standards.fold import tokens


def tidy(text: str) -> str:
    """`text` in composed form, without control characters and outer spaces; line breaks stay."""
    if text.isascii() and text.isprintable():
        return text.strip()
    composed = unicodedata.normalize("NFC", text)
    return "".join(ch for ch in composed if ch in "\n\t" or unicodedata.category(ch) != "Cc").strip()


def understand_text(question: Question, text: str, words: Words) -> Answer:
    """The text itself. "-" skips it; "don't know" and "rather not say" count only as the whole reply."""
    kept = tidy(text)
    row = tokens(kept[:200])
    if not row and (answer := short_of_words(kept, row)) is not None and len(kept) <= 3:
        return replace(answer, said=text)
    if not kept:
        return Refused(Why.EMPTY, text)
    if len(kept) > question.max_length:
        return Refused(Why.TOO_LONG, text)
    mark = words.compiled(marks).get(" ".join(row)) if len(row) <= 8 else None
    if mark is Mark.UNKNOWN:
        return Unknown(text)
    if mark is Mark.DECLINED:
        return Declined(text)
    return Understood(kept, text)
