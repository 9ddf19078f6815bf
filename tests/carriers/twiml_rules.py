"""What a call document may hold, as Twilio documents it: verbs, attributes with their values, nesting, sizes."""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

VOICES = {"en-US": "Polly.Joanna", "fr-FR": "Polly.Lea", "es-MX": "Polly.Mia", "cmn-CN": "Polly.Zhiyu"}

_METHOD = "POST"  # GET would put parameters into logs
_URL = "url"
_COUNT = r"[1-9][0-9]*"
_KEY = "[0-9*#]?"
_NUMBER = r"\+[1-9][0-9]{6,14}"

ATTRIBUTES: dict[str, dict[str, str]] = {
    "Say": {"voice": ".+", "language": ".+"},
    "Play": {},
    "Pause": {"length": _COUNT},
    "Gather": {
        "input": "dtmf",
        "timeout": _COUNT,
        "finishOnKey": _KEY,
        "numDigits": _COUNT,
        "action": _URL,
        "method": _METHOD,
    },
    "Record": {
        "action": _URL,
        "method": _METHOD,
        "maxLength": _COUNT,
        "timeout": _COUNT,
        "finishOnKey": _KEY,
        "playBeep": "true|false",
        "trim": "trim-silence|do-not-trim",
        "recordingStatusCallback": _URL,
        "recordingStatusCallbackMethod": _METHOD,
        "recordingStatusCallbackEvent": "((in-progress|completed|absent) ?)+",
    },
    "Enqueue": {"action": _URL, "method": _METHOD, "waitUrl": _URL, "waitUrlMethod": _METHOD},
    "Dial": {
        "hangupOnStar": "true|false",
        "action": _URL,
        "method": _METHOD,
        "callerId": _NUMBER,
        "timeout": _COUNT,
        "record": "do-not-record",
    },
    "Conference": {
        "beep": "false",
        "record": "do-not-record",
        "startConferenceOnEnter": "true|false",
        "endConferenceOnExit": "true|false",
        "waitUrl": f"{_URL}?",
        "waitMethod": _METHOD,
    },
    "Number": {"url": _URL, "method": _METHOD},
    "Redirect": {"method": _METHOD},
    "Hangup": {},
    "Leave": {},
}
VERBS = set(ATTRIBUTES) - {"Conference", "Number"}
NESTED = {"Gather": {"Say", "Play", "Pause"}, "Dial": {"Conference", "Number"}}
WITH_TEXT = {"Say", "Play", "Enqueue", "Conference", "Number", "Redirect"}
ENDS = {"Enqueue", "Dial", "Redirect", "Hangup", "Leave"}


def checked(document: str) -> Element:
    """The parsed document, after asserting every rule on it."""
    assert len(document.encode()) <= 64 * 1024
    root = ElementTree.fromstring(document.encode())  # noqa: S314 - our own
    assert root.tag == "Response"
    assert not root.attrib
    assert len(root) > 0
    for verb in root:
        assert verb.tag in VERBS
        _element(verb)
    assert root[-1].tag in ENDS, "the call would end, or go nowhere, when nobody does anything"
    assert not [verb.tag for verb in root[:-1] if verb.tag in ENDS], "something can never be reached"
    return root


def _element(element: Element) -> None:
    for name, value in element.attrib.items():
        rule = ATTRIBUTES[element.tag][name]
        if rule.startswith(_URL):
            assert (value == "" and rule.endswith("?")) or _absolute(value), (element.tag, name, value)
        else:
            assert re.fullmatch(rule, value), (element.tag, name, value)
    text = (element.text or "").strip()
    assert bool(text) == (element.tag in WITH_TEXT), element.tag
    if element.tag in ("Play", "Redirect"):
        assert _absolute(text)
    if element.tag == "Say":
        assert len(text) <= 4096
        assert VOICES[element.attrib["language"]] == element.attrib["voice"]
    if element.tag == "Number":
        assert re.fullmatch(_NUMBER, text)
    for child in element:
        assert child.tag in NESTED.get(element.tag, set())
        _element(child)
    if element.tag == "Dial":
        kinds = [child.tag for child in element]
        assert kinds == ["Conference"] or (set(kinds) == {"Number"} and len(kinds) <= 10)


def _absolute(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "_" not in parts.netloc
