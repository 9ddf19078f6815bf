"""One turn of a call."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CallTurn:
    """One turn of a call: the carrier asks what to do next and tells what the caller did.

    `step` is the number that our own action URL carried (0 for the first request of a call).
    `digits` are the keys pressed, `*` and `#` included, "" for none. `recording` is the carrier's id
    of a finished recording, "" for none; `recording_seconds` its length. `ended` says that the caller hung up.
    `forwarded_from` is the number a call was forwarded from, "" for none.
    """

    call_sid: str
    step: int
    digits: str = ""
    recording: str = ""
    recording_seconds: int = 0
    ended: bool = False
    forwarded_from: str = ""
