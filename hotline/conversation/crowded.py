"""Fields of a report that hold several values: `scr pot 12 nov castries f 16 ve, sex, none`.

Where commas separate, spaces belong to the value ("gros islet, near the market"). But who mixes both must lose nothing: a
field that is no value of its own, nearly all of whose words are, is taken apart at its spaces.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hotline.answers.tokens import Token, split_report
from hotline.conversation.phrases import Look, is_one_value
from hotline.forms.definition import Kind


def spread(tokens: Sequence[Token], look: Look) -> Sequence[Token]:
    """The tokens, each crowded one taken apart."""
    if not any(" " in token.text for token in tokens):
        return tokens
    return [part for token in tokens for part in _parts(token, look)]


def _parts(token: Token, look: Look) -> Iterator[Token]:
    if token.label is not None or token.quoted or " " not in token.text or is_one_value(token.text, look):
        yield token
        return
    inner = split_report(token.text, lambda phrase: is_one_value(phrase, look), look.glance.holding)
    places = look.glance.look.kinds[Kind.PLACE]
    values = [part for part in inner if look.taken(part.text, look.told | places)]
    # "near castries, st lucia" is one place; "castries f" is a place and something else.
    others = any(not look.taken(part.text, places) for part in values)
    labels = {label.casefold() for item in look.glance.look.items for label in (item.number, item.code)}
    if inner and inner[0].text.casefold() in labels:
        yield token  # "9 sex": item 9, named by its number
        return
    if len(values) < 2 or len(values) < len(inner) - 1 or not others:
        yield token
        return
    for part in inner:
        yield replace(part, start=part.start + token.start, end=part.end + token.start)
