"""A text as it is searched: without accents and capitals, with the way back to the text as written.

Unlike `standards.fold`, which compares what people reply, an apostrophe still keeps words apart here ("l'exploitation"
holds "exploitation"), and every character knows where it stood.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from hotline.wording.lookalikes import LOOKALIKES

_SAME = str.maketrans(
    LOOKALIKES
    | {"œ": "oe", "æ": "ae", "ø": "o", "ß": "ss", "ı": "i", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"}
)

# Marks on letters, and joiners and other signs without a shape: a word is the same with them.
_UNSEEN = frozenset({"Mn", "Me", "Cf"})


def fold(text: str) -> str:
    """The text in lower case, without accents, full-width and other forms made plain.

    >>> fold("Kwéyòl ＡＢ CŒUR")
    'kweyol ab coeur'
    """
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold().translate(_SAME))
    return "".join(part for part in parts if unicodedata.category(part) not in _UNSEEN)


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is the folded text; its character `i` came from the written text's character `origin[i]`."""

    written: str
    text: str
    origin: tuple[int, ...]

    def written_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the written text that a non-empty span of the folded one came from."""
        return self.origin[start], self.origin[end - 1] + 1


def folded(text: str) -> Folded:
    """The text folded character by character, so that what is found can be shown as it was written."""
    if text.isascii():
        return Folded(text, text.lower().replace("`", "'"), tuple(range(len(text))))
    pieces = [_folded_char(char) for char in text]
    origin = tuple(at for at, piece in enumerate(pieces) for _ in piece)
    return Folded(text, "".join(pieces), origin)


@lru_cache(maxsize=4096)
def _folded_char(char: str) -> str:
    return fold(char)
