"""Twilio's signature on every request to us: an HMAC over the public URL and the form."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit, urlunsplit

from twilio.request_validator import RequestValidator

from hotline.carriers.carrier import Request

HEADER = "X-Twilio-Signature"

_DEFAULT_PORTS = {"https": 443, "http": 80}


class _Form(dict[str, list[str]]):
    """Form values by name, repeats kept: the library looks for `getlist`, and loses repeats of a plain dict."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        for name, value in pairs:
            self.setdefault(name, []).append(value)

    def getlist(self, name: str) -> list[str]:
        """All values of that name."""
        return self[name]


def authentic(request: Request, auth_tokens: Sequence[str]) -> bool:
    """Whether the request carries a signature made with one of the tokens for this very URL and form. Never raises.

    Nothing in it says when: a captured request stays valid, and only the ids in it protect from a replay.
    """
    given = request.header(HEADER).encode("utf-8", "replace")
    if not given:
        return False
    # In a GET the parameters are in the URL already; of a JSON body only a hash is, in the URL as well.
    form = _Form(request.form if request.method.upper() == "POST" else ())
    if request.body and not form and not _body_matches(request):
        return False
    matches = [
        hmac.compare_digest(_signature(token, url, form), given)
        for token in auth_tokens
        if token
        for url in _spellings(request.url)
    ]
    return any(matches)


def sign(url: str, form: Sequence[tuple[str, str]], token: str) -> str:
    """The signature that the carrier would give a POST of this form to this URL: for our own probe at our own door."""
    return _signature(token, url, _Form(form)).decode()


def _signature(token: str, url: str, form: _Form) -> bytes:
    try:
        return str(RequestValidator(token).compute_signature(url, form)).encode()
    except UnicodeEncodeError:  # lone surrogates cannot have been signed
        return b""


def _spellings(url: str) -> tuple[str, ...]:
    """The URL as it is, and without and with its port: the carrier itself is not consistent there."""
    whole = url.partition("#")[0]
    try:
        parts = urlsplit(whole)
        port = parts.port
    except ValueError:
        return (whole,)
    bare = parts.netloc.removesuffix(f":{port}") if port else parts.netloc
    full = f"{bare}:{port or _DEFAULT_PORTS.get(parts.scheme, 443)}"
    return tuple(
        dict.fromkeys((whole, *(urlunsplit(parts._replace(netloc=netloc)) for netloc in (bare, full))))
    )


def _body_matches(request: Request) -> bool:
    """A body that is no form must match the hash in the signed query."""
    said = parse_qs(request.query).get("bodySHA256", [""])[0]
    return hmac.compare_digest(
        hashlib.sha256(request.body).hexdigest().encode(), said.encode("utf-8", "replace")
    )
