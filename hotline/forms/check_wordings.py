"""Every sentence in every language: there, not outdated, with its placeholders, within its segments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from hotline.forms.book import Book
from hotline.forms.definition import Wording
from hotline.forms.languages import LIST
from hotline.forms.messages import messages_of
from hotline.forms.source import Problem
from hotline.wording.catalogue import FILE_NAME, SOURCE_LOCALE
from hotline.wording.extract import ExtractError
from hotline.wording.message import Message, fill, placeholder_problem
from hotline.wording.segments import Size, size

# What usually fills a placeholder, to measure with.
SAMPLES: Final[Mapping[str, object]] = {
    "code": "K7P", "digit": "1", "key": "1", "name": "Marie-Ange St. Rose", "reference": "K7P", "time": "23:59",
    "agency": "Immigration", "word": "STILL",
}  # fmt: skip
DUTY = "public.duty"
_NAMES = f"list.{LIST}."
_CONTEXT = re.compile(r'^msgctxt "(.*)"$')
_PLACE = re.compile(r"(.+?):(\d+): (.*)", re.DOTALL)


def problems(book: Book, languages: Sequence[str]) -> Iterator[Problem]:
    """What is missing, doubtful, broken or too long, language by language, and whether a native speaker has read it."""
    try:
        sentences = messages_of(book)
    except ExtractError as error:
        place = _PLACE.fullmatch(str(error))
        yield Problem(place[1], int(place[2]), place[3]) if place else Problem("hotline", 1, str(error))
        return
    yield from _two_texts(sentences)
    wordings = list(book.every_wording())
    yield from _language_menu(book, languages)
    for locale in languages:
        lines = lines_of(book.root, locale)
        yield from _segments(book, locale, wordings, lines)
        yield from _with_duty(book, locale, lines)
        if locale != SOURCE_LOCALE:
            yield from _translations(book, locale, sentences, lines)


def lines_of(root: Path, locale: str) -> dict[str, int]:
    """The line of each key in the locale's catalogue."""
    path = root / "locales" / locale / FILE_NAME
    if not path.is_file():
        return {}
    found = (
        (_CONTEXT.match(line), number)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    )
    return {match[1]: number for match, number in found if match}


def translation_place(locale: str, wording: Wording, lines: Mapping[str, int]) -> str:
    """Where the sentence of this language stands: in the catalogue, the English in the content itself."""
    if locale == SOURCE_LOCALE or wording.key not in lines:
        return wording.place
    return f"locales/{locale}/{FILE_NAME}:{lines[wording.key]}"


def _two_texts(sentences: Sequence[Message]) -> Iterator[Problem]:
    first: dict[str, Message] = {}
    for sentence in sentences:
        other = first.setdefault(sentence.key, sentence)
        if other.english != sentence.english:
            yield Problem.at(sentence.place, f"the key '{sentence.key}' has another English at {other.place}")


def _translations(
    book: Book, locale: str, sentences: Sequence[Message], lines: Mapping[str, int]
) -> Iterator[Problem]:
    file = f"locales/{locale}/{FILE_NAME}"
    if not lines:
        yield Problem(file, 1, f"there is no catalogue for '{locale}': run `make messages`")
        return
    catalogues = book.catalogues
    for message in catalogues.missing(locale, sentences):
        # What another language is called is read by staff alone: in English, until somebody knows better.
        serious = not message.key.startswith(_NAMES) or message.key == f"{_NAMES}{locale}.label"
        text = f"'{message.key}' is missing: \"{message.english}\""
        yield Problem(file, lines.get(message.key, 1), text, serious)
    for key in catalogues.fuzzy(locale):
        yield Problem(file, lines.get(key, 1), f"'{key}' is doubtful: its English has changed")
    texts = {sentence.key: catalogues.text(locale, sentence.key, sentence.english) for sentence in sentences}
    for sentence in sentences:
        if wrong := placeholder_problem(sentence.english, texts[sentence.key]):
            yield Problem(file, lines.get(sentence.key, 1), f"'{sentence.key}' {wrong}")
    review = catalogues.review(locale)
    if not review.reviewed:
        note = f" ({review.note})" if review.note else ""
        yield Problem(file, 1, f"not reviewed by a native speaker{note}", serious=False)


def _segments(
    book: Book, locale: str, wordings: Sequence[Wording], lines: Mapping[str, int]
) -> Iterator[Problem]:
    for wording, taken in too_long(book, locale, wordings):
        yield Problem.at(
            translation_place(locale, wording, lines),
            f"'{wording.key}' takes {taken.segments} segments in '{locale}' ({taken.units} units of "
            f"{taken.encoding.value}), {wording.segments} at most",
        )


def too_long(book: Book, locale: str, wordings: Sequence[Wording]) -> Iterator[tuple[Wording, Size]]:
    """The wordings that take more segments in this language than they may, with their size."""
    for wording in wordings:
        text = book.as_sent(fill(book.text(wording, locale), dict(SAMPLES)), locale)
        taken = size(text)
        if wording.segments and taken.segments > wording.segments:
            yield wording, taken


def _with_duty(book: Book, locale: str, lines: Mapping[str, int]) -> Iterator[Problem]:
    """Before a name, age or address a line says what must be passed on: both go in one message."""
    duty = book.wordings.get(DUTY)
    if duty is None:
        yield Problem(
            "sms_forms/wordings.yaml", 1, f"'{DUTY}' is missing: it goes before a name, age or address"
        )
        return
    for form in book.forms.values():
        for item in form.items:
            if item.duty and item.label.segments and "sms" in item.channels:
                taken = size(
                    book.as_sent(f"{book.text(duty, locale)} {book.text(item.label, locale)}", locale)
                )
                if taken.segments > item.label.segments:
                    yield Problem.at(
                        translation_place(locale, item.label, lines),
                        f"'{item.label.key}' with '{DUTY}' before it takes {taken.segments} segments in '{locale}'",
                    )


def _language_menu(book: Book, languages: Sequence[str]) -> Iterator[Problem]:
    """Every language in its own words, with its digit, offered in one segment."""
    names = {choice.code: choice.label for choice in book.lists.get(LIST, ())}
    if any(locale not in names for locale in languages):
        return  # its language.yaml is missing, and that is told
    own = (f"{digit} {book.text(names[locale], locale)}" for digit, locale in enumerate(languages, start=1))
    taken = size(" ".join(own))
    if taken.segments > 1:
        yield Problem.at(
            names[languages[0]].place,
            f"the menu of all languages takes {taken.segments} segments ({taken.units} units of {taken.encoding.value})"
            ": shorten the name of one",
        )
