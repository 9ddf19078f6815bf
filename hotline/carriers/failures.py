"""What can go wrong with a carrier, and whether trying again is right."""

from __future__ import annotations

from enum import StrEnum


class Retry(StrEnum):
    """Whether the same request may be made again."""

    NEVER = "never"
    LATER = "later"
    AMBIGUOUS = "ambiguous"  # it may have been accepted: `Carrier.find` first


class Meaning(StrEnum):
    """What a failure tells us, for whoever has to act on it."""

    OPTED_OUT = "opted_out"  # the person sent STOP: record it
    BAD_NUMBER = "bad_number"  # no such number, or it takes no texts
    UNREACHABLE = "unreachable"  # not now, or not from this line: another channel
    BLOCKED = "blocked"  # the recipient or a carrier refuses us
    BUSY = "busy"  # too fast, or a queue is full
    CONFIGURATION = "configuration"  # our account, number or permissions: an operator must act
    OUR_BUG = "our_bug"  # the request itself is wrong
    STALE = "stale"  # its time ran out
    NOT_FINAL = "not_final"  # too early to redact or delete
    GONE = "gone"  # there is nothing any more
    TROUBLE = "trouble"  # the carrier or the network, or unknown


class CarrierError(Exception):
    """A carrier refused, or could not be reached.

    `code` is the carrier's code, or a word of ours ("time-out", "unreachable", "http-502"). `after` is how many seconds to
    wait at least before trying again, None when the carrier and our table say nothing. The message of the exception
    holds no number, URL or text, so it may be logged.
    """

    def __init__(
        self, code: str, retry: Retry, after: float | None = None, meaning: Meaning = Meaning.TROUBLE
    ) -> None:
        super().__init__(f"{code} ({meaning}, retry {retry})")
        self.code = code
        self.retry = retry
        self.after = after
        self.meaning = meaning


class NotOnThisLine(CarrierError):
    """The line cannot do this at all: no voice, no texts out, no looking up. Nothing was tried."""

    def __init__(self, what: str) -> None:
        super().__init__(f"no-{what}", Retry.NEVER, None, Meaning.CONFIGURATION)


class BadRequest(Exception):
    """A request to us lacks what we need. The message is for the sender: short, plain, with no value of theirs in it."""
