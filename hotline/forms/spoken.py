"""All that is said in calls: what a language without a synthetic voice needs as recorded audio.

Clips bear the wording's key ("caller.danger.say", "hotline.victim_age.voice"); values have clips of their own:
"number.0" to "number.120", "digit.0" to "digit.9", "month.1" to "month.12", "district.LC-02". How numbers and months are
said stands in `locales/<locale>/spoken.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from hotline.forms.book import Book
from hotline.forms.definition import Kind, Wording
from hotline.forms.source import BadContent, Problem, Section, load
from hotline.forms.tree import NodeType
from hotline.standards.places import Gazetteer
from hotline.wording.message import fill

FILE_NAME = "spoken.yaml"
NUMBERS = 121
MONTHS = 12


def spoken(book: Book, locale: str, languages: Sequence[str]) -> dict[str, str]:
    """Clip key to the words it says, in this language. `languages` in the order of the keys of the first menu.

    Raises `BadContent` when `spoken.yaml` is missing or incomplete.
    """
    return {**sentences(book, locale, languages), **dict(_values(book.root, locale))}


def says_values(root: Path, locale: str) -> bool:
    """Whether it is written how numbers and months are said; only a language without a synthetic voice needs it."""
    return (root / "locales" / locale / FILE_NAME).is_file()


def sentences(book: Book, locale: str, languages: Sequence[str]) -> dict[str, str]:
    """The same without numbers and other values."""
    # "For English, press {key}": each language has its own key.
    key = languages.index(locale) + 1 if locale in languages else 0
    return {wording.key: fill(book.text(wording, locale), {"key": key}) for wording in spoken_wordings(book)}


def spoken_wordings(book: Book) -> Iterator[Wording]:
    """The wordings said in calls: what nodes say, the items they ask, and the choices of these."""
    for tree in book.trees.values():
        for node in tree.nodes.values():
            if node.say:
                yield node.say
            form = book.forms.get(node.form) if node.type is NodeType.FORM else None
            for item in form.items if form else ():
                if item.name in node.items:
                    yield item.voice or item.label
                    if item.kind is not Kind.YES_NO:  # never said back
                        yield from (choice.label for choice in item.choices)


def _values(root: Path, locale: str) -> Iterator[tuple[str, str]]:
    numbers, months = _said(root, locale)
    yield from ((f"number.{number}", words) for number, words in enumerate(numbers))
    yield from ((f"digit.{digit}", words) for digit, words in enumerate(numbers[:10]))
    yield from ((f"month.{month}", words) for month, words in enumerate(months, start=1))
    gazetteer = Gazetteer.load()
    yield from ((f"district.{iso}", gazetteer.district_name(iso)) for iso in gazetteer.districts)


def _said(root: Path, locale: str) -> tuple[list[str], list[str]]:
    section = load(root / "locales" / locale / FILE_NAME, root)
    return _words(section, "numbers", NUMBERS), _words(section, "months", MONTHS)


def _words(section: Section, key: str, count: int) -> list[str]:
    words = section.get(key)
    if not isinstance(words, list) or len(words) != count:
        raise BadContent(
            Problem(section.file, section.line_of(key), f"'{key}' must be a list of {count} words")
        )
    return [str(word) for word in words]
