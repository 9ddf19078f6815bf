"""A message as a row of plain words: no case, no accents, one word per Han character.

`"Ede'm! Yo fèmen'm 2nite"` becomes `edem yo femenm 2nite`; `"他要杀我"` becomes `他 要 杀 我`. A date or a phone number
(`12/11/2026`, `758-911-0100`) is one word, so that no part of it is taken for an emergency number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_NUMBER = r"\d+(?:[-./:,]\d+)+"
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"{_NUMBER}|[{_HAN}]|[^\W_{_HAN}]+(?:'[^\W_{_HAN}]+)*")
_ASCII_WORD = re.compile(rf"{_NUMBER}|[a-z0-9]+(?:'[a-z0-9]+)*")
_WORD_OR_BREAK = re.compile(rf"({_WORD.pattern})|([.!?;\n…。！？；])|[,:，：、]")

# Signs that mean letters. Decomposition does not reach them.
_SIGNS = str.maketrans(
    {
        "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "′": "'",
        "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ı": "i",
        "\u200b": None, "\u200c": None, "\u200d": None, "\ufeff": None, "\u00ad": None,
        "🆘": " sos ",
    }
)  # fmt: skip

_HAS_SIGN = re.compile("[" + "".join(map(chr, _SIGNS)) + "]")
_ACCENT = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")

# Words that French and the two creoles shorten before an apostrophe ("m'enferme", "k'ap"): these are cut off, all other
# apostrophes vanish ("can't" = "cant", "ede'm" = "edem").
_ELIDED = frozenset("jmtsldcnkwyp") | {"qu"}
_ENGLISH_ENDS = frozenset({"ll", "re", "ve", "s", "t", "d", "m"})


@dataclass(frozen=True, slots=True)
class Row:
    """The words of a message and where they break: bit i of a mask stands for "just before word i"."""

    words: tuple[str, ...]
    pauses: int
    """Any mark between two words, commas included."""
    stops: int
    """Only what ends a sentence."""


def fold(text: str) -> str:
    """The text in small letters without accents, typographic signs made plain."""
    if text.isascii():
        return text.lower()
    small = text.lower()
    if _HAS_SIGN.search(small):
        small = small.translate(_SIGNS)
    return _ACCENT.sub("", unicodedata.normalize("NFKD", small)).lower()


def words(text: str) -> list[str]:
    """The words of `text`, folded, in order."""
    folded = fold(text)
    found: list[str] = (_ASCII_WORD if folded.isascii() else _WORD).findall(folded)
    return list(_without_apostrophes(found)) if "'" in folded else found


def row(text: str) -> Row:
    """The same words as `words(text)`, with the breaks between them."""
    found: list[str] = []
    pauses = stops = 0
    for match in _WORD_OR_BREAK.finditer(fold(text)):
        if word := match.group(1):
            found.extend(_without_apostrophes((word,)))
            continue
        pauses |= 1 << len(found)
        if match.group(2):
            stops |= 1 << len(found)
    return Row(tuple(found), pauses, stops)


def _without_apostrophes(found: Iterable[str]) -> Iterable[str]:
    for word in found:
        head, apostrophe, tail = word.partition("'")
        if not apostrophe:
            yield word
        elif head in _ELIDED and tail not in _ENGLISH_ENDS:
            yield head
            yield from _without_apostrophes((tail,))
        else:
            yield word.replace("'", "")
