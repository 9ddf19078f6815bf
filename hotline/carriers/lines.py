"""What a line is: a number of ours at a carrier, what it can, and which words the carrier itself answers.

Lines are content: `hotline.toml` holds them, `config` parses them into the types here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

# An exact one-word message, in any case, that a carrier acts on by default on long codes (OPTOUT and REVOKE since 2025).
STOP_WORDS = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "REVOKE"})
HELP_WORDS = frozenset({"HELP", "INFO"})
START_WORDS = frozenset({"START", "YES", "UNSTOP"})


class CarrierKind(StrEnum):
    """Which implementation speaks for a line."""

    TWILIO = "twilio"
    GATEWAY = "gateway"


class Encoding(StrEnum):
    """How our parameters travel to a gateway: in the query, as a form, or as a JSON object."""

    QUERY = "query"
    FORM = "form"
    JSON = "json"


class GatewayReply(StrEnum):
    """How a gateway takes a reply in the answer to its request: as plain text, in JSON, or not at all."""

    TEXT = "text"
    JSON = "json"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class GatewaySettings:
    """How one HTTP gateway speaks: an Android phone as a gateway, or an SMSC of the Kannel or Jasmin kind.

    Names map ours to theirs; a dot in one of theirs goes into nested JSON ("payload.message").

    - `send_url`, `method`, `encoding`: where and how a message is handed over. A query is used with GET.
    - `outbound`: `to`, `text` (both needed), `id` (ours), `from`, `status_url`, `valid_seconds`.
    - `constants`: parameters always sent as they are ("charset" = "UTF-8", "dlr-mask" = "31"); `unicode_constants`: those
      sent besides when the text does not fit the cheap alphabet ("coding" = "2").
    - `send_secret` goes into the header `send_secret_header` (with `send_secret_prefix`, "Bearer ") or into the field
      `send_secret_field`; `send_user` and `send_secret` make HTTP basic authentication when neither is named.
    - `accepted`: a regular expression whose first group finds the gateway's id in its answer; "" means that our
      own id serves (the gateway gives none). `refused`: a regular expression that marks an answer as a refusal in
      spite of HTTP 200.
    - `plus`: whether numbers are sent with their plus sign.
    - `deduplicates`: the gateway ignores a message whose id it has seen, so sending again after a doubt is safe.
    - `repeats_lost`: where it does not, a message whose answer was lost is sent once more, since a gateway cannot be asked;
      else it counts as failed. Once more at most: nobody gets the same text three times.
    - `inbound`: `from`, `text` (both needed), `id` or `time` (at least one: it tells a repeat from a second "1"), `to`.
    - `secret`: what the gateway shows us in the header `secret_header` or the field `secret_field`.
      Without a secret nothing is authentic.
    - `reply`, `reply_field`: how a reply travels in the answer. Without a reply the answer is `quiet_status` with the body
      `quiet_body`: what the gateway takes for "received, nothing to send" (Kannel: 200 and omit-empty; Jasmin: ACK/Jasmin).
    - `report`: `id` and `status` (both needed), `error`; `statuses` maps theirs (any case) to a `DeliveryStatus` value.
    - `region`: ISO country of numbers written without a country code.
    """

    send_url: str
    method: str = "POST"
    encoding: Encoding = Encoding.FORM
    outbound: Mapping[str, str] = field(default_factory=lambda: {"to": "to", "text": "text", "id": "id"})
    constants: Mapping[str, str] = field(default_factory=dict)
    unicode_constants: Mapping[str, str] = field(default_factory=dict)
    send_user: str = ""
    send_secret: str = field(default="", repr=False)
    send_secret_header: str = ""
    send_secret_prefix: str = ""
    send_secret_field: str = ""
    accepted: str = ""
    refused: str = ""
    plus: bool = True
    deduplicates: bool = False
    repeats_lost: bool = True
    inbound: Mapping[str, str] = field(default_factory=lambda: {"id": "id", "from": "from", "text": "text"})
    secret: str = field(default="", repr=False)
    secret_header: str = ""
    secret_field: str = ""
    reply: GatewayReply = GatewayReply.NONE
    reply_field: str = "text"
    quiet_status: int = 200
    quiet_body: str = ""
    report: Mapping[str, str] = field(
        default_factory=lambda: {"id": "id", "status": "status", "error": "error"}
    )
    statuses: Mapping[str, str] = field(default_factory=dict)
    region: str = "LC"

    def __post_init__(self) -> None:
        """Raise ValueError, in words for whoever wrote the content, when a needed name is missing."""
        _needed("outbound", self.outbound, ("to", "text"))
        _needed("inbound", self.inbound, ("from", "text"))
        _needed("report", self.report, ("id", "status"))
        if not self.inbound.get("id") and not self.inbound.get("time"):
            raise ValueError(
                "inbound needs `id` or `time`: without either, a repeat cannot be told from a new message"
            )
        if self.encoding is Encoding.QUERY and self.method.upper() != "GET":
            raise ValueError("encoding `query` goes with method GET")
        if self.encoding is not Encoding.QUERY and self.method.upper() != "POST":
            raise ValueError(f"encoding `{self.encoding}` goes with method POST")


def _needed(table: str, names: Mapping[str, str], needed: Iterable[str]) -> None:
    missing = [name for name in needed if not names.get(name)]
    if missing:
        raise ValueError(f"{table} needs {', '.join(f'`{name}`' for name in missing)}")


@dataclass(frozen=True, slots=True)
class Line:
    """A number of ours at a carrier.

    `number` is E.164. `reply_in_answer`: a reply travels in the answer to the carrier's request, not through its API.
    `stop_words`, `help_words`, `start_words` are the upper-cased one-word messages that the carrier itself acts on.
    `segments_per_second` and `calls_per_second` are what the carrier sends and dials of what we give it; the rest waits there.
    `segment_price` is a decimal in `currency` for one segment sent, for the cost shown to staff.
    """

    id: str
    number: str
    carrier: CarrierKind = CarrierKind.TWILIO
    sms_in: bool = True
    sms_out: bool = True
    voice: bool = True
    reply_in_answer: bool = True
    stop_words: frozenset[str] = STOP_WORDS
    help_words: frozenset[str] = HELP_WORDS
    start_words: frozenset[str] = START_WORDS
    segments_per_second: float = 1.0
    calls_per_second: float = 1.0
    segment_price: str = "0"
    currency: str = "USD"
    gateway: GatewaySettings | None = None

    @property
    def repeats(self) -> int:
        """How often a text whose answer was lost is sent again where the carrier cannot tell."""
        return 0 if self.gateway is not None and not self.gateway.repeats_lost else 1

    def __post_init__(self) -> None:
        """Raise ValueError when a gateway line lacks its settings or promises what its gateway cannot."""
        if self.carrier is not CarrierKind.GATEWAY:
            return
        if self.gateway is None:
            raise ValueError(f"line {self.id}: a gateway line needs its gateway settings")
        if self.reply_in_answer and self.gateway.reply is GatewayReply.NONE:
            raise ValueError(f"line {self.id}: reply_in_answer needs a `reply` other than `none`")


def line_with_number(lines: Iterable[Line], number: str) -> Line | None:
    """The line whose number is `number` (E.164), None when it is not one of ours."""
    return next((line for line in lines if line.number == number), None)
