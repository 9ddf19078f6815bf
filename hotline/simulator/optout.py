"""Words the carrier answers by itself: STOP blocks the pair of numbers, START unblocks it, HELP gets a stock reply."""

from __future__ import annotations

from enum import StrEnum

from hotline.simulator.config import OptOutWords


class Kind(StrEnum):
    STOP = "STOP"
    START = "START"
    HELP = "HELP"


def kind_of(words: OptOutWords | None, body: str) -> Kind | None:
    """Which carrier word this is: the whole message in any case, nothing around it (`STOP PLEASE` is none)."""
    if words is None:
        return None
    word = body.strip().upper()
    for kind, listed in ((Kind.STOP, words.stop), (Kind.START, words.start), (Kind.HELP, words.help)):
        if word in {entry.upper() for entry in listed}:
            return kind
    return None


def apply(stopped: set[str], words: OptOutWords, kind: Kind, sender: str) -> str:
    """Do what the word asks on this line's list of the stopped; gives the carrier's own reply or "".

    START is answered only by somebody who had stopped; the last words to a stopped number are the STOP reply.
    """
    if kind is Kind.STOP:
        stopped.add(sender)
        return words.stop_reply
    if kind is Kind.START:
        if sender not in stopped:
            return ""
        stopped.discard(sender)
        return words.start_reply
    return "" if sender in stopped else words.help_reply
