"""How replies as people write them are read, beside the reading that a careful person would give them.

A line of replies.jsonl: the question's letter, the writer's language, the text, and what is expected: "value" with
its `value`, "ask" (ask back or refuse), "unknown" or "declined". `also` are further values that are right,
`also_expect` further outcomes. The first line is the floor: the share of answers that must be understood, and why.
Message time: Friday 20 November 2026, two in the afternoon in Saint Lucia.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hotline.answers.result import Answer, Declined, Estimated, Period, Understood, Unknown
from hotline.answers.sheet import question_of
from hotline.answers.understand import Circumstances, Kind, Question, Words, understand
from hotline.forms.book import Book
from hotline.standards.fold import fold
from hotline.standards.places import Gazetteer, Place

ROOT = Path(__file__).parents[2]
AT = datetime(2026, 11, 20, 18, tzinfo=UTC)
RIGHT, ASKED, WRONG = "right", "asked back", "WRONG"


def questions(book: Book) -> dict[str, tuple[str, Question]]:
    """The questions by their letter, with the words of the real forms."""

    def item(form: str, name: str) -> Question:
        return question_of(next(item for item in book.forms[form].items if item.name == name))

    return {
        "a": ("yes or no", Question(Kind.YES_NO)),
        "b": ("sex", item("screening", "victim_sex")),
        "c": ("age", Question(Kind.INTEGER, low=0, high=120)),
        "d": ("date", Question(Kind.DATE, past_only=True)),
        "e": ("period", Question(Kind.PERIOD, past_only=True)),
        "f": ("country", Question(Kind.COUNTRY)),
        "g": ("place", Question(Kind.PLACE)),
        "h": ("kinds", item("hotline", "exploitation_types")),
        "i": ("report", item("screening", "previous_report")),
        "j": ("phone", Question(Kind.PHONE)),
        "k": ("time", Question(Kind.TIME)),
    }


@dataclass(frozen=True)
class Line:
    """One reply and how it was read."""

    question: str
    lang: str
    text: str
    expected: str
    got: str
    outcome: str


def read(path: Path) -> list[dict[str, Any]]:
    """The replies of a file, without its floor."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [row for row in rows if "q" in row]


def floor(path: Path) -> float:
    """The share of answers that must be understood."""
    return float(json.loads(path.read_text(encoding="utf-8").partition("\n")[0])["floor"])


def score(rows: Iterable[dict[str, Any]], words: Words, book: Book) -> list[Line]:
    """Every row answered and judged."""
    asked = questions(book)
    lines = []
    for row in rows:
        here = Circumstances(AT, ZoneInfo("America/St_Lucia"), "LC", day_first=True, locale=row["lang"])
        answer = understand(asked[row["q"]][1], row["text"], words, here)
        expected = row["value"] if row["expect"] == "value" else row["expect"]
        lines.append(
            Line(row["q"], row["lang"], row["text"], str(expected), _shown(answer), _judge(row, answer))
        )
    return lines


def _judge(row: dict[str, Any], answer: Answer) -> str:
    outcomes = {row["expect"], *row.get("also_expect", ())}
    if isinstance(answer, Understood):
        right = [*([row["value"]] if "value" in row else []), *row.get("also", ())]
        return RIGHT if any(_same(value, answer) for value in right) else WRONG
    if isinstance(answer, Unknown | Declined):
        return RIGHT if type(answer).__name__.lower() in outcomes else WRONG
    return RIGHT if "ask" in outcomes else ASKED


def _same(expected: Any, answer: Understood) -> bool:
    value = answer.value
    match value:
        case Estimated():
            # "About 20" tells no bounds: 20 has to lie within ours, and ours never reach far.
            if isinstance(expected, int):
                return value.low <= expected <= value.high and value.high - value.low <= 4
            return bool(expected == {"low": value.low, "high": value.high})
        case Period():
            ends = {expected["end"]} if isinstance(expected, dict) else {expected}
            return isinstance(expected, dict) and value.start == expected["start"] and value.end in ends
        case tuple():
            return isinstance(expected, list) and set(value) == set(expected)
        case Place():
            return _same_place(str(expected), value)
    if "descriptor" in answer.extra:
        return bool(expected == f"{value}+{answer.extra['descriptor']}")
    return bool(expected == value)


def _same_place(expected: str, place: Place) -> bool:
    """A country's code, "District" or "District/Community"; the gazetteer writes "Babonneau Proper"."""
    if place.district is None:
        return expected == place.country
    district, _, community = expected.partition("/")
    known = fold(place.community or "").removesuffix(" proper")
    return fold(Gazetteer.shared().district_name(place.district)) == fold(district) and known == fold(
        community
    )


def _shown(answer: Answer) -> str:
    told = getattr(answer, "value", None) or getattr(answer, "readings", None) or getattr(answer, "why", "")
    return f"{type(answer).__name__} {told}".strip()
