"""How a reply of staff is read: pure, whatever the language, the script of its digits, its quotes and politeness.

    1          take            1 4821, 4821 1, 4821, "14821"     take that one
    2          cannot          2 4821
    9          outcome         9 4821, 9 1, 91 4821               the first outcome of the menu

Whole replies only: one word too much, or two acts at once, and it is not understood. A question back costs seconds; the
wrong act could cost more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hotline.alerts.staff_words import Act, StaffWords
from hotline.standards.fold import tokens

_BY_DIGIT = {"1": Act.TAKE, "2": Act.CANNOT, "9": Act.OUTCOME}


@dataclass(frozen=True, slots=True)
class StaffReply:
    """`act` is what is meant. `codes` are the codes named; each is a set of readings ("14821" is 4821 with 1 before it, or
    1482 with 1 behind it). `choice` is the digit of the outcome menu, "" for none. `bare` says that it was a digit alone."""

    act: Act
    codes: tuple[frozenset[str], ...] = ()
    choice: str = ""
    bare: bool = False


def read_reply(text: str, words: StaffWords) -> StaffReply | None:
    """What a reply means; None when it is not understood."""
    parts = tokens(text)
    acts: list[Act] = []
    digits: list[str] = []
    codes: list[frozenset[str]] = []
    at = 0
    while at < len(parts):
        part = parts[at]
        if part.isdigit():
            if not _number(part, acts, digits, codes):
                return None
            at += 1
            continue
        act, length = _phrase(parts, at, words)
        if act is None:
            return None
        if act in (Act.SNOOZE, Act.ADD, Act.TRANSFER):
            return None  # an order: `staff_orders` has read it before where it is whole
        if act is not Act.POLITE:
            acts.append(act)
        at += length
    return _reply(acts, digits, codes, bare=len(parts) == 1 and len(digits) == 1)


def _number(part: str, acts: list[Act], digits: list[str], codes: list[frozenset[str]]) -> bool:
    """Sort one number in; False when it can mean nothing."""
    if len(part) == 1:
        digits.append(part)
    elif len(part) == 2 and part[0] == "9":
        digits += part
    elif len(part) == 4 and part[0] != "0":
        codes.append(frozenset({part}))
    elif len(part) == 5:
        readings = _glued(part)
        if len({act for act, _ in readings}) != 1:
            return False
        acts.append(readings[0][0])
        codes.append(frozenset(code for _, code in readings))
    else:
        return False
    return True


def _glued(part: str) -> list[tuple[Act, str]]:
    """The readings of a key and a code without a space between them."""
    found = []
    if part[0] in _BY_DIGIT and part[1] != "0":
        found.append((_BY_DIGIT[part[0]], part[1:]))
    if part[-1] in _BY_DIGIT and part[0] != "0":
        found.append((_BY_DIGIT[part[-1]], part[:-1]))
    return found


def _phrase(parts: list[str], at: int, words: StaffWords) -> tuple[Act | None, int]:
    for length in range(min(words.longest, len(parts) - at), 0, -1):
        if act := words.phrases.get(tuple(parts[at : at + length])):
            return act, length
    return None, 0


def _reply(acts: list[Act], digits: list[str], codes: list[frozenset[str]], bare: bool) -> StaffReply | None:
    if Act.OUTCOME in acts or "9" in digits:
        return _outcome(acts, digits, codes)
    meant = set(acts)
    for digit in digits:
        if digit not in _BY_DIGIT:
            return None
        meant.add(_BY_DIGIT[digit])
    if meant == {Act.STILL, Act.TAKE}:  # "1 still on it"
        meant = {Act.STILL}
    if not meant and codes:
        meant = {Act.TAKE}
    if len(meant) != 1:
        return None
    return StaffReply(meant.pop(), _different(codes), bare=bare)


def _outcome(acts: Iterable[Act], digits: list[str], codes: list[frozenset[str]]) -> StaffReply | None:
    """`9`, then perhaps the digit of the menu. "ok done" is an outcome; "cannot, done" is a riddle."""
    if set(acts) & {Act.CANNOT, Act.STILL}:
        return None
    rest = list(digits)
    if "9" in rest:
        if rest[0] != "9":
            return None
        rest.remove("9")
    if len(rest) > 1:
        return None
    return StaffReply(Act.OUTCOME, _different(codes), choice=rest[0] if rest else "")


def _different(codes: Iterable[frozenset[str]]) -> tuple[frozenset[str], ...]:
    return tuple(dict.fromkeys(codes))
