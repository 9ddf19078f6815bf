"""Verbs, nouns and attributes of the carrier's call and message documents, as its documentation lists them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto


class Text(Enum):
    """What may stand between the tags."""

    NONE = auto()
    OPTIONAL = auto()
    REQUIRED = auto()


@dataclass(frozen=True, slots=True)
class Element:
    """A verb or noun: `attributes` name → kind, which elements may be nested, and its text.

    A kind is `url`, `url?` (may be empty), `text`, `key?`, `digits`, `number`, `int:low:high`, `words:a|b` (space
    separated), or the allowed values themselves: `a|b`.
    """

    attributes: Mapping[str, str] = field(default_factory=dict)
    children: frozenset[str] = frozenset()
    text: Text = Text.NONE


_BOOL = "true|false"
_METHOD = "GET|POST"
_TRIM = "trim-silence|do-not-trim"
_LEG_EVENTS = "words:initiated|ringing|answered|completed"
_RECORDING_EVENTS = "words:in-progress|completed|absent"
_RECORD_CALL = "do-not-record|record-from-answer|record-from-ringing|record-from-answer-dual|record-from-ringing-dual|true|false"
_PROMPTS = frozenset({"Say", "Play", "Pause"})
_RECORDING = {
    "recordingStatusCallback": "url",
    "recordingStatusCallbackMethod": _METHOD,
    "recordingStatusCallbackEvent": _RECORDING_EVENTS,
}
_DETECTION = {
    "machineDetection": "Enable|DetectMessageEnd",
    "machineDetectionTimeout": "int:3:59",
    "machineDetectionSpeechThreshold": "int:1000:6000",
    "machineDetectionSpeechEndThreshold": "int:500:5000",
    "machineDetectionSilenceTimeout": "int:2000:10000",
    "amdStatusCallback": "url",
    "amdStatusCallbackMethod": _METHOD,
}

VOICE: Mapping[str, Element] = {
    "Say": Element({"voice": "text", "language": "text", "loop": "int:0:1000"}, text=Text.REQUIRED),
    "Play": Element({"loop": "int:0:1000", "digits": "digits"}, text=Text.OPTIONAL),
    "Pause": Element({"length": "int:1:3600"}),
    "Gather": Element(
        {
            "input": "dtmf|speech|dtmf speech|speech dtmf",
            "action": "url",
            "method": _METHOD,
            "timeout": "int:1:3600",
            "speechTimeout": "text",
            "maxSpeechTime": "int:1:60",
            "profanityFilter": _BOOL,
            "finishOnKey": "key?",
            "numDigits": "int:1:1000",
            "partialResultCallback": "url",
            "partialResultCallbackMethod": _METHOD,
            "language": "text",
            "hints": "text",
            "bargeIn": _BOOL,
            "debug": _BOOL,
            "actionOnEmptyResult": _BOOL,
            "speechModel": "text",
            "enhanced": _BOOL,
        },
        children=_PROMPTS,
    ),
    "Record": Element(
        {
            "action": "url",
            "method": _METHOD,
            "timeout": "int:1:3600",
            "finishOnKey": "keys?",
            "maxLength": "int:1:14400",
            "playBeep": _BOOL,
            "trim": _TRIM,
            "transcribe": _BOOL,
            "transcribeCallback": "url",
            **_RECORDING,
        }
    ),
    "Dial": Element(
        {
            "action": "url",
            "method": _METHOD,
            "timeout": "int:5:600",
            "hangupOnStar": _BOOL,
            "timeLimit": "int:1:86400",
            "callerId": "text",
            "record": _RECORD_CALL,
            "trim": _TRIM,
            "answerOnBridge": _BOOL,
            "ringTone": "text",
            "recordingTrack": "both|inbound|outbound",
            "sequential": _BOOL,
            **_RECORDING,
        },
        children=frozenset({"Number", "Conference", "Queue"}),
        text=Text.OPTIONAL,
    ),
    "Number": Element(
        {
            "sendDigits": "digits",
            "url": "url",
            "method": _METHOD,
            "statusCallback": "url",
            "statusCallbackEvent": _LEG_EVENTS,
            "statusCallbackMethod": _METHOD,
            "byoc": "text",
            **_DETECTION,
        },
        text=Text.REQUIRED,
    ),
    "Conference": Element(
        {
            "muted": _BOOL,
            "beep": "true|false|onEnter|onExit",
            "startConferenceOnEnter": _BOOL,
            "endConferenceOnExit": _BOOL,
            "participantLabel": "text",
            "jitterBufferSize": "small|medium|large|off",
            "waitUrl": "url?",
            "waitMethod": _METHOD,
            "maxParticipants": "int:1:250",
            "record": "do-not-record|record-from-start|true|false",
            "region": "text",
            "coach": "text",
            "trim": _TRIM,
            "statusCallback": "url",
            "statusCallbackMethod": _METHOD,
            "statusCallbackEvent": "words:start|end|join|leave|mute|hold|modify|speaker|announcement",
            "eventCallbackUrl": "url",
            **_RECORDING,
        },
        text=Text.REQUIRED,
    ),
    "Queue": Element(
        {"url": "url", "method": _METHOD, "reservationSid": "text", "postWorkActivitySid": "text"},
        text=Text.REQUIRED,
    ),
    "Enqueue": Element(
        {
            "action": "url",
            "method": _METHOD,
            "maxQueueSize": "int:1:5000",
            "waitUrl": "url?",
            "waitUrlMethod": _METHOD,
            "workflowSid": "text",
        },
        text=Text.REQUIRED,
    ),
    "Leave": Element(),
    "Redirect": Element({"method": _METHOD}, text=Text.REQUIRED),
    "Hangup": Element(),
    "Reject": Element({"reason": "rejected|busy"}),
}

VOICE_VERBS = frozenset(VOICE) - {"Number", "Conference", "Queue"}
#: What may stand in a document played to somebody who waits in a queue or a conference, or before a leg is bridged.
QUEUE_WAIT_VERBS = frozenset({"Say", "Play", "Pause", "Gather", "Redirect", "Hangup", "Leave"})
CONFERENCE_WAIT_VERBS = frozenset({"Say", "Play", "Pause", "Redirect"})
WHISPER_VERBS = frozenset({"Say", "Play", "Pause", "Gather", "Redirect", "Hangup"})

MESSAGING: Mapping[str, Element] = {
    "Message": Element(
        {"to": "number", "from": "number", "action": "url", "method": _METHOD, "statusCallback": "url"},
        children=frozenset({"Body", "Media"}),
        text=Text.OPTIONAL,
    ),
    "Body": Element(text=Text.REQUIRED),
    "Media": Element(text=Text.REQUIRED),
    "Redirect": Element({"method": _METHOD}, text=Text.REQUIRED),
}
MESSAGING_VERBS = frozenset({"Message", "Redirect"})

#: SSML the speaking engines know inside Say.
SSML = frozenset({"break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w"})


def fits(kind: str, value: str) -> bool:
    """Does an attribute's value fit its kind?"""
    if kind == "text":
        return True
    if kind in ("url", "url?"):
        return bool(value) or kind == "url?"
    if kind.startswith("int:"):
        low, high = map(int, kind.split(":")[1:])
        return value.isascii() and value.isdigit() and low <= int(value) <= high
    if kind.startswith("words:"):
        allowed = set(kind.removeprefix("words:").split("|"))
        return bool(value.split()) and set(value.split()) <= allowed
    if kind == "key?":
        return bool(re.fullmatch(r"[0-9*#]?", value))
    if kind == "keys?":
        return bool(re.fullmatch(r"[0-9*#]*", value))
    if kind == "digits":
        return bool(re.fullmatch(r"[0-9*#wW]+", value))
    if kind == "number":
        return bool(re.fullmatch(r"\+?[0-9]{3,15}", value))
    return value in kind.split("|")
