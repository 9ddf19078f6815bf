"""What a text costs: how many segments the carrier makes of it, and how to cut it to fit.

A single GSM-7 segment holds 160 septets, one of several 153, since 7 go to the header that joins them; in UCS-2
70 and 67 units of 16 bits. A character of two septets, or a surrogate pair, is never split over a border, so a
border may leave one unit empty: 153 letters with a `{` over the border need a segment more than the sum says.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from hotline.wording import gsm7
from hotline.wording.graphemes import graphemes
from hotline.wording.plain import drop_accents as without_accents


class Encoding(StrEnum):
    """How the carrier sends a text."""

    GSM7 = "GSM-7"
    UCS2 = "UCS-2"

    @property
    def single(self) -> int:
        """Units in a text of one segment."""
        return 160 if self is Encoding.GSM7 else 70

    @property
    def joined(self) -> int:
        """Units in each segment of a longer text."""
        return 153 if self is Encoding.GSM7 else 67


@dataclass(frozen=True, slots=True)
class Size:
    """A text's size: `units` are septets in GSM-7 and 16-bit units in UCS-2. An empty text is one segment."""

    encoding: Encoding
    units: int
    segments: int


def size(text: str) -> Size:
    """What the carrier makes of the text as it stands, nothing replaced."""
    septets = gsm7.septets(text)
    encoding = Encoding.UCS2 if septets is None else Encoding.GSM7
    units = sum(map(_ucs2_units, text)) if septets is None else septets
    return Size(encoding, units, _segments(text, encoding, units))


def fit(text: str, segments: int = 1, drop_accents: bool = False) -> str:
    """The longest beginning of the text that takes at most so many segments, cut between graphemes.

    Nothing is added, no ellipsis either. With `drop_accents` (the locale's content allows it) accents outside
    GSM-7 are dropped first where that saves a segment. Raises ValueError for less than one segment.
    """
    if segments < 1:
        raise ValueError("a text takes at least one segment")
    if drop_accents and size(plain := without_accents(text)).segments < size(text).segments:
        text = plain
    if size(text).segments <= segments:
        return text
    # A longer beginning never takes fewer segments (70 characters of UCS-2 are at most 140 septets),
    # so the last one that fits is found by bisection.
    ends = [0, *accumulate(map(len, graphemes(text)))]
    fitting = bisect_right(ends, segments, key=lambda end: size(text[:end]).segments) - 1
    return text[: ends[max(fitting, 0)]]


def _segments(text: str, encoding: Encoding, units: int) -> int:
    if units <= encoding.single:
        return 1
    if units == len(text):  # every character takes one unit, so no border leaves one empty
        return -(-units // encoding.joined)
    cost = _septet_cost if encoding is Encoding.GSM7 else _ucs2_units
    count, room = 1, encoding.joined
    for char in text:
        if (needed := cost(char)) > room:
            count, room = count + 1, encoding.joined
        room -= needed
    return count


def _septet_cost(char: str) -> int:
    return 2 if char in gsm7.EXTENSION else 1


def _ucs2_units(char: str) -> int:
    return 2 if char > "\uffff" else 1
