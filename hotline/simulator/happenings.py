"""What a night's script can react to: a phone rings, gets a text, or has a new voicemail."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Happening:
    """`kind`: ring, text, voicemail. `sid` is the call's or message's, `text` the words of a text."""

    kind: str
    number: str
    sid: str
    text: str = ""
