"""Handing a message over to a gateway, in its own words, and reading whether it took it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import requests

from hotline.carriers.carrier import Accepted, Outgoing
from hotline.carriers.failures import CarrierError, Meaning, Retry
from hotline.carriers.gateway_fields import identifier, outgoing
from hotline.carriers.http import Timeouts, seconds_to_wait, unanswered
from hotline.carriers.lines import Encoding, GatewaySettings
from hotline.wording.gsm7 import septets

_PLACES = {Encoding.QUERY: "params", Encoding.FORM: "data", Encoding.JSON: "json"}


def hand_over(
    session: requests.Session, settings: GatewaySettings, message: Outgoing, timeouts: Timeouts
) -> Accepted:
    """One request to the gateway. Raises `CarrierError`."""
    values, headers, auth = _parameters(settings, message), {}, None
    if settings.send_secret_header:
        headers[settings.send_secret_header] = settings.send_secret_prefix + settings.send_secret
    elif settings.send_secret_field:
        values[settings.send_secret_field] = settings.send_secret
    elif settings.send_user:
        auth = (settings.send_user, settings.send_secret)
    body: dict[str, Any] = {
        _PLACES[settings.encoding]: outgoing(values, nested=settings.encoding is Encoding.JSON)
    }
    try:
        response = session.request(
            settings.method.upper(),
            settings.send_url,
            headers=headers,
            auth=auth,
            timeout=(timeouts.connect, timeouts.read),
            allow_redirects=False,
            **body,
        )
    except requests.RequestException as problem:
        error = unanswered(problem, creates=True)
    else:
        text = response.content.decode("utf-8", "replace")
        return _read(settings, message.id, response.status_code, text, response.headers)
    raise error  # outside of the except clause: the library's message holds the number


def _parameters(settings: GatewaySettings, message: Outgoing) -> dict[str, str]:
    """Our values under their names; what is empty is left out."""
    ours = {
        "to": message.to if settings.plus else message.to.removeprefix("+"),
        "from": message.line.number if settings.plus else message.line.number.removeprefix("+"),
        "text": message.text,
        "id": message.id,
        "status_url": message.status_url,
        "valid_seconds": "" if message.valid_seconds is None else str(message.valid_seconds),
    }
    values = dict(settings.constants)
    if septets(message.text) is None:
        values |= settings.unicode_constants
    return values | {theirs: ours[name] for name, theirs in settings.outbound.items() if ours.get(name)}


def _read(
    settings: GatewaySettings, our_id: str, status: int, body: str, headers: Mapping[str, str]
) -> Accepted:
    """Its answer: taken, refused, or a doubt."""
    after = seconds_to_wait(headers.get("Retry-After"))
    if status >= 500:
        raise CarrierError(f"http-{status}", Retry.AMBIGUOUS, after)
    if status == 429:
        raise CarrierError("http-429", Retry.LATER, after or 1.0, Meaning.BUSY)
    if not 200 <= status < 300:
        ours_to_set = status < 400 or status in (401, 403, 404)
        meaning = Meaning.CONFIGURATION if ours_to_set else Meaning.TROUBLE
        raise CarrierError(f"http-{status}", Retry.NEVER, None, meaning)
    if settings.refused and re.search(settings.refused, body):
        raise CarrierError("refused", Retry.NEVER)
    if not settings.accepted:
        return Accepted(our_id)
    found = re.search(settings.accepted, body)
    if found is None:
        raise CarrierError("unreadable", Retry.AMBIGUOUS)
    return Accepted(identifier(found.group(1)))
