"""Which questions of a form a text could answer at all, told by its single words: a cheap look before the parsers.

A report of twelve words is tried against twelve questions, alone and joined to phrases: hundreds of readings, nearly all
of them hopeless. "castries" is no number, no date and no choice, for no word of theirs looks like it. The look never
refuses what a parser would take; what it lets pass, the parser decides.

One number answers for all questions. Bit i says that question i knows this word, or one that is a typing error away from
it; a bit further up, that the word can bear a value for it, and is no "of" or "please".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from hotline.answers.age_words import AgeWords
from hotline.answers.date_words import BESIDE_NUMBERS, SAYING_NOTHING, DateWords
from hotline.answers.number_words import NumberWords
from hotline.answers.question import Circumstances
from hotline.answers.reading import ListWords, Mark, marks
from hotline.answers.result import Answer
from hotline.answers.sheet import question_of
from hotline.answers.time_of_day import TimeWords
from hotline.answers.words import Words
from hotline.forms.definition import Form, Item, Kind
from hotline.standards.fold import tokens
from hotline.standards.lexicon import could_be_mistyped, rivals, shortened
from hotline.standards.phrasebook import SAINTS

_LISTS = (Kind.YES_NO, Kind.CHOICE, Kind.MULTI)
_DATES = (Kind.DATE, Kind.PERIOD)
_ANYTHING = (Kind.TEXT, Kind.PERSON_NAME)
_NO_VALUE = frozenset({"unknown", "declined"})
_DATE_DIGITS = (4, 8)  # of a date that is a single number
_OTHERS = 10  # bits behind those of the items
_YEAR = 4  # digits
_CLAUSES = re.compile(r"[,.;:!\n]|[^\x00-\x7f\w]")  # "yes, he is here": the first clause may decide
_SHORTEST_NUMBER = 7  # digits of a phone number
_SHORTEST_NAME = 5  # letters of a place's name in which one may be wrong
_LONG_NAME = 11  # and in which two may be wrong
_BORN_FROM = 3  # so many words may stand before a date of birth
_MOST_CIRCUMSTANCES = 64
# "16", "15-17", "12/11", "2/11-9/11", "???"; no date with its year, for somebody was born then, and no phone number.
_OF_NOBODY = re.compile(
    r"[0-9]{1,2}(?:-[0-9]{1,2})?|[0-9]{1,2}/[0-9]{1,2}(?:-[0-9]{1,2}/[0-9]{1,2})?|[?.-]{1,3}"
)
_NUMBER_AND_WORD = re.compile(r"[0-9]{1,2} ([^\W\d_]+)|([^\W\d_]+) [0-9]{1,2}")
_MOST_KEPT = 20_000  # texts


class Known(NamedTuple):
    """A word without spaces: its tokens, to whom each is known, whether a clause may end in it, and its digits."""

    row: tuple[str, ...]
    bits: tuple[int, ...]
    ends: bool
    digits: int


@dataclass(slots=True)
class Seen:
    """One text, and what is known of it so far; questions are bits. `value` are those that it may be a value for, `any`
    those that it may answer at all; a parser was asked for those of `tried`, which found the `answers`, by bit: `taken`
    are they, and `valued` those with a value among them. `name` tells whether it names a place or a country."""

    value: int
    any: int
    tried: int = 0
    taken: int = 0
    valued: int = 0
    answers: dict[int, Answer] = field(default_factory=dict)
    name: bool | None = None


class FirstLook:
    """The words that the questions of one form know, compiled. Made once for a form; it keeps no text of anybody: what it
    keeps of reports are words and phrases of the content, short numbers, and days with their months."""

    def __init__(self, form: Form, words: Words) -> None:
        self.items = form.items
        self._kept: dict[object, dict[str, Seen]] = {}
        self.rows: dict[str, Known] = {}
        self.phrases: set[str] = {*words.gazetteer.names, *words.countries.phrases, *words.compiled(marks)}
        self.bits = {item.name: 1 << place for place, item in enumerate(form.items)}
        self.known: dict[str, int] = {}
        self.near: dict[str, int] = {}
        self.bearing = len(form.items) + _OTHERS  # so far up stand the bits of words that bear a value
        top = 1 << len(form.items)
        self.every = top - 1
        # Bits behind those of the items: what other rules ask of a word.
        self.date, self.old, self.mark, self.mark_part = top, top << 1, top << 2, top << 3
        self.place, self.country, self.name, self.country_name = top << 4, top << 5, top << 6, top << 7
        self.born, self.counting = top << 8, top << 9
        self.kinds = {kind: self._of(form, kind) for kind in Kind}
        self.lists, self.dates = self._of(form, *_LISTS), self._of(form, *_DATES)
        self.anything = self._of(form, *_ANYTHING)
        self.told = self.every & ~(self.anything | self.kinds[Kind.PLACE] | self.kinds[Kind.COUNTRY])
        # What a number, and what a sign or a picture, is known to.
        self.sign = self._of(form, Kind.INTEGER, *_DATES, Kind.TIME) | self.date
        self.number = self._bears(self.sign | self.kinds[Kind.MULTI])
        for item in form.items:
            if item.kind in _LISTS:
                self._learn_list(item, words)
        self._learn_numbers(words)
        self._learn_names(words)

    def is_content(self, text: str) -> bool:
        """Whether the text tells of nobody, and may be kept: a word or phrase of the content, a short number (with one such
        word), days and months."""
        if text in self.known or text in self.phrases or _OF_NOBODY.fullmatch(text):
            return True
        beside = _NUMBER_AND_WORD.fullmatch(text)  # "17 yrs", "about 20", "14 nov"
        return beside is not None and (beside[1] or beside[2]) in self.known

    def kept(self, here: Circumstances) -> dict[str, Seen]:
        """What is known of such texts where and when they are read like this: a single word means the same all day."""
        key = (here.today, here.country, here.day_first, here.locale)
        kept = self._kept.get(key)
        if kept is None:
            if len(self._kept) >= _MOST_CIRCUMSTANCES:  # yesterday's
                self._kept.clear()
            kept = self._kept[key] = {}
        return kept

    def _of(self, form: Form, *kinds: Kind) -> int:
        return sum(self.bits[item.name] for item in form.items if item.kind in kinds)

    def _bears(self, bits: int) -> int:
        """The bits of a word that the items know, and that bears a value for them."""
        return bits | (bits & self.every) << self.bearing

    def _learn(self, vocabulary: Iterable[str], bits: int, mistyped: int = 0) -> None:
        for word in vocabulary:
            self.known[word] = self.known.get(word, 0) | bits
            if mistyped:
                for rest in rivals(word):
                    self.near[rest] = self.near.get(rest, 0) | mistyped

    def _learn_list(self, item: Item, words: Words) -> None:
        listed = words.compiled_for(question_of(item), ListWords)
        bit = self.bits[item.name]
        self._learn(listed.lexicon.vocabulary, bit, bit)
        phrases = listed.lexicon.phrases.items()
        bearing = _words_of(
            phrase for phrase, meanings in phrases if not all(isinstance(m, Mark) for m in meanings)
        )
        self._learn(bearing, self._bears(bit), self._bears(bit))
        here = (phrase for meant in listed.here.values() for phrase in meant)
        self._learn(_words_of((*listed.whole, *here)), self._bears(bit))
        self.phrases.update(listed.whole)
        self.phrases.update(choice.code for choice in listed.choices)
        if item.kind is Kind.MULTI:
            for phrase, meanings in listed.lexicon.phrases.items():
                if not meanings.isdisjoint(_NO_VALUE):
                    self._learn_mark(phrase)

    def _learn_numbers(self, words: Words) -> None:
        numbers, ages, dates = (
            words.compiled(NumberWords),
            words.compiled(AgeWords),
            words.compiled(DateWords),
        )
        dated = self.kinds[Kind.DATE] | self.kinds[Kind.PERIOD] | self.date
        counted = self._bears(self.kinds[Kind.INTEGER] | self.kinds[Kind.TIME])
        self._learn({*numbers.lexicon.vocabulary, *numbers.joiners}, self.sign | self.counting | counted)
        self._learn(_words_of(ages.marks), self.kinds[Kind.INTEGER])
        self._learn(_words_of((*ages.kinds, *ages.rounds)), self._bears(self.kinds[Kind.INTEGER]))
        self._learn(_words_of(ages.rounds), self.counting)
        for kind, bit in (("old", self.old), ("born", self.born)):
            self._learn(_words_of(phrase for phrase, kinds in ages.kinds.items() if kind in kinds), bit)
        self._learn(dates.lexicon.vocabulary, dated, dated)
        self.phrases.update(dates.lexicon.phrases)
        telling = (
            phrase
            for phrase, senses in dates.lexicon.phrases.items()
            if any(kind not in SAYING_NOTHING for kind, _, _ in senses)
        )
        self._learn(_words_of(telling), self._bears(dated), self._bears(dated))
        self._learn(BESIDE_NUMBERS, dated)
        self._learn(words.compiled(TimeWords).lexicon.vocabulary, self._bears(self.kinds[Kind.TIME]))
        for phrase, mark in words.compiled(marks).items():
            if mark in (Mark.UNKNOWN, Mark.DECLINED):
                self._learn_mark(phrase)

    def _learn_mark(self, phrase: str) -> None:
        """A phrase for "unknown" or "declined", which most parsers find among words that nobody knows."""
        parts = phrase.split(" ")
        bits = self.mark_part | (self.mark if len(parts) == 1 else 0)
        self._learn(parts, bits, bits)

    def _learn_names(self, words: Words) -> None:
        gazetteer, countries = words.gazetteer, words.countries
        self._learn(gazetteer.vocabulary, self.place | self.name, self.place)
        self._learn(gazetteer.squeezed, self.place, self.place)
        self._learn(countries.vocabulary, self.country | self.country_name, self.country)
        self._learn(countries.codes, self.country | self.country_name)
        self._learn(countries.fillers, self.country_name)
        self._learn(SAINTS, self.place | self.name | self.country | self.country_name)


def _words_of(phrases: Iterable[str]) -> set[str]:
    return {word for phrase in phrases for word in phrase.split(" ")}


class Glance:
    """A first look at the words of one report; forgotten with it, but for what `FirstLook` may keep."""

    def __init__(self, look: FirstLook, here: Circumstances) -> None:
        self.look = look
        self._kept = look.kept(here)
        self._words: dict[str, Known] = {}
        self.texts: dict[str, Seen] = {}

    def seen(self, text: str) -> Seen:
        """The text, and for which items it may be a value or any answer."""
        seen = self.texts.get(text)
        if seen is None:
            seen = self._kept.get(text)
            if seen is None:
                seen = Seen(*self._items(text))
                if self.look.is_content(text) and len(self._kept) < _MOST_KEPT:
                    self._kept[text] = seen
            self.texts[text] = seen
        return seen

    def is_promising(self, seen: Seen) -> bool:
        """Whether a parser of a list, a number or a date may find a value in the text."""
        return bool(seen.value & self.look.told)

    def could_be_name(self, text: str) -> bool:
        """Whether the whole text may be the name of a place or country."""
        every = -1
        for word in text.split():
            for bits in self._known(word).bits:
                every &= bits
        return bool(every & (self.look.name | self.look.country_name))

    def holding(self, words: Sequence[str]) -> int:
        """How many of the words, from the first on, may be one value or one name: bit n for n of them."""
        look = self.look
        names, told, old, born, bearing = (
            look.name | look.country_name,
            look.told,
            look.old,
            look.born,
            look.bearing,
        )
        every = every_late = -1
        some = count = place = digits = found = 0
        year = ends = False
        for number, word in enumerate(words, start=1):
            known = self._known(word)
            for token, bits in zip(known.row, known.bits, strict=True):
                every &= bits
                some |= bits
                if place >= _BORN_FROM:
                    every_late &= bits
                place += 1
                if token.isdecimal():
                    year = year or len(token) == _YEAR
                    count += 1
                elif bits & look.counting:
                    count += 1
            ends = ends or known.ends
            digits += known.digits
            if (
                every & (names | told & some >> bearing)
                or some & old
                or (ends and some >> bearing & look.lists)
                or digits >= _SHORTEST_NUMBER
                or (every_late & look.date and (some & born or year or count > 2))
                or not place
            ):
                found |= 1 << number
        return found

    def _known(self, word: str) -> Known:
        known = self._words.get(word)
        if known is None:
            known = self._words[word] = self.look.rows.get(word) or self._look_at(word)
        return known

    def _look_at(self, word: str) -> Known:
        row = tuple(tokens(word))
        known = Known(
            row,
            tuple(map(self._bits, row)),
            _CLAUSES.search(word) is not None,
            sum(map(str.isdigit, word)),
        )
        if len(self.look.rows) < _MOST_KEPT and self.look.is_content(word):
            self.look.rows[word] = known
        return known

    def _bits(self, token: str) -> int:
        look = self.look
        bits = look.known.get(token, 0)
        if token.isdecimal():
            return bits | look.number
        if not token.isalnum():
            return bits | look.sign
        if could_be_mistyped(token):
            near = 0
            for form in shortened(token):
                near |= look.near.get(form, 0)
            if near:  # a word that a question knows is no typing error to it
                known = (bits & look.every) << look.bearing
                marked = 0 if look.lists & ~bits else look.mark | look.mark_part
                bits |= near & ~(known | marked)
        return bits

    def _items(self, text: str) -> tuple[int, int]:
        look = self.look
        row: list[str] = []
        known: list[int] = []
        for word in text.split():
            its = self._known(word)
            row += its.row
            known += its.bits
        if not row:
            return look.every, look.every  # "-", "?": answers without words
        every, some = -1, 0
        for bits in known:
            every &= bits
            some |= bits
        found = every
        if len(row) > 1 and _CLAUSES.search(text):
            found |= look.lists
        found &= some >> look.bearing
        if len(row) == 1 and row[0].isdecimal() and len(row[0]) not in _DATE_DIGITS:
            found &= ~look.dates
        if some & look.old or (not found & look.kinds[Kind.INTEGER] and self._may_be_birth(row, known, some)):
            found |= look.kinds[Kind.INTEGER]
        if some & look.country:
            found |= look.kinds[Kind.COUNTRY] | look.kinds[Kind.PLACE]
        elif some & look.place or self._like_a_name(row):
            found |= look.kinds[Kind.PLACE]
        if sum(map(str.isdigit, text)) >= _SHORTEST_NUMBER:
            found |= look.kinds[Kind.PHONE]
        found = (found | look.anything) & look.every
        marked = some & (look.mark if len(row) == 1 else look.mark_part)
        return found, look.every if marked else found

    def _may_be_birth(self, row: list[str], known: list[int], some: int) -> bool:
        """Whether a date of birth may stand in the row: three numbers, a year, or "born", then nothing but a date."""
        look = self.look
        if len(row) == 1:
            return False
        for bits in known[_BORN_FROM:]:
            if not bits & look.date:
                return False
        if some & look.born:
            return True
        numbers = 0
        for token, bits in zip(row, known, strict=True):
            if token.isdecimal():
                if len(token) == _YEAR:
                    return True
                numbers += 1
            elif bits & look.counting:
                numbers += 1
        return numbers > 2

    @staticmethod
    def _like_a_name(row: list[str]) -> bool:
        """Whether the row without its spaces may be a mistyped name, which no single word of it tells."""
        length = sum(map(len, row))
        return length >= (_SHORTEST_NAME if len(row) > 1 else _LONG_NAME)
