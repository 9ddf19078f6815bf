"""Which language a first message is in: by greeting and help words of each language (`locales/<locale>/greetings.yaml`).

A word that two languages share decides nothing ("bonjou" is Kwéyòl and Haitian); then the person is offered all.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hotline.forms.languages import read_languages
from hotline.forms.source import Problem, load
from hotline.standards.scripts import SCRIPTS

_HAN = SCRIPTS["han"]  # no spaces between its words
_KEYS = {"greetings", "common"}


def fold(text: str) -> str:
    """Lower case without accents, other marks as spaces."""
    bare = unicodedata.normalize("NFD", text.casefold())
    letters = (char for char in bare if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in letters).split())


@dataclass(frozen=True, slots=True)
class Greetings:
    """For each folded word or phrase the languages it belongs to; `hellos` are those that only greet; `scripts` the
    letters in which a language alone is written, by locale."""

    owners: Mapping[str, frozenset[str]]
    hellos: frozenset[str]
    longest: int
    scripts: Mapping[str, re.Pattern[str]] = field(default_factory=dict)

    @classmethod
    def load(cls, locales: Path) -> Greetings:
        """Read every `greetings.yaml` below `locales`."""
        owners: dict[str, set[str]] = {}
        hellos: set[str] = set()
        for path in sorted(locales.glob("*/greetings.yaml")):
            section = load(path, locales.parent)
            for key in _KEYS:
                for phrase in section.get(key) or ():
                    owners.setdefault(fold(str(phrase)), set()).add(path.parent.name)
                    if key == "greetings":
                        hellos.add(fold(str(phrase)))
        longest = max((len(phrase.split()) for phrase in owners), default=1)
        known = read_languages(locales.parent, []).by_locale.values()
        scripts = {language.locale: SCRIPTS[language.script] for language in known if language.script}
        found = {phrase: frozenset(who) for phrase, who in owners.items()}
        return cls(found, frozenset(hellos), longest, scripts)

    def _phrases(self, text: str) -> Iterable[str]:
        words = fold(text).split()
        at = 0
        while at < len(words):
            for length in range(min(self.longest, len(words) - at), 0, -1):
                phrase = " ".join(words[at : at + length])
                if phrase in self.owners or length == 1:
                    yield phrase
                    at += length
                    break

    def language_of(self, text: str, languages: Iterable[str]) -> str:
        """The one language whose words stand out in `text`; "" when none does, or two do alike."""
        languages = tuple(languages)
        written = [
            locale for locale in languages if locale in self.scripts and self.scripts[locale].search(text)
        ]
        if len(written) == 1:
            return written[0]
        score: Counter[str] = Counter()
        for phrase in self._phrases(text):
            owners = [locale for locale in self.owners.get(phrase, ()) if locale in languages]
            for locale in owners:
                score[locale] += 1 if len(owners) > 1 else 3
        ranked = score.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return ""
        return ranked[0][0]

    def tells_more(self, text: str) -> bool:
        """Whether a message tells something besides a greeting: its words are then kept and never asked again."""
        if _HAN.search(text):
            return len(text.strip()) > 6
        rest = [phrase for phrase in self._phrases(text) if phrase not in self.hellos]
        return len(rest) >= 3


def problems(locales: Path) -> list[Problem]:
    """What is wrong with the greetings files, for `hotline check`."""
    found = []
    for path in sorted(locales.glob("*/greetings.yaml")):
        section = load(path, locales.parent)
        found += [
            Problem(section.file, section.line_of(key), f"unknown key '{key}'")
            for key in section
            if key not in _KEYS
        ]
        if not section.get("greetings"):
            found.append(
                Problem(section.file, 1, "no greetings: nobody who greets is answered in this language")
            )
    return found
