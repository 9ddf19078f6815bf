"""Which words of a report belong together ("vieux fort", "12 nov 2026"), and where a colon or a slash only separates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from hotline.answers.first_look import Glance
from hotline.answers.reading import ListWords
from hotline.answers.result import Understood
from hotline.answers.sheet import question_of
from hotline.answers.understand import understand
from hotline.conversation.turn import Facts
from hotline.forms.definition import Item, Kind
from hotline.standards.fold import tokens

_NAMED = (Kind.TEXT, Kind.PERSON_NAME, Kind.PLACE, Kind.COUNTRY)
_LISTED = (Kind.YES_NO, Kind.CHOICE, Kind.MULTI)
_DATES = (Kind.PERIOD, Kind.DATE)
_YEAR, _LAST_DAY = 4, 31  # digits of a year; of a month
_OTHER_SEPARATORS = re.compile(r"[\n\r;,*#=，、；]")


@dataclass(slots=True)
class Look:
    """How one report is read: with the words of all languages, under its circumstances; each phrase by an item once."""

    facts: Facts
    glance: Glance
    known: dict[tuple[str, str], object] = field(default_factory=dict)

    def is_name(self, phrase: str) -> bool:
        """Whether it is the whole name of a place or a country."""
        words = self.facts.words
        return self.glance.could_be_name(phrase) and bool(
            words.gazetteer.knows(phrase) or words.countries.exact(phrase)
        )

    def read(self, item: Item, text: str) -> object:
        """The value that the item takes the text for, else None."""
        key = (item.name, text)
        if key not in self.known:
            self.known[key] = None
            if self.glance.could_answer(item, text):
                answer = understand(question_of(item), text, self.facts.words, self.facts.here)
                self.known[key] = answer.value if isinstance(answer, Understood) else None
        return self.known[key]

    def reads(self, item: Item, text: str) -> bool:
        """Whether the item takes the text."""
        return self.read(item, text) is not None


def is_one_value(phrase: str, items: Sequence[Item], look: Look) -> bool:
    """Whether a phrase with spaces is one value of some item. Places and countries only by their whole name: "pot 12/11
    castries" names one too, but is three values; so is "f16 castries 12/11", though a birthday could be read in it."""
    words = phrase.split()
    if len(words) > 1 and not _may_join(words):
        return False
    if look.is_name(phrase):
        return True
    readers = [item for item in items if item.kind not in _NAMED and look.reads(item, phrase)]
    if not readers or len(words) == 1:
        return bool(readers)
    if any("/" in word for word in words) or all(word.isdecimal() for word in words):
        # "1 12/11" is two values, "3/4 to 5/4" is one, though TO is a country.
        ends = (word for word in (words[0], words[-1]) if "/" not in word)
        dates = any(item.kind in _DATES for item in readers)
        if any(word.isdecimal() for word in words):
            return False
        return dates and "/" in words[-1] and not any(_is_value(word, items, look) for word in ends)
    lists = [item for item in readers if item.kind in _LISTED]
    if lists:
        return any(_is_listed(item, phrase, look) or _all_of(item, words, items, look) for item in lists)
    if any(_is_value(word, items, look, numbers=False) for word in words):
        return False
    return _holds_together(words, any(item.kind in _DATES for item in readers), items, look)


def _holds_together(words: Sequence[str], as_date: bool, items: Sequence[Item], look: Look) -> bool:
    """Whether no part is a value of the other sort: "999 may 2026" holds a date and is no age, "2025 about 20" holds an age
    and is no date."""
    if as_date and not _is_whole_date(words, items, look):
        return False
    if any(
        not word.isalpha() and not word.isdecimal() and not _reads_any(word, items, look) for word in words
    ):
        return False  # "zork9 2025"
    dates = [item for item in items if item.kind in _DATES]
    numbers = [item for item in items if item.kind is Kind.INTEGER]
    for first in range(len(words)):
        for last in range(first + 2, len(words) + 1):
            part = " ".join(words[first:last])
            dated = any(look.reads(item, part) for item in dates)
            if dated if not as_date else not dated and any(look.reads(item, part) for item in numbers):
                return False
    return True


def _is_whole_date(words: Sequence[str], items: Sequence[Item], look: Look) -> bool:
    """Whether both ends belong to the date: in "2025 about 20" and "may 2026 17" what stands behind the year is the next
    value, and nobody was born or found in "34 may"."""
    first, last = words[0], words[-1]
    if first.isdecimal() and len(first) < _YEAR and int(first) > _LAST_DAY:
        return False
    if (
        last.isdecimal()
        and len(last) < _YEAR
        and any(word.isdecimal() and len(word) == _YEAR for word in words)
    ):
        return len(words[0]) == _YEAR  # 2026 may 17
    dates = [item for item in items if item.kind in _DATES]
    shorter = " ".join(words[:-1])
    return all(look.read(item, shorter) != look.read(item, " ".join(words)) for item in dates)


def _may_join(words: Sequence[str]) -> bool:
    """A skip, an unknown, a number below zero and a mere sign are never part of a longer value."""
    if any(word == "?" or re.match(r"-\d", word) for word in words):
        return False
    return all(any(ch.isalnum() for ch in word) for word in (words[0], words[-1]))


def _is_listed(item: Item, phrase: str, look: Look) -> bool:
    """Whether the list knows the phrase as it stands ("other agency")."""
    return " ".join(tokens(phrase)) in look.facts.words.compiled_for(question_of(item), ListWords).whole


def _all_of(item: Item, words: Sequence[str], items: Sequence[Item], look: Look) -> bool:
    """Whether each word speaks to this list alone: "sex lab" does, "police m" and "sex other" do not."""
    others = [other for other in items if other.kind in _LISTED and other.list_name != item.list_name]
    return all(word.isalpha() for word in words) and not any(
        look.reads(other, word) for other in others for word in words
    )


def _is_value(word: str, items: Sequence[Item], look: Look, *, numbers: bool = True) -> bool:
    """Whether a word by itself is a value of a list, a place or a country; or a number."""
    if word.isdecimal():
        return numbers
    if look.is_name(word):
        return True
    return any(item.kind in _LISTED and look.reads(item, word) for item in items)


def _reads_any(text: str, items: Sequence[Item], look: Look) -> bool:
    return any(look.reads(item, text) for item in items if item.kind not in _NAMED)


def separators_apart(text: str, items: Sequence[Item]) -> str:
    """`pot: 12/11: castries: f` and `pot / 12-11 / castries` with semicolons, where nothing else separates and few colons
    stand behind an item's label (`sex` is one, and a value too)."""
    if _OTHER_SEPARATORS.search(text) or "://" in text:
        return text
    if text.count(" / ") > 1:
        return text.replace(" / ", ";")
    if text.count(":") < 2:
        return text
    labels = {item.number for item in items} | {item.code.casefold() for item in items}
    before = [part.split()[-1].casefold() if part.split() else "" for part in text.split(":")[:-1]]
    named = sum(word in labels for word in before)
    return text if named * 2 >= len(before) else text.replace(":", ";")
