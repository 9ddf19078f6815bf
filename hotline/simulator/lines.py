"""Our numbers at the carrier, as the API shows and changes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hotline.simulator.config import LineConfig

#: How long a sender's queue may get before the carrier refuses (10 hours).
MAX_QUEUE = timedelta(hours=10)

#: Attributes of a number that the API can set, in the API's spelling, with what they are at first.
SETTINGS = {
    "FriendlyName": "",
    "SmsUrl": "",
    "SmsMethod": "POST",
    "SmsFallbackUrl": "",
    "SmsFallbackMethod": "POST",
    "VoiceUrl": "",
    "VoiceMethod": "POST",
    "VoiceFallbackUrl": "",
    "VoiceFallbackMethod": "POST",
    "StatusCallback": "",
    "StatusCallbackMethod": "POST",
}


@dataclass
class Line:
    """One number: its settings, who said STOP to it, and when it may send and dial next."""

    config: LineConfig
    sid: str
    created: datetime
    settings: dict[str, str] = field(default_factory=lambda: dict(SETTINGS))
    stopped: set[str] = field(default_factory=set)
    next_segment: datetime | None = None
    next_call: datetime | None = None

    def __post_init__(self) -> None:
        config = self.config
        self.settings |= {
            "FriendlyName": config.number,
            "SmsUrl": config.sms_url,
            "SmsFallbackUrl": config.sms_fallback_url,
            "VoiceUrl": config.voice_url,
            "VoiceFallbackUrl": config.voice_fallback_url,
            "StatusCallback": config.status_callback,
        }

    @property
    def number(self) -> str:
        """The number in E.164."""
        return self.config.number

    def sms_slot(self, now: datetime, segments: int) -> datetime:
        """When a message of `segments` goes out, e.g. at 1 segment/s: three messages of 2 at 0 s, 2 s and 4 s."""
        start = max(now, self.next_segment or now)
        self.next_segment = start + timedelta(seconds=segments / self.config.segments_per_second)
        return start

    def call_slot(self, now: datetime) -> datetime:
        """When the next call goes out."""
        start = max(now, self.next_call or now)
        self.next_call = start + timedelta(seconds=1 / self.config.calls_per_second)
        return start

    def queue_is_full(self, now: datetime) -> bool:
        """Are ten hours of segments waiting?"""
        return self.next_segment is not None and self.next_segment - now > MAX_QUEUE
