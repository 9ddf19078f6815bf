"""Make two spellings of the same words equal: case, accents, apostrophes, digits of any script, zero-width marks.

A folded text is tokens joined by single spaces. Each Chinese character is a token of its own, so that phrases
of all languages are sequences of tokens; digits and letters that touch are two tokens ("16yrs" is "16 yrs").
"""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHES = "'’‘ʼ`´′"
_PLAIN = str.maketrans(
    {
        **dict.fromkeys(_APOSTROPHES, ""),
        # A raised digit or a fraction must never join the number before it ("16½" is not 161).
        **dict.fromkeys("⁰¹²³⁴⁵⁶⁷⁸⁹½¼¾⅓⅔", " "),
        "œ": "oe",
        "Œ": "oe",
        "æ": "ae",
        "Æ": "ae",
        "ø": "o",
        "Ø": "o",
        "–": "-",
        "—": "-",
        "−": "-",
        "‐": "-",
        "‑": "-",
        "～": "~",
        "〜": "~",
        "。": ".",
        "、": ",",
        "√": "✓",
    }
)
_ASCII = str.maketrans(dict.fromkeys("'`", ""))
_DROPPED = frozenset({"Mn", "Me", "Mc", "Cf", "Cc", "Sk", "Cs", "Co", "Cn"})
_CJK = "\u3400-\u4dbf\u4e00-\u9fff"
_TOKEN = re.compile(rf"[{_CJK}]|\d+|[^\W\d_{_CJK}]+|[^\w\s]")
_WORD = re.compile(rf"[{_CJK}]|\d+|[^\W\d_{_CJK}]+|[\u2190-\u2bff\U0001f000-\U0001faff]")


def plain(text: str) -> str:
    """`text` in lower case without accents, marks and apostrophes, with ASCII digits; other signs stay."""
    if text.isascii():
        return text.lower().translate(_ASCII)
    kept = []
    for ch in unicodedata.normalize("NFKD", text.translate(_PLAIN)).casefold():
        if ch.isascii():
            kept.append(ch)
            continue
        if unicodedata.category(ch) in _DROPPED:
            continue
        digit = unicodedata.decimal(ch, None)
        kept.append(ch if digit is None else str(digit))
    return "".join(kept)


def tokens(text: str) -> list[str]:
    """Words, numbers, Chinese characters and pictures of `text`, folded; all other signs left out."""
    if text.isascii() and (text.isalpha() or text.isdecimal()):
        return [text.lower()]  # one word or one number, as most replies are
    return _WORD.findall(plain(text))


def signs(text: str) -> list[str]:
    """As `tokens`, with every other sign (`-`, `/`, `?`) as a token of its own."""
    return _TOKEN.findall(plain(text))


def fold(text: str) -> str:
    """The tokens of `text` joined by single spaces: equal for spellings of the same words."""
    return " ".join(_WORD.findall(plain(text)))
