"""Twilio's error codes, and what is right after each of them: content, in `data/twilio_errors.csv`.

Twilio splits codes over time, so an unknown one falls into a safe default by its HTTP status: never for 4xx, later for
429, for 5xx ambiguous where a message or call may have been created.
"""

from __future__ import annotations

from collections.abc import Mapping
from csv import DictReader
from functools import cache
from pathlib import Path

from hotline.carriers.failures import CarrierError, Meaning, Retry

_FILE = Path(__file__).parent / "data" / "twilio_errors.csv"


@cache
def _known() -> Mapping[int, tuple[Retry, float | None, Meaning]]:
    """Whether to retry, after how many seconds at least, and what it means, by code: the rows of `twilio_errors.csv`."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {
            int(row["code"]): (
                Retry(row["retry"]),
                float(row["after_seconds"]) if row["after_seconds"] else None,
                Meaning(row["meaning"]),
            )
            for row in DictReader(file)
        }


def failure(code: int | None, status: int, creates: bool, retry_after: float | None = None) -> CarrierError:
    """The error for an answer of Twilio's REST API.

    `code` is its own code (None if the answer had none), `status` the HTTP status, `creates` says that the request would
    have created a message or a call, `retry_after` is the header's value in seconds.
    """
    if status >= 500:
        retry = Retry.AMBIGUOUS if creates else Retry.LATER
        return CarrierError(str(code or f"http-{status}"), retry, retry_after, Meaning.TROUBLE)
    if code is not None and (known := _known().get(code)):
        retry, after, meaning = known
        return CarrierError(str(code), retry, retry_after or after, meaning)
    name = f"http-{status}" if code is None or code == status else str(code)
    if status == 429:
        return CarrierError(name, Retry.LATER, retry_after or 1.0, Meaning.BUSY)
    if status in (401, 403):
        return CarrierError(name, Retry.NEVER, None, Meaning.CONFIGURATION)
    if status == 404:
        return CarrierError(name, Retry.NEVER, None, Meaning.GONE)
    return CarrierError(name, Retry.NEVER, retry_after, Meaning.TROUBLE)


def delivery_failure(code: str) -> CarrierError:
    """What the ErrorCode of a failed or undelivered message means. An unknown code is not tried again."""
    known = _known().get(int(code)) if code.isdecimal() else None
    if known is None:
        return CarrierError(code or "failed", Retry.NEVER, None, Meaning.TROUBLE)
    return CarrierError(code, *known)
