"""Call documents as TwiML. Our own output is checked in the tests against the verbs, attributes and nesting that exist."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode, urlsplit, urlunsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from hotline.calltree.actions import (
    Action,
    Conference,
    Document,
    Enqueue,
    Gather,
    Hangup,
    Leave,
    Next,
    Pause,
    Prompt,
    Record,
    Ring,
    Speak,
)
from hotline.carriers.carrier import Audio, CallLinks
from hotline.carriers.voices import VOICES, Voice, voice_of
from hotline.wording.clean import clean

STEP = "step"
"""The query parameter of our action URLs that carries the step number."""

SAY_LIMIT = 4096
"""Characters that one Say may hold."""

RING_LIMIT = 10
"""Numbers that one Dial may ring together."""

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_log = logging.getLogger(__name__)


def step_url(url: str, step: int) -> str:
    """`url` with the step number appended to its query."""
    parts = urlsplit(url)
    query = "&".join(part for part in (parts.query, urlencode({STEP: step})) if part)
    return urlunsplit(parts._replace(query=query))


def message_document(text: str, status_url: str) -> str:
    """A reply to a text, whose receipts go to `status_url` ("" for none)."""
    response = Element("Response")
    message = SubElement(response, "Message", {"statusCallback": status_url} if status_url else {})
    message.text = clean(text)
    return written(response)


def empty_document() -> str:
    """Nothing to say; after a whisper it means: join the two."""
    return written(Element("Response"))


def call_document(
    document: Document, links: CallLinks, audio: Audio, number: str, voices: Mapping[str, Voice] = VOICES
) -> str:
    """A call document as TwiML.

    `number` is ours: the only caller id that anybody sees. What could fall through ends in a redirect to the next step, so
    the call never ends because nobody pressed a key. Raises ValueError for a link that an action needs and does not have.
    """
    render = _Rendering(links, step_url(links.action_url, document.next_step), audio, number, voices)
    response = Element("Response")
    for action in document.actions:
        if render.act(response, action):
            return written(response)
    render.redirect(response)
    return written(response)


def in_pieces(text: str, limit: int = SAY_LIMIT) -> list[str]:
    """`text` cut where a sentence, else a word, ends, into pieces of at most `limit` characters; [] for nothing."""
    pieces = []
    rest = text.strip()
    while len(rest) > limit:
        window = rest[: limit + 1]
        sentence_end = max(window.rfind(end) for end in (". ", "! ", "? ", "\n"))
        ideographic = max(window.rfind(end, 0, limit) for end in "。！？")
        cut = max(sentence_end, ideographic) + 1
        if cut <= 0:
            cut = window.rfind(" ") if window.rfind(" ") > 0 else limit
        pieces.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return [*pieces, rest] if rest else pieces


def speak(parent: Element, prompts: Iterable[Prompt], audio: Audio, voices: Mapping[str, Voice]) -> None:
    """Recorded clips where there are any, else the words in the language's own voice, never in another's."""
    for prompt in prompts:
        clips = audio(prompt)
        for url in clips:
            SubElement(parent, "Play").text = url
        if clips:
            continue
        voice = voice_of(prompt.locale, voices)
        if voice is None:
            # A check of the content finds this before anybody hears it; a call must go on all the same.
            _log.error("no audio and no voice: prompt %s, locale %s", prompt.key or "(value)", prompt.locale)
            SubElement(parent, "Pause", {"length": "1"})
            continue
        for piece in in_pieces(clean(prompt.text)):
            say = SubElement(parent, "Say", {"voice": voice.name, "language": voice.language})
            say.text = piece


class _Rendering:
    """One document on its way to XML."""

    def __init__(
        self, links: CallLinks, action_url: str, audio: Audio, number: str, voices: Mapping[str, Voice]
    ) -> None:
        self.links = links
        self.action = {"action": action_url, "method": "POST"}
        self.audio = audio
        self.number = number
        self.voices = voices

    def act(self, response: Element, action: Action) -> bool:
        """Add one action; True when nothing behind it can ever be reached."""
        match action:
            case Speak(prompts):
                self.speak(response, prompts)
            case Pause(seconds):
                SubElement(response, "Pause", {"length": str(max(1, seconds))})
            case Gather():
                self.gather(response, action)
            case Record():
                self.record(response, action)
            case Enqueue(queue):
                self.enqueue(response, queue)
                return True
            case Conference():
                self.conference(response, action)
                return True
            case Ring():
                return self.ring(response, action)
            case Leave():
                SubElement(response, "Leave")
                return True
            case Next():
                self.redirect(response)
                return True
            case Hangup():
                SubElement(response, "Hangup")
                return True
        return False

    def speak(self, parent: Element, prompts: Iterable[Prompt]) -> None:
        """See `speak`."""
        speak(parent, prompts, self.audio, self.voices)

    def gather(self, response: Element, action: Gather) -> None:
        """Keys only; `#` is a key like any other unless it ends the input."""
        attributes = {
            "input": "dtmf",
            "timeout": str(max(1, action.timeout)),
            "finishOnKey": action.finish_on,
            **self.action,
        }
        if action.digits is not None:
            attributes["numDigits"] = str(action.digits)
        self.speak(SubElement(response, "Gather", attributes), action.prompts)

    def record(self, response: Element, action: Record) -> None:
        """Silence is kept: what can be heard behind it may matter. What follows is reached after silence alone."""
        self.speak(response, action.prompts)
        attributes = {
            **self.action,
            "maxLength": str(max(1, action.max_seconds)),
            "timeout": str(max(1, action.silence)),
            "finishOnKey": action.finish_on,
            "playBeep": "true",
            "trim": "do-not-trim",
        }
        if self.links.recording_status_url:
            attributes |= {
                "recordingStatusCallback": self.links.recording_status_url,
                "recordingStatusCallbackMethod": "POST",
                "recordingStatusCallbackEvent": "completed absent",
            }
        SubElement(response, "Record", attributes)

    def enqueue(self, response: Element, queue: str) -> None:
        if not self.links.wait_url:
            raise ValueError("Enqueue needs a wait URL: without one the carrier plays its own music")
        attributes = {**self.action, "waitUrl": self.links.wait_url, "waitUrlMethod": "POST"}
        SubElement(response, "Enqueue", attributes).text = clean(queue)

    def conference(self, response: Element, action: Conference) -> None:
        star = {"hangupOnStar": "true"} if action.star else {}
        dial = SubElement(response, "Dial", {**self.action, "callerId": self.number, **star})
        attributes = {
            "beep": "false",
            "record": "do-not-record",
            "startConferenceOnEnter": "true",
            "endConferenceOnExit": "true" if action.ends else "false",
            "waitUrl": self.links.conference_wait_url,  # an empty one is silence, none at all is music
        }
        if self.links.conference_wait_url:
            attributes["waitMethod"] = "POST"
        SubElement(dial, "Conference", attributes).text = clean(action.name)

    def ring(self, response: Element, action: Ring) -> bool:
        if not action.numbers:
            return False
        if not self.links.whisper_url:
            raise ValueError(
                "Ring needs a whisper URL: without one a voicemail would be joined to the caller"
            )
        dial = SubElement(
            response,
            "Dial",
            {
                **self.action,
                "callerId": self.number,
                "timeout": str(max(5, action.seconds)),
                "record": "do-not-record",
            },
        )
        whisper = {"url": self.links.whisper_url, "method": "POST"}
        for number in action.numbers[:RING_LIMIT]:
            SubElement(dial, "Number", whisper).text = number
        return True

    def redirect(self, response: Element) -> None:
        SubElement(response, "Redirect", {"method": "POST"}).text = self.action["action"]


def written(response: Element) -> str:
    """A document as it travels."""
    return _XML + tostring(response, encoding="unicode")
