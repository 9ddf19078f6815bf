"""What all our requests to carriers share: always a time-out, and the reading of a missing answer."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import MaxRetryError, NewConnectionError

from hotline.carriers.failures import CarrierError, Meaning, Retry


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds until a connection must stand, and until an answer must come."""

    connect: float = 5.0
    read: float = 10.0


def unanswered(problem: requests.RequestException, creates: bool) -> CarrierError:
    """The error for a request that got no answer.

    If no connection came about, nothing was accepted. If it broke or ran out of time later, a request that `creates`
    a message or a call may have done so.
    """
    if isinstance(problem, requests.exceptions.ConnectTimeout) or _never_connected(problem):
        return CarrierError("unreachable", Retry.LATER, None, Meaning.TROUBLE)
    code = "time-out" if isinstance(problem, requests.exceptions.Timeout) else "broken-off"
    return CarrierError(code, Retry.AMBIGUOUS if creates else Retry.LATER, None, Meaning.TROUBLE)


def _never_connected(problem: requests.RequestException) -> bool:
    if isinstance(problem, requests.exceptions.ProxyError):
        return True
    cause = problem.args[0] if problem.args else None
    return isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)


def is_loopback(url: str) -> bool:
    """Whether the URL leads to this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def seconds_to_wait(header: str | None) -> float | None:
    """The seconds of a Retry-After header, None for none and for a date."""
    return float(header) if header and header.isascii() and header.isdecimal() else None
