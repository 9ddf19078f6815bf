"""What a language lacks: files, dates, country names, words that give the service away.

The languages of `hotline.toml` must have all of it; one that has a folder only is being prepared, and is noted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hotline.forms.book import Book
from hotline.forms.languages import COUNTRIES_FILE, FILE, Language
from hotline.forms.source import BadContent, Problem, load
from hotline.wording.discretion import FILE_NAME as DISCRETION
from hotline.wording.discretion import WORD_LISTS
from hotline.wording.segments import Encoding, size

# Each file of a language and what it is for. Those of the rooms above are read and checked there.
FILES = {
    FILE: "its name and its dates",
    "words.yaml": "words that people use for answers",
    "danger.yaml": "words of danger",
    "greetings.yaml": "words that show the language",
    DISCRETION: "words that give the service away",
}
_SHOWN = 12


def problems(book: Book, languages: Sequence[str]) -> Iterator[Problem]:
    """What is missing for each language of `languages`, with the file and line where it belongs."""
    folders = sorted(path.name for path in (book.root / "locales").iterdir() if path.is_dir())
    for locale in languages:
        if locale in folders:
            yield from _spoken(book, locale)
        else:
            yield Problem(
                f"locales/{locale}", 1, f"there is no such folder: `hotline locales new {locale}` makes it"
            )
    for locale in folders:
        if locale not in languages:
            yield Problem(
                f"locales/{locale}",
                1,
                f"'{locale}' is not among the languages of hotline.toml: its words count, nobody is answered in it",
                serious=False,
            )


def _spoken(book: Book, locale: str) -> Iterator[Problem]:
    for name, what in FILES.items():
        if not (book.root / "locales" / locale / name).is_file():
            yield Problem(f"locales/{locale}/{name}", 1, f"the file is not there: {what}")
    language = book.languages.by_locale.get(locale)
    if language is not None:
        yield from _dates(book, language)
        yield from _countries(book, language)
    yield from _discretion(book, locale)


def _dates(book: Book, language: Language) -> Iterator[Problem]:
    file = f"locales/{language.locale}/{FILE}"
    dates = language.dates
    if dates is None:
        if not language.stand_in:
            yield Problem(file, 1, "no months under 'dates', and no 'stand_in' whose months are used")
        return
    wide = [month for month in dates.months if size(month).encoding is not Encoding.GSM7]
    if wide and not language.script:
        yield Problem(
            file,
            1,
            f"the month '{wide[0]}' is not in the phones' alphabet: a text with it holds 70 letters, not 160",
        )
    if len(set(dates.months)) < len(dates.months):
        yield Problem(file, 1, "two months under 'dates' are the same word")


def _countries(book: Book, language: Language) -> Iterator[Problem]:
    """Names of all countries in the product's tables or here, or a language whose names are used."""
    countries = book.languages.countries
    missing = countries.without_name(language.locale)
    if not missing or language.stand_in:
        return
    file = f"locales/{language.locale}/{COUNTRIES_FILE}"
    shown = ", ".join(missing[:_SHOWN]) + (" …" if len(missing) > _SHOWN else "")
    if not (book.root / file).is_file():
        yield Problem(
            file, 1, "the file is not there: names of the countries; or name a 'stand_in' in language.yaml"
        )
    else:
        yield Problem(
            file, 1, f"{len(missing)} countries have no name: {shown}; or name a 'stand_in' in language.yaml"
        )


def _discretion(book: Book, locale: str) -> Iterator[Problem]:
    path = book.root / "locales" / locale / DISCRETION
    if not path.is_file():
        return
    try:
        section = load(path, book.root)
    except BadContent:
        return  # told by what reads it
    for kind in WORD_LISTS:
        if not section.get(kind):
            yield Problem(section.file, section.line_of(kind) or 1, f"no words under '{kind.value}'")
