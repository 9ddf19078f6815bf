"""A sentence of ours that is translated: its key, its English, and where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_PLACEHOLDER: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence to be translated.

    `key` is "form.item.role" ("screening.victim_sex.text"), unique; `english` the text itself, with placeholders
    such as `{code}`; `place` is "sms_forms/screening.yaml:12"; `comment` tells translators of limits and channel.
    """

    key: str
    english: str
    place: str
    comment: str = ""


def placeholders(text: str) -> frozenset[str]:
    """The names of the text's placeholders: `{code}` and the like, nothing cleverer."""
    return frozenset(_PLACEHOLDER.findall(text))


def fill(text: str, params: dict[str, object]) -> str:
    """The text with its placeholders replaced; one without a value stays as it is, for a sentence is better than none."""
    if "{" not in text:
        return text
    return _PLACEHOLDER.sub(lambda found: str(params.get(found[1], found[0])), text)


def placeholder_problem(english: str, translation: str) -> str | None:
    """What is wrong with a translation's placeholders, in words for its author, or None."""
    wanted, found = placeholders(english), placeholders(translation)
    if wanted - found:
        return "lacks " + ", ".join(f"{{{name}}}" for name in sorted(wanted - found))
    if found - wanted:
        return "has an unknown " + ", ".join(f"{{{name}}}" for name in sorted(found - wanted))
    if {"{", "}"} & set(_PLACEHOLDER.sub("", translation)):
        return "has a brace that belongs to no placeholder"
    return None
