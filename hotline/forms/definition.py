"""What a form is, once loaded: forms, items, choices (XLSForm's vocabulary, the crosswalk's fields)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from hotline.forms.condition import Condition


class Kind(StrEnum):
    """The kind of an item, after the crosswalk's `type` column."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    MULTI = "multi"
    INTEGER = "integer"
    DATE = "date"
    PERIOD = "period"
    TIME = "time"
    COUNTRY = "country"
    PLACE = "place"
    PHONE = "phone"
    PERSON_NAME = "person_name"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Wording:
    """An English sentence and the key under which its translations and its audio stand (`screening.victim_age.label`).

    `place` is "file:line". `segments` is how many SMS segments it may take in every language, 0 where none is sent.
    """

    key: str
    english: str
    place: str = ""
    segments: int = 1


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a list: `digit` selects it by text and by key, `compact` are the short codes of officers
    ("pot"), `short` is its label in a read-back, `label` the full label (web pages, second tries). `words` are both in
    every language: what a question prints must be understood when somebody writes it back."""

    code: str
    digit: str
    label: Wording
    short: Wording
    compact: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a form.

    `number` is the source form's number ("10"), `code` the item code officers may name ("age"). `list_name` is the list
    whose synonyms apply ("previous_report" also where the choices are those of "previous_report.public"). `system` items
    are filled by the house and have no place in the positional order; `looked_up` ones neither, for they are filled from
    the register of officers, and asked only of a sender who is not in it. `channels` says where it is asked. `duty` items
    come after the line that says what must be passed on. `free` says its words are never read back. `web` is the label on a page, where
    nobody answers by digits. `timeout` is how many seconds a call waits for its keys, 0 for as long as the call tree says.
    """

    name: str
    number: str
    code: str
    kind: Kind
    label: Wording
    short: Wording
    place: str
    voice: Wording | None = None
    web: Wording | None = None
    again: Wording | None = None
    hint: Wording | None = None
    list_name: str = ""
    words: str = ""  # the synonyms in words.yaml, where they are not those of the choice list
    choices: tuple[Choice, ...] = ()
    required: bool = False
    system: bool = False
    relevant: Condition | None = None
    low: int | None = None
    high: int | None = None
    past_only: bool = False
    max_length: int = 1600
    channels: frozenset[str] = frozenset({"sms", "voice", "web", "staff"})
    positional: bool = True
    duty: bool = False
    free: bool = False
    looked_up: bool = False
    timeout: int = 0

    def choice(self, code: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.code == code), None)


@dataclass(frozen=True, slots=True)
class Form:
    """One form. `code` is the word that starts it as a compact report ("scr"), "" for none."""

    name: str
    code: str
    title: Wording
    items: tuple[Item, ...]
    place: str
    source: str = ""
    _by_name: dict[str, Item] = field(default_factory=dict, init=False, repr=False, compare=False)
    _asked: dict[tuple[str, bool], tuple[Item, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def item(self, name: str) -> Item:
        """The item of a field name; KeyError when the form has none."""
        if not self._by_name:
            self._by_name.update((item.name, item) for item in reversed(self.items))
        return self._by_name[name]

    def asked(self, channel: str, registered: bool = False) -> tuple[Item, ...]:
        """The items a person is asked on this channel, in order: system items are not, nor, of a registered sender,
        those that are looked up."""
        asked = self._asked.get((channel, registered))
        if asked is None:
            asked = self._asked[channel, registered] = tuple(
                item
                for item in self.items
                if not item.system and channel in item.channels and not (registered and item.looked_up)
            )
        return asked
