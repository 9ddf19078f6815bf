"""Ten thousand reports as people might send them: every token is stored where it may be, echoed, or told as not understood.

Generated from a seed, so that a failure can be played again; the tokens know to which items they may belong.
"""

import random
import re
from dataclasses import dataclass

import pytest

from hotline.answers.question import Circumstances, Question
from hotline.answers.result import Answer
from hotline.answers.sheet import Status
from hotline.answers.understand import Words, understand
from hotline.conversation import phrases
from hotline.conversation.state import State
from tests.conversation.talk import Talk, book

MESSAGES = 10_000
ITEMS = {
    "situation_status": ["pot", "occ", "potential"],
    "incident_period": ["12/11", "3/4", "may 2026", "12 nov 2026", "2025"],
    "incident_location": ["castries", "vieux fort", "dennery", "gros islet", "soufriere"],
    "victim_sex": ["f", "m", "female"],
    "victim_age": ["16", "17", "34", "about 20", "17 yrs"],
    "victim_country_of_birth": ["haiti", "venezuela", "guyana", "dominican republic"],
    "victim_ethnicity": ["kalinago", "mixed"],
    "exploitation_types": ["sex", "lab", "begging"],
    "previous_report": ["none", "ntf", "police"],
}  # fmt: skip
JUNK = ["blorp", "zork9", "xyzzy", "-7", "999", "45/45", "&&", "q!q"]
LABELS = {
    "situation_status": ["1", "sit"], "incident_period": ["2", "per"], "incident_location": ["3", "loc"],
    "victim_sex": ["5", "sex"], "victim_age": ["6", "age"], "victim_country_of_birth": ["7", "cob"],
    "victim_ethnicity": ["8", "eth"], "exploitation_types": ["9", "exp"], "previous_report": ["10", "rep"],
}  # fmt: skip
TEXTS = {"victim_ethnicity", "previous_report_agency"}


@dataclass(frozen=True)
class Piece:
    """One token as sent; `items` are those that may rightly hold its words, empty for words that no item knows."""

    text: str
    words: tuple[str, ...]
    items: frozenset[str]


def piece(rng: random.Random, name: str | None) -> Piece:
    if name is None:
        word = rng.choice(JUNK)
        return Piece(word, (word,), frozenset())
    value = rng.choice(ITEMS[name])
    if rng.random() < 0.2:
        label = rng.choice(LABELS[name])
        sign = "=" if label.isdecimal() else rng.choice("=:")
        quoted = f'"{value}"' if " " in value else value
        return Piece(f"{label}{sign}{quoted}", tuple(value.split()), frozenset({name}))
    items = {other for other, known in ITEMS.items() if value in known}
    if name == "victim_country_of_birth":
        items.add("incident_location")  # by its place in the order a country is where it happened
    if name == "incident_period":
        items |= {"previous_report_date", "victim_age"}  # and a date that of the report, or a year of birth
    return Piece(value, tuple(value.split()), frozenset(items))


def report(rng: random.Random) -> tuple[str, list[Piece]]:
    """A report of up to twelve tokens: in order or not, with skips, words nobody knows, doubles; any separator."""
    names: list[str | None] = list(rng.sample(list(ITEMS), rng.randint(1, len(ITEMS))))
    if rng.random() < 0.6:
        names.sort(key=lambda name: list(ITEMS).index(str(name)))
    names += [rng.choice(list(ITEMS)) for _ in range(rng.choice((0, 0, 0, 1)))]
    for _ in range(rng.choice((0, 0, 1, 2))):
        names.insert(rng.randint(0, len(names)), None)
    pieces = [piece(rng, name) for name in names]
    if rng.random() < 0.2:
        skip = rng.choice("-?")
        pieces.insert(
            rng.randint(0, len(pieces)), Piece(skip, (skip,), frozenset({*ITEMS, "previous_report_date"}))
        )
    separator = rng.choice((" ", " ", " ", "  ", "; ", ", ", "\n", "*"))
    return separator.join(one.text for one in pieces), pieces


def read(text: str) -> tuple[State, str]:
    """The state after the report, and what was said."""
    talk = Talk(officer=True, language="en")
    talk.hear("scr " + text)
    assert talk.state is not None
    return talk.state, talk.said or ""


def words_of(text: str) -> list[str]:
    return [word.strip("\"'") for word in re.split(r"[\s;,*\"=:]+", text) if word.strip("\"'")]


def wrong_about(text: str, pieces: list[Piece], state: State, said: str) -> str:
    """What was dropped, misplaced or hidden; "" when all is as it must be."""
    holders: dict[str, set[str]] = {}
    for name, given in state.sheet.items():
        for word in words_of(given.said):
            holders.setdefault(word, set()).add(name)
    unread = words_of(" ".join(state.unread))
    kept = words_of(" ".join(given.said for given in state.sheet.values())) + unread
    for one in pieces:
        for word in one.words:
            if word not in kept and word != "-":  # the skip of an item that is not asked says nothing
                return f"{word!r} is nowhere"
            answered = {
                name for name in holders.get(word, ()) if state.sheet[name].status is not Status.PENDING
            }
            allowed = set().union(*(p.items for p in pieces if word in p.words)) | TEXTS
            if f"{word} may " in text:
                allowed.add("incident_period")  # "16 may 2026" may be two values, and is one
            if answered - allowed:
                return f"{word!r} became {answered - allowed}"
    for item in book().forms["screening"].items:
        given = state.sheet.get(item.name)
        if given and given.status is Status.PENDING and item.number not in said and state.open != item.name:
            return f"item {item.number} is pending, and nobody is told"
    for word in unread:
        if word not in said and str(len(state.unread)) not in said:
            return f"{word!r} is not told"
    return ""


@pytest.fixture
def remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same words mean the same to the same question at the same moment: read once, though sent in many reports."""
    answers: dict[tuple[int, str], Answer] = {}

    def once(question: Question, text: str, words: Words, here: Circumstances) -> Answer:
        key = (id(question), text)
        if key not in answers:
            answers[key] = understand(question, text, words, here)
        return answers[key]

    monkeypatch.setattr(phrases, "understand", once)


@pytest.mark.usefixtures("remembered")
def test_ten_thousand_reports_and_no_token_dropped_in_silence() -> None:
    rng = random.Random(20261120)  # noqa: S311  # the same reports every time
    wrong = []
    for _ in range(MESSAGES):
        text, pieces = report(rng)
        state, said = read(text)
        if problem := wrong_about(text, pieces, state, said):
            wrong.append(f"{problem}: {text!r}")
    assert not wrong, f"{len(wrong)} of {MESSAGES}:\n" + "\n".join(wrong[:20])
