"""A compact report: which token answers which item.

    scr pot 12/11 castries f16 ve sex none
        situation potential · 12 November · Castries · female · 16 · Venezuela · sexual exploitation · not reported

Labelled tokens (`7=ve`, `age=16`) go where they say. If every other token fits its place in the order, the order
decides. If `-` (skip) or `?` (unknown) stand in it, the order was meant, and what does not fit is asked. Else the
types tell the tokens apart, in order first; a token that fits two open items is not guessed but reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from hotline.answers.first_look import Glance
from hotline.answers.result import Answer, Declined, Understood, Unknown
from hotline.answers.sheet import question_of
from hotline.answers.tokens import Token
from hotline.answers.understand import compatible, understand
from hotline.conversation.turn import Facts
from hotline.forms.definition import Item, Kind

_STUCK = re.compile(r"^([a-zA-Z]{1,3})(\d{1,3})$")  # f16
_SKIPS = {"-", "?"}
_TEXTS = (Kind.TEXT, Kind.PERSON_NAME)
_MOST_WORDS = 100  # more than any form has answers; the words behind them are kept as not understood


@dataclass(slots=True)
class Alignment:
    """`answers` by field with the words said; `unread` are the words no item took; `misfits` are words that stood in
    the place of an item which does not take them, by field."""

    answers: dict[str, tuple[Answer, str]] = field(default_factory=dict)
    misfits: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


def align(tokens: Sequence[Token], items: Sequence[Item], facts: Facts, glance: Glance) -> Alignment:
    """Give every token to an item, or to `misfits` or `unread`: nothing is dropped. `glance` is a first look at the form
    that the items are of."""
    return _Aligner(items, facts, glance).align(tokens)


class _Aligner:
    def __init__(self, items: Sequence[Item], facts: Facts, glance: Glance) -> None:
        self.items = items
        self.facts = facts
        self.glance = glance
        self.known: dict[tuple[str, str], Answer | None] = {}
        self.out = Alignment()

    def reads(self, item: Item, text: str) -> Answer | None:
        """The answer when the item takes this text, else None."""
        key = (item.name, text)
        if key not in self.known:
            if not self.glance.could_answer(item, text):
                self.known[key] = None
                return None
            answer = understand(question_of(item), text, self.facts.words, self.facts.here)
            self.known[key] = answer if isinstance(answer, (Understood, Unknown, Declined)) else None
        return self.known[key]

    def fits(self, item: Item, text: str) -> bool:
        """Whether the text by itself tells that it answers this item: "16" is an age, not the first and sixth kind."""
        if self.reads(item, text) is None:
            return False
        return item.kind is not Kind.MULTI or compatible(
            question_of(item), text, self.facts.words, self.facts.here
        )

    def align(self, tokens: Sequence[Token]) -> Alignment:
        rest = []
        for token in tokens:
            if token.label is None:
                rest.append(token.text)
            else:
                self._labelled(token)
        free = [item for item in self.items if item.positional and not self._filled(item)]
        words = self._unstick(rest[:_MOST_WORDS], free)
        if not self._positional(words, free, strict=any(word in _SKIPS for word in words)):
            self._typed(words, free)
        self.out.unread += rest[_MOST_WORDS:]
        return self.out

    def _filled(self, item: Item) -> bool:
        return item.name in self.out.answers or item.name in self.out.misfits

    def _labelled(self, token: Token) -> None:
        label = (token.label or "").casefold()
        named = [item for item in self.items if label in (item.number, item.code.casefold())]
        for item in named:
            answer = self.reads(item, token.text)
            if answer is not None:
                self.out.answers[item.name] = (answer, token.text)
                return
        if named:
            self.out.misfits[named[0].name] = token.text
        else:
            self.out.unread.append(f"{token.label}={token.text}")

    def _unstick(self, words: Sequence[str], free: Sequence[Item]) -> list[str]:
        """`f16` becomes `f` and `16` where no item takes it whole and two items take its parts."""
        parts: list[str] = []
        for word in words:
            match = _STUCK.match(word)
            typed = [item for item in free if item.kind not in _TEXTS]
            whole = any(self.reads(item, word) is not None for item in typed)
            if match and not whole:
                letters, digits = match.groups()
                if any(self.reads(item, letters) for item in typed) and any(
                    self.reads(i, digits) for i in typed
                ):
                    parts += [letters, digits]
                    continue
            parts.append(word)
        return parts

    def _positional(self, words: Sequence[str], free: Sequence[Item], *, strict: bool) -> bool:
        """Word k to item k. Without skips only when all of them fit; otherwise what does not fit is a misfit."""
        pairs = list(zip(words, free, strict=False))
        answers = [self.reads(item, word) for word, item in pairs]
        fits = len(words) <= len(free) and all(answer is not None for answer in answers)
        if not fits and not strict:
            return False
        for (word, item), answer in zip(pairs, answers, strict=True):
            if answer is None:
                self.out.misfits[item.name] = word
            else:
                self.out.answers[item.name] = (answer, word)
        self.out.unread += words[len(free) :]
        return True

    def _typed(self, words: Sequence[str], free: Sequence[Item]) -> None:
        typed = [item for item in free if item.kind not in _TEXTS]
        given = self._in_order(words, typed)
        for index, item_index in list(given.items()):
            item, used = typed[item_index], set(given.values())
            if any(self.fits(typed[other], words[index]) for other in range(item_index) if other not in used):
                del given[index]  # it fits an earlier open item too: not guessed
            else:
                answer = self.reads(item, words[index])
                assert answer is not None  # noqa: S101  # the order was built from what reads
                self.out.answers[item.name] = (answer, words[index])
        self._leftovers(words, free, typed, given)

    def _in_order(self, words: Sequence[str], typed: Sequence[Item]) -> dict[int, int]:
        """The longest in-order match of words to items (word index to item index), earliest items first."""
        rows, columns = len(words), len(typed)
        fits = [[self.fits(item, word) for item in typed] for word in words]
        best = [[0] * (columns + 1) for _ in range(rows + 1)]
        for i in range(rows - 1, -1, -1):
            for j in range(columns - 1, -1, -1):
                best[i][j] = max(best[i + 1][j], best[i][j + 1])
                if fits[i][j]:
                    best[i][j] = max(best[i][j], 1 + best[i + 1][j + 1])
        given, i, j = {}, 0, 0
        while i < rows and j < columns:
            if fits[i][j] and best[i][j] == 1 + best[i + 1][j + 1]:
                given[i] = j
                i, j = i + 1, j + 1
            elif best[i][j] == best[i + 1][j]:
                i += 1
            else:
                j += 1
        return given

    def _leftovers(
        self, words: Sequence[str], free: Sequence[Item], typed: Sequence[Item], given: dict[int, int]
    ) -> None:
        """Words without an item: a second kind beside the first, the one item that takes them in any order, the text
        item whose place they stand in; else unread."""
        index = 0
        while index < len(words):
            if index in given:
                index += 1
                continue
            word = words[index]
            if self._joins(word, words, typed, given, index):
                index += 1
                continue
            takers = [item for item in typed if not self._filled(item) and self.fits(item, word)]
            if len(takers) == 1:
                answer = self.reads(takers[0], word)
                assert answer is not None  # noqa: S101  # it was just read
                self.out.answers[takers[0].name] = (answer, word)
                index += 1
                continue
            run = [word]
            while index + len(run) < len(words) and index + len(run) not in given:
                run.append(words[index + len(run)])
            if not takers and self._as_text(run, free, typed, given, index):
                index += len(run)
                continue
            self.out.unread.append(word)
            index += 1

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
        if self.reads(item, word) is None or not isinstance(answer, Understood):
            return False
        self.out.answers[item.name] = (answer, said)
        given[index] = item_index
        return True

    def _as_text(
        self,
        run: Sequence[str],
        free: Sequence[Item],
        typed: Sequence[Item],
        given: dict[int, int],
        index: int,
    ) -> bool:
        """Words that stand where exactly one open text item stands in the order are its words."""
        before = [free.index(typed[item]) for at, item in given.items() if at < index]
        after = [free.index(typed[item]) for at, item in given.items() if at > index]
        low, high = max(before, default=-1), min(after, default=len(free))
        texts = [i for i in free[low + 1 : high] if i.kind in _TEXTS and not self._filled(i)]
        if len(texts) != 1 or not after:
            return False
        said = " ".join(run)
        answer = self.reads(texts[0], said)
        if answer is None:
            return False
        self.out.answers[texts[0].name] = (answer, said)
        return True
