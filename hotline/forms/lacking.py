"""What lacks a recording in a language or voice variant: what is said in calls and has no clip, only a stand-in, or one of
old words. In the order of the call trees; numbers and other values last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hotline.forms.book import Book
from hotline.forms.manifest import Clip, text_hash
from hotline.forms.spoken import says_values, sentences, spoken


class Why(StrEnum):
    """What is wrong with the clip."""

    MISSING = "missing"
    OUTDATED = "outdated"
    STAND_IN = "stand_in"


@dataclass(frozen=True, slots=True)
class Lack:
    """One sentence to be recorded: the clip's key, and the words in that language."""

    key: str
    text: str
    why: Why

    @property
    def text_hash(self) -> str:
        """What the manifest will hold."""
        return text_hash(self.text)


def lacking(book: Book, locale: str, languages: Sequence[str], clips: Mapping[str, Clip]) -> tuple[Lack, ...]:
    """What lacks among `clips` (those of the locale's folder, or of a variant's). Raises BadContent when the number words
    cannot be read."""
    wanted = (spoken if says_values(book.root, locale) else sentences)(book, locale, languages)
    found = ((key, text, _why(clips.get(key), text)) for key, text in wanted.items())
    return tuple(Lack(key, text, why) for key, text, why in found if why is not None)


def _why(clip: Clip | None, text: str) -> Why | None:
    if clip is None:
        return Why.MISSING
    if clip.sha256 != text_hash(text):
        return Why.OUTDATED
    return Why.STAND_IN if clip.stand_in else None
