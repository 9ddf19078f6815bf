"""What the carrier plays while our own machines do not answer: documents that need no machine of ours, only a web server.

    twilio/voice        rings the first number at once; calm words in every language; rings all; words; rings all; a message
    twilio/answer-es    what somebody rung hears, in their language, before they are joined: a key, so that no voicemail is
    twilio/joined       nothing: after a key it means "join the two"
    twilio/goodbye      after the message
    twilio/sms          a neutral answer in few texts, and words to the stored numbers
    twilio/audio/…      clips of the languages that have no synthetic voice

The two names that the carrier asks for are those of the house itself, so FALLBACK_URL may name a folder of these files as
well as a second intake. A static file cannot check a signature: whoever knows the address reads the numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from hotline.calltree.actions import Prompt
from hotline.carriers.carrier import Audio
from hotline.carriers.twiml import RING_LIMIT, empty_document, speak, written
from hotline.carriers.voices import Voice
from hotline.wording.segments import size

TEXTED = 3  # people who are told of a text: a number of ours sends one segment a second
MESSAGE_SECONDS = 180
KEY_SECONDS = 5  # how long somebody rung may take to press the key
SAID = 3  # times


@dataclass(frozen=True, slots=True)
class Stored:
    """Somebody who is rung and texted: the number (E.164) and the language they are spoken to in."""

    number: str
    locale: str


@dataclass(frozen=True, slots=True)
class Words:
    """What is said, each in every language of the line; `answer` and `told` by locale, to who is rung and texted."""

    hold: tuple[Prompt, ...]
    offer: tuple[Prompt, ...]
    goodbye: tuple[Prompt, ...]
    answer: Mapping[str, Prompt]
    told: Mapping[str, str]
    replies: tuple[str, ...]


def fallback_documents(
    people: Sequence[Stored],
    words: Words,
    number: str,
    ring_seconds: int,
    audio: Audio,
    voices: Mapping[str, Voice],
) -> dict[str, str]:
    """The documents by name. `people` in the order in which they are rung; `number` is ours, the only one that anybody
    sees. Raises ValueError without anybody to ring."""
    if not people:
        raise ValueError("there is nobody to ring")
    documents = {
        "voice": _voice(people, words, number, ring_seconds, audio, voices),
        "sms": _text(people, words),
        "joined": empty_document(),
        "goodbye": _goodbye(words, audio, voices),
    }
    for locale in dict.fromkeys(one.locale for one in people):
        documents[f"answer-{locale}"] = _answer(words.answer[locale], audio, voices)
    return documents


def in_few_texts(sentences: Sequence[str], between: str = " ") -> tuple[str, ...]:
    """The same sentence in several languages in as few texts of one segment as there can be, none twice, in this order."""
    texts: list[str] = []
    for sentence in dict.fromkeys(sentences):
        for place, text in enumerate(texts):
            joined = f"{text}{between}{sentence}"
            # Never together where one would make the other a text of dear letters.
            if size(joined).segments == 1 and size(joined).encoding == size(text).encoding:
                texts[place] = joined
                break
        else:
            texts.append(sentence)
    return tuple(texts)


def _voice(
    people: Sequence[Stored],
    words: Words,
    number: str,
    ring_seconds: int,
    audio: Audio,
    voices: Mapping[str, Voice],
) -> str:
    # The carrier has waited up to 15 s for us already: the first phone rings at once, words come between the rings.
    response = Element("Response")
    rounds = (people[:1], people[:RING_LIMIT], people[:RING_LIMIT]) if len(people) > 1 else (people,) * 3
    for place, together in enumerate(rounds):
        if place:
            speak(response, words.hold, audio, voices)
        _dial(response, together, number, ring_seconds)
    speak(response, words.offer, audio, voices)
    attributes = {
        "action": "goodbye",  # without one the carrier would play this whole document again
        "method": "POST",
        "maxLength": str(MESSAGE_SECONDS),
        "finishOnKey": "#",
        "playBeep": "true",
        "trim": "do-not-trim",
    }
    SubElement(response, "Record", attributes)
    speak(response, words.goodbye, audio, voices)
    return written(response)


def _dial(response: Element, people: Sequence[Stored], number: str, ring_seconds: int) -> None:
    """Who picks up and presses the key is joined; when nobody does, the document goes on. The caller's number is not shown."""
    attributes = {"callerId": number, "timeout": str(max(5, ring_seconds)), "record": "do-not-record"}
    dial = SubElement(response, "Dial", attributes)
    for one in people:
        # An address without a slash is one beside this document, wherever it is hosted.
        SubElement(dial, "Number", {"url": f"answer-{one.locale}", "method": "POST"}).text = one.number


def _answer(prompt: Prompt, audio: Audio, voices: Mapping[str, Voice]) -> str:
    response = Element("Response")
    for _ in range(SAID):
        attributes = {
            "input": "dtmf",
            "numDigits": "1",
            "finishOnKey": "",
            "timeout": str(KEY_SECONDS),
            "action": "joined",
            "method": "POST",
        }
        speak(SubElement(response, "Gather", attributes), (prompt,), audio, voices)
    SubElement(response, "Hangup")
    return written(response)


def _goodbye(words: Words, audio: Audio, voices: Mapping[str, Voice]) -> str:
    response = Element("Response")
    speak(response, words.goodbye, audio, voices)
    SubElement(response, "Hangup")
    return written(response)


def _text(people: Sequence[Stored], words: Words) -> str:
    response = Element("Response")
    for reply in words.replies:
        SubElement(response, "Message").text = reply
    for one in people[:TEXTED]:
        SubElement(response, "Message", {"to": one.number}).text = words.told[one.locale]
    return written(response)
