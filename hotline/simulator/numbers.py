"""What a phone number may look like on this network."""

from __future__ import annotations

import re

#: The words carriers put in place of a hidden number.
HIDDEN_CALLER = "anonymous"

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_KEYS = re.compile(r"[0-9*#w]+")


def is_e164(number: str) -> bool:
    """True for `+` and 7 to 15 digits; North American numbers need an area code and exactly ten digits."""
    if not _E164.fullmatch(number):
        return False
    return not number.startswith("+1") or bool(re.fullmatch(r"\+1[2-9][0-9]{2}[2-9][0-9]{6}", number))


def are_keys(keys: str) -> bool:
    """True for keys a phone has (`w` is half a second's pause)."""
    return bool(_KEYS.fullmatch(keys))
