"""Recovery cards: the card's key as words that can be written down and typed (SLIP-39), on one card or split over three of which any
two open it."""

from __future__ import annotations

from collections.abc import Iterable

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics


class WrongCard(ValueError):
    """The words are no card, or too few cards; the message is one line."""


def cards_of(key: bytes, *, split: bool) -> tuple[str, ...]:
    """The words of one card, or of three of which two are needed, for a key of 32 bytes."""
    groups = generate_mnemonics(1, [(2, 3) if split else (1, 1)], key)
    return tuple(groups[0])


def key_of(cards: Iterable[str]) -> bytes:
    """The key (32 bytes) of the card, or of two of the three. Raises WrongCard."""
    try:
        return bytes(combine_mnemonics([" ".join(card.split()).lower() for card in cards if card.strip()]))
    except (MnemonicError, ValueError):  # its own text quotes the words
        raise WrongCard("these words open nothing: is each word right, and are there enough cards?") from None
