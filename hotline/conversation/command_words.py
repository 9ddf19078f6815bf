"""BACK, CHANGE and FORGET, in the words of every language at once (`commands` in `locales/<locale>/words.yaml`).

A command is the whole message, politeness apart ("go back please"), or CHANGE with what to change ("change 7", "chanje
age"). Words that the carrier acts on (STOP, CANCEL, END) are never among them (DESIGN 4): `hotline check` refuses them.
"""

from __future__ import annotations

from enum import StrEnum

from hotline.answers.understand import Words
from hotline.standards.fold import fold

LONGEST = 6  # words: a longer message is a story


class Command(StrEnum):
    """What a person may ask of the machine at any question."""

    BACK = "back"
    CHANGE = "change"
    FORGET = "forget"


def command_of(text: str, words: Words) -> tuple[Command, str] | None:
    """The command that `text` is, and the words behind it ("" but for CHANGE); None when it is none."""
    row = fold(text).split(" ")
    if len(row) > LONGEST:
        return None
    phrases, polite = words.compiled(_phrases), words.compiled(_polite)
    while len(row) > 1 and row[-1] in polite and " ".join(row) not in phrases:
        row.pop()
    while len(row) > 1 and row[0] in polite and " ".join(row) not in phrases:
        row.pop(0)
    whole = phrases.get(" ".join(row))
    if whole is not None:
        return whole, ""
    for length in range(len(row) - 1, 0, -1):
        if phrases.get(" ".join(row[:length])) is Command.CHANGE:
            return Command.CHANGE, " ".join(row[length:])
    return None


def _phrases(words: Words) -> dict[str, Command]:
    return {phrase: command for command in Command for phrase in words.phrases("commands", command.value)}


def _polite(words: Words) -> frozenset[str]:
    return frozenset(words.phrases("polite"))
