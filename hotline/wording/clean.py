"""What a text from outside is freed of before anything reads it."""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85]")
# Control characters other than tab and new line, and what XML 1.0 forbids besides (lone surrogates and the two
# noncharacters at the end of the first plane): TwiML with one of them is an error at the carrier (12100).
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text without NUL, control characters and what XML 1.0 forbids, in NFC; line ends become "\\n".

    Tabs, spaces and invisible joiners stay as they are: nothing else is changed or collapsed. Any str is taken,
    nothing is raised, and cleaning twice changes nothing more.
    """
    return unicodedata.normalize("NFC", _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text)))
