"""The headings of our workbooks: XLSForm's own, and for what XLSForm has no word columns that begin with `hotline_`.

Texts with a language stand under `label::French (fr)`; ours under `hotline_voice_fr`, for other programs cut headings
at `::` and stumble over what they do not know.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hotline.forms.xlsform.document import CHOICE_ROLES, FORM_ROLES, ITEM_ROLES

OWN: Final = "hotline_"
# XLSForm's columns with a language, to the key of ours that they hold. A second try in other words is what a form on a
# tablet says when an answer does not fit.
ITEM_TEXTS: Final[Mapping[str, str]] = {"label": "label", "hint": "hint", "constraint_message": "again"}
CHOICE_TEXTS: Final[Mapping[str, str]] = {"label": "label"}
AUDIO: Final = "media::audio"
OWN_ITEM_TEXTS: Final = tuple(role for role in ITEM_ROLES if role not in ITEM_TEXTS.values())
OWN_CHOICE_TEXTS: Final = tuple(role for role in CHOICE_ROLES if role not in CHOICE_TEXTS.values())
OWN_FORM_TEXTS: Final = FORM_ROLES
# Keys of ours without a language.
OWN_ITEM: Final = (
    "number",
    "code",
    "type",
    "words",
    "system",
    "channels",
    "positional",
    "past",
    "max",
    "segments",
    "timeout",
    "duty",
    "free",
)
OWN_CHOICE: Final = ("digit", "compact")
OWN_FORM: Final = ("code", "source", "channels")
ENGLISH: Final = "English (en)"

_MEDIA: Final = ("audio", "image", "video", "big-image")
_WITH_LANGUAGE: Final = re.compile(
    rf"(?P<base>[a-z_ ]+(?:::?(?:{'|'.join(_MEDIA)}))?)\s*::?\s*(?P<language>[^:]+)", re.IGNORECASE
)
# Other names that XLSForm allows, and older workbooks have.
_ALIASES: Final = {
    "caption": "label", "value": "name", "relevance": "relevant", "audio": AUDIO, "image": "media::image", "video": "media::video",
    "bind::relevant": "relevant", "bind::constraint": "constraint", "bind::required": "required",
    "bind::jr:constraintmsg": "constraint_message", "id_string": "form_id", "title": "form_title",
}  # fmt: skip
_CODE: Final = re.compile(r"\(([A-Za-z-]{2,8})\)\s*$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading taken apart: `base` ("label", "media::audio", "hotline_voice"), `locale` ("" where none is named,
    "?" where it is one that the hotline does not speak), and the language as written."""

    text: str
    base: str
    locale: str = ""
    language: str = ""

    @property
    def own(self) -> str:
        """The key of ours that a `hotline_` column holds, "" for others."""
        return self.base.removeprefix(OWN) if self.base.startswith(OWN) else ""


def heading_of(text: str, names: Mapping[str, str]) -> Heading:
    """Take a heading apart. `names` are the locales of the hotline with their names in English."""
    plain = " ".join(text.split())
    lowered = plain.lower()
    if lowered.startswith(OWN):
        base, _, tail = lowered.rpartition("_")
        if tail in names and base.removeprefix(OWN) in {*ITEM_ROLES, *CHOICE_ROLES, *FORM_ROLES}:
            return Heading(text, base, tail, names[tail])
        return Heading(text, lowered)
    match = _WITH_LANGUAGE.fullmatch(plain)
    if match is None or match["language"].lower() in _MEDIA or _base(lowered) != lowered.replace(" ", "_"):
        return Heading(text, _base(lowered))
    return Heading(text, _base(match["base"]), locale_of(match["language"], names), match["language"].strip())


def _base(text: str) -> str:
    plain = text.strip().lower().replace(" ", "_")
    plain = re.sub(r"^media::?(?=[a-z])", "media::", plain)
    return _ALIASES.get(plain, plain)


def locale_of(language: str, names: Mapping[str, str]) -> str:
    """The locale that "French (fr)", "French" or "fr" means; "?" for one that the hotline does not speak."""
    code = _CODE.search(language)
    plain = language.strip().casefold()
    if code:
        found = code[1].lower()
        return found if found in names else "?"
    return next((locale for locale, name in names.items() if plain in (locale, name.casefold())), "?")


def column(base: str, locale: str, names: Mapping[str, str]) -> str:
    """The heading of a text in a language."""
    if base.startswith(OWN):
        return f"{base}_{locale}"
    return f"{base}::{names[locale]} ({locale})"
