"""Tell a number at Twilio where we are: `hotline connect`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from twilio.rest import Client

from hotline.carriers.failures import CarrierError, Meaning, Retry
from hotline.carriers.twilio_http import QuietClient, TwilioAccount, silence_loggers

# Connection overrides: three more tries for a text and one for a call when nothing answers or a server fails. Ids make
# repeats harmless; the fragment is no part of what is signed. A call's webhook has 15 s altogether.
_TEXT_RETRIES = "#rc=3&rp=ct,rt,5xx"
_CALL_RETRIES = "#rc=1&rp=ct,5xx"


@dataclass(frozen=True, slots=True)
class Webhooks:
    """What a number is told: where to ask, where to ask instead when that fails, where to send the events of calls."""

    sms_url: str
    sms_fallback_url: str
    voice_url: str
    voice_fallback_url: str
    call_status_url: str


@dataclass(frozen=True, slots=True)
class OptOutTexts:
    """The neutral answers of the carrier to STOP, START and HELP words in one language, and the words themselves."""

    language: str
    stop_words: tuple[str, ...]
    stop: str
    start_words: tuple[str, ...]
    start: str
    help_words: tuple[str, ...]
    help: str


def webhooks(public_url: str, fallback_url: str | None = None) -> Webhooks:
    """Our addresses under `public_url`, and the same under `fallback_url` (the base of a second intake; ours if None).

    Asked again at our own address, Twilio at least repeats what failed; the ids make that harmless.
    """
    base, second = public_url.rstrip("/"), (fallback_url or public_url).rstrip("/")
    return Webhooks(
        sms_url=f"{base}/twilio/sms{_TEXT_RETRIES}",
        sms_fallback_url=f"{second}/twilio/sms",
        voice_url=f"{base}/twilio/voice{_CALL_RETRIES}",
        voice_fallback_url=f"{second}/twilio/voice",
        call_status_url=f"{base}/twilio/status/call",
    )


def connect(
    account: TwilioAccount, numbers: Iterable[str], urls: Webhooks, texts: Iterable[OptOutTexts]
) -> list[str]:
    """Write the URLs to each number (E.164) of the account; the lines that say what was set and what to paste where.

    What was set is what Twilio answers, not what we asked for. Setting it again changes nothing. Raises `CarrierError`:
    with the code "number-not-found" when a number is not in the account.
    """
    silence_loggers()
    http = QuietClient(account)
    client = Client(account.account_sid, account.auth_tokens[0], http_client=http, environment={"": ""})
    said: list[str] = []
    try:
        for number in numbers:
            said += _connect_number(client, number, urls)
    finally:
        http.close()
    return [*said, "", *_to_paste(texts)]


def explain(problem: CarrierError) -> str:
    """One line for whoever runs `hotline connect`: what is wrong and where to look."""
    if problem.code == "number-not-found":
        return "the number is not in this Twilio account: check HOTLINE_NUMBER and TWILIO_ACCOUNT_SID"
    if problem.code in ("20003", "http-401", "http-403"):
        return "Twilio refuses the credentials: check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN"
    if problem.code in ("unreachable", "time-out", "broken-off"):
        return "Twilio does not answer: check the network and TWILIO_API_BASE_URL"
    return f"Twilio refuses with code {problem.code}: see https://www.twilio.com/docs/api/errors"


def _connect_number(client: Client, number: str, urls: Webhooks) -> list[str]:
    found = client.incoming_phone_numbers.list(phone_number=number, limit=2)
    row = next((row for row in found if row.phone_number == number), None)
    if row is None:
        raise CarrierError("number-not-found", Retry.NEVER, None, Meaning.CONFIGURATION)
    row = client.incoming_phone_numbers(row.sid).update(
        sms_url=urls.sms_url,
        sms_method="POST",
        sms_fallback_url=urls.sms_fallback_url,
        sms_fallback_method="POST",
        voice_url=urls.voice_url,
        voice_method="POST",
        voice_fallback_url=urls.voice_fallback_url,
        voice_fallback_method="POST",
        status_callback=urls.call_status_url,
        status_callback_method="POST",
        **_in_the_way(row),
    )
    lines = [
        f"{number} ({row.sid})",
        f"  a text comes in:      POST {row.sms_url}",
        f"  if that fails:        POST {row.sms_fallback_url}",
        f"  a call comes in:      POST {row.voice_url}",
        f"  if that fails:        POST {row.voice_fallback_url}",
        f"  events of calls:      POST {row.status_callback}",
        "  receipts of texts:    named with every message",
    ]
    can = row.capabilities if isinstance(row.capabilities, dict) else {}
    lines += [f"  warning: this number has no {what}" for what in ("sms", "voice") if can.get(what) is False]
    return lines


def _in_the_way(row: Any) -> dict[str, object]:
    """What to undo: an application or a trunk wins over the URLs, fax mode over calls, and looking up names tells a
    third party who calls."""
    undone: dict[str, object] = {
        name: ""
        for name in ("sms_application_sid", "voice_application_sid", "trunk_sid")
        if getattr(row, name)
    }
    if row.voice_caller_id_lookup:
        undone["voice_caller_id_lookup"] = False
    if row.voice_receive_mode == "fax":
        undone["voice_receive_mode"] = "voice"
    return undone


def _to_paste(texts: Iterable[OptOutTexts]) -> list[str]:
    """Twilio has no interface for these texts: they are pasted by hand."""
    lines = [
        "Words the carrier answers by itself. Its stock answers are in English and name opting out; these are neutral.",
        "Console: Messaging > Services > (a service that holds the number) > Opt-Out Management > Advanced Opt-Out.",
        'In the service, under Integration, leave "Defer to sender\'s webhook" chosen: the URLs above stay in force.',
        "Toll-free numbers: the network answers STOP itself; that text cannot be changed.",
    ]
    for text in texts:
        lines += [
            "",
            f"[{text.language}]",
            f"  opt-out keywords: {', '.join(text.stop_words)}",
            f"  opt-out reply:    {text.stop}",
            f"  opt-in keywords:  {', '.join(text.start_words)}",
            f"  opt-in reply:     {text.start}",
            f"  help keywords:    {', '.join(text.help_words)}",
            f"  help reply:       {text.help}",
        ]
    return lines
