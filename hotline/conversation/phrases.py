"""Which words of a report belong together ("vieux fort", "12 nov 2026"), and where a colon or a slash only separates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from hotline.answers.first_look import FirstLook, Glance, Seen
from hotline.answers.reading import ListWords
from hotline.answers.result import Answer, Declined, Understood, Unknown
from hotline.answers.sheet import question_of
from hotline.answers.understand import understand
from hotline.conversation.turn import Facts
from hotline.forms.definition import Item, Kind
from hotline.standards.fold import tokens

_YEAR, _LAST_DAY = 4, 31  # digits of a year; of a month
_OTHER_SEPARATORS = re.compile(r"[\n\r;,*#=，、；]")


class Look:
    """How one report is read for `items`: with the words of all languages, under its circumstances; each phrase by an item
    once. Items are bits (`FirstLook.bits`); several of them are a mask."""

    __slots__ = ("asked", "bits", "dates", "facts", "glance", "listed", "numbers", "seen", "texts", "told")

    def __init__(self, facts: Facts, first: FirstLook, items: Iterable[Item]) -> None:
        self.facts = facts
        self.glance = Glance(first, facts.here)
        self.seen, self.texts = self.glance.seen, self.glance.texts
        self.bits = first.bits
        self.asked = self.mask(items)
        self.listed, self.dates = first.lists & self.asked, first.dates & self.asked
        self.numbers = first.kinds[Kind.INTEGER] & self.asked
        self.told = first.told & self.asked

    def mask(self, items: Iterable[Item]) -> int:
        """The items as bits."""
        bits = self.bits
        return sum([bits[item.name] for item in items])

    def is_name(self, phrase: str) -> bool:
        """Whether it is the whole name of a place or a country."""
        seen = self.texts.get(phrase) or self.seen(phrase)
        if seen.name is None:
            words = self.facts.words
            seen.name = self.glance.could_be_name(phrase) and bool(
                words.gazetteer.knows(phrase) or words.countries.exact(phrase)
            )
        return seen.name

    def answer(self, item: Item, text: str) -> Answer | None:
        """The value, unknown or declined that the text says to the item, else None."""
        seen, bit = self.texts.get(text) or self.seen(text), self.bits[item.name]
        if not seen.tried & bit:
            self._try(seen, bit, text)
        return seen.answers.get(bit)

    def taken(self, text: str, mask: int) -> int:
        """Which of the items take the text for an answer."""
        seen = self.texts.get(text) or self.seen(text)
        if mask & ~seen.tried:
            self._try(seen, mask, text)
        return seen.taken & mask

    def valued(self, text: str, mask: int) -> int:
        """Which of the items take the text for a value."""
        seen = self.texts.get(text) or self.seen(text)
        mask &= seen.value
        if mask & ~seen.tried:
            self._try(seen, mask, text)
        return seen.valued & mask

    def _try(self, seen: Seen, mask: int, text: str) -> None:
        """Ask the parsers of the items in `mask` that were not asked before."""
        items, left = self.glance.look.items, mask & ~seen.tried & seen.any
        while left:
            bit = left & -left
            left ^= bit
            question = question_of(items[bit.bit_length() - 1])
            answer = understand(question, text, self.facts.words, self.facts.here)
            if isinstance(answer, (Understood, Unknown, Declined)):
                seen.answers[bit] = answer
                seen.taken |= bit
                if isinstance(answer, Understood):
                    seen.valued |= bit
        seen.tried |= mask

    def items_of(self, mask: int) -> Iterator[Item]:
        """The items of a mask."""
        items = self.glance.look.items
        while mask:
            bit = mask & -mask
            mask ^= bit
            yield items[bit.bit_length() - 1]


def is_one_value(phrase: str, look: Look) -> bool:
    """Whether a phrase with spaces is one value of some item. Places and countries only by their whole name: "pot 12/11
    castries" names one too, but is three values; so is "f16 castries 12/11", though a birthday could be read in it."""
    words = phrase.split()
    if len(words) > 1 and not _may_join(words):
        return False
    if look.is_name(phrase):
        return True
    slashes = "/" in phrase
    if len(words) > 1:
        numbers = [word.isdecimal() for word in words]
        if any(numbers) and (slashes or all(numbers)):
            return False  # "1 12/11" is two values
    may = look.seen(phrase).value & look.told
    if not may or len(words) == 1:
        return bool(may and look.valued(phrase, may))
    if slashes:  # "3/4 to 5/4" is one value, though TO is a country
        if "/" not in words[-1] or ("/" not in words[0] and _is_value(words[0], look)):
            return False
        dates = look.valued(phrase, look.dates)
        return bool(dates) and not _first_is_idle(words, dates, look)
    lists = may & look.listed
    if any(
        (_is_listed(item, phrase, look) or _all_of(item, words, look))
        and look.valued(phrase, look.bits[item.name])
        for item in look.items_of(lists)
    ):
        return True
    others = may & ~lists
    if not others or any(_is_value(word, look, numbers=False) for word in words):
        return False
    dates = look.valued(phrase, others & look.dates)
    if not (dates or look.valued(phrase, others)) or look.valued(phrase, lists):
        return False
    return _holds_together(words, bool(dates), look)


def _first_is_idle(words: Sequence[str], dates: int, look: Look) -> bool:
    """Whether the date says the same without its first word: then that word is one of its own ("sus 3/10"), not "since"."""
    rest = " ".join(words[1:])
    for item in look.items_of(dates):
        whole, without = look.answer(item, " ".join(words)), look.answer(item, rest)
        if isinstance(whole, Understood) and isinstance(without, Understood) and whole.value == without.value:
            return True
    return False


def _holds_together(words: Sequence[str], as_date: bool, look: Look) -> bool:
    """Whether no part is a value of the other sort: "999 may 2026" holds a date and is no age, "2025 about 20" holds an age
    and is no date."""
    if as_date and not _is_whole_date(words, look):
        return False
    if any(
        not word.isalpha() and not word.isdecimal() and not look.valued(word, look.told) for word in words
    ):
        return False  # "zork9 2025"
    for first in range(len(words)):
        for last in range(first + 2, len(words) + 1):
            part = " ".join(words[first:last])
            dated = look.valued(part, look.dates)
            if dated if not as_date else not dated and look.valued(part, look.numbers):
                return False
    return True


def _is_whole_date(words: Sequence[str], look: Look) -> bool:
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
    shorter = " ".join(words[:-1])
    return all(
        _value(look, item, shorter) != _value(look, item, " ".join(words))
        for item in look.items_of(look.dates)
    )


def _value(look: Look, item: Item, text: str) -> object:
    if not look.valued(text, look.bits[item.name]):
        return None
    answer = look.answer(item, text)
    return answer.value if isinstance(answer, Understood) else None


def _may_join(words: Sequence[str]) -> bool:
    """A skip, an unknown, a number below zero and a mere sign are never part of a longer value."""
    for word in words:
        if word == "?" or (word[0] == "-" and word[1:2].isdecimal()):
            return False
    return _has_letters(words[0]) and _has_letters(words[-1])


def _has_letters(word: str) -> bool:
    return word.isalnum() or any(ch.isalnum() for ch in word)


def _is_listed(item: Item, phrase: str, look: Look) -> bool:
    """Whether the list knows the phrase as it stands ("other agency")."""
    return " ".join(tokens(phrase)) in look.facts.words.compiled_for(question_of(item), ListWords).whole


def _all_of(item: Item, words: Sequence[str], look: Look) -> bool:
    """Whether each word speaks to this list alone: "sex lab" does, "police m" and "sex other" do not."""
    others = look.mask(other for other in look.items_of(look.listed) if other.list_name != item.list_name)
    return all(word.isalpha() for word in words) and not any(look.valued(word, others) for word in words)


def _is_value(word: str, look: Look, *, numbers: bool = True) -> bool:
    """Whether a word by itself is a value of a list, a place or a country; or a number."""
    if word.isdecimal():
        return numbers
    return look.is_name(word) or bool(look.valued(word, look.listed))


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
