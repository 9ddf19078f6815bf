"""The signature on every webhook: what proves to the product that the carrier is asking."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Iterable
from hashlib import sha1


def sign(auth_token: str, url: str, form: Iterable[tuple[str, str]]) -> str:
    """Base64 of HMAC-SHA1 over the URL without its fragment and the form's pairs, sorted by name.

    A name that occurs several times gives each distinct value once, sorted. For GET pass no form: it is in the query.
    """
    values: dict[str, set[str]] = {}
    for name, value in form:
        values.setdefault(name, set()).add(value)
    text = url.split("#", 1)[0] + "".join(
        name + value for name in sorted(values) for value in sorted(values[name])
    )
    return base64.b64encode(hmac.new(auth_token.encode(), text.encode(), sha1).digest()).decode()
