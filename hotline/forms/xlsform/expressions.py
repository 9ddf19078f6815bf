"""`constraint` and `relevant` both ways: XLSForm has one expression for what our forms say with several keys.

    constraint: ". >= 0 and . <= 120"     . >= 0 and . <= 120
    past: true                            . <= today()
    max: 200                              string-length(.) <= 200

Our conditions are a part of XLSForm's (hotline/forms/condition.py), so `relevant` goes out as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hotline.forms.condition import BadCondition, read

_LIMIT: Final = re.compile(r"\.\s*(<=|>=|<|>)\s*(-?\d+)")
_LIMIT_BEFORE: Final = re.compile(r"(-?\d+)\s*(<=|>=|<|>)\s*\.")
_LENGTH: Final = re.compile(r"string-length\(\s*\.\s*\)\s*(<=|<)\s*(\d+)")
_TODAY: Final = re.compile(r"\.\s*<=\s*today\(\s*\)|today\(\s*\)\s*>=\s*\.")
_REFERENCE: Final = re.compile(r"\$\{\s*([^}]*?)\s*\}")
_TURNED: Final = {"<=": ">=", ">=": "<=", "<": ">", ">": "<"}


class NotOurs(ValueError):
    """An expression that our forms cannot say; the message says what."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a constraint says: lowest and highest number, not in the future, most characters."""

    low: int | None = None
    high: int | None = None
    past: bool = False
    longest: int | None = None

    @property
    def constraint(self) -> str:
        """As our forms write it, "" without limits."""
        return "" if self.low is None or self.high is None else f". >= {self.low} and . <= {self.high}"


def limits(text: str) -> Limits:
    """Read a constraint. Raises NotOurs."""
    low = high = longest = None
    past = False
    for part in _parts(text):
        if match := _LENGTH.fullmatch(part):
            longest = int(match[2]) - (match[1] == "<")
        elif _TODAY.fullmatch(part):
            past = True
        elif match := _LIMIT.fullmatch(part) or _LIMIT_BEFORE.fullmatch(part):
            sign, number = (
                (match[1], int(match[2])) if part.startswith(".") else (_TURNED[match[2]], int(match[1]))
            )
            if sign.startswith(">"):
                low = number + (sign == ">")
            else:
                high = number - (sign == "<")
        else:
            raise NotOurs(
                f"'{part}' cannot be said here (a lowest and a highest number, today, or a length can)"
            )
    if (low is None) != (high is None):
        raise NotOurs("a constraint needs a lowest and a highest number here")
    return Limits(low, high, past, longest)


def _parts(text: str) -> list[str]:
    """The parts between `and`, without brackets around them."""
    plain = _bare(" ".join(text.split()))
    return [_bare(part) for part in re.split(r"\s+and\s+|(?<=\))and\s+|\s+and(?=\()", plain)]


def _bare(text: str) -> str:
    text = text.strip()
    while text.startswith("(") and text.endswith(")") and "(" not in text[1:-1].replace("today()", ""):
        text = text[1:-1].strip()
    return text


def expression(constraint: str, past: bool, longest: str) -> str:
    """XLSForm's constraint for the keys of ours that it can hold."""
    parts = [constraint] if constraint else []
    if past:
        parts.append(". <= today()")
    if longest:
        parts.append(f"string-length(.) <= {longest}")
    return " and ".join(parts)


def condition(text: str, renamed: Mapping[str, str]) -> str:
    """A `relevant` as our forms write it, with the names that were changed. Raises NotOurs."""
    plain = _REFERENCE.sub(lambda found: f"${{{renamed.get(found[1], found[1])}}}", " ".join(text.split()))
    try:
        read(plain)
    except BadCondition as error:
        raise NotOurs(str(error)) from error
    except RecursionError as error:
        raise NotOurs("the condition has too many brackets") from error
    return plain


def both(first: str, second: str) -> str:
    """Two conditions that must hold together."""
    if not first or not second:
        return first or second
    return " and ".join(f"({part})" if " or " in part else part for part in (first, second))
