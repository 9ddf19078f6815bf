"""Where a text may be cut: between what a person sees as one character each.

A reading of Unicode Annex 29 for what reaches a phone: combining marks, emoji with skin tones, joiners, flags and
tags, Hangul syllables in letters, and CR LF stay together.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

ZERO_WIDTH_JOINER: Final = "\u200d"
_ZERO_WIDTH_NON_JOINER: Final = "\u200c"


def graphemes(text: str) -> Iterator[str]:
    """The text's graphemes in order; joined they are the text."""
    if text.isascii() and "\r" not in text:
        yield from text
        return
    start = 0
    for at in range(1, len(text)):
        if not _belongs_together(text, start, at):
            yield text[start:at]
            start = at
    if start < len(text):
        yield text[start:]


def _belongs_together(text: str, start: int, at: int) -> bool:
    """Whether the character at `at` continues the grapheme that began at `start`."""
    before, char = text[at - 1], text[at]
    if before == "\r" and char == "\n":
        return True
    if before in "\r\n" or char in "\r\n":
        return False
    if _extends(char) or before == ZERO_WIDTH_JOINER:
        return True
    if _is_regional(char):
        # A flag is two letters: the second joins the first, a third begins the next flag.
        return _is_regional(before) and at - start == 1
    return _hangul_joins(before, char)


def _extends(char: str) -> bool:
    return (
        unicodedata.category(char) in ("Mn", "Me", "Mc")
        or char in (ZERO_WIDTH_JOINER, _ZERO_WIDTH_NON_JOINER)
        or "\U0001f3fb" <= char <= "\U0001f3ff"  # skin tones
        or "\U000e0020" <= char <= "\U000e007f"  # tags: the flags of regions
    )


def _is_regional(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _hangul_joins(before: str, char: str) -> bool:
    """Leading consonants, vowels and trailing consonants of one syllable."""
    leads = "\u1100" <= before <= "\u115f"
    open_syllable = "\uac00" <= before <= "\ud7a3" and (ord(before) - 0xAC00) % 28 == 0
    vowel, trail = "\u1160" <= char <= "\u11a7", "\u11a8" <= char <= "\u11ff"
    if leads:
        return "\u1100" <= char <= "\u115f" or vowel or "\uac00" <= char <= "\ud7a3"
    if open_syllable or "\u1160" <= before <= "\u11a7":
        return vowel or trail
    return ("\uac00" <= before <= "\ud7a3" or "\u11a8" <= before <= "\u11ff") and trail
