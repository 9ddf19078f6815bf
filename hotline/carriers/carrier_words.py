"""Words that the carrier itself acts on (DESIGN 4): never a command of ours."""

from __future__ import annotations

from hotline.carriers.lines import Line
from hotline.conversation.inbound import CarrierWord


def carrier_word(text: str, line: Line) -> CarrierWord | None:
    """The carrier's word that this text is, None for any other text.

    Only a message of exactly that one word counts ("stop please" is ours to understand), in any case, spaces around it aside.
    """
    word = text.strip().upper()
    if word in line.stop_words:
        return CarrierWord.STOP
    if word in line.help_words:
        return CarrierWord.HELP
    if word in line.start_words:
        return CarrierWord.START
    return None
