"""Who is at the other end: E.164, or nobody we can name."""

from __future__ import annotations

import phonenumbers

# Hidden callers in the older keypad forms (ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN, UNAVAILABLE). They look like
# numbers: all hidden callers would share one identity.
_KEYPAD_HIDDEN = frozenset({"+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"})

_SHORTEST = len("+1234567")  # shorter ones are short codes behind a country code

_CHANNEL_PREFIXES = ("whatsapp:", "rcs:", "messenger:")


def sender(raw: str, region: str | None = None) -> str:
    """The sender's number in E.164, "" when there is none to answer or to know again.

    "" for a hidden caller (a word such as `anonymous`, or its keypad form), a short code, an alphanumeric name, a SIP or app
    address. A channel's prefix (`whatsapp:`) is taken off: it is the same phone. `region` is the ISO country of a
    number written without a country code; None accepts international numbers alone. Idempotent.
    """
    text = raw.strip()
    for prefix in _CHANNEL_PREFIXES:
        if text.lower().startswith(prefix):
            text = text[len(prefix) :]
    if text.startswith("00"):
        text = "+" + text[2:]
    compact = "+" + "".join(char for char in text if char.isdigit()) if text.startswith("+") else ""
    if compact in _KEYPAD_HIDDEN or not _looks_dialled(text):
        return ""
    digits = "".join(char for char in text if char.isdigit())
    # Some gateways take the plus sign away ("447700900123"): read at home first, then as international.
    readings = [text] if region is None or compact else [text, "+" + digits]
    return next((number for reading in readings if (number := _possible(reading, region))), "")


def _possible(text: str, region: str | None) -> str:
    """E.164 of a number that may exist; "possible", not "valid": a new or fictional range must not make a caller nameless.

    A number that reads differently when read again ("+43 000000" loses a nought each time) is none: it would be
    two identities.
    """
    read = _read(text, region)
    return read if len(read) >= _SHORTEST and _read(read, None) == read else ""


def _read(text: str, region: str | None) -> str:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number) or number.extension:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _looks_dialled(text: str) -> bool:
    """Digits and the usual separators only: phonenumbers would read letters as keys (`1-800-FLOWERS`)."""
    return bool(text) and all(char.isdigit() or char in "+-. ()/" for char in text)
