"""Nothing that the public is sent or told gives the service away, in any language (DESIGN 3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hotline.forms.book import Book
from hotline.forms.check_wordings import lines_of, translation_place
from hotline.forms.definition import Form, Wording
from hotline.forms.source import Problem
from hotline.wording.discretion import ANSWER_MENU, EVERYTHING, Discretion, DiscretionError

PUBLIC_FORMS = ("opening", "online", "hotline")
# What paged staff hear is heard by their voicemail, and by who plays it back, too.
PUBLIC_TREES = ("caller", "page", "fallback", "drill", "watch")
PUBLIC_AUDIENCES = ("public", "why", "optout", "join")
# The kinds of exploitation cannot be asked about without naming them.
_MENUS = ("exploitation_types", "exploitation_other")


def problems(book: Book, languages: Sequence[str]) -> Iterator[Problem]:
    """Every listed word, number or link in a sentence to the public."""
    try:
        discretion = Discretion.load(book.root / "locales")
    except DiscretionError as error:
        file, _, text = str(error).partition(": ")
        yield Problem(file, 1, text)
        return
    wordings = list(public_wordings(book))
    for locale in languages:
        lines = lines_of(book.root, locale)
        for wording in wordings:
            kinds = ANSWER_MENU if wording.key.split(".")[1] in _MENUS else EVERYTHING
            for finding in discretion.findings(book.text(wording, locale), kinds=kinds):
                yield Problem.at(
                    translation_place(locale, wording, lines),
                    f"'{wording.key}' gives the service away in '{locale}': \"{finding.words}\" ({finding.kind.value})",
                )


def public_wordings(book: Book) -> Iterator[Wording]:
    """All that the public may be sent or told: the questions and choices of their forms, calls and answers.

    Of the screening form what a text may carry to an officer who is not registered yet.
    """
    for key, wording in book.wordings.items():
        if key.split(".")[0] in PUBLIC_AUDIENCES:
            yield wording
    for name, tree in book.trees.items():
        if name in PUBLIC_TREES:
            yield from (node.say for node in tree.nodes.values() if node.say)
    for name, form in book.forms.items():
        yield from _of_form(form, in_public=name in PUBLIC_FORMS)


def _of_form(form: Form, in_public: bool) -> Iterator[Wording]:
    for item in form.items:
        if item.system:
            continue
        asked = [item.label, item.again]
        if in_public:
            asked += [item.voice, item.web, item.hint, item.short]
            asked += [part for choice in item.choices for part in (choice.label, choice.short)]
        yield from (wording for wording in asked if wording is not None)
