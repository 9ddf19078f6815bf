"""The sheet: what was answered so far on a form, with the six answer states kept apart (DESIGN 6).

Values are kept in the shapes of the export (`plain`): a sheet is stored as JSON and becomes the record as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hotline.answers.json_text import write, write_text
from hotline.answers.question import Choice, Question
from hotline.answers.result import Estimated, Period
from hotline.forms.definition import Form, Item
from hotline.standards.places import Place

Plain = Any  # JSON: str, int, list of str, or dict of the export's shapes


class Status(StrEnum):
    """The six answers: yes and no are values of `answered`."""

    ANSWERED = "answered"
    UNKNOWN = "unknown"
    DECLINED = "declined"
    NOT_ASKED = "not_asked"
    PENDING = "pending"  # heard, to be coded by a person


@dataclass(frozen=True, slots=True)
class Given:
    """One answer: its state, its value in the export's shape (None unless answered), what was said, when (epoch
    seconds) and by which channel."""

    status: Status
    value: Plain
    said: str
    at: int
    channel: str

    def row(self) -> list[Plain]:
        """As JSON."""
        return [self.status.value, self.value, self.said, self.at, self.channel]

    def line(self) -> str:
        """The same as text, on one line."""
        return f'["{self.status}",{write(self.value)},{write_text(self.said)},{self.at},{write_text(self.channel)}]'

    @classmethod
    def of(cls, row: list[Plain]) -> Given:
        """From JSON."""
        return cls(_STATUSES[row[0]], row[1], row[2], row[3], row[4])


_STATUSES = {status.value: status for status in Status}

Sheet = MutableMapping[str, Given]


def plain(value: object) -> Plain:
    """A value as the export shows it: tuples become lists, periods, places and estimates become mappings."""
    if type(value) is str or type(value) is int:
        return value
    if isinstance(value, Estimated):
        return {"value": value.value, "low": value.low, "high": value.high}
    if isinstance(value, Period):
        return {"start": value.start, "end": value.end}
    if isinstance(value, Place):
        return {"country": value.country, "district": value.district, "community": value.community}
    if isinstance(value, (tuple, list)):
        return [plain(part) for part in value]
    return value


def values(sheet: Mapping[str, Given], names: Iterable[str]) -> dict[str, object]:
    """The answered values of the fields `names`, for conditions. An estimated number counts with its lower bound."""
    found: dict[str, object] = {}
    for name in names:
        given = sheet.get(name)
        if given is not None and given.status is Status.ANSWERED:
            estimate = isinstance(given.value, dict) and "low" in given.value
            found[name] = given.value["value"] if estimate else given.value
    return found


def is_relevant(item: Item, sheet: Mapping[str, Given]) -> bool:
    """Whether the item's condition holds for what was answered."""
    return item.relevant is None or item.relevant.holds(values(sheet, item.relevant.fields))


def next_item(items: Iterable[Item], sheet: Mapping[str, Given]) -> Item | None:
    """The first relevant item without an answer; None when the form is through."""
    answered = set(sheet)
    for item in items:
        if item.name not in answered and is_relevant(item, sheet):
            return item
    return None


def question_of(item: Item) -> Question:
    """The item as the understanding of replies wants it, made once per item: its compiled words are found by it."""
    kept = _QUESTIONS.get(id(item))
    if kept is None or kept[0] is not item:
        kept = _QUESTIONS[id(item)] = (item, _question(item))
    return kept[1]


_QUESTIONS: dict[int, tuple[Item, Question]] = {}


def _question(item: Item) -> Question:
    return Question(
        kind=item.kind,
        choices=tuple(
            Choice(choice.code, choice.digit, (*choice.compact, *choice.words)) for choice in item.choices
        ),
        list_name=item.words,
        low=item.low,
        high=item.high,
        past_only=item.past_only,
        max_length=item.max_length,
    )


def complete(form: Form, sheet: Mapping[str, Given]) -> bool:
    """Whether nothing of the form is left to a person to code."""
    return not any(sheet[item.name].status is Status.PENDING for item in form.items if item.name in sheet)
