"""The official client's road to Twilio: our own base URL, always a time-out, nothing logged, errors as ours."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.adapters import BaseAdapter
from twilio.http.http_client import TwilioHttpClient

from hotline.carriers.failures import CarrierError, Meaning, Retry
from hotline.carriers.http import Timeouts, is_loopback, seconds_to_wait, unanswered
from hotline.carriers.twilio_failures import failure

API_BASE_URL = "https://api.twilio.com"

RECORDING_LIMIT = 100 * 1024 * 1024
"""Bytes of a recording that we are ready to hold: far more than an hour of MP3."""


@dataclass(frozen=True, slots=True)
class TwilioAccount:
    """Access to one account. `auth_tokens`: the first for the API, all for signatures (two during rotation).

    `transport` carries the requests instead of a connection: in a played night the carrier is in the same process.
    """

    account_sid: str
    auth_tokens: tuple[str, ...] = field(repr=False)
    api_base_url: str = API_BASE_URL
    timeouts: Timeouts = field(default_factory=Timeouts)
    transport: BaseAdapter | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Raise ValueError without credentials: an empty token would sign for everybody."""
        if not self.account_sid or not self.auth_tokens or not all(self.auth_tokens):
            raise ValueError("an account needs TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN")


class QuietClient(TwilioHttpClient):  # type: ignore[misc]  # the library ships no types
    """The library's HTTP client, sent to our base URL; raises `CarrierError` instead of its three kinds of errors."""

    def __init__(self, account: TwilioAccount) -> None:
        super().__init__(request_hooks={"response": _as_utf8})
        # The base class names one number; requests, which gets it, takes the pair of connect and read.
        self.timeout = (account.timeouts.connect, account.timeouts.read)
        self._account = account
        self._base = urlsplit(account.api_base_url)
        # A proxy of the environment must not swallow what goes to a stand-in on the own machine.
        self.session.trust_env = not is_loopback(account.api_base_url)
        if account.transport is not None:
            self.session.mount(account.api_base_url, account.transport)

    def log_request(self, kwargs: Mapping[str, object]) -> None:
        """Nothing: the library would write numbers and URLs at INFO."""

    def log_response(self, status_code: int, response: object) -> None:
        """Nothing, for the same reason."""

    def request(
        self,
        method: str,
        url: str,
        params: Any = None,
        data: Any = None,
        headers: Any = None,
        auth: Any = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Any:
        """One request. Raises `CarrierError` for any answer but 2xx and for no answer."""
        creates = method.upper() == "POST" and urlsplit(url).path.endswith(("/Messages.json", "/Calls.json"))
        try:
            response = super().request(method, self._ours(url), params, data, headers, auth)
        except requests.RequestException as problem:
            error = unanswered(problem, creates)
        else:
            if 200 <= response.status_code < 300:
                return response
            error = failure(
                _code(response.text),
                response.status_code,
                creates,
                seconds_to_wait(response.headers.get("Retry-After")),
            )
        raise error  # outside of the except clause: the library's message holds numbers

    def fetch(self, path: str) -> bytes:
        """The bytes at `path` of the API (the library's own answers are text only). Raises `CarrierError`."""
        account = self._account
        error: CarrierError
        try:
            with self.session.get(
                self._ours(API_BASE_URL + path),
                auth=(account.account_sid, account.auth_tokens[0]),
                timeout=self.timeout,
                allow_redirects=False,
                stream=True,
            ) as response:
                if response.status_code == 200:
                    return _limited(response)
                error = failure(_code(response.text), response.status_code, False)
        except requests.RequestException as problem:
            error = unanswered(problem, False)
        raise error

    def close(self) -> None:
        """Close the connections."""
        self.session.close()

    def _ours(self, url: str) -> str:
        parts = urlsplit(url)
        path = self._base.path.rstrip("/") + parts.path
        return urlunsplit((self._base.scheme, self._base.netloc, path, parts.query, ""))


def silence_loggers() -> None:
    """Keep numbers out of logs whatever their level: urllib3 writes every URL, with its query, at DEBUG.

    Filters, not levels: a later configuration of logging sets levels again.
    """
    for name in ("twilio.http_client", "twilio.async_http_client", "urllib3.connectionpool"):
        logger = logging.getLogger(name)
        if _only_warnings not in logger.filters:
            logger.addFilter(_only_warnings)


def _only_warnings(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING


def _as_utf8(response: Any, *_: object, **__: object) -> None:
    """JSON is UTF-8. Without a charset in the header requests would guess, and a text would not be found again."""
    response.encoding = "utf-8"


def _limited(response: Any) -> bytes:
    parts, size = [], 0
    for part in response.iter_content(64 * 1024):
        size += len(part)
        if size > RECORDING_LIMIT:
            raise CarrierError("too-large", Retry.NEVER, None, Meaning.TROUBLE)
        parts.append(part)
    return b"".join(parts)


def _code(text: str) -> int | None:
    try:
        code = json.loads(text).get("code")
    except (ValueError, AttributeError):
        return None
    return code if isinstance(code, int) else None
