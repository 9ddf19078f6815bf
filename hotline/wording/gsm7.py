"""The alphabet of a cheap text: GSM 03.38 (3GPP TS 23.038), default table and extension table.

A character of the default table costs one septet, one of the extension table two (ESC and the character). The
carrier sends any text with one character outside both as UCS-2, at 70 characters a segment instead of 160.
The national shift tables are not used by the carrier. Small ç, á, í, ó, ú are outside, Ç, é, è, à, ò, ù, ñ inside.
"""

from __future__ import annotations

import re
from typing import Final

BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION: Final = frozenset("\f^{}\\[~]|€")
_OUTSIDE: Final = re.compile(f"[^{re.escape(''.join(sorted(BASIC | EXTENSION)))}]")
_EXTENDED: Final = re.compile(f"[{re.escape(''.join(sorted(EXTENSION)))}]")


def septets(text: str) -> int | None:
    """The septets that a text takes in GSM-7, or None if a character of it is in neither table.

    >>> septets("Kwéyòl [1]")
    12
    >>> septets("¿Está?") is None
    True
    """
    if _OUTSIDE.search(text):
        return None
    return len(text) + len(_EXTENDED.findall(text))


def outside(text: str) -> frozenset[str]:
    """The characters that keep a text out of GSM-7."""
    return frozenset(text) - BASIC - EXTENSION
