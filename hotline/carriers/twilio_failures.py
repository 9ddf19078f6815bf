"""Twilio's error codes, and what is right after each of them.

Twilio splits codes over time, so an unknown one falls into a safe default by its HTTP status: never for 4xx, later for
429, for 5xx ambiguous where a message or call may have been created.
"""

from __future__ import annotations

from hotline.carriers.failures import CarrierError, Meaning, Retry

_MINUTE = 60.0
_NEVER, _LATER = Retry.NEVER, Retry.LATER

_KNOWN: dict[int, tuple[Retry, float | None, Meaning]] = {
    20003: (_NEVER, None, Meaning.CONFIGURATION),  # bad credentials
    20009: (_LATER, 5 * _MINUTE, Meaning.NOT_FINAL),  # message not final yet
    20404: (_NEVER, None, Meaning.GONE),
    20429: (_LATER, 1.0, Meaning.BUSY),
    21201: (_NEVER, None, Meaning.OUR_BUG),
    21211: (_NEVER, None, Meaning.BAD_NUMBER),
    21212: (_NEVER, None, Meaning.CONFIGURATION),
    21214: (_NEVER, None, Meaning.UNREACHABLE),
    21215: (_NEVER, None, Meaning.CONFIGURATION),  # country not enabled for calls
    21217: (_NEVER, None, Meaning.BAD_NUMBER),
    21219: (_NEVER, None, Meaning.CONFIGURATION),  # trial account
    21220: (_NEVER, None, Meaning.GONE),  # call already over
    21266: (_NEVER, None, Meaning.OUR_BUG),
    21408: (_NEVER, None, Meaning.CONFIGURATION),  # country not enabled for texts
    21602: (_NEVER, None, Meaning.OUR_BUG),
    21603: (_NEVER, None, Meaning.OUR_BUG),
    21604: (_NEVER, None, Meaning.OUR_BUG),
    21606: (_NEVER, None, Meaning.CONFIGURATION),
    21608: (_NEVER, None, Meaning.CONFIGURATION),
    21610: (_NEVER, None, Meaning.OPTED_OUT),
    21611: (_LATER, 10 * _MINUTE, Meaning.BUSY),  # our sender's queue is full
    21612: (_NEVER, None, Meaning.UNREACHABLE),
    21614: (_NEVER, None, Meaning.BAD_NUMBER),  # not a mobile: call instead
    21617: (_NEVER, None, Meaning.OUR_BUG),  # over 1600 characters
    21619: (_NEVER, None, Meaning.OUR_BUG),
    21659: (_NEVER, None, Meaning.CONFIGURATION),
    21660: (_NEVER, None, Meaning.CONFIGURATION),
    13227: (_NEVER, None, Meaning.CONFIGURATION),
    30001: (_LATER, 5 * _MINUTE, Meaning.BUSY),
    30002: (_NEVER, None, Meaning.CONFIGURATION),  # account suspended
    30003: (_LATER, 30 * _MINUTE, Meaning.UNREACHABLE),  # handset switched off or out of reach
    30004: (_NEVER, None, Meaning.BLOCKED),
    30005: (_NEVER, None, Meaning.BAD_NUMBER),
    30006: (_NEVER, None, Meaning.BAD_NUMBER),
    30007: (_NEVER, None, Meaning.BLOCKED),  # filtered as spam
    30008: (_LATER, 5 * _MINUTE, Meaning.TROUBLE),
    30032: (_NEVER, None, Meaning.CONFIGURATION),
    30034: (_NEVER, None, Meaning.CONFIGURATION),
    30036: (_NEVER, None, Meaning.STALE),
    30410: (_LATER, 5 * _MINUTE, Meaning.TROUBLE),
    30450: (_NEVER, None, Meaning.BLOCKED),  # pumping protection
}


def failure(code: int | None, status: int, creates: bool, retry_after: float | None = None) -> CarrierError:
    """The error for an answer of Twilio's REST API.

    `code` is its own code (None if the answer had none), `status` the HTTP status, `creates` says that the request would
    have created a message or a call, `retry_after` is the header's value in seconds.
    """
    if status >= 500:
        retry = Retry.AMBIGUOUS if creates else Retry.LATER
        return CarrierError(str(code or f"http-{status}"), retry, retry_after, Meaning.TROUBLE)
    if code in _KNOWN:
        retry, after, meaning = _KNOWN[code]
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
    known = _KNOWN.get(int(code)) if code.isdecimal() else None
    if known is None:
        return CarrierError(code or "failed", Retry.NEVER, None, Meaning.TROUBLE)
    return CarrierError(code, *known)
