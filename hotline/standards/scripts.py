"""Scripts of which one letter shows the language, where only one of ours is written in it."""

from __future__ import annotations

import re
from typing import Final

SCRIPTS: Final = {
    "arabic": re.compile(r"[\u0620-\u06ff\u0750-\u077f]"),
    "armenian": re.compile(r"[\u0531-\u0587]"),
    "bengali": re.compile(r"[\u0985-\u09e3]"),
    "cyrillic": re.compile(r"[\u0400-\u052f]"),
    "devanagari": re.compile(r"[\u0904-\u097f]"),
    "ethiopic": re.compile(r"[\u1200-\u137f]"),
    "georgian": re.compile(r"[\u10a0-\u10ff]"),
    "greek": re.compile(r"[\u0386-\u03ff]"),
    "gujarati": re.compile(r"[\u0a85-\u0ae3]"),
    "gurmukhi": re.compile(r"[\u0a05-\u0a74]"),
    "han": re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"),
    "hangul": re.compile(r"[\u1100-\u11ff\uac00-\ud7a3]"),
    "hebrew": re.compile(r"[\u05d0-\u05ea]"),
    "khmer": re.compile(r"[\u1780-\u17b3]"),
    "lao": re.compile(r"[\u0e81-\u0edf]"),
    "myanmar": re.compile(r"[\u1000-\u109f]"),
    "sinhala": re.compile(r"[\u0d85-\u0df3]"),
    "tamil": re.compile(r"[\u0b85-\u0bd7]"),
    "telugu": re.compile(r"[\u0c05-\u0c63]"),
    "thai": re.compile(r"[\u0e01-\u0e2e]"),
}
