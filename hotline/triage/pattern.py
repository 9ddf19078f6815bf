"""The small language in which danger is written down, and how it is matched.

| written         | means                                                          |
| --------------- | -------------------------------------------------------------- |
| `knife`         | this word; from five letters on also with one typing error     |
| `=knife`        | this word, exactly so                                          |
| `kidnap*`       | any word that begins so                                        |
| `tied up`       | one after the other                                            |
| `tied .. bed`   | up to three words in between; `..5` up to five (at most 20)     |
| `(boss|my man)` | one of these                                                   |
| `[right] now`   | what is in brackets may be missing                             |
| `<he>`          | a group, defined under `groups:` in the same file              |
| `^ help $`      | the message begins, the message ends here                      |
| `choke~`        | the word with the language's `endings`: choke, choked, chokin …|
| `<he> & <gun>`  | both, in any order, up to eight words apart; `&3` up to three,  |
|                 | `&&` anywhere in the message (only at the top of a rule's      |
|                 | pattern, `|` binds tighter)                                     |
| `2 of <a> && <b> && <c>` | any two of these signs                                |

How to write rules that hold for messages nobody has seen yet:

- **Think in signs, not in sentences.** A sign is a group: who has power <he>, who suffers <me>, <key>, <papers>, <boat>, <soon>.
  Write each sign once, with every word, spelling, shorthand and ending that people use; then join signs: `<key> & <out>`.
  A sentence you have read is one instance: name its signs, and the other hundred sentences are heard as well.
- **Strong signs stand alone, weak ones together.** Nobody writes "strangled" about a good day. "Key" alone is harmless, and so is
  "he comes back", but `<key> & <come_back>` is somebody shut in. If one sign is a common word, join three.
- **A number behind & or .. is a promise**: `&3` where the words belong to one thought, `&` for one sentence, `&&` only for strong signs.
- Each sign of `A & B` may be denied, past or excused by itself ("he has my passport, but I am *not* locked in"); what stands
  between two signs denies nothing. So prefer `not_let & out` to `not .. out`, and put a denying word *inside* a sign
  where it is the danger (`cant .. leave`).
- **Rules for all languages** stand in `locales/danger.yaml` and use the groups of the same name in every language's file. Write
  the signs there named in your language and the joined rules work at once, in mixed messages too.
- Then invent: ten more ways to say it, and five harmless sentences with the same words, for the rule's `fires` and `silent`.

A Chinese word is a row of characters, and a gap counts characters. Matching works on masks: bit i of a number says
"word i may come next", so one step of a pattern is a few operations on whole numbers, whatever the message, and no step
is ever taken back: time is bounded by the length of the message.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from hotline.triage.tokens import fold, words

Masks = Mapping[str, int]
"""For each key (`knife`, `=knife`, `kidnap*`) that the message has: bit i where word i is one."""

Commonness = Callable[[frozenset[str]], int]
"""How often any word of a set is met, by estimate."""

GAP = 3
LONGEST_GAP = 20


class PatternError(ValueError):
    """A pattern that cannot be read; the text says why."""


class Node(Protocol):
    """A part of a pattern."""

    def after(self, at: int, masks: Masks, end: int) -> int:
        """Where a match may go on, if it may begin `at`; `end` is the bit behind the last word."""

    def first(self) -> tuple[frozenset[str], bool]:
        """The keys it may begin with, and whether it may be empty."""

    def needed(self, commonness: Commonness) -> list[frozenset[str]]:
        """Sets of keys of each of which a matching message has at least one; where there is a choice, the rarest."""

    def vocabulary(self) -> frozenset[str]:
        """Every key in it."""

    def shortest(self) -> int:
        """The words that a match has at least."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word out of a set."""

    any_of: frozenset[str]

    def after(self, at: int, masks: Masks, end: int) -> int:
        found = 0
        for key in self.any_of & masks.keys():
            found |= masks[key]
        return (at & found) << 1

    def first(self) -> tuple[frozenset[str], bool]:
        return self.any_of, False

    def needed(self, commonness: Commonness) -> list[frozenset[str]]:
        return [self.any_of]

    def vocabulary(self) -> frozenset[str]:
        return self.any_of

    def shortest(self) -> int:
        return 1


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `most` words that do not matter."""

    most: int

    def after(self, at: int, masks: Masks, end: int) -> int:
        reached = at
        for _ in range(self.most):
            reached |= reached << 1
        return reached & ((end << 1) - 1)

    def first(self) -> tuple[frozenset[str], bool]:
        return frozenset(), True

    def needed(self, commonness: Commonness) -> list[frozenset[str]]:
        return []

    def vocabulary(self) -> frozenset[str]:
        return frozenset()

    def shortest(self) -> int:
        return 0


@dataclass(frozen=True, slots=True)
class Edge:
    """The beginning (`^`) or the end (`$`) of the message."""

    last: bool

    def after(self, at: int, masks: Masks, end: int) -> int:
        return at & (end if self.last else 1)

    def first(self) -> tuple[frozenset[str], bool]:
        return frozenset(), True

    def needed(self, commonness: Commonness) -> list[frozenset[str]]:
        return []

    def vocabulary(self) -> frozenset[str]:
        return frozenset()

    def shortest(self) -> int:
        return 0


@dataclass(frozen=True, slots=True)
class Either:
    """One of several parts, or (`optional`) nothing."""

    parts: tuple[Node, ...]
    optional: bool = False
    _words: Word = field(init=False, repr=False, compare=False)
    """The parts that are one word, as one part."""
    _others: tuple[tuple[frozenset[str] | None, Node], ...] = field(init=False, repr=False, compare=False)
    """The other parts, with the keys they begin with; None for one that may begin with any word."""

    def __post_init__(self) -> None:
        single = [part.any_of for part in self.parts if isinstance(part, Word)]
        object.__setattr__(self, "_words", Word(frozenset().union(*single)))
        others = [(part.first(), part) for part in self.parts if not isinstance(part, Word)]
        object.__setattr__(
            self, "_others", tuple((None if empty else keys, part) for (keys, empty), part in others)
        )

    def after(self, at: int, masks: Masks, end: int) -> int:
        reached = self._words.after(at, masks, end) | (at if self.optional else 0)
        for keys, part in self._others:
            if keys is None or not keys.isdisjoint(masks):
                reached |= part.after(at, masks, end)
        return reached

    def first(self) -> tuple[frozenset[str], bool]:
        firsts = [part.first() for part in self.parts]
        return frozenset().union(*(keys for keys, _ in firsts)), self.optional or any(
            empty for _, empty in firsts
        )

    def needed(self, commonness: Commonness) -> list[frozenset[str]]:
        if self.optional:
            return []
        each = [part.needed(commonness) for part in self.parts]
        if not all(each):
            return []
        return [frozenset().union(*(min(sets, key=commonness) for sets in each))]

    def vocabulary(self) -> frozenset[str]:
        return frozenset().union(*(part.vocabulary() for part in self.parts))

    def shortest(self) -> int:
        return 0 if self.optional else min(part.shortest() for part in self.parts)


@dataclass(frozen=True, slots=True)
class Chain:
    """Parts one after the other."""

    parts: tuple[Node, ...]

    def after(self, at: int, masks: Masks, end: int) -> int:
        for part in self.parts:
            at = part.after(at, masks, end)
            if not at:
                return 0
        return at

    def first(self) -> tuple[frozenset[str], bool]:
        found: frozenset[str] = frozenset()
        for part in self.parts:
            keys, empty = part.first()
            found |= keys
            if not empty:
                return found, False
        return found, True

    def needed(self, commonness: Commonness) -> list[frozenset[str]]:
        return [keys for part in self.parts for keys in part.needed(commonness)]

    def vocabulary(self) -> frozenset[str]:
        return frozenset().union(*(part.vocabulary() for part in self.parts))

    def shortest(self) -> int:
        return sum(part.shortest() for part in self.parts)


_SIGN = re.compile(r"\s*(?:(\.\.(\d*))|(<\w+>)|([()|\[\]^$])|(=?[^\s()|\[\]^$<>=*~&.]+[*~]?))")


_DOUBLED = re.compile(r"[aeiou][bdgklmnprt]$")
"""A word whose last letter is doubled before an ending."""


@dataclass(slots=True)
class _Reader:
    """Reads one pattern from left to right."""

    text: str
    groups: Mapping[str, Node]
    spellings: Mapping[str, Collection[str]]
    endings: Collection[str] = ()
    read_before: dict[str, Sequence[Node]] = field(default_factory=dict)
    at: int = 0

    def peek(self) -> re.Match[str] | None:
        if not self.text[self.at :].strip():
            return None
        sign = _SIGN.match(self.text, self.at)
        if sign is None:
            raise PatternError(f"cannot read {self.text[self.at :].strip()!r}")
        return sign

    def either(self, closing: str) -> tuple[Node, ...]:
        parts = [self.chain()]
        while (sign := self.peek()) is not None and sign.group(4) == "|":
            self.at = sign.end()
            parts.append(self.chain())
        sign = self.peek()
        if (sign.group(4) if sign else "") != closing:
            raise PatternError(
                f"{closing!r} is missing"
                if closing
                else f"unexpected {sign.group(0).strip()!r}"
                if sign
                else ""
            )
        if sign:
            self.at = sign.end()
        return tuple(parts)

    def chain(self) -> Node:
        parts: list[Node] = []
        while (sign := self.peek()) is not None and sign.group(4) not in ("|", ")", "]"):
            self.at = sign.end()
            gap, length, group, mark, word = sign.groups()
            if gap:
                if length and int(length) > LONGEST_GAP:
                    raise PatternError(
                        f"{gap} is too long, {LONGEST_GAP} words at most: `&&` joins what is far apart"
                    )
                parts.append(Gap(int(length) if length else GAP))
            elif group:
                if group[1:-1] not in self.groups:
                    raise PatternError(f"there is no group {group}")
                parts.append(self.groups[group[1:-1]])
            elif mark in ("^", "$"):
                parts.append(Edge(last=mark == "$"))
            elif mark:
                parts.append(one_of(self.either(")" if mark == "(" else "]"), optional=mark == "["))
            else:
                parts.extend(self.word_once(word))
        if not parts:
            raise PatternError("a part is empty")
        return parts[0] if len(parts) == 1 else Chain(tuple(parts))

    def word_once(self, written: str) -> Sequence[Node]:
        """What a word means; a file has each of its words a dozen times."""
        found = self.read_before.get(written)
        if found is None:
            found = self.read_before[written] = self.word(written)
        return found

    def word(self, written: str) -> Sequence[Node]:
        exact, stem = written.startswith("="), written.endswith("*")
        plain = words(written.strip("=*~"))
        if not plain:
            raise PatternError(f"{written!r} has no letters")
        if stem:
            return [*(self.spelled(word) for word in plain[:-1]), Word(frozenset({plain[-1] + "*"}))]
        if written.endswith("~"):
            forms = bent(plain[-1], self.endings)
            return [*(self.spelled(word) for word in plain[:-1]), Word(forms)]
        if exact:
            return [Word(frozenset({"=" + word})) for word in plain]
        return [self.spelled(word) for word in plain]

    def spelled(self, word: str) -> Node:
        others = [words(other) for other in self.spellings.get(word, ())]
        single = frozenset({word, *(other[0] for other in others if len(other) == 1)})
        phrases = [Chain(tuple(Word(frozenset({w})) for w in other)) for other in others if len(other) > 1]
        return Either((Word(single), *phrases)) if phrases else Word(single)


def one_of(parts: Sequence[Node], optional: bool = False) -> Node:
    """Single words side by side are one set, which is faster."""
    single: list[Word] = [part for part in parts if isinstance(part, Word)]
    rest = tuple(part for part in parts if not isinstance(part, Word))
    merged: tuple[Node, ...] = (Word(frozenset().union(*(word.any_of for word in single))),) if single else ()
    if len(merged) + len(rest) == 1 and not optional:
        return (*merged, *rest)[0]
    return Either((*merged, *rest), optional)


def bent(word: str, endings: Collection[str]) -> frozenset[str]:
    """The word with each ending: `-ing` takes the place of a last e (choking), `+ing` doubles the last letter (stabbing)."""
    found = {word}
    for ending in endings:
        plain = fold(ending.lstrip("-+"))
        if ending.startswith("-"):
            found.update({word[:-1] + plain} if word.endswith("e") else ())
        elif ending.startswith("+"):
            found.update({word + word[-1] + plain} if _DOUBLED.search(word) else ())
        else:
            found.add(word + plain)
    return frozenset(found)


def read(
    text: str,
    groups: Mapping[str, Node],
    spellings: Mapping[str, Collection[str]],
    endings: Collection[str] = (),
    read_before: dict[str, Sequence[Node]] | None = None,
) -> Node:
    """The pattern written in `text`.

    `spellings` gives for a folded word the other ways people write it, each a word or several. `read_before` is kept by who
    reads many patterns with the same spellings and endings. Raises `PatternError`.
    """
    return one_of(
        _Reader(text, groups, spellings, endings, {} if read_before is None else read_before).either("")
    )
