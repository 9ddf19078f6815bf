"""How many segments a text costs: GSM 03.38 septets, or UCS-2 as soon as one character does not fit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

GSM_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENDED = "\f^{}\\[~]|€"
_SEPTETS = dict.fromkeys(GSM_BASIC, 1) | dict.fromkeys(GSM_EXTENDED, 2)


class Encoding(StrEnum):
    GSM7 = "GSM-7"
    UCS2 = "UCS-2"


@dataclass(frozen=True, slots=True)
class Size:
    """`units` are septets (GSM-7) or UTF-16 units (UCS-2)."""

    encoding: Encoding
    units: int
    segments: int


def measure(text: str) -> Size:
    """Encoding, units and segments of a text; an empty text is one segment.

    A character of two units is never cut: one that does not fit whole opens the next segment.
    """
    if all(c in _SEPTETS for c in text):
        costs, single, multi, encoding = [_SEPTETS[c] for c in text], 160, 153, Encoding.GSM7
    else:
        costs, single, multi, encoding = [2 if ord(c) > 0xFFFF else 1 for c in text], 70, 67, Encoding.UCS2
    units = sum(costs)
    if units <= single:
        return Size(encoding, units, 1)
    segments, room = 1, multi
    for cost in costs:
        if cost > room:
            segments, room = segments + 1, multi
        room -= cost
    return Size(encoding, units, segments)
