"""Replies that use no words: nothing at all, "-" to skip, "?" for unknown."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.answers.result import Answer, Declined, Refused, Unknown, Why

_UNKNOWN = frozenset({"?", "??", "???", "¿?", "？", "؟"})
_SKIPPED = frozenset({"-", "--", "---", "–", "—", "_", "/"})


def below_zero(text: str) -> bool:
    """Whether `text` begins with a minus right before a digit: "-3" is never the choice 3."""
    bare = text.strip()
    return len(bare) > 1 and bare[0] in "-−–" and bare[1].isdecimal()


def short_of_words(text: str, row: Sequence[str]) -> Answer | None:
    """The answer that `text` gives without any word (its folded tokens `row` are empty); None if it has words."""
    if row:
        return None
    bare = "".join(text.split())
    if bare in _UNKNOWN:
        return Unknown(text)
    if bare in _SKIPPED:
        return Declined(text)
    return Refused(Why.EMPTY, text)
