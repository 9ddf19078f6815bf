"""What reaches us: one text, one turn of a call, one web form, made by `intake` from a carrier's request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Channel(StrEnum):
    """The channel of an inbound, as the export names it (DESIGN, `hotline export`)."""

    SMS = "sms"
    VOICE = "voice"
    WEB = "web"
    STAFF = "staff"


class CarrierWord(StrEnum):
    """A word the carrier itself acts on (DESIGN 4): never a command of ours."""

    STOP = "stop"
    HELP = "help"
    START = "start"


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


@dataclass(frozen=True, slots=True)
class Inbound:
    """One thing that reached us.

    `key` decides duplicates: the MessageSid, or for a call "CallSid:step". `line` is the id of our line in
    `hotline.toml`. `sender` is E.164, or "" when the number is hidden (then every call is a contact of its own).
    `text` is what was written, any Unicode, control characters already removed, "" for a call.
    `at` is when it reached us, aware, UTC. `media` counts attachments (refused, never fetched).
    """

    key: str
    channel: Channel
    line: str
    sender: str
    text: str
    at: datetime
    carrier_word: CarrierWord | None = None
    media: int = 0
    call: CallTurn | None = None
