"""What is sent in by every door, and how it is known again in any of its spellings.

A canary is a word, a name or a number that stands nowhere else. The words are searched as plain text in any case, without
accents, backwards, percent-encoded, as JSON and HTML write them, in UTF-16, in hexadecimal and in Base64 wherever it begins;
a number also in the ways people write it, spoken digit by digit, and as a bare hash, which whoever tries all numbers opens.
"""

from __future__ import annotations

import base64
import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

PLAIN, ACCENTED = "quorvelix", "brùmzelade"
NAME = "Zorvath Quillimane"
# Of the numbers that are never given to anybody: one for each kind of person whose number must stay here.
CONTACT, GATEWAY_CONTACT = "+15055550187", "+15055550186"
OFFICER, JOINER = "+15055550185", "+15055550184"
STAFF, HELPER, SUPERVISOR = "+15055550183", "+15055550182", "+15055550181"
NUMBERS = (CONTACT, GATEWAY_CONTACT, OFFICER, JOINER, STAFF, HELPER, SUPERVISOR)
_SHORTEST = 6  # what is shorter could stand anywhere by chance


def sentence(door: str) -> str:
    """What a person says at a door: the canary words, and by which door they came."""
    return f"the {PLAIN}{door} and {ACCENTED}{door} near the mill"


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere that was looked into: `where` names it for the list of what is allowed."""

    where: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Leak:
    """A canary where it should not be. `around` is what stands there."""

    where: str
    what: str
    spelling: str
    around: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what} ({self.spelling}): …{self.around}…"


def place(where: str, content: object) -> Place:
    """A place with whatever it holds, as bytes."""
    return Place(where, content if isinstance(content, bytes) else str(content).encode("utf-8", "replace"))


def leaks(places: Iterable[Place]) -> Iterator[Leak]:
    """Every canary that stands in one of the places, once for each word, name and number in each place."""
    every = tuple(dict.fromkeys(places))
    whole = b"\x00\x00".join(one.content for one in every)
    low = whole.lower()
    # Most spellings stand nowhere: each place is searched only for those that stand somewhere.
    there = [needle for needle in _needles() if needle[2] in (whole if needle[3] else low)]
    for one in every if there else ():
        folded = one.content.lower()
        seen = set[str]()
        for what, spelling, needle, exact in there:
            if what in seen:
                continue
            at = (one.content if exact else folded).find(needle)
            if at >= 0:
                around = one.content[max(0, at - 30) : at + len(needle) + 30].decode("utf-8", "replace")
                seen.add(what)
                yield Leak(one.where, what, spelling, " ".join(around.split()))


@cache
def _needles() -> tuple[tuple[str, str, bytes, bool], ...]:
    """(what, spelling, bytes to look for, whether the case counts), the plain ones first."""
    wanted = [("word", word) for word in (PLAIN, ACCENTED)]
    wanted += [("name", part) for part in NAME.split()]
    found: dict[tuple[bytes, bool], tuple[str, str]] = {}
    for what, text in wanted:
        for spelling, needle, exact in _of_text(text):
            found.setdefault((needle, exact), (what, spelling))
    for number in NUMBERS:
        for spelling, needle, exact in _of_number(number):
            found.setdefault((needle, exact), (f"number …{number[-4:]}", spelling))
    return tuple((what, spelling, needle, exact) for (needle, exact), (what, spelling) in found.items())


def _of_text(text: str) -> Iterator[tuple[str, bytes, bool]]:
    bare = "".join(ch for ch in unicodedata.normalize("NFD", text) if not unicodedata.combining(ch))
    yield "plain", text.lower().encode(), False
    yield "without accents", bare.lower().encode(), False
    yield "in parts", unicodedata.normalize("NFD", text).lower().encode(), False
    yield "backwards", bare.lower()[::-1].encode(), False
    yield "percent", quote(text.lower()).lower().encode(), False
    yield "json", json.dumps(text.lower())[1:-1].encode(), False
    yield "html", text.lower().encode("ascii", "xmlcharrefreplace"), False
    yield "latin-1", text.lower().encode("latin-1"), False
    yield "bytes as shown", repr(text.lower().encode())[2:-1].encode(), False
    yield "utf-16", text.lower().encode("utf-16-le"), False
    yield "utf-16, big end first", text.lower().encode("utf-16-be"), False
    for written in {text, text.lower(), text.upper()}:
        yield "hex", written.encode().hex().encode(), False
        yield from _in_base64(written.encode())


def _of_number(number: str) -> Iterator[tuple[str, bytes, bool]]:
    digits = number.removeprefix("+")
    home = digits[1:]
    area, exchange, last = home[:3], home[3:6], home[6:]
    yield "plain", home.encode(), False
    yield "backwards", home[::-1].encode(), False
    for sign in ("-", " ", ".", "%20"):
        yield f"written with {sign}", sign.join((area, exchange, last)).encode(), False
    yield "written with ()", f"({area}) {exchange}-{last}".encode(), False
    for sign in (", ", " ", "-", "."):
        yield "spoken", sign.join(home).encode(), False
    yield "utf-16", home.encode("utf-16-le"), False
    yield "utf-16, big end first", home.encode("utf-16-be"), False
    yield "hex", home.encode().hex().encode(), False
    yield "as a number", int(digits).to_bytes(8, "little"), True
    yield "as a number", int(digits).to_bytes(8, "big"), True
    yield from _in_base64(home.encode())
    for written in (number, digits):
        yield from _hashes(written.encode())


def _in_base64(data: bytes) -> Iterator[tuple[str, bytes, bool]]:
    """The middle of it, which is the same whatever stands before and behind."""
    for before in range(3):
        encoded = base64.b64encode(bytes(before) + data)
        begin = (0, 2, 3)[before]
        end = len(encoded) - (0, 3, 2)[(before + len(data)) % 3]
        middle = encoded[begin:end]
        if len(middle) >= _SHORTEST:
            yield "base64", middle, True
            yield "base64 for addresses", middle.translate(bytes.maketrans(b"+/", b"-_")), True


def _hashes(data: bytes) -> Iterator[tuple[str, bytes, bool]]:
    for name in ("md5", "sha1", "sha256", "blake2b"):
        digest = hashlib.new(name, data, usedforsecurity=False).digest()[:16]
        yield f"{name} without a key", digest, True
        yield f"{name} without a key, hex", digest.hex().encode(), False
