"""Web and mail addresses in a folded text, also as people write them to get past a filter: "bit ly", "name dot com"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_ENDINGS = (
    "app|bb|biz|blog|ca|cat|cc|club|cn|co|com|dev|dm|edu|eu|fr|gd|gg|gl|gov|gp|ht|info|int|io|jm|lc|link|ly|mil|mobi|"
    "mq|mx|net|news|nl|online|org|page|ru|shop|site|store|tk|tt|tv|uk|vc|ve|web|ws|xyz"
)
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_LINK: Final = re.compile(
    rf"[a-z][a-z0-9+.-]*://\S*|(?<![a-z0-9])www\.\S+|\S+@{_LABEL}(?:\.{_LABEL})+"
    rf"|(?<![a-z0-9.@-])(?:{_LABEL}\.)+(?:(?:{_ENDINGS})(?![a-z0-9-])(?:[/:]\S*)?|[a-z]{{2,}}/\S+)"
    rf"|(?<![a-z0-9.@-])(?:{_LABEL}\.){{2,}}(?:do|es)(?![a-z0-9-])(?:[/:]\S*)?"  # alone they end a sentence: "stop.Do"
    r"|(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d{1,2})\.){3}(?:25[0-5]|2[0-4]\d|1?\d{1,2})(?![\d.])(?:[/:]\S*)?"
    r"|(?<![\w.@])@[a-z][\w.]{2,}"  # a name on a social network
)
# No address without one of these; most texts have none and are spared the patterns.
_SIGN: Final = re.compile(r"\w[.。]\w|[@/]|\bwww\b")
_SPELLED: Final = re.compile(
    rf"\bwww\s+{_LABEL}"
    r"|\b(?:bit|ow)\s{0,2}[.,]?\s{0,2}ly\b(?:\s*/\s*\S+)?|\bgoo\s{0,2}[.,]?\s{0,2}gl\b|\btiny\s?url\b|\byoutu\s{0,2}[.,]?\s{0,2}be\b"
    r"|\b(?:t|wa|fb|m)\s{1,2}me\s*/\s*\S+"
    rf"|\b{_LABEL}\s*(?:[\[({{<]\s*(?:\.|dot|punto|point|pwen|pwent)\s*[\])}}>]|\sdot\s)\s*(?:{_ENDINGS})\b(?:\s*/\s*\S+)?"
    rf"|\b{_LABEL}\s(?:punto|point|pwen|pwent|pwa)\s(?:com|org|ly|gov|edu)\b"
    rf"|\b{_LABEL}\s*点\s*(?:com|org|net|cn)\b"
    rf"|\b{_LABEL}(?:\s\.\s?|\.\s)(?:com|org|net|gov|edu|ly|lc)\b"
)
_SPELLED_SIGN: Final = re.compile(
    r"\b(?:www|ly|gl|url|be|me|com|org|net|gov|edu|lc|info|cn|io|tinyurl)\b|dot|[\[(]"
)


def links(text: str) -> Iterator[tuple[int, int]]:
    """Where addresses stand."""
    text = text.replace("。", ".") if re.search(r"[a-z0-9]。[a-z]", text) else text
    if _SIGN.search(text):
        for found in _LINK.finditer(text):
            yield found.span()
    if _SPELLED_SIGN.search(text):
        for found in _SPELLED.finditer(text):
            yield found.span()
