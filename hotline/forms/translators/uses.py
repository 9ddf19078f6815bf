"""Where people meet each sentence: what translators and speakers must know, in plain English."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from hotline.forms.book import Book
from hotline.forms.check_public import PUBLIC_FORMS
from hotline.forms.definition import Item, Wording
from hotline.forms.messages import messages_of
from hotline.forms.tree import NodeType
from hotline.wording.message import placeholders

_AUDIENCES: Final = {
    "public": "Text message to the public",
    "why": "Text message to the public and to officers: why an answer was not understood",
    "officer": "Text message to field officers",
    "page": "Text message to staff who are woken",
    "staff": "Text message to staff on call",
    "join": "Text message to somebody who registers in a training",
    "confidentiality": "On the page of the staff: what they promise before their first log-in",
    "signs": "Text message to field officers: a sign to look for",
    "optout": "Text message of the phone company, to the public",
}
_TREES: Final = {
    "caller": "Heard in a call by the public", "page": "Heard in a call by staff who are woken",
    "recording": "Heard in a call by staff who record what callers hear",
}  # fmt: skip
_ROLES: Final = {
    "label": "the question", "again": "the question in other words, when the first answer was not understood",
    "voice": "the question in a call", "web": "the question on the web page", "hint": "a hint below it on the web page",
    "short": "its name in a short summary",
}  # fmt: skip
_PAGES: Final = (
    ("hotline/intake/", "On the web page for the public"), ("hotline/staff/", "On the page of the staff"),
    ("hotline/commands/kit/", "Printed on a card or paper form"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Use:
    """Where a sentence is met. `segments` are the text messages it may take, 0 where that is no limit; `heard` says that
    it is spoken in calls; `fills` are the words in braces that are filled in."""

    where: str
    segments: int = 0
    heard: bool = False
    fills: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """As comments for translators."""
        limit = {
            0: "No limit of length." if not self.heard else "Spoken: whole words, no digits run together.",
            1: "Limit: one text message, 160 letters, or 70 if one is not in the phones' alphabet (Chinese: 70).",
        }.get(self.segments, f"Limit: {self.segments} text messages of 153 letters (67 in Chinese).")
        fills = (f"Keep as it is, it is filled in: {', '.join(self.fills)}",) if self.fills else ()
        return (f"{self.where}.", limit, *fills)


def uses(book: Book) -> dict[str, Use]:
    """The use of every sentence by its key."""
    heard = heard_of(book)
    segments = {wording.key: wording.segments for wording in book.every_wording()}
    places = {key: where for key, where, _ in _places(book)}
    found: dict[str, Use] = {}
    for message in messages_of(book):
        where = places.get(message.key) or _page(message.place)
        if message.key in heard and heard[message.key] not in where:
            where = (
                f"{where}; {heard[message.key][0].lower()}{heard[message.key][1:]}"
                if where
                else heard[message.key]
            )
        fills = tuple(f"{{{name}}}" for name in sorted(placeholders(message.english)))
        found[message.key] = Use(where, segments.get(message.key, 0), message.key in heard, fills)
    return found


def heard_of(book: Book) -> dict[str, str]:
    """The keys of all sentences that are spoken in calls, with where they are heard."""
    found: dict[str, str] = {}
    for tree in book.trees.values():
        for node in tree.nodes.values():
            if node.say:
                found[node.say.key] = (
                    f"{_TREES.get(tree.name, f'Heard in a call ({tree.name})')}, at the point '{node.name}'"
                )
            form = book.forms.get(node.form) if node.type is NodeType.FORM else None
            for item in form.items if form else ():
                if item.name in node.items:
                    found[(item.voice or item.label).key] = (
                        f"Heard in a call by the public: question '{item.name}'"
                    )
                    for choice in item.choices:
                        where = f"Heard in a call by the public: an answer to '{item.name}'"
                        found.setdefault(choice.label.key, where)
    return found


def _places(book: Book) -> Iterator[tuple[str, str, Wording]]:
    for key, wording in book.wordings.items():
        yield key, _AUDIENCES.get(key.split(".")[0], "Text message"), wording
    for list_name, choices in book.lists.items():
        for choice in choices:
            yield (
                choice.label.key,
                f"An answer that can be picked, in the list '{list_name}': the full words",
                choice.label,
            )
            if choice.short is not choice.label:
                yield (
                    choice.short.key,
                    f"The same answer in few letters, in the list '{list_name}'",
                    choice.short,
                )
    for form in book.forms.values():
        yield form.title.key, f"The title of the form '{form.name}'", form.title
        whom = "the public" if form.name in PUBLIC_FORMS else "officers"
        for item in form.items:
            for role, wording in _of(item):
                yield (
                    wording.key,
                    f"Form '{form.name}' for {whom}, item {item.number} '{item.name}': {_ROLES[role]}",
                    wording,
                )


def _of(item: Item) -> Iterator[tuple[str, Wording]]:
    for role in _ROLES:
        wording = getattr(item, role)
        if wording is not None and wording.key.endswith(f".{role}"):
            yield role, wording


def _page(place: str) -> str:
    return next((where for start, where in _PAGES if place.startswith(start)), "")
