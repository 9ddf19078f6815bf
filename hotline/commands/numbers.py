"""Phone numbers as somebody types them on the command line."""

from __future__ import annotations

import click
import phonenumbers


def e164(number: str, country: str) -> str:
    """A phone number as typed, in E.164. Raises click.BadParameter in words for whoever typed it."""
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        raise click.BadParameter(f"'{number}' is not a phone number; write it like +17585550100") from None
    if not phonenumbers.is_possible_number(parsed):
        raise click.BadParameter(f"'{number}' has too few or too many digits")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
