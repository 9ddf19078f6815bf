"""What people pick and officers write must mean one thing; and every item must be reachable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from hotline.forms.book import Book
from hotline.forms.definition import Choice, Form, Item
from hotline.forms.source import Problem

PERSON = "0"  # alone it asks for a person, anywhere
_COMPARED = re.compile(
    r"\$\{(?P<field>\w+)\}\s*=\s*'(?P<code>[^']+)'|selected\(\s*\$\{(?P<many>\w+)\}\s*,\s*'(?P<one>[^']*)'\s*\)"
)


def problems(book: Book) -> Iterator[Problem]:
    """Clashes of digits, codes and compact codes, and conditions that can never hold."""
    for name, choices in book.lists.items():
        yield from _choices(name, choices)
    for form in book.forms.values():
        yield from _item_codes(form)
        yield from _reachable(form)
        if form.code:
            yield from _compact(form)


def _choices(name: str, choices: tuple[Choice, ...]) -> Iterator[Problem]:
    for what, values in (
        ("code", [(choice, choice.code) for choice in choices]),
        ("digit", [(choice, choice.digit) for choice in choices]),
        ("compact code", [(choice, word) for choice in choices for word in choice.compact]),
    ):
        yield from _twice(f"of the list '{name}'", what, values)
    digits = {choice.digit: choice for choice in choices}
    for choice in choices:
        if choice.digit and (choice.digit == PERSON or not choice.digit.isdigit()):
            yield Problem.at(choice.label.place, f"'{choice.digit}' cannot be a digit: 0 asks for a person")
        for word in choice.compact:
            if digits.get(word, choice) is not choice:
                yield Problem.at(
                    choice.label.place, f"the compact code '{word}' is the digit of another choice"
                )


def _twice(where: str, what: str, values: Iterable[tuple[Choice, str]]) -> Iterator[Problem]:
    first: dict[str, Choice] = {}
    for choice, value in values:
        if not value:  # languages have no digits here: those of the menu follow `hotline.toml`
            continue
        other = first.setdefault(value, choice)
        if other is not choice:
            yield Problem.at(
                choice.label.place, f"the {what} '{value}' {where} is '{other.code}' and '{choice.code}'"
            )


def _compact(form: Form) -> Iterator[Problem]:
    """In a compact report a value may stand alone: then its code must not belong to two items."""
    first: dict[str, Item] = {}
    for item in form.items:
        for choice in item.choices:
            for word in choice.compact:
                other = first.setdefault(word, item)
                if other.list_name != item.list_name:
                    yield Problem.at(
                        choice.label.place,
                        f"the compact code '{word}' is an answer to '{other.name}' and to '{item.name}'",
                    )


def _item_codes(form: Form) -> Iterator[Problem]:
    first: dict[str, Item] = {}
    for item in form.items:
        if not item.code.isalpha():
            yield Problem.at(item.place, f"'{item.name}' needs a code of letters")
        other = first.setdefault(item.code, item)
        if other is not item:
            yield Problem.at(item.place, f"the code '{item.code}' is '{other.name}' and '{item.name}'")


def _reachable(form: Form) -> Iterator[Problem]:
    earlier: dict[str, Item] = {}
    for item in form.items:
        condition = item.relevant
        for name in sorted(condition.fields) if condition else ():
            asked = earlier.get(name)
            if asked is None:
                yield Problem.at(
                    item.place, f"'{item.name}' is never asked: no earlier item of the form is '{name}'"
                )
            elif lost := sorted(item.channels - asked.channels):
                yield Problem.at(
                    item.place,
                    f"'{item.name}' is never asked by {', '.join(lost)}: '{name}' is not asked there",
                )
        for found in _COMPARED.finditer(condition.text if condition else ""):
            asked = earlier.get(found["field"] or found["many"])
            code = found["code"] or found["one"]
            if asked is not None and asked.choices and asked.choice(code) is None:
                yield Problem.at(
                    item.place,
                    f"'{item.name}' asks for the answer '{code}', which '{asked.name}' does not have",
                )
        earlier[item.name] = item
