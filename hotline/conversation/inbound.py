"""What reaches us: one text, one turn of a call, one web form, made by `intake` from a carrier's request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hotline.calltree.turn import CallTurn

__all__ = ["CallTurn", "CarrierWord", "Channel", "Inbound"]


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
