"""What each prompt costs, as it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hotline.forms.book import Book
from hotline.forms.check_wordings import SAMPLES
from hotline.forms.definition import Form, Wording
from hotline.wording.message import fill
from hotline.wording.segments import Encoding, Size, size


@dataclass(frozen=True, slots=True)
class Prompt:
    """One sentence that is sent: `key` without its form, and its size."""

    key: str
    size: Size


def prompts_of(book: Book, form: Form, locale: str) -> tuple[Prompt, ...]:
    """The questions of a form as texts, first and second try, in order."""
    return tuple(_measured(book, _asked(form), locale))


def answers_of(book: Book, locale: str) -> tuple[Prompt, ...]:
    """All other sentences that are sent: answers, reasons, pages, notices."""
    return tuple(_measured(book, book.wordings.values(), locale))


def is_cheap(prompts: Iterable[Prompt]) -> bool:
    """Whether a language travels as GSM-7: all that is asked in it does."""
    return all(prompt.size.encoding is Encoding.GSM7 for prompt in prompts)


def _asked(form: Form) -> Iterator[Wording]:
    for item in form.asked("sms"):
        yield item.label
        if item.again is not None and item.again is not item.label:
            yield item.again


def _measured(book: Book, wordings: Iterable[Wording], locale: str) -> Iterator[Prompt]:
    for wording in wordings:
        if wording.segments:
            text = book.as_sent(fill(book.text(wording, locale), dict(SAMPLES)), locale)
            yield Prompt(wording.key, size(text))
