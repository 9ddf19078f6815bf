"""A compact report cut into tokens: `scr pot 12/11 "gros islet" f16`, `pot; 12/11; castries`, `7=12 age:16`.

New lines decide where there are any, else `;`, else `,`, else `*` or `#`: then spaces, `/` and `.` belong to the
value. Where only spaces separate, quotes or a known phrase hold words together. Every character of the text is in
a token, in a label or its `=` or `:`, or is a separator, a quote or space round them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

_LABEL = re.compile(r"\s*(?:(\d{1,2}|[^\W\d]\w*)\s*=|([^\W\d]\w*):(?!//))\s*")
_QUOTES = {'"': '"', "“": "”", "”": "”", "„": "“", "«": "»", "‟": "”", "'": "'", "‘": "’"}
_ANY_QUOTE = re.compile(f"[{''.join(_QUOTES)}]")
_SEPARATOR = re.compile(r"[\n\r;；,，、*#]")
_SEPARATES_LIKE = {"\r": "\n", "；": ";", "，": ",", "、": ",", "*": "#"}
_LONGEST_PHRASE = 6  # words
_MOST_PHRASED = 100  # tokens: more than any form has answers; behind them no words are held together
_SPACELESS = re.compile(r"\S+")
_GLUED = re.compile(r"([^\W\d]{2,})(\d.*)", re.DOTALL)
_AFTER_CODE = " \t\r\n,;:.*#/=!-"


@dataclass(frozen=True, slots=True)
class Token:
    """One value of a report: `text` is `report[start:end]`.

    `label` is what stands before `=` or `:` ("7" in 7=12, "age" in age:16), None without. `quoted` tells that
    quotes stood round it. An empty field (`pot,,castries`) is a token with empty text, so that places hold.
    """

    text: str
    label: str | None
    quoted: bool
    start: int
    end: int


def split_code(text: str, codes: Iterable[str]) -> tuple[str, int] | None:
    """The code that `text` begins with, and where the rest begins; None when it begins with none of `codes`.

    "SCR pot", "scr: pot", "scr,pot" and "scr1" all begin with scr; "scream" does not.
    """
    begun = len(text) - len(text.lstrip(" \t\r\n\"'*#"))
    lowered = text[begun:].lower()
    for code in sorted(codes, key=len, reverse=True):
        after = lowered[len(code) :]
        if code and lowered.startswith(code.lower()) and (not after or not after[0].isalpha()):
            return code, begun + len(code) + len(after) - len(after.lstrip(_AFTER_CODE[:-1]))
    return None


def _any_of(words: Sequence[str]) -> int:
    return -1


def split_report(
    text: str, is_known_phrase: Callable[[str], bool], may_hold: Callable[[Sequence[str]], int] = _any_of
) -> tuple[Token, ...]:
    """The tokens of `text` in their order. `is_known_phrase` is asked with "gros islet" whether the words belong together;
    `may_hold` tells beforehand how many of some words, from the first on, may be such a phrase (bit n for n)."""
    start, end = _stripped(text, 0, len(text))
    if start == end:
        return ()
    quotes = _quoted_spans(text)
    separators = _separators(text, start, end, quotes)
    if separators:
        return tuple(_fields(text, start, end, separators, quotes, is_known_phrase))
    return tuple(_words(text, start, end, quotes, is_known_phrase, may_hold))


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _quoted_spans(text: str) -> dict[int, int]:
    """Where a quote opens, to where it closes. A quote opens after a separator and closes before one: d'Or has none."""
    spans: dict[int, int] = {}
    if not _ANY_QUOTE.search(text):
        return spans
    at = 0
    while at < len(text):
        closing = _QUOTES.get(text[at])
        if closing and (at == 0 or text[at - 1].isspace() or text[at - 1] in ",;*#=:/"):
            close = text.find(closing, at + 1)
            while close != -1 and close + 1 < len(text) and text[close + 1].isalnum():
                close = text.find(closing, close + 1)
            if close > at + 1:
                spans[at] = close
                at = close
        at += 1
    return spans


def _separators(text: str, start: int, end: int, quotes: dict[int, int]) -> list[int]:
    """Where the deciding separators stand; [] when only spaces separate."""
    places: dict[str, list[int]] = {"\n": [], ";": [], ",": [], "#": []}
    inside = 0  # the end of the quotes that were passed
    opening = sorted(quotes)
    for match in _SEPARATOR.finditer(text, start, end):
        at, ch = match.start(), match[0]
        while opening and opening[0] <= at:
            inside = max(inside, quotes[opening.pop(0)] + 1)
        if at < inside:
            continue
        # "gate #2" is a gate's number, not the end of a value.
        if not (ch == "#" and at and text[at - 1] == " " and text[at + 1 : at + 2].isdecimal()):
            places[_SEPARATES_LIKE.get(ch, ch)].append(at)
    return next((found for found in places.values() if found), []) or _tight(text, start, end)


def _tight(text: str, start: int, end: int) -> list[int]:
    """`/`, else `:`, else `.` as separators of a report without a single space: "pot/12-11/castries/f"."""
    body = text[start:end]
    if any(ch.isspace() or ch in "=\"'" for ch in body):
        return []
    for sign in "/:.":
        parts = body.split(sign)
        if (
            len(parts) > 2
            and any(part[:1].isalpha() for part in parts)
            and not (sign == ":" and "//" in body)
        ):
            return [start + at for at, ch in enumerate(body) if ch == sign]
    return []


def _fields(
    text: str,
    start: int,
    end: int,
    separators: list[int],
    quotes: dict[int, int],
    known: Callable[[str], bool],
) -> Iterator[Token]:
    lines = text[separators[0]] in "\r\n"
    begun = start
    for number, stop in enumerate([*separators, end]):
        first, last = _stripped(text, begun, stop)
        begun = stop + 1
        if first == last and (lines or stop == end or number == 0):
            continue
        if number == 0 and (glued := _glued(text, first, last, known)) is not None:
            yield from glued
            continue
        yield _field(text, first, last, quotes)


def _field(text: str, first: int, last: int, quotes: dict[int, int]) -> Token:
    label = None
    match = _LABEL.match(text, first, last)
    if match and _is_label(match, last):
        label, first = match.group(1) or match.group(2), match.end()
    if quotes.get(first) == last - 1:
        return Token(text[first + 1 : last - 1], label, True, first + 1, last - 1)
    return Token(text[first:last], label, False, first, last)


def _is_label(match: re.Match[str], end: int) -> bool:
    """Whether a value follows, or plainly none was given: "7=" is no 7, "castries:" may be a place."""
    return match.end() < end or (match.group(1) or "").isdecimal()


def _glued(text: str, first: int, last: int, known: Callable[[str], bool]) -> list[Token] | None:
    """The two tokens of a code stuck to a number ("scr1"); None when it is none."""
    match = _GLUED.fullmatch(text, first, last)
    if not match or not known(match.group(1)) or known(match.group()):
        return None
    return [Token(match.group(part), None, False, match.start(part), match.end(part)) for part in (1, 2)]


def _words(
    text: str,
    start: int,
    end: int,
    quotes: dict[int, int],
    known: Callable[[str], bool],
    may_hold: Callable[[Sequence[str]], int],
) -> Iterator[Token]:
    spans = [match.span() for match in _SPACELESS.finditer(text, start, end)]
    labels = [_LABEL.match(text, begun, end) for begun, _ in spans]
    at, index, count = start, 0, 0
    while at < end:
        while index < len(spans) and spans[index][1] <= at:
            index += 1
        if index == len(spans):
            return
        at = max(at, spans[index][0])
        count += 1
        label, match = None, labels[index] if at == spans[index][0] else _LABEL.match(text, at, end)
        if match and _is_label(match, end):
            label, at = match.group(1) or match.group(2), match.end()
            while index < len(spans) and spans[index][1] <= at:
                index += 1
        if label is not None and at == end:
            token = Token("", label, False, at, at)
        elif at in quotes:
            close = quotes[at]
            token, at = Token(text[at + 1 : close], label, True, at + 1, close), close + 1
        else:
            last, most = index + 1, min(len(spans), index + _LONGEST_PHRASE)
            while last < most and spans[last][0] not in quotes and not labels[last]:
                last += 1
            words = [text[max(at, begun) : stop] for begun, stop in spans[index:last]]
            length = 1
            if count <= _MOST_PHRASED and len(words) > 1:
                length = _held_together(words, known, may_hold)
            stop = spans[index + length - 1][1]
            token, at = Token(text[at:stop], label, False, at, stop), stop
        if (
            token.start == start
            and not token.quoted
            and (glued := _glued(text, token.start, token.end, known))
        ):
            yield from glued
        else:
            yield token


def _held_together(
    words: Sequence[str], known: Callable[[str], bool], may_hold: Callable[[Sequence[str]], int]
) -> int:
    """How many of the words, from the first on, are one phrase."""
    may = may_hold(words)
    for length in range(len(words), 1, -1):
        if may >> length & 1 and known(" ".join(words[:length])):
            return length
    return 1
