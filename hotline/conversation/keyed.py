"""Labels that need no `=`: `#age 17#sex f` (a field that begins with the item's code or number), `6:16`, and a report
that names every value: `sit pot age 17 sex f`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from hotline.answers.result import Answer
from hotline.answers.tokens import Token
from hotline.forms.definition import Item, Kind

Reads = Callable[[Item, str], Answer | None]
_COLON = re.compile(r"(\d{1,2}):(?!//)(\S.*)", re.DOTALL)
_TEXTS = (Kind.TEXT, Kind.PERSON_NAME)


def keyed(tokens: Sequence[Token], report: str, items: Sequence[Item], reads: Reads) -> Sequence[Token]:
    """The tokens cut from `report`, labelled where they name their item themselves. `reads` tells whether an item takes a
    text."""
    named = _Named(items, reads)
    gaps = (report[one.end : two.start] for one, two in pairwise(tokens))
    words = list(_words(tokens)) if all(gap.isspace() for gap in gaps) else []
    return named.in_pairs(words) or named.all(tokens) or [named.one(token) for token in tokens]


def names_all(tokens: Sequence[Token], items: Sequence[Item]) -> bool:
    """Whether every token names an item by `=` or `:`."""
    labels = {item.code.casefold() for item in items} | {item.number for item in items}
    named = [_COLON.fullmatch(token.text) for token in tokens]
    return bool(tokens) and all(
        (token.label or (match[1] if match else "")).casefold() in labels
        for token, match in zip(tokens, named, strict=True)
    )


class _Named:
    def __init__(self, items: Sequence[Item], reads: Reads) -> None:
        self.items = items
        self.reads = reads
        self.codes = {item.code.casefold() for item in items if item.code}
        self.labels = self.codes | {item.number for item in items}

    def takes(self, label: str, text: str) -> bool:
        """Whether an item of that label takes the text."""
        folded = label.casefold()
        if not text or folded not in self.labels:
            return False
        named = (item for item in self.items if folded in (item.number, item.code.casefold()))
        return any(self.reads(item, text) is not None for item in named)

    def is_value(self, text: str) -> bool:
        """Whether the text by itself answers an item, texts aside."""
        return any(self.reads(item, text) is not None for item in self.items if item.kind not in _TEXTS)

    def one(self, token: Token) -> Token:
        """`age 17` in one field, `6:16`. Its own meaning as a whole comes first; `age 200` names its item all the same."""
        if token.label is not None or token.quoted:
            return token
        match = _COLON.fullmatch(token.text)
        if match and match[1] in self.labels and self.takes(match[1], match[2]):
            return _labelled(token, match[1], match[2])
        label, value = _halves(token.text)
        if not value or label.casefold() not in self.labels:
            return token
        plain_code = label.casefold() in self.codes and not self.is_value(label)
        if self.takes(label, value) and not self.is_value(token.text):
            return _labelled(token, label, value)
        return _labelled(token, label, value) if plain_code else token

    def all(self, tokens: Sequence[Token]) -> list[Token] | None:
        """`#1 pot#2 12/11`: where most fields name their item by number or code, all that can do; else None."""
        free = [token for token in tokens if token.label is None and token.text]
        naming = [token for token in free if not token.quoted and self.takes(*_halves(token.text))]
        if len(naming) < 2 or len(naming) * 2 <= len(free):
            return None
        return [_labelled(t, *_halves(t.text)) if t in naming else self.one(t) for t in tokens]

    def in_pairs(self, tokens: Sequence[Token]) -> list[Token] | None:
        """`sit pot age 17 sex f`: a report that begins with a code and names everything; None when it is no such one. A
        code that is a value too (`sex`) names only where all values fit."""
        words = [token.text for token in tokens]
        if len(words) < 2 or any(token.label is not None for token in tokens):
            return None
        if words[0].casefold() not in self.codes or words[1].casefold() in self.codes:
            return None
        pairs = list(self._pairs(tokens))
        sure = not self.is_value(words[0])
        fit = [self.takes(token.label or "", token.text) for token in pairs]
        return pairs if all(fit) or (sure and len(pairs) > 1 and sum(fit) * 2 >= len(fit)) else None

    def _pairs(self, tokens: Sequence[Token]) -> Iterator[Token]:
        begun: list[Token] = []
        for token in tokens:
            if token.text.casefold() in self.codes and len(begun) > 1:
                yield _joined(begun)
                begun = []
            begun.append(token)
        yield _joined(begun)


def _words(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens with phrases in single words again: "age 17" is a value, and a code with its value."""
    for token in tokens:
        if token.quoted or token.label is not None:
            yield token
            continue
        for word in re.finditer(r"\S+", token.text):
            begun = token.start + word.start()
            yield Token(word[0], None, False, begun, begun + len(word[0]))


def _halves(text: str) -> tuple[str, str]:
    """The first word and the rest."""
    label, _, value = text.partition(" ")
    return label, value.strip()


def _joined(tokens: Sequence[Token]) -> Token:
    label, *values = tokens
    text = " ".join(token.text for token in values)
    return Token(text, label.text, False, values[0].start if values else label.end, tokens[-1].end)


def _labelled(token: Token, label: str, value: str) -> Token:
    return replace(token, label=label, text=value, start=token.end - len(value))
