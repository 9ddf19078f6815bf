"""A form between YAML and workbook: its values as text, with the lists it uses and every translation of its sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hotline.forms.book import Book
from hotline.forms.definition import Choice
from hotline.forms.source import Section, load, rows
from hotline.wording.catalogue import SOURCE_LOCALE

# Keys in the order in which a new entry is written.
FORM_KEYS: Final = ("form", "code", "title", "source", "channels")
ITEM_KEYS: Final = (
    "name", "number", "code", "type", "words", "required", "system", "channels", "positional", "past", "max", "segments", "timeout",
    "constraint", "relevant", "duty", "free", "label", "web", "again", "voice", "hint", "short",
)  # fmt: skip
CHOICE_KEYS: Final = ("name", "digit", "label", "short", "compact")
# Keys with a sentence, which has translations.
FORM_ROLES: Final = ("title",)
ITEM_ROLES: Final = ("label", "web", "again", "voice", "hint", "short")
CHOICE_ROLES: Final = ("label", "short")
# Keys with a list of words, with true or false, with a whole number.
LISTED: Final = frozenset({"channels", "compact"})
SWITCHES: Final = frozenset({"required", "system", "positional", "past", "duty", "free"})
NUMBERS: Final = frozenset({"max", "segments", "timeout"})
# Where false says nothing: the reader takes it when the key is not there.
_FALSE_BY_ITSELF: Final = frozenset({"required", "system", "past", "duty"})

Row = dict[str, str]
Translations = Mapping[str, Mapping[str, str]]  # locale, key of the sentence


@dataclass(frozen=True, slots=True)
class Document:
    """`form` and each of `items` and choices hold YAML keys to values as text: words of a list joined by ", ", switches
    as true and false. `translations` are those of the languages besides English, empty ones left out."""

    form: Row
    items: tuple[Row, ...]
    lists: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    translations: Translations = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.form["form"]


def document_of(book: Book, name: str) -> Document:
    """The document of a form of the book; KeyError when there is none. Raises BadContent."""
    place = book.forms[name].place.rpartition(":")[0]
    section = load(book.root / place, book.root)
    items = tuple(as_row(row) for row in rows(section, "items"))
    form = as_row(Section((key, value) for key, value in section.items() if key != "items"))
    lists = lists_of(book.root, [list_of(item["type"]) for item in items])
    for name in filter(None, (list_of(item["type"]) for item in items)):
        if (
            name not in lists and name in book.lists
        ):  # one that the house makes itself: other programs need it too
            lists[name] = tuple(_choice(one) for one in book.lists[name])
    keys = [key for key, _ in sentences(form, items, lists)]
    texts = {
        locale: {key: text for key in keys if (text := book.catalogues.text(locale, key, ""))}
        for locale in book.catalogues.locales
        if locale != SOURCE_LOCALE
    }
    return Document(form, items, lists, texts)


def _choice(choice: Choice) -> Row:
    row = {"name": choice.code, "digit": choice.digit, "label": choice.label.english}
    return {key: text for key, text in row.items() if text}


def lists_of(root: Path, names: list[str]) -> dict[str, tuple[Row, ...]]:
    """The choice lists of these names that there are, in the order of the names."""
    section = load(root / "sms_forms" / "choices.yaml", root)
    return {
        name: tuple(as_row(row) for row in rows(section, name))
        for name in dict.fromkeys(names)
        if name in section
    }


def list_of(kind: str) -> str:
    """The list of a `select_one LIST`, "" for other types."""
    words = kind.split()
    return words[1] if len(words) == 2 and words[0] in ("select_one", "select_multiple") else ""


def as_row(section: Section) -> Row:
    """A YAML mapping as texts; what says nothing is left out, so that two ways to say the same are one."""
    return {
        key: text
        for key, value in section.items()
        if (text := as_text(value)) and not (key in _FALSE_BY_ITSELF and text == "false")
    }


def as_text(value: object) -> str:
    """A YAML value as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(str(word) for word in value)
    return "" if value is None else str(value).strip()


def split(text: str) -> list[str]:
    """The words of a list that `as_text` joined."""
    return [word for part in text.split(",") if (word := part.strip())]


def sentences(
    form: Row, items: tuple[Row, ...], lists: Mapping[str, tuple[Row, ...]]
) -> Iterator[tuple[str, str]]:
    """The catalogue's key and the English of every sentence of a form."""
    name = form["form"]
    yield from ((f"{name}.{role}", form[role]) for role in FORM_ROLES if role in form)
    for item in items:
        yield from ((item_key(name, item["name"], role), item[role]) for role in ITEM_ROLES if role in item)
    for list_name, choices in lists.items():
        for choice in choices:
            for role in CHOICE_ROLES:
                if role in choice:
                    yield choice_key(list_name, choice["name"], role), choice[role]


def item_key(form: str, item: str, role: str) -> str:
    """The catalogue's key of an item's sentence."""
    return f"{form}.{item}.{role}"


def choice_key(list_name: str, choice: str, role: str) -> str:
    """The catalogue's key of a choice's sentence."""
    return f"list.{list_name}.{choice}.{role}"
