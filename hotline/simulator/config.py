"""What the telephone network is told before it starts: its account, our lines, and the phones of the people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: Words the carrier answers itself on long codes when nothing else is configured (exact one-word message, any case).
STOP_WORDS = ("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "REVOKE")
START_WORDS = ("START", "YES", "UNSTOP")
HELP_WORDS = ("HELP", "INFO")


@dataclass(frozen=True, slots=True)
class OptOutWords:
    """Words the carrier answers by itself on one line, and what it answers ("" = no answer of its own).

    `advanced` (Advanced Opt-Out): the webhook then carries `OptOutType`.
    """

    stop: tuple[str, ...] = STOP_WORDS
    start: tuple[str, ...] = START_WORDS
    help: tuple[str, ...] = HELP_WORDS
    advanced: bool = False
    stop_reply: str = "You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe."
    start_reply: str = "You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply."
    help_reply: str = "Reply STOP to unsubscribe. Msg&Data Rates May Apply."


@dataclass(frozen=True, slots=True)
class LineConfig:
    """One number of ours at this carrier. URLs may be "" (nothing is asked); the API can change them later."""

    number: str
    sms_url: str = ""
    sms_fallback_url: str = ""
    voice_url: str = ""
    voice_fallback_url: str = ""
    status_callback: str = ""
    sms: bool = True
    voice: bool = True
    words: OptOutWords | None = field(default_factory=OptOutWords)
    segments_per_second: float = 1.0
    calls_per_second: float = 1.0


@dataclass(frozen=True, slots=True)
class PhoneConfig:
    """A person's phone. `rings_before_voicemail` is in seconds and counts only if `voicemail` is on."""

    number: str
    name: str = "Phone"
    country: str = "US"
    voicemail: bool = False
    hidden: bool = False
    on: bool = True
    rings_before_voicemail: float = 20.0


@dataclass(frozen=True, slots=True)
class GatewayLineConfig:
    """A line behind an Android phone used as gateway: plain HTTP, no signature, field names as configured.

    `inbound_url` gets a text that a phone sends to `number`; `inbound_fields` maps our names (sender, recipient, text,
    id, time) to the receiver's; `secret` goes in `secret_field` of the form or, when that begins with "header:", in
    that header. `send_fields` maps to, text, reference, status_url for `/gateway/<name>/send` (GET or POST; other names in it
    are accepted and unused); the status URL, else `report_url`, gets delivery reports with `report_fields` (id, status,
    reference). `reply_field`: "" (answer is not read), "text" (a text/plain
    body is the reply) or the name of a field of a JSON answer.
    """

    name: str
    number: str
    inbound_url: str
    secret: str
    secret_field: str = "secret"  # noqa: S105 - the name of a field
    inbound_json: bool = False
    inbound_fields: Mapping[str, str] = field(
        default_factory=lambda: {
            "sender": "from",
            "recipient": "to",
            "text": "message",
            "id": "id",
            "time": "sent_at",
        }
    )
    send_fields: Mapping[str, str] = field(
        default_factory=lambda: {"to": "to", "text": "message", "reference": "reference"}
    )
    report_url: str = ""
    report_fields: Mapping[str, str] = field(
        default_factory=lambda: {"id": "id", "status": "status", "reference": "reference"}
    )
    reply_field: str = ""


@dataclass(frozen=True, slots=True)
class SimulatorConfig:
    """The whole network. The auth token is a made-up secret shared with the product, good on this machine only.

    `price_per_segment` is in `currency` and only shown. `speech_rate` is in characters a second (how long `Say` lasts).
    `text_seconds` is how long a text takes to a phone. `webhook_timeout` is in seconds. `public_url` is how this network calls itself in links to recordings.
    `routes` says where a public origin is really reached, as a proxy would: webhooks for `https://hotline.example` are
    signed for that name and carried to `http://127.0.0.1:8000`.
    """

    lines: tuple[LineConfig, ...]
    phones: tuple[PhoneConfig, ...] = ()
    gateways: tuple[GatewayLineConfig, ...] = ()
    host: str = "127.0.0.1"
    port: int = 8003
    account_sid: str = "AC" + "0" * 32
    auth_token: str = "simulator-token"  # noqa: S105 - a secret of this machine's own network, not of an account
    price_per_segment: float = 0.05
    currency: str = "USD"
    speech_rate: float = 14.0
    text_seconds: float = 1.5
    webhook_timeout: float = 15.0
    public_url: str = ""
    staff_url: str = ""
    routes: Mapping[str, str] = field(default_factory=dict)

    @property
    def base_url(self) -> str:
        """The address under which the product and the page reach this network, without a final slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


#: Four phones for the page, with fictional numbers, when nothing else is configured.
DEFAULT_PHONES = (
    PhoneConfig("+12025550111", "Caller"),
    PhoneConfig("+12025550121", "Officer"),
    PhoneConfig("+12025550131", "Staff 1", voicemail=True),
    PhoneConfig("+12025550132", "Staff 2"),
)
