"""A person's phone: what it got, what it hears, what rings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from hotline.simulator.config import PhoneConfig

if TYPE_CHECKING:
    from hotline.simulator.calls import Call


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that sounded in a call.

    `kind`: say, play, digits, beep, ring, music, silence, person (another person's words), keys, error, end. `text` is
    the words, `url` the address of what was played, `seconds` how long it lasts.
    """

    kind: str
    at: datetime
    text: str = ""
    url: str = ""
    voice: str = ""
    language: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Bubble:
    """A text on this phone; `sid` finds its message (state, segments, price)."""

    sid: str
    mine: bool
    other: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class VoicemailMessage:
    """What a voicemail heard after its beep."""

    call_sid: str
    sender: str
    heard: list[Heard]


@dataclass
class Phone:
    """The phone's settings can be changed on the way; `ringing` and `live` are the calls it has now."""

    config: PhoneConfig
    name: str = ""
    voicemail: bool = False
    hidden: bool = False
    on: bool = True
    bubbles: list[Bubble] = field(default_factory=list)
    ringing: Call | None = None
    live: Call | None = None
    last: Call | None = None
    box: list[VoicemailMessage] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.name = self.config.name
        self.voicemail = self.config.voicemail
        self.hidden = self.config.hidden
        self.on = self.config.on

    @property
    def number(self) -> str:
        """The number in E.164."""
        return self.config.number

    @property
    def engaged(self) -> bool:
        """Rings or talks already."""
        return self.ringing is not None or self.live is not None

    @property
    def texts(self) -> list[str]:
        """What was texted to this phone, oldest first."""
        return [bubble.text for bubble in self.bubbles if not bubble.mine]
