"""Where a canary may stand, each place with its reason. What is not here is a leak."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tests.leaks.canary import Leak


@dataclass(frozen=True, slots=True)
class Allowed:
    """`where` and `what` are patterns of the whole place and of what was found there. `trouble`: only where something failed."""

    where: str
    what: str
    reason: str
    trouble: bool = False

    def covers(self, leak: Leak) -> bool:
        return bool(re.fullmatch(self.where, leak.where) and re.fullmatch(self.what, leak.what))


ANY = ".*"
ALLOWED: tuple[Allowed, ...] = (
    Allowed(
        r"intake answer (200|422|503) of /report", ANY,
        "the page comes back as it was typed, to who typed it, so that nothing is typed twice; it is not cached",
    ),
    Allowed(
        r"intake answer 200 of /twilio/sms|text to the officer", "word",
        "the read-back of a report quotes the words it did not understand, on the phone that sent them",
    ),
    Allowed(
        r"text to the contact", "word",
        "`CODE words`: what who took the alert writes to the contact, after the rules let it through",
    ),
    Allowed(
        r"intake answer 200 of /twilio/voice|heard by staff", "word",
        "who took the alert hears what was told, after the PIN, in that one call",
    ),
    Allowed(
        r"staff answer \d+ of /threads/<thread_id>.*", ANY,
        "the page of a thread shows what was said to who is logged in and may read it; it is not cached",
    ),
    Allowed(
        r"address asked at the carrier", "number.*",
        "after a lost answer the carrier is asked for its texts and calls to a number: its API takes it in the query, over "
        "TLS; it has the number already, and the libraries that would log the address are silenced",
        trouble=True,
    ),
)  # fmt: skip


def not_allowed(found: Iterable[Leak]) -> list[str]:
    """What is left, told one by one; each place and word once."""
    left = dict[tuple[str, str], str]()
    for leak in found:
        if not any(one.covers(leak) for one in ALLOWED):
            left.setdefault((leak.where, leak.what), str(leak))
    return sorted(left.values())


def unused(found: Iterable[Leak], *, trouble: bool = False) -> list[str]:
    """Lines of the list that cover nothing that was found: they allow more than is needed."""
    seen = list(found)
    return [one.where for one in ALLOWED if one.trouble is trouble and not any(map(one.covers, seen))]
