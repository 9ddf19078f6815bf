"""The words of one choice list, and what a reply says in them: which choices, and what takes them back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice, product

from hotline.answers.question import Choice, Kind, Question
from hotline.answers.words import Words
from hotline.standards.fold import fold
from hotline.standards.lexicon import Lexicon

_YES_NO = (Choice("yes", "1"), Choice("no", "2"))
_MOST_MISTYPED = 3  # tokens of one reply that may be typing errors
_MOST_READINGS = 12
_HELD = re.compile(r"([^\W\d])\1{2,}")


class Mark(StrEnum):
    """What a phrase does that is no choice of the list."""

    SMALL = "*small"
    POLITE = "*polite"
    NEGATION = "*negation"
    OR = "*or"
    AND = "*and"
    HEDGE = "*hedge"
    UNKNOWN = "*unknown"
    DECLINED = "*declined"


# The first section that knows a phrase decides; the words of the list itself come before all of them.
_MARKS = (
    (Mark.UNKNOWN, "unknown"),
    (Mark.DECLINED, "declined"),
    (Mark.OR, "or"),
    (Mark.NEGATION, "negations"),
    (Mark.HEDGE, "hedges"),
    (Mark.AND, "and"),
    (Mark.POLITE, "polite"),
    (Mark.SMALL, "small"),
)


def marks(words: Words) -> dict[str, Mark]:
    """Every phrase of all languages that says something about an answer without being one."""
    found: dict[str, Mark] = {}
    for mark, section in _MARKS:
        for phrase in words.phrases(section):
            found.setdefault(phrase, mark)
    return found


@dataclass(slots=True)
class Reading:
    """What a row of tokens says: the meanings of its phrases, its marks, and the tokens nobody knows."""

    meanings: list[frozenset[str]] = field(default_factory=list)
    by_digit: bool = False  # a choice was told by its number
    marks: set[Mark] = field(default_factory=set)
    strange: list[str] = field(default_factory=list)

    @property
    def counting(self) -> bool:
        """Whether its number may count something else: "she is two", "the one"."""
        return self.by_digit and Mark.SMALL in self.marks

    def codes(self) -> set[str]:
        """All choices it can mean; a word for two is decided by another word that means only one of them."""
        definite = {code for meaning in self.meanings if len(meaning) == 1 for code in meaning}
        for meaning in self.meanings:
            if len(meaning) > 1 and not meaning & definite:
                definite |= meaning
        return definite


class ListWords:
    """The words of one question's choices, compiled."""

    __slots__ = (
        "_describing",
        "choices",
        "descriptors",
        "digits",
        "glued",
        "here",
        "lexicon",
        "numbers",
        "order",
        "whole",
    )

    def __init__(self, question: Question, words: Words) -> None:
        self.choices = question.choices or self._choices_of(question, words)
        self.order = {choice.code: place for place, choice in enumerate(self.choices)}
        self.digits = {choice.digit: choice.code for choice in self.choices if choice.digit}
        self.glued = question.kind is Kind.MULTI and all(len(digit) == 1 for digit in self.digits)
        self.lexicon: Lexicon[str] = Lexicon()
        # Phrases that count only as the whole reply: "de" is two in Haitian Creole, and "of" in French.
        self.whole: dict[str, frozenset[str]] = {}
        self.descriptors: dict[str, str] = {}
        self.numbers: set[str] = set()
        self._describing: set[str] = set()
        self.here: dict[str, dict[str, frozenset[str]]] = {}
        known_marks = words.compiled(marks)
        lookalikes = words.phrases("lookalikes")
        for phrase, mark in known_marks.items():
            self.lexicon.add(phrase, mark)
        for phrase in words.phrases("hedges_in", question.list_name):
            self.lexicon.replace(phrase, Mark.HEDGE)
        own = self._own_words(question, words)
        if "yes" not in self.order:  # "yes, the police"
            for phrase in words.phrases("lists", "yes_no", "yes"):
                if phrase not in known_marks:
                    self.lexicon.add(phrase, Mark.SMALL)
        for phrase, codes in own.items():
            self.lexicon.replace(phrase, *codes)
        for digit, code in self.digits.items():
            self.lexicon.replace(digit, code)
            self.numbers.add(digit)
            self.whole[digit] = frozenset({code})
            for phrase in words.phrases("numbers", digit):
                if phrase in known_marks or phrase in lookalikes:
                    self.whole.setdefault(phrase, frozenset({code}))
                elif phrase not in own:
                    self.lexicon.replace(phrase, code)
                    self.numbers.add(phrase)
        for phrase, codes in own.items():
            self.whole[phrase] = frozenset(codes)
        self._describing.update(word for phrase in self.descriptors for word in phrase.split(" "))
        for locale in words.trees:
            meant = words.keyed_raw("two_meanings_here", question.list_name, locale=locale)
            self.here[locale] = {
                fold(phrase): frozenset(codes) & self.order.keys() for phrase, codes in meant.items()
            }

    def whole_reply(self, row: Sequence[str], locale: str) -> frozenset[str] | None:
        """The choices that the whole reply means at once, in `locale`; None when it must be read."""
        phrase = row[0] if len(row) == 1 else " ".join(row)
        return self.here.get(locale, {}).get(phrase) or self.whole.get(phrase)

    @staticmethod
    def _choices_of(question: Question, words: Words) -> tuple[Choice, ...]:
        if question.kind is Kind.YES_NO:
            return _YES_NO
        return tuple(Choice(code, "") for code in words.keyed("lists", question.list_name))

    def _own_words(self, question: Question, words: Words) -> dict[str, set[str]]:
        own: dict[str, set[str]] = {}
        lists = [question.list_name] if question.list_name else []
        if question.kind is Kind.YES_NO and "yes_no" not in lists:
            lists.append("yes_no")
        for name in lists:
            for code in self.order:
                for phrase in words.phrases("lists", name, code):
                    own.setdefault(phrase, set()).add(code)
            for code, descriptors in self._described(words, name).items():
                for descriptor, phrases in descriptors.items():
                    for phrase in phrases:
                        own.setdefault(phrase, set()).add(code)
                        self.descriptors[phrase] = descriptor
            for phrase, codes in words.keyed("two_meanings", name).items():
                both = set(codes_of(codes, self.order))
                if len(both) > 1:
                    own[fold(phrase)] = both
        forms: dict[str, set[str]] = {}
        for choice in self.choices:
            for word in (choice.code, *choice.words):
                forms.setdefault(fold(word), set()).add(choice.code)
        forms.pop("", None)
        return own | forms

    def _described(self, words: Words, name: str) -> dict[str, dict[str, tuple[str, ...]]]:
        return {code: words.keyed("descriptors", name, code) for code in self.order}

    def read(self, tokens: Sequence[str]) -> Reading:
        """What `tokens` say; a token that could be a typing error of several words says what all of them would."""
        reading = self._read(tokens)
        options: list[tuple[int, list[str]]] = []
        for place, token in enumerate(tokens):
            if (
                len(options) < _MOST_MISTYPED
                and token in reading.strange
                and (near := self._drawn_out(token) or self.lexicon.near(token))
            ):
                options.append((place, near))
        if not options:
            return reading
        attempts: list[Reading] = []
        for chosen in islice(product(*(near for _, near in options)), _MOST_READINGS):
            corrected = list(tokens)
            for (place, _), word in zip(options, chosen, strict=True):
                corrected[place] = word
            attempts.append(self._read(corrected))
        # A word that is known only as part of a phrase explains nothing here.
        fewest = min(len(attempt.strange) for attempt in attempts)
        merged: Reading | None = None
        for attempt in attempts:
            if len(attempt.strange) == fewest:
                merged = _merge(merged, attempt)
        return merged or reading

    def _drawn_out(self, token: str) -> list[str]:
        """The known words that "ouiii" and "nooo" are without the letters held on to."""
        if not _HELD.search(token):
            return []
        forms = {_HELD.sub(r"\1" * times, token) for times in (1, 2)}
        return sorted(form for form in forms if form in self.lexicon.vocabulary)

    def _read(self, tokens: Sequence[str]) -> Reading:
        reading = Reading()
        for start, end, meanings in self.lexicon.walk(tokens):
            if meanings is None:
                self._read_alone(tokens[start], reading)
                continue
            codes = frozenset(m for m in meanings if not isinstance(m, Mark))
            if codes:
                reading.meanings.append(codes)
                reading.by_digit |= " ".join(tokens[start:end]) in self.numbers
            reading.marks.update(m for m in meanings if isinstance(m, Mark))
        return reading

    def _read_alone(self, token: str, reading: Reading) -> None:
        if (
            self.glued
            and token.isdecimal()
            and len(set(token)) == len(token)
            and set(token) <= self.digits.keys()
        ):
            reading.meanings.extend(frozenset({self.digits[digit]}) for digit in token)
            reading.by_digit = True
        else:
            reading.strange.append(token)

    def descriptor(self, tokens: Sequence[str]) -> str | None:
        """The further descriptor that the words tell ("trans woman"), if just one."""
        if self._describing.isdisjoint(tokens):
            return None
        told = {
            self.descriptors[phrase]
            for start, end, _ in self.lexicon.walk(tokens)
            if (phrase := " ".join(tokens[start:end])) in self.descriptors
        }
        return told.pop() if len(told) == 1 else None

    def in_order(self, codes: set[str]) -> tuple[str, ...]:
        """`codes` in the order of the list."""
        return tuple(sorted(codes, key=lambda code: self.order.get(code, 0)))


def codes_of(phrases: tuple[str, ...], order: dict[str, int]) -> list[str]:
    """The codes that folded words of a file name (folding turns `_` into a space)."""
    by_folded = {fold(code): code for code in order}
    return [by_folded[phrase] for phrase in phrases if phrase in by_folded]


def _merge(one: Reading | None, other: Reading) -> Reading:
    """Both at once: where corrections disagree, every choice they lead to."""
    if one is None:
        return other
    return Reading(
        meanings=[*one.meanings, *other.meanings],
        by_digit=one.by_digit or other.by_digit,
        marks=one.marks | other.marks,
        strange=one.strange if len(one.strange) >= len(other.strange) else other.strange,
    )
