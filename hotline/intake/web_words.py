"""The words of the web report in the language of who reads it: `_("key", "English")` in its templates and code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from werkzeug.datastructures import LanguageAccept

from hotline.forms.book import Book
from hotline.forms.definition import Wording


class Translate(Protocol):
    """A sentence by key, in English where it has no translation; placeholders are filled."""

    def __call__(self, key: str, english: str, /, **params: object) -> str: ...


@dataclass(frozen=True, slots=True)
class PageWords:
    """One reader's language. Called as `_`, it gives the sentences of pages; `say` those of forms."""

    book: Book
    locale: str

    def __call__(self, key: str, english: str, /, **params: object) -> str:
        return self.book.catalogues.text(self.locale, key, english, **params)

    def say(self, wording: Wording) -> str:
        """A wording of a form."""
        return self.book.text(wording, self.locale)

    @property
    def tag(self) -> str:
        """As HTML's `lang` wants it."""
        return self.book.languages.tag(self.locale)


def reader_language(chosen: str, wished: LanguageAccept, languages: Iterable[str]) -> str:
    """The language chosen from the list, else the first that the browser wishes and we speak, else our first."""
    spoken = tuple(languages)
    if chosen in spoken:
        return chosen
    return wished.best_match(spoken) or spoken[0]


def language_names(book: Book, languages: Iterable[str]) -> list[tuple[str, str, str]]:
    """Every language as (locale, `lang` tag, its name in its own words)."""
    labels = {choice.code: choice.label for choice in book.lists["contact_language"]}
    return [
        (
            locale,
            book.languages.tag(locale),
            book.text(labels[locale], locale) if locale in labels else locale,
        )
        for locale in languages
    ]
