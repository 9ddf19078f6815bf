"""A compact report: which token answers which item.

    scr pot 12/11 castries f16 ve sex none
        situation potential · 12 November · Castries · female · 16 · Venezuela · sexual exploitation · not reported

Labelled tokens (`7=ve`, `age=16`, `#age 16`, `6:16`) go where they say; two values for one item are neither. If every
other token fits its place in the order, the order decides. If `-` (skip), `?` (unknown) or an empty field stand in it,
the order was meant, and what does not fit is asked. Else the types tell the tokens apart, in order first; a token that
fits two open items is not guessed but reported. One token that fits nothing and stands where only one item is open is
that item's bad answer. Words at the end belong to the last text item, where it comes last and is asked at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from hotline.answers.result import Answer, Understood
from hotline.answers.sheet import plain
from hotline.answers.tokens import Token
from hotline.conversation.keyed import keyed
from hotline.conversation.matching import by_order, only_there
from hotline.conversation.phrases import Look
from hotline.forms.definition import Item, Kind

_STUCK = re.compile(r"^([a-zA-Z]{1,3})(\d{1,3})$")  # f16
_SKIPS = {"-", "?"}
_LONGEST_NUMBER = 3  # digits; four are a year
_TEXTS = (Kind.TEXT, Kind.PERSON_NAME)
_LEAST_IN_ORDER = 3  # so many words in their places tell that the order was meant
_MOST_WORDS = 100  # more than any form has answers; the words behind them are kept as not understood


@dataclass(slots=True)
class Alignment:
    """`answers` by field with the words said; `unread` are the words no item took; `misfits` are words that stood in
    the place of an item which does not take them, by field."""

    answers: dict[str, tuple[Answer, str]] = field(default_factory=dict)
    misfits: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


def align(
    tokens: Sequence[Token],
    items: Sequence[Item],
    look: Look,
    report: str = "",
    answered: Mapping[str, object] | None = None,
) -> Alignment:
    """Give every token to an item, or to `misfits` or `unread`: nothing is dropped. `report` is the text that the tokens
    were cut from; `answered` are values of the form that are known already, for items asked under a condition;
    `look` reads for the form that the items are of."""
    return _Aligner(items, look, answered or {}).align(tokens, report)


class _Aligner:
    def __init__(self, items: Sequence[Item], look: Look, answered: Mapping[str, object]) -> None:
        self.items = items
        self.look = look
        self.answered = answered
        self.typed = look.mask(item for item in items if item.kind not in _TEXTS)
        self.texts = look.mask(items) & ~self.typed
        self.multis = [item for item in items if item.kind is Kind.MULTI]
        self.multi = look.mask(self.multis)
        self.fitting: dict[str, int] = {}
        self.out = Alignment()
        self.by_type: Alignment | None = None  # what the types tell, where it was looked up already
        self.follows: dict[int, str] = {}  # index of a word to the labelled text item that it stands behind

    def reads(self, item: Item, text: str) -> Answer | None:
        """The answer when the item takes this text, else None. "#2" beside other words is no choice of a list."""
        if text.startswith("#") and item.kind not in _TEXTS:
            return None
        return self.look.answer(item, text)

    def readers(self, text: str, mask: int) -> int:
        """Which of the items in `mask` take this text."""
        return self.look.taken(text, mask & self.texts if text.startswith("#") else mask)

    def fits(self, text: str, mask: int) -> int:
        """For which of the items in `mask`, none of them a text, the text by itself tells that it answers them: "16" is an
        age, not the first and sixth kind; "may 2008" is a date, not the age of who was born then; "3/4" one too, not the
        third and fourth kind."""
        fitting = self.fitting.get(text)
        if fitting is None:
            fitting = self.fitting[text] = self._fits(text)
        return fitting & mask

    def _fits(self, text: str) -> int:
        fitting = self.readers(text, self.typed)
        numbers, digits = fitting & self.look.numbers, text.isdecimal()
        dated = numbers and not (digits and len(text) <= _LONGEST_NUMBER)
        if (dated or (fitting & self.multi and "/" in text)) and self.readers(text, self.look.dates):
            fitting &= ~(self.multi if "/" in text else 0) & ~(numbers if dated else 0)
        if fitting & self.multi:
            for item in self.multis:
                bit = self.look.bits[item.name]
                if digits and len(text) > 1:
                    told = any(choice.digit == text for choice in item.choices)
                else:
                    told = isinstance(self.reads(item, text), Understood)
                if not told:
                    fitting &= ~bit
        return fitting

    def align(self, tokens: Sequence[Token], report: str) -> Alignment:
        rest: list[str] = []
        behind: dict[int, str] = {}
        last: Token | None = None
        for token in keyed(tokens, report, self.items, self.reads):
            apart = last is None or not report[last.end : token.start].isspace()
            text = self._text_of(last.label) if last is not None and last.label and not apart else None
            last = token
            if token.label is not None:
                self._labelled(token)
                continue
            if text is not None:
                behind[len(rest)] = text.name
            rest.append(token.text)
        free = [item for item in self.items if item.positional and not self._filled(item)]
        words = self._unstick(rest[:_MOST_WORDS], free, behind)
        if not self._positional(words, free):
            if self.by_type is not None:
                self.out = self.by_type
            else:
                self._typed(words, free)
        self.out.unread += rest[_MOST_WORDS:]
        return self.out

    def _filled(self, item: Item) -> bool:
        return item.name in self.out.answers or item.name in self.out.misfits

    def _text_of(self, label: str) -> Item | None:
        named = _named(self.items, label)
        return named[0] if named and named[0].kind in (*_TEXTS, Kind.MULTI) else None

    def _asked(self, item: Item) -> bool:
        """Whether the item is asked at all, given what was answered."""
        if item.relevant is None:
            return True
        given = {
            name: plain(found[0].value)
            for name in item.relevant.fields
            if (found := self.out.answers.get(name)) is not None and isinstance(found[0], Understood)
        }
        return item.relevant.holds({**self.answered, **given})

    def _labelled(self, token: Token) -> None:
        named = _named(self.items, token.label or "")
        open_ones = [item for item in named if not self._filled(item)]
        for item in open_ones:
            answer = self.reads(item, token.text)
            if answer is not None:
                self.out.answers[item.name] = (answer, token.text)
                return
        if open_ones:
            self.out.misfits[open_ones[0].name] = token.text
        elif named:
            self._twice(named[0], token.text)
        else:
            self.out.unread.append(f"{token.label}={token.text}")

    def _twice(self, item: Item, text: str) -> None:
        """`age=17 age=18`: neither, unless both say the same."""
        answer, before = self.out.answers.get(item.name) or (None, self.out.misfits.get(item.name, ""))
        again = self.reads(item, text)
        same = (
            isinstance(answer, Understood) and isinstance(again, Understood) and answer.value == again.value
        )
        if same and answer is not None:
            self.out.answers[item.name] = (answer, f"{before} {text}")
        if before == text or same:
            return
        self.out.answers.pop(item.name, None)
        self.out.misfits[item.name] = f"{before} {text}".strip()

    def _unstick(self, words: Sequence[str], free: Sequence[Item], behind: Mapping[int, str]) -> list[str]:
        """`f16` becomes `f` and `16` where no item takes it whole and two items take its parts."""
        parts: list[str] = []
        typed = self.look.mask(free) & self.typed
        for index, word in enumerate(words):
            if index in behind:
                self.follows[len(parts)] = behind[index]
            match = _STUCK.match(word)
            if match and not self.readers(word, typed):
                letters, digits = match.groups()
                if self.readers(letters, typed) and self.readers(digits, typed):
                    parts += [letters, digits]
                    continue
            parts.append(word)
        return parts

    def _positional(self, words: Sequence[str], free: Sequence[Item]) -> bool:
        """Word k to item k, when all of them fit, or skips say that the order was meant, or all but one fit and the
        types tell no more of them. A value of an open item is no text: it is not taken for one by its place."""
        pairs = list(zip(words, free, strict=False))
        answers: list[Answer | None] = [
            self.reads(item, word) if word and not (item.kind is Kind.MULTI and "/" in word) else None
            for word, item in pairs
        ]
        open_ones = self.typed & self.look.mask(
            [
                *free[len(pairs) :],
                *(item for (_, item), answer in zip(pairs, answers, strict=True) if answer is None),
            ]
        )
        for index, (word, item) in enumerate(pairs):
            if item.kind in _TEXTS and word not in _SKIPS and self.fits(word, open_ones):
                answers[index] = None
        bad = [index for index, answer in enumerate(answers) if answer is None and words[index]]
        if len(words) > len(free) or bad:
            strict = any(word in _SKIPS or not word for word in words)
            if not strict and (len(words) > len(free) or not self._order_tells_more(words, free, len(bad))):
                return False
        bad_ones = {free[index].name for index in bad if index < len(free)}
        for (word, item), answer in zip(pairs, answers, strict=True):
            if item.relevant is not None and not self._asked(item) and not item.relevant.fields & bad_ones:
                self.out.unread += [word] if word and word != "-" else []  # a skip of what is not asked
            elif answer is not None:
                self.out.answers[item.name] = (answer, word)
            elif word:
                self.out.misfits[item.name] = word
        self.out.unread += words[len(free) :]
        return True

    def _order_tells_more(self, words: Sequence[str], free: Sequence[Item], bad: int) -> bool:
        """Whether the order, with one bad answer in it, places more words than the types would."""
        fit = len(words) - bad
        if bad > 1 or fit < _LEAST_IN_ORDER:
            return False
        before = self._copy()
        self._typed(words, free)
        by_type = len(self.out.answers) - len(before.answers)
        self.by_type, self.out = self.out, before
        return fit > by_type

    def _copy(self) -> Alignment:
        return replace(
            self.out,
            answers=dict(self.out.answers),
            misfits=dict(self.out.misfits),
            unread=list(self.out.unread),
        )

    def _typed(self, words: Sequence[str], free: Sequence[Item]) -> None:
        """By type; once more without the items that, by the answers themselves, are not asked."""
        before = self._copy()
        self._by_type(words, free)
        asked = [item for item in free if item.relevant is None or self._asked(item)]
        if len(asked) < len(free):
            self.out = before
            self._by_type(words, asked)

    def _by_type(self, words: Sequence[str], free: Sequence[Item]) -> None:
        typed = [item for item in free if item.kind not in _TEXTS]
        rows = self._rows(words, typed)
        mask = self.look.mask(typed)
        given = only_there(
            [0 if self._is_digit(word, mask) else row for word, row in zip(words, rows, strict=True)]
        )
        places = [given[index] for index in sorted(given)]
        if places == sorted(places):  # else the order tells nothing
            given = by_order(rows, len(typed), given)
        for index, item_index in given.items():
            answer = self.reads(typed[item_index], words[index])
            assert answer is not None  # noqa: S101  # they were matched by what reads
            self.out.answers[typed[item_index].name] = (answer, words[index])
        self._leftovers(words, free, typed, given)

    def _rows(self, words: Sequence[str], typed: Sequence[Item]) -> list[int]:
        """For each word the items that it fits: bit i for `typed[i]`."""
        bits = [self.look.bits[item.name] for item in typed]
        mask = sum(bits)
        rows = []
        for word in words:
            fitting, row = self.fits(word, mask), 0
            if fitting:
                for at, bit in enumerate(bits):
                    if fitting & bit:
                        row |= 1 << at
            rows.append(row)
        return rows

    def _is_digit(self, word: str, mask: int) -> bool:
        """Whether the word is a digit that picks from some list: where it belongs only its place tells."""
        return word.isdecimal() and bool(self.fits(word, self.look.listed & mask))

    def _leftovers(
        self, words: Sequence[str], free: Sequence[Item], typed: Sequence[Item], given: dict[int, int]
    ) -> None:
        """Words without an item: more words of a labelled text, a second kind beside the first, the one item that takes
        them in any order, the text item whose place they stand in, the one bad answer; else unread."""
        index, mask = 0, self.look.mask(typed)
        while index < len(words):
            if index in given or not words[index]:
                index += 1
                continue
            word = words[index]
            run = [word]
            while index + len(run) < len(words) and index + len(run) not in given:
                run.append(words[index + len(run)])
            if index in self.follows and self._lengthens(self.follows[index], run):
                index += len(run)
                continue
            if self._joins(word, words, typed, given, index):
                index += 1
                continue
            takers = self._takers(word, typed)
            if len(takers) == 1 and not self._is_digit(word, mask):
                answer = self.reads(takers[0], word)
                assert answer is not None  # noqa: S101  # it was just read
                self.out.answers[takers[0].name] = (answer, word)
                index += 1
                continue
            if not takers and self._by_place(run, free, typed, given, index):
                index += len(run)
                continue
            self.out.unread.append(word)
            index += 1

    def _takers(self, word: str, typed: Sequence[Item]) -> list[Item]:
        """The items without an answer yet that the word fits."""
        fitting = self.fits(word, self.typed)
        if not fitting:
            return []
        bits = self.look.bits
        return [item for item in typed if fitting & bits[item.name] and not self._filled(item)]

    def _lengthens(self, name: str, run: Sequence[str]) -> bool:
        """`8=people of the north` without quotes, `9=1 3`: the words behind belong to the text, unless they are values, and
        digits to digits."""
        if name not in self.out.answers:
            return False
        item = next(item for item in self.items if item.name == name)
        if item.kind is Kind.MULTI and not (self.out.answers[name][1][-1:] + "".join(run)).isdecimal():
            return False
        said = " ".join([self.out.answers[name][1], *run])
        answer = self.reads(item, said)
        if answer is None:
            return False
        if item.kind in _TEXTS and any(self._takers(word, self.items) for word in run):
            return False
        self.out.answers[name] = (answer, said)
        return True

    def _joins(
        self, word: str, words: Sequence[str], typed: Sequence[Item], given: dict[int, int], index: int
    ) -> bool:
        """`sex lab`: a second kind beside the first belongs to the same item."""
        item_index = given.get(index - 1)
        if item_index is None or typed[item_index].kind is not Kind.MULTI:
            return False
        item = typed[item_index]
        said = f"{self.out.answers[item.name][1]} {word}"
        answer = self.reads(item, said)
        if not self.fits(word, self.look.bits[item.name]) or not isinstance(answer, Understood):
            return False
        if self._takers(word, typed):
            return False  # "sex other" may name another kind, or begin what was reported
        self.out.answers[item.name] = (answer, said)
        given[index] = item_index
        return True

    def _by_place(
        self,
        run: Sequence[str],
        free: Sequence[Item],
        typed: Sequence[Item],
        given: dict[int, int],
        index: int,
    ) -> bool:
        """Words that stand where exactly one item is open: a text item's words, or one bad answer. Words at the end go to
        a text item that comes after everything that was given."""
        bits, is_free = self.look.bits, self.look.mask(free)
        order = [
            item
            for item in self.items
            if item.relevant is None or bits[item.name] & is_free or self._asked(item)
        ]
        places = {item.name: place for place, item in enumerate(order)}
        before = [places[typed[item].name] for at, item in given.items() if at < index]
        after = [places[typed[item].name] for at, item in given.items() if at > index]
        low, high = max(before, default=-1), min(after, default=len(order))
        gap = [item for item in order[low + 1 : high] if item.positional or item.kind in _TEXTS]
        gap = [
            item for item in gap if not self._filled(item) and (item.relevant is None or self._asked(item))
        ]
        said = " ".join(run)
        if not after:
            texts = [item for item in gap if item.kind in _TEXTS]
            if not texts or not before:
                return False
            beyond = order[places[texts[-1].name] + 1 :]
            if any(item.relevant is None or item.name in self.out.answers for item in beyond):
                return False  # it is not the last
            gap = texts[-1:]
        if len(gap) != 1 or (gap[0].kind not in _TEXTS and len(run) > 1):
            return False
        answer = self.reads(gap[0], said) if gap[0].kind in _TEXTS else None
        if answer is None:
            self.out.misfits[gap[0].name] = said
        else:
            self.out.answers[gap[0].name] = (answer, said)
        return True


def _named(items: Sequence[Item], label: str) -> list[Item]:
    """The items that a label names: by their number or their code."""
    folded = label.casefold()
    return [item for item in items if folded in (item.number, item.code.casefold())]
