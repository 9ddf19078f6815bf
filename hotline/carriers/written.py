"""Text as people wrote it, freed of what no database, terminal or XML document should meet."""

from __future__ import annotations

import unicodedata

_KEPT = "\n\t"


def clean(text: str) -> str:
    """`text` with its line ends as \\n and without control characters, NUL and lone surrogates.

    Everything a person can write stays: emoji and their joiners, marks of right-to-left text, spaces of all kinds.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in lines if char in _KEPT or unicodedata.category(char) not in ("Cc", "Cs"))


def speakable(text: str) -> str:
    """`text` with only the characters that XML 1.0 allows: a forbidden one makes the whole document malformed."""
    return "".join(char for char in clean(text) if char not in "\ufffe\uffff")
