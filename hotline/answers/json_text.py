"""JSON on one line, written and read many times a second: as `json` writes it without spaces, with letters as they are.

`json.dumps` builds an encoder for each call; most values of a conversation are one text or one number, which need none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from json.encoder import encode_basestring
from typing import Any

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_decode = json.JSONDecoder().raw_decode


def write(value: Any) -> str:
    """The value as JSON; no line break stands in it, for `json` writes one as two characters."""
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None:
        return "null"
    if type(value) is int:
        return str(value)
    return _encode(value)


write_text = encode_basestring
"""A text as JSON."""


def write_texts(texts: Iterable[str]) -> str:
    """A list of texts as JSON."""
    return f"[{','.join(map(encode_basestring, texts))}]"


def read(text: str) -> Any:
    """The value of what `write` wrote; raises ValueError for anything else."""
    value, end = _decode(text)
    if end != len(text):
        raise ValueError("more than one value")
    return value
