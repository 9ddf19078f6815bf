"""XLSForm conditions (`relevant`, `constraint`): a small, safe part of XPath.

    ${victim_age} < 18
    selected(${exploitation_types}, 'other') or ${previous_report} = 'other_agency'
    not(${reporter_contact_ok} = 'yes')

Values come from what was answered; an item without an answer is the empty string, which no comparison but `= ''` fits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Values = Mapping[str, object]
_TOKEN = re.compile(
    r"\s*(?:(?P<ref>\$\{(?P<name>\w+)\})|(?P<text>'[^']*'|\"[^\"]*\")|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<op><=|>=|!=|=|<|>|\(|\)|,)|(?P<word>[a-z-]+)|(?P<dot>\.))"
)


class BadCondition(ValueError):
    """A condition that cannot be read; the text says what was expected."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition, read once and evaluated often. `fields` are the items it asks about."""

    text: str
    fields: frozenset[str]
    _test: Callable[[Values, object], bool] = field(repr=False, compare=False)

    def holds(self, values: Values, own: object = "") -> bool:
        """Whether it holds for these answers; `own` is the value of `.`."""
        return self._test(values, own)


def read(text: str) -> Condition:
    """Read a condition; raises `BadCondition`."""
    parser = _Parser(text)
    test = parser.disjunction()
    parser.end()
    return Condition(text, frozenset(parser.fields), lambda values, own: bool(test(values, own)))


_Part = Callable[[Values, object], object]


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        self.fields: set[str] = set()
        position = 0
        while position < len(text.rstrip()):
            match = _TOKEN.match(text, position)
            if not match:
                raise BadCondition(f"cannot read '{text[position:]}' in the condition '{text}'")
            kind = match.lastgroup if match.lastgroup != "name" else "ref"
            for name in ("ref", "text", "number", "op", "word", "dot"):
                if match.group(name):
                    kind = name
            self.tokens.append((str(kind), match.group("name") if kind == "ref" else match.group(str(kind))))
            position = match.end()
        self.text = text
        self.at = 0

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def take(self, value: str = "") -> tuple[str, str]:
        token = self.peek()
        if value and token[1] != value:
            raise BadCondition(f"expected '{value}' instead of '{token[1]}' in the condition '{self.text}'")
        self.at += 1
        return token

    def end(self) -> None:
        if self.peek()[0] != "end":
            raise BadCondition(f"'{self.peek()[1]}' is too much in the condition '{self.text}'")

    def disjunction(self) -> _Part:
        parts = [self.conjunction()]
        while self.peek() == ("word", "or"):
            self.take()
            parts.append(self.conjunction())
        return lambda values, own: any(part(values, own) for part in parts)

    def conjunction(self) -> _Part:
        parts = [self.comparison()]
        while self.peek() == ("word", "and"):
            self.take()
            parts.append(self.comparison())
        return lambda values, own: all(part(values, own) for part in parts)

    def comparison(self) -> _Part:
        left = self.operand()
        kind, operator = self.peek()
        if kind == "op" and operator in _COMPARE:
            self.take()
            right = self.operand()
            compare = _COMPARE[operator]
            return lambda values, own: compare(left(values, own), right(values, own))
        return left

    def operand(self) -> _Part:
        kind, value = self.take()
        if kind == "ref":
            self.fields.add(value)
            return lambda values, _own: values.get(value, "")
        if kind == "text":
            return lambda _values, _own: value[1:-1]
        if kind == "number":
            number = float(value)
            return lambda _values, _own: number
        if kind == "dot":
            return lambda _values, own: own
        if (kind, value) == ("op", "("):
            inner = self.disjunction()
            self.take(")")
            return inner
        if (kind, value) == ("word", "not"):
            self.take("(")
            inner = self.disjunction()
            self.take(")")
            return lambda values, own: not inner(values, own)
        if (kind, value) == ("word", "selected"):
            self.take("(")
            field_part = self.operand()
            self.take(",")
            code = self.operand()
            self.take(")")
            return lambda values, own: _selected(field_part(values, own), code(values, own))
        raise BadCondition(f"'{value}' is not known in the condition '{self.text}'")


def _selected(value: object, code: object) -> bool:
    return code in value if isinstance(value, (tuple, list)) else value == code


def _is_code(value: str) -> bool:
    """Whether a text is plainly no number; "inf" and "nan" are numbers."""
    return value[:1].isalpha() and value[0] not in "iInN"


def _number(value: object) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return float(value)
    low = getattr(value, "value", None)  # an estimated number counts with its lower bound
    if isinstance(low, (int, float)):
        return float(low)
    if isinstance(value, str) and _is_code(value):
        return None
    try:
        return float(str(value))
    except ValueError:
        return None


def _equal(left: object, right: object) -> bool:
    if isinstance(left, str) and isinstance(right, str) and _is_code(left):
        return left == right
    a, b = _number(left), _number(right)
    return a == b if a is not None and b is not None else left == right


def _ordered(test: Callable[[float, float], bool]) -> Callable[[object, object], bool]:
    def compare(left: object, right: object) -> bool:
        a, b = _number(left), _number(right)
        return a is not None and b is not None and test(a, b)

    return compare


_COMPARE: dict[str, Callable[[object, object], bool]] = {
    "=": _equal,
    "!=": lambda left, right: not _equal(left, right),
    "<": _ordered(lambda a, b: a < b),
    ">": _ordered(lambda a, b: a > b),
    "<=": _ordered(lambda a, b: a <= b),
    ">=": _ordered(lambda a, b: a >= b),
}
