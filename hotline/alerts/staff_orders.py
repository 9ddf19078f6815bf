"""Orders of staff by text that a digit does not say: pure.

    add Staff 2 4821           ask that colleague for help (while nobody has it: page them)
    give Staff 2 4821          hand it over to them, once they take it
    later 4821 30 1            let it rest for 30 minutes, for the first reason of `hotline.toml`

The word comes first, the code anywhere behind it, and everything else is the name, exactly as it is registered: the process that
reads this has no key to names, only to whether two are the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from hotline.alerts.staff_words import Act, StaffWords
from hotline.standards.fold import tokens

_ORDERS = (Act.SNOOZE, Act.ADD, Act.TRANSFER)


@dataclass(frozen=True, slots=True)
class StaffOrder:
    """`code` is four digits. `name` for ADD and TRANSFER; `minutes` and `reason` (a place from 1) for SNOOZE, 0 where they
    are missing."""

    act: Act
    code: str
    name: str = ""
    minutes: int = 0
    reason: int = 0


def read_order(text: str, words: StaffWords) -> StaffOrder | None:
    """The order that a text gives; None when it is none, names no code or more than one, or a name is missing."""
    said = text.split()
    act, length = _verb(said, words)
    if act is None:
        return None
    codes: list[str] = []
    rest: list[str] = []
    for word in said[length:]:
        number = "".join(tokens(word))
        (codes if number.isdigit() and len(number) == 4 and number[0] != "0" else rest).append(word)
    if len(codes) != 1:
        return None
    code = "".join(tokens(codes[0]))
    if act is Act.SNOOZE:
        return _rest(code, rest)
    name = " ".join(rest).strip(" .,:;\"'")
    return StaffOrder(act, code, name=name) if name else None


def _verb(said: list[str], words: StaffWords) -> tuple[Act | None, int]:
    """The order that the first words are, and how many they are; the longest phrase counts."""
    for length in range(min(4, len(said)), 0, -1):
        act = words.phrases.get(tuple(part for word in said[:length] for part in tokens(word)))
        if act in _ORDERS:
            return act, length
    return None, 0


def _rest(code: str, said: list[str]) -> StaffOrder | None:
    """Minutes have two or three digits, the reason has one."""
    numbers = ["".join(tokens(word)) for word in said]
    if not all(number.isdigit() and len(number) <= 3 for number in numbers):
        return None
    minutes = [int(number) for number in numbers if len(number) > 1]
    reasons = [int(number) for number in numbers if len(number) == 1]
    if len(minutes) > 1 or len(reasons) > 1:
        return None
    return StaffOrder(Act.SNOOZE, code, minutes=sum(minutes), reason=sum(reasons))
