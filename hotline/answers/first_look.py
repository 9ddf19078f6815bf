"""Which questions of a form a text could answer at all, told by its single words: a cheap look before the parsers.

A report of twelve words is tried against twelve questions, alone and joined to phrases: hundreds of readings, nearly all
of them hopeless. "castries" is no number, no date and no choice, for no word of theirs looks like it. The look never
refuses what a parser would take; what it lets pass, the parser decides.

One number answers for all questions: bit i says that the words known to question i have this word, or one a typing error
away from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from hotline.answers.age_words import AgeWords
from hotline.answers.date_words import BESIDE_NUMBERS, DateWords
from hotline.answers.number_words import NumberWords
from hotline.answers.reading import ListWords, Mark, marks
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
_YEAR = 4  # digits
_CLAUSES = re.compile(r"[,.;:!\n]|[^\x00-\x7f\w]")  # "yes, he is here": the first clause may decide
_SHORTEST_NUMBER = 7  # digits of a phone number
_SHORTEST_NAME = 5  # letters of a place's name in which one may be wrong
_LONG_NAME = 11  # and in which two may be wrong
_BORN_FROM = 3  # so many words may stand before a date of birth


class FirstLook:
    """The words that the questions of one form know, compiled. Made once for a form; it keeps no text of anybody."""

    def __init__(self, form: Form, words: Words) -> None:
        self.bits = {item.name: 1 << place for place, item in enumerate(form.items)}
        self.known: dict[str, int] = {}
        self.near: dict[str, int] = {}
        top = 1 << len(form.items)
        self.every = top - 1
        # Bits behind those of the items: what other rules ask of a word.
        self.date, self.old, self.mark, self.mark_part = top, top << 1, top << 2, top << 3
        self.place, self.country, self.name, self.country_name = top << 4, top << 5, top << 6, top << 7
        self.born, self.counting = top << 8, top << 9
        self.kinds = {kind: self._of(form, kind) for kind in Kind}
        self.lists = self._of(form, *_LISTS)
        self.anything = self._of(form, *_ANYTHING)
        # What a number, and what a sign or a picture, is known to.
        self.sign = self._of(form, Kind.INTEGER, *_DATES, Kind.TIME) | self.date
        self.number = self.sign | self.kinds[Kind.MULTI]
        for item in form.items:
            if item.kind in _LISTS:
                self._learn_list(item, words)
        self._learn_numbers(words)
        self._learn_names(words)

    def _of(self, form: Form, *kinds: Kind) -> int:
        return sum(self.bits[item.name] for item in form.items if item.kind in kinds)

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
        self._learn(
            _words_of((*listed.whole, *(phrase for meant in listed.here.values() for phrase in meant))), bit
        )
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
        self._learn({*numbers.lexicon.vocabulary, *numbers.joiners}, self.sign | self.counting)
        self._learn(_words_of((*ages.kinds, *ages.marks)), self.kinds[Kind.INTEGER])
        self._learn(_words_of(ages.rounds), self.kinds[Kind.INTEGER] | self.counting)
        for kind, bit in (("old", self.old), ("born", self.born)):
            self._learn(_words_of(phrase for phrase, kinds in ages.kinds.items() if kind in kinds), bit)
        self._learn(dates.lexicon.vocabulary, dated, dated)
        self._learn(BESIDE_NUMBERS, dated)
        self._learn(words.compiled(TimeWords).lexicon.vocabulary, self.kinds[Kind.TIME])
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
    """A first look at the words of one report; forgotten with it."""

    def __init__(self, look: FirstLook) -> None:
        self._look = look
        self._words: dict[str, tuple[tuple[str, ...], tuple[int, ...]]] = {}
        self._texts: dict[str, int] = {}

    def could_answer(self, item: Item, text: str) -> bool:
        """Whether a parser may find a value, unknown or declined in the text."""
        found = self._texts.get(text)
        if found is None:
            found = self._texts[text] = self._items(text)
        return bool(found & self._look.bits[item.name])

    def could_be_name(self, text: str) -> bool:
        """Whether the whole text may be the name of a place or country."""
        every = -1
        for word in text.split():
            for bits in self._known(word)[1]:
                every &= bits
        return bool(every & (self._look.name | self._look.country_name))

    def _known(self, word: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """The tokens of a word without spaces, and to whom each is known."""
        kept = self._words.get(word)
        if kept is None:
            row = tuple(tokens(word))
            kept = self._words[word] = (row, tuple(map(self._bits, row)))
        return kept

    def _bits(self, token: str) -> int:
        look = self._look
        bits = look.known.get(token, 0)
        if token.isdecimal():
            return bits | look.number
        if not token.isalnum():
            return bits | look.sign
        if could_be_mistyped(token):
            near = look.near
            for form in shortened(token):
                if (found := near.get(form)) is not None:
                    bits |= found
        return bits

    def _items(self, text: str) -> int:
        look = self._look
        row: list[str] = []
        known: list[int] = []
        for word in text.split():
            its_tokens, its_bits = self._known(word)
            row += its_tokens
            known += its_bits
        if not row:
            return look.every  # "-", "?": answers without words
        every, some = -1, 0
        for bits in known:
            every &= bits
            some |= bits
        if some & (look.mark if len(row) == 1 else look.mark_part):
            return look.every
        found = every | look.anything
        if len(row) > 1 and _CLAUSES.search(text):
            found |= look.lists
        if some & look.old or self._may_be_birth(row, known, some):
            found |= look.kinds[Kind.INTEGER]
        if some & look.country:
            found |= look.kinds[Kind.COUNTRY] | look.kinds[Kind.PLACE]
        elif some & look.place or self._like_a_name(row):
            found |= look.kinds[Kind.PLACE]
        if sum(map(str.isdigit, text)) >= _SHORTEST_NUMBER:
            found |= look.kinds[Kind.PHONE]
        return found

    def _may_be_birth(self, row: list[str], known: list[int], some: int) -> bool:
        """Whether a date of birth may stand in the row: three numbers, a year, or "born", then nothing but a date."""
        look = self._look
        told = (
            some & look.born
            or any(len(token) == _YEAR and token.isdecimal() for token in row)
            or sum(
                bits & look.counting != 0 or token.isdecimal() for token, bits in zip(row, known, strict=True)
            )
            > 2
        )
        return bool(told) and all(bits & look.date for bits in known[_BORN_FROM:])

    @staticmethod
    def _like_a_name(row: list[str]) -> bool:
        """Whether the row without its spaces may be a mistyped name, which no single word of it tells."""
        length = sum(map(len, row))
        return length >= (_SHORTEST_NAME if len(row) > 1 else _LONG_NAME)
