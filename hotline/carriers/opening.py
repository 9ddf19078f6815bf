"""From a line to the carrier that speaks for it."""

from __future__ import annotations

from hotline.carriers.carrier import Carrier
from hotline.carriers.gateway import GatewayCarrier
from hotline.carriers.lines import CarrierKind, Line
from hotline.carriers.twilio import TwilioCarrier
from hotline.carriers.twilio_http import TwilioAccount


def open_line(line: Line, account: TwilioAccount | None) -> Carrier:
    """The carrier of `line`. Raises ValueError for a Twilio line without an account."""
    if line.carrier is CarrierKind.GATEWAY:
        return GatewayCarrier(line)
    if account is None:
        raise ValueError(f"line {line.id} is at Twilio and needs TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN")
    return TwilioCarrier(line, account)
