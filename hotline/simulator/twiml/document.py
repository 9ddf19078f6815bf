"""From the product's answer to verbs: strict, with the carrier's own error codes."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass

from hotline.simulator.trouble import TwimlError
from hotline.simulator.twiml.schema import MESSAGING, MESSAGING_VERBS, SSML, VOICE, Element, Text, fits
from hotline.simulator.twiml.voices import complaint

MAX_BYTES = 64 * 1024
MAX_SAY = 4096
MAX_BODY = 1600
_XML_TYPES = ("text/xml", "application/xml", "text/html")


@dataclass(frozen=True, slots=True)
class Verb:
    """One element of a document, with its text and what is nested in it."""

    name: str
    attributes: Mapping[str, str]
    text: str
    children: tuple[Verb, ...] = ()

    def get(self, name: str, default: str = "") -> str:
        """An attribute or its default."""
        return self.attributes.get(name, default)

    def number(self, name: str, default: int) -> int:
        """An attribute that the schema has seen to be a number."""
        return int(self.attributes.get(name, default))

    def flag(self, name: str, default: bool) -> bool:
        """An attribute that is `true` or `false`."""
        return self.attributes.get(name, "true" if default else "false") == "true"


def voice_answer(status: int, content_type: str, body: bytes, allowed: frozenset[str]) -> tuple[Verb, ...]:
    """The verbs of an answer to a call's webhook; raises TwimlError."""
    if status == 204:
        raise TwimlError(12100, "no document for a call (HTTP 204)")
    return voice_document(_checked(content_type, body), allowed)


def voice_document(text: bytes, allowed: frozenset[str]) -> tuple[Verb, ...]:
    """The verbs of a call document; only `allowed` ones may stand at the top."""
    verbs = _document(text, VOICE, allowed)
    for position, verb in enumerate(verbs):
        if verb.name == "Reject" and position:
            raise TwimlError(12200, "Reject must be the first verb")
        for each in (verb, *verb.children):
            _check_voice(each)
    return verbs


def message_answer(status: int, content_type: str, body: bytes) -> tuple[Verb, ...]:
    """The verbs of an answer to a message's webhook: HTTP 204 is no reply."""
    if status == 204:
        return ()
    verbs = _document(_checked(content_type, body), MESSAGING, MESSAGING_VERBS)
    for verb in verbs:
        if verb.name == "Message":
            words = message_words(verb)
            if not words.strip() and not any(child.name == "Media" for child in verb.children):
                raise TwimlError(14103, "Message: empty body and no media")
            if len(words) > MAX_BODY:
                raise TwimlError(21617, f"Message: body of {len(words)} characters, at most {MAX_BODY}")
    return verbs


def message_words(verb: Verb) -> str:
    """The words of a Message: its Body elements, else its own text."""
    bodies = [child.text for child in verb.children if child.name == "Body"]
    return "".join(bodies) if bodies else verb.text


def _checked(content_type: str, body: bytes) -> bytes:
    if len(body) > MAX_BYTES:
        raise TwimlError(11750, f"document of {len(body)} bytes, at most {MAX_BYTES}")
    if content_type.split(";")[0].strip().lower() not in _XML_TYPES:
        raise TwimlError(12300, f"invalid Content-Type {content_type!r}")
    return body


def _document(body: bytes, elements: Mapping[str, Element], allowed: frozenset[str]) -> tuple[Verb, ...]:
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise TwimlError(12100, "a document type is not accepted")
    try:
        root = ET.fromstring(body)  # noqa: S314 - see the import
    except ET.ParseError as error:
        raise TwimlError(12100, f"document parse failure: {error}") from None
    if root.tag != "Response":
        raise TwimlError(12200, f"the root is {root.tag!r}, not Response")
    if root.attrib:
        raise TwimlError(12200, f"Response has no attribute {next(iter(root.attrib))!r}")
    _no_stray_text(root)
    return tuple(_verb(child, elements, allowed, "Response") for child in root if isinstance(child.tag, str))


def _verb(node: ET.Element, elements: Mapping[str, Element], allowed: frozenset[str], parent: str) -> Verb:
    name = node.tag
    if name not in elements or name not in allowed:
        raise TwimlError(12200, f"{name!r} is not allowed in {parent}")
    element = elements[name]
    for attribute, value in node.attrib.items():
        if attribute not in element.attributes:
            raise TwimlError(12200, f"{name} has no attribute {attribute!r}")
        if not fits(element.attributes[attribute], value):
            raise TwimlError(12200, f"{name} {attribute}={value!r}: not {element.attributes[attribute]}")
    if name == "Say":
        return Verb(name, dict(node.attrib), _spoken(node))
    nested = tuple(_verb(c, elements, element.children, name) for c in node if isinstance(c.tag, str))
    text = (node.text or "") if element.text is not Text.NONE else ""
    if element.text is Text.NONE or nested:
        _no_stray_text(node)
        text = ""
    elif name != "Body" and name != "Message":
        text = text.strip()
    if element.text is Text.REQUIRED and not text.strip():
        raise TwimlError(12200, f"{name} is empty")
    return Verb(name, dict(node.attrib), text, nested)


def _spoken(node: ET.Element) -> str:
    for inner in node.iter():
        if inner is not node and (not isinstance(inner.tag, str) or inner.tag not in SSML):
            raise TwimlError(12200, f"{inner.tag!r} is not allowed in Say")
    return " ".join("".join(node.itertext()).split())


def _no_stray_text(node: ET.Element) -> None:
    stray = (node.text or "") + "".join(child.tail or "" for child in node)
    if stray.strip():
        raise TwimlError(12200, f"text in {node.tag}: {stray.strip()[:40]!r}")


def _check_voice(verb: Verb) -> None:
    if verb.name == "Say":
        if not verb.text:
            raise TwimlError(13520, "Say: no text")
        if len(verb.text) > MAX_SAY:
            raise TwimlError(13520, f"Say: {len(verb.text)} characters, at most {MAX_SAY}")
        wrong = complaint(verb.get("voice"), verb.get("language"))
        if wrong:
            raise TwimlError(*wrong)
    elif verb.name == "Play" and bool(verb.text) == bool(verb.get("digits")):
        raise TwimlError(12200, "Play needs either a URL or digits")
    elif verb.name == "Dial":
        _check_dial(verb)


def _check_dial(verb: Verb) -> None:
    if bool(verb.text) == bool(verb.children):
        raise TwimlError(13201, "Dial needs a number or nouns, not both")
    kinds = [child.name for child in verb.children]
    if len(kinds) > 1 and set(kinds) != {"Number"}:
        raise TwimlError(12200, "Dial: only several Number nouns may stand together")
    if len(kinds) > 10:
        raise TwimlError(12200, "Dial: at most 10 numbers")
    for each in (verb, *verb.children):
        if each.get("record", "false") not in ("false", "do-not-record"):
            raise TwimlError(12200, f"{each.name} record: bridged calls are not recorded on this network")
