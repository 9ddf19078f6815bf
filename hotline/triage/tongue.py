"""What denies in one language, and in which language a sentence is.

The words of one language mean something else in another: `me` is "but" in Kweyol, `san` is "without" in Haitian Creole and
"blood" in Kweyol, `ni` is "nor" in Spanish and "has" in Kweyol. So a rule of one language is denied in that language, and a rule
for all languages in the one that the sentence is in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hotline.triage.danger_file import Language
from hotline.triage.tokens import Row


@dataclass(frozen=True, slots=True)
class Tongue:
    """The small words of one language. `common` are all that show it: its denials and whatever its file calls harmless."""

    denial: frozenset[str]
    denial_after: frozenset[str]
    light: frozenset[str]
    answers: frozenset[str]
    speakers: frozenset[str]
    but: frozenset[str]
    common: frozenset[str]

    @classmethod
    def of(cls, language: Language) -> Tongue:
        """The small words of `language`."""
        small = language.denial | language.denial_after | language.light | language.but
        return cls(
            language.denial,
            language.denial_after,
            language.light,
            language.answers,
            language.speakers,
            language.but,
            small | language.harmless,
        )


def sentence(said: Row, span: range) -> range:
    """The words from stop to stop around the words `span`."""
    low, high = span.start, span.stop
    while low > 0 and not said.stops >> low & 1:
        low -= 1
    while high < len(said.words) and not said.stops >> high & 1:
        high += 1
    return range(low, high)


def spoken(said: Row, span: range, tongues: Sequence[Tongue]) -> tuple[Tongue, ...]:
    """Which of the languages the sentence around `span` is in: those of which it has most common words; () when of none.

    A sentence without any common word is in the language of the whole message.
    """
    around = sentence(said, span)
    return _most(said.words[around.start : around.stop], tongues) or _most(said.words, tongues)


def _most(words: Iterable[str], tongues: Sequence[Tongue]) -> tuple[Tongue, ...]:
    distinct = frozenset(words)
    known = [len(tongue.common & distinct) for tongue in tongues]
    most = max(known, default=0)
    return tuple(tongue for tongue, count in zip(tongues, known, strict=True) if most and count == most)
