"""`screening12.json`, the neutral form of twelve questions that all engines are measured with, as a form of ours, and
people who answer it: no two alike, so that nothing kept from one message helps with the next."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from hotline.forms.definition import Choice, Form, Item, Kind, Wording

FILE = Path(__file__).with_name("screening12.json")
KINDS = {"int": Kind.INTEGER, "text": Kind.TEXT}


@cache
def told() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return read


def form(code: str = "") -> Form:
    """The form; with a code it can be answered as one compact report."""
    items = [_item(number, row) for number, row in enumerate(told()["questions"], start=1)]
    return Form("bench12", code, Wording("b.title", "bench"), tuple(items), "bench")


def _item(number: int, row: dict[str, Any]) -> Item:
    choices = tuple(
        Choice(code, str(digit), (label := Wording(f"b.{code}", code)), label, ())
        for digit, code in enumerate(row.get("choices", ()), start=1)
    )
    menu = " ".join(f"{choice.digit} {choice.code}" for choice in choices)
    label = Wording(f"b.{row['name']}", f"{row['text']} {menu}".strip())
    words = f"bench_{row['name']}" if choices else "count"
    return Item(
        row["name"], str(number), row["name"], KINDS.get(row["type"], Kind.CHOICE), label, label, "bench",
        list_name=words, words=words, choices=choices, low=row.get("min"), high=row.get("max"),
        max_length=row.get("max_chars", 1600),
    )  # fmt: skip


def answers() -> list[str]:
    """The twelve answers of the file, that every engine takes."""
    return [row["answer"] for row in told()["questions"]]


def people(seed: int, count: int) -> list[list[str]]:
    """So many people who answer by digit, as in the file, each with answers of their own."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    return [[_answer(row, chance) for row in told()["questions"]] for _ in range(count)]


def _answer(row: dict[str, Any], chance: random.Random) -> str:
    if choices := row.get("choices"):
        return str(chance.randint(1, len(choices)))
    if row["type"] == "int":
        return str(chance.randint(max(1, row["min"]), row["max"]))
    if row["name"] == "place":
        return name(chance).title()
    return sentence(chance)


def talkers(seed: int, count: int) -> list[list[str]]:
    """The same people in words: "yes please", "about 20", "femal"; half answer in another language than they are asked."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    return [[_in_words(row, chance) for row in told()["questions"]] for _ in range(count)]


_SAID: dict[str, Sequence[str]] = {
    "yes": ("yes", "Yes please", "wi", "oui", "si", "yes ok", "yess", "ok yes", "是"),
    "no": ("no", "No thanks", "non", "nope", "no no", "pa ni", "没有", "No."),
    "unknown": ("don't know", "not sure", "pa konnen", "no sé", "je ne sais pas", "不知道"),
    "female": ("female", "Femal", "female please", "FEMALE"),
    "male": ("male", "Male.", "a male"),
    "other": ("other", "Other please"),
    "part": ("part", "Part.", "just part"),
}
_NUMBERS = ("{n}", "about {n}", "{n} maybe", "around {n}", "{n}.", "abt {n}", "{n} or so", "{n}-{m}")


def _in_words(row: dict[str, Any], chance: random.Random) -> str:
    if choices := row.get("choices"):
        return chance.choice(_SAID[chance.choice(choices)])
    if row["type"] == "int":
        number = chance.randint(max(1, row["min"]), row["max"] - 3)
        return chance.choice(_NUMBERS).format(n=number, m=number + 2)
    return _answer(row, chance)


_BEGINNINGS = ("ki", "ma", "bo", "san", "la", "vil", "dro", "ta", "gre", "so", "pu", "ne")
_ENDINGS = ("su", "mu", "ri", "bay", "ton", "field", "lo", "re", "ne", "gate", "da", "ville")


def name(chance: random.Random) -> str:
    """A name of a village that is on no map of ours."""
    return "".join((chance.choice(_BEGINNINGS), chance.choice(_BEGINNINGS), chance.choice(_ENDINGS)))


def sentence(chance: random.Random) -> str:
    """A harmless note."""
    colour = chance.choice(("blue", "green", "yellow", "red", "white", "brown"))
    thing = chance.choice(("gate", "house", "shop", "roof", "truck", "fence", "school"))
    where = chance.choice(("near", "behind", "beside", "past", "opposite", "up from"))
    return f"{colour} {thing} {where} the {chance.choice(('market', 'church', 'river', 'bakery', 'bridge'))} {name(chance)}"
