"""The alphabet of a cheap text: GSM 03.38 (3GPP TS 23.038), default table and extension table.

A character of the default table costs one septet, one of the extension table two (ESC and the character). The
carrier sends any text with one character outside both as UCS-2, at 70 characters a segment instead of 160.
The national shift tables are not used by the carrier. Small ç, á, í, ó, ú are outside, Ç, é, è, à, ò, ù, ñ inside.
"""

from __future__ import annotations

from typing import Final

BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION: Final = frozenset("\f^{}\\[~]|€")
_COST: Final = dict.fromkeys(BASIC, 1) | dict.fromkeys(EXTENSION, 2)


def septets(text: str) -> int | None:
    """The septets that a text takes in GSM-7, or None if a character of it is in neither table.

    >>> septets("Kwéyòl [1]")
    12
    >>> septets("¿Está?") is None
    True
    """
    try:
        return sum(map(_COST.__getitem__, text))
    except KeyError:
        return None


def outside(text: str) -> frozenset[str]:
    """The characters that keep a text out of GSM-7."""
    return frozenset(text) - _COST.keys()
