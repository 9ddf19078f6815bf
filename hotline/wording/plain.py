"""Replacing what would make a text dear: typographic characters, and accents that GSM-7 lacks."""

from __future__ import annotations

import unicodedata
from typing import Final

from hotline.wording import gsm7

_TYPOGRAPHIC: Final = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u02bb\u00b4\u0060\u2039\u203a", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2022\u00b7\u2043", "-"),
    **dict.fromkeys(
        "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\t", " "
    ),
    **dict.fromkeys("\u00ad\u200b\u2060\ufeff\u200e\u200f", ""),  # seen by nobody
    **dict.fromkeys("\u2028\u2029", "\n"),
    "\u2026": "...",
    "\u2044": "/",
    "\u00d7": "x",
    "\u00bd": "1/2",
    "\u00bc": "1/4",
    "\u00be": "3/4",
    "\u00ba": "o",
    "\u00aa": "a",
    "\u2116": "No",
}
_TYPOGRAPHIC_TABLE: Final = str.maketrans(_TYPOGRAPHIC)
_LIGATURES: Final = {"œ": "oe", "Œ": "OE", "ÿ": "y", "Ÿ": "Y"}


def typographic(text: str) -> str:
    """The text with typographic quotes, dashes, ellipses and spaces as plain ones of GSM-7.

    A text that has to travel as UCS-2 anyway (Chinese, emoji) is left as it is: there "…" is one unit, "..." three.

    >>> typographic("«\u00a0L’été…\u00a0»")
    '" L\\'été... "'
    """
    if text.isascii() and "\t" not in text and "`" not in text:
        return text
    plain = text.translate(_TYPOGRAPHIC_TABLE)
    if gsm7.septets(plain) is not None:
        return plain
    return text if gsm7.septets(drop_accents(plain)) is None else plain


def drop_accents(text: str) -> str:
    """The text with accents dropped where, and only where, GSM-7 lacks the letter: á becomes a, é and ñ stay.

    >>> drop_accents("Forêt d'août, mañana está, cœur déçu")
    "Foret d'aout, mañana esta, coeur décu"
    """
    if gsm7.septets(text) is not None:
        return text
    composed = unicodedata.normalize("NFC", text)
    return "".join(char if gsm7.septets(char) is not None else _bare(char) for char in composed)


def _bare(char: str) -> str:
    if char in _LIGATURES:
        return _LIGATURES[char]
    base = "".join(part for part in unicodedata.normalize("NFD", char) if not unicodedata.combining(part))
    return base if base and gsm7.septets(base) is not None else char
