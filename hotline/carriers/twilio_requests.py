"""What Twilio's requests to us mean. Unknown parameters are accepted: Twilio adds some without notice."""

from __future__ import annotations

import re
from datetime import datetime

from hotline.carriers.carrier import Request
from hotline.carriers.carrier_words import carrier_word
from hotline.carriers.failures import BadRequest
from hotline.carriers.lines import Line
from hotline.carriers.numbers import sender
from hotline.carriers.receipts import (
    CallReceipt,
    CallStatus,
    DeliveryStatus,
    Receipt,
    RecordingReceipt,
)
from hotline.conversation.inbound import CallTurn, CarrierWord, Channel, Inbound
from hotline.wording.clean import clean

_SID = re.compile(r"[A-Za-z0-9]{1,64}")
_KEYS = re.compile(r"[^0-9*#A-D]")
_KEYS_LIMIT = 64
_OPT_OUT_TYPES = {"STOP": CarrierWord.STOP, "HELP": CarrierWord.HELP, "START": CarrierWord.START}
_ANSWERED = frozenset({"completed", "answered"})


def message(request: Request, line: Line, at: datetime) -> Inbound:
    """An inbound text. Raises `BadRequest` without a message id."""
    text = clean(request.value("Body"))
    opt_out = _OPT_OUT_TYPES.get(request.value("OptOutType").strip().upper())
    return Inbound(
        key=_sid(request, "MessageSid", "SmsSid", "SmsMessageSid"),
        channel=Channel.SMS,
        line=line.id,
        sender=sender(request.value("From")),
        text=text,
        at=at,
        carrier_word=opt_out or carrier_word(text, line),
        media=_whole(request.value("NumMedia")) or 0,
    )


def call(request: Request, line: Line, at: datetime, step: int) -> Inbound:
    """A turn of a call. Raises `BadRequest` without a call id."""
    call_sid = _sid(request, "CallSid")
    outbound = request.value("Direction").startswith("outbound")
    digits = request.value("Digits")
    turn = CallTurn(
        call_sid=call_sid,
        step=step,
        # The word `hangup` stands where keys would when the caller hung up during a recording.
        digits="" if digits == "hangup" else _KEYS.sub("", digits)[:_KEYS_LIMIT],
        recording=_recording(request),
        recording_seconds=_whole(request.value("RecordingDuration")) or 0,
        ended=digits == "hangup"
        or request.value("QueueResult") == "hangup"
        or _call_status(request.value("CallStatus")).ended,
        forwarded_from=sender(request.value("ForwardedFrom")),
    )
    return Inbound(
        key=f"{call_sid}:{step}",
        channel=Channel.VOICE,
        line=line.id,
        sender=sender(request.value("To" if outbound else "From")),
        text="",
        at=at,
        call=turn,
    )


def joined(request: Request) -> bool | None:
    """After a Dial or an Enqueue: whether the two were joined. None if the request ends neither."""
    queue = request.value("QueueResult")
    if queue:
        return queue == "bridged"
    dialled = request.value("DialCallStatus")
    if not dialled:
        return None
    # Somebody who answers, hears the whisper and hangs up counts as `completed`, but was never bridged.
    bridged = request.value("DialBridged")
    return bridged == "true" if bridged else dialled in _ANSWERED


def receipt(request: Request, at: datetime) -> Receipt:
    """A message's status callback. Raises `BadRequest` without a message id."""
    return Receipt(
        sid=_sid(request, "MessageSid", "SmsSid"),
        status=_delivery_status(request.value("MessageStatus") or request.value("SmsStatus")),
        error_code=_code(request.value("ErrorCode")),
        at=at,
    )


def call_receipt(request: Request, at: datetime) -> CallReceipt:
    """A call's status callback. Raises `BadRequest` without a call id."""
    return CallReceipt(
        sid=_sid(request, "CallSid"),
        status=_call_status(request.value("CallStatus")),
        sequence=_whole(request.value("SequenceNumber")),
        answered_by=re.sub(r"[^a-z_]", "", request.value("AnsweredBy"))[:32],
        duration=_whole(request.value("CallDuration")),
        at=at,
    )


def recording_receipt(request: Request, at: datetime) -> RecordingReceipt:
    """A recording's status callback. Raises `BadRequest` without a recording id."""
    return RecordingReceipt(
        sid=_sid(request, "RecordingSid"),
        call_sid=_sid(request, "CallSid"),
        ready=request.value("RecordingStatus") == "completed",
        seconds=_whole(request.value("RecordingDuration")) or 0,
        at=at,
    )


def _sid(request: Request, *names: str) -> str:
    """The first of these ids that is there; only letters and digits, since it becomes part of URLs and keys."""
    value = next((value for name in names if (value := request.value(name))), "")
    if not value:
        raise BadRequest(f"{names[0]} is missing")
    if not _SID.fullmatch(value):
        raise BadRequest(f"{names[0]} is not an id")
    return value


def _recording(request: Request) -> str:
    given = (
        request.value("RecordingSid")
        or request.value("RecordingUrl").rstrip("/").rpartition("/")[2].partition(".")[0]
    )
    return given if _SID.fullmatch(given) else ""


def _whole(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= 9 else None


def _code(value: str) -> str:
    return value if value.isascii() and value.isalnum() and len(value) <= 16 else ""


def _delivery_status(value: str) -> DeliveryStatus:
    try:
        return DeliveryStatus(value)
    except ValueError:
        return DeliveryStatus.UNKNOWN


def _call_status(value: str) -> CallStatus:
    try:
        return CallStatus(value)
    except ValueError:
        return CallStatus.UNKNOWN
