"""From the settings to lines, and from a line to the carrier that speaks for it."""

from __future__ import annotations

from collections.abc import Mapping

from requests.adapters import BaseAdapter

from hotline.carriers.carrier import Carrier
from hotline.carriers.gateway import GatewayCarrier
from hotline.carriers.lines import CarrierKind, Encoding, GatewayReply, GatewaySettings, Line
from hotline.carriers.twilio import TwilioCarrier
from hotline.carriers.twilio_http import TwilioAccount
from hotline.carriers.voices import VOICES, Voice
from hotline.config import Settings
from hotline.deployment import Deployment, Gateway, LineEntry


def lines_of(deployment: Deployment) -> tuple[Line, ...]:
    """The lines of `hotline.toml`, in its order. Raises ValueError for one without a number or at odds with itself."""
    return tuple(line_of(entry) for entry in deployment.lines)


def line_of(entry: LineEntry) -> Line:
    """One line. Words are compared in upper case. Raises ValueError, in words for whoever wrote the file."""
    if entry.number is None:
        raise ValueError(f"line {entry.id}: {entry.number_env} is not set")
    return Line(
        id=entry.id,
        number=entry.number,
        carrier=CarrierKind(entry.carrier),
        sms_in=entry.sms_in,
        sms_out=entry.sms_out,
        voice=entry.voice,
        reply_in_answer=entry.reply_in_answer,
        stop_words=frozenset(map(str.upper, entry.stop_words)),
        help_words=frozenset(map(str.upper, entry.help_words)),
        start_words=frozenset(map(str.upper, entry.start_words)),
        segments_per_second=entry.segments_per_second,
        calls_per_second=entry.calls_per_second,
        segment_price=entry.segment_price,
        currency=entry.currency,
        gateway=None if entry.gateway is None else _gateway(entry.gateway),
    )


def voices_of(deployment: Deployment) -> Mapping[str, Voice]:
    """The voices of `hotline.toml`; a language without one is spoken by recorded audio alone."""
    return {
        locale: Voice(voice.voice, voice.language)
        for locale, voice in deployment.voices.items()
        if voice.voice
    }


def variants_of(deployment: Deployment) -> Mapping[str, str]:
    """The variant of the recorded voice by locale, where `hotline.toml` chooses one."""
    return {locale: voice.variant for locale, voice in deployment.voices.items() if voice.variant}


def open_line(line: Line, account: TwilioAccount | None, voices: Mapping[str, Voice] = VOICES) -> Carrier:
    """The carrier of `line`. Raises ValueError for a Twilio line without an account."""
    if line.carrier is CarrierKind.GATEWAY:
        return GatewayCarrier(line)
    if account is None:
        raise ValueError(f"line {line.id} is at Twilio and needs TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN")
    return TwilioCarrier(line, account, voices)


def open_carriers(settings: Settings, transport: BaseAdapter | None = None) -> dict[str, Carrier]:
    """The carrier of every line of the deployment, by line id; `transport` as in `TwilioAccount`. Raises ValueError as
    `line_of` and `open_line` do."""
    account = None
    if settings.twilio_account_sid:
        account = TwilioAccount(
            settings.twilio_account_sid,
            settings.twilio_auth_tokens,
            settings.twilio_api_base_url,
            transport=transport,
        )
    voices = voices_of(settings.deployment)
    return {line.id: open_line(line, account, voices) for line in lines_of(settings.deployment)}


def _gateway(entry: Gateway) -> GatewaySettings:
    values = entry.model_dump(exclude={"send_secret_env", "secret_env", "encoding", "reply"})
    return GatewaySettings(
        **values,
        encoding=Encoding(entry.encoding),
        reply=GatewayReply(entry.reply),
        send_secret=entry.send_secret,
        secret=entry.secret,
    )
