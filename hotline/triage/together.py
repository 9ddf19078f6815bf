"""Signs of danger that are harmless each alone and danger together: `A & B`, or `2 of A & B & C`.

Each sign is looked for by itself, in any order, so each is denied, past or excused by itself too, and the words between two
signs deny nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from hotline.triage.pattern import Chain, Commonness, Either, Masks, Node, PatternError, read

APART = 8
"""So many words may stand between two signs where the pattern gives no number."""
ANYWHERE = 10_000
_MOST = 24
"""So many places of one sign are looked at."""


@dataclass(frozen=True, slots=True)
class Together(Chain):
    """All of its parts in any order, with no word in common and at most `apart` words between one and those before it."""

    apart: tuple[int, ...] = ()
    """One number for each part but the first."""

    def after(self, at: int, masks: Masks, end: int) -> int:
        everywhere = (end << 1) - 1
        return end if all(part.after(everywhere, masks, end) for part in self.parts) else 0

    def met(self, spans: Sequence[Sequence[range]]) -> bool:
        """Whether the signs, found at `spans` (one list for each part), stand near enough to each other."""
        joined = [(_covers(span), span) for span in spans[0]]
        for apart, others in zip(self.apart, spans[1:], strict=True):
            joined = [
                (taken | _covers(other), range(min(one.start, other.start), max(one.stop, other.stop)))
                for taken, one in joined
                for other in others
                if not taken & _covers(other) and max(one.start - other.stop, other.start - one.stop) <= apart
            ][:_MOST]
        return bool(joined)


@dataclass(frozen=True, slots=True)
class TwoOf(Chain):
    """At least two of its parts, with no word in common and at most `apart` words between them."""

    apart: int
    branches: tuple[tuple[int, Node], ...]
    """Every way to write a part, with the part's number."""
    hints: Mapping[str, int]
    """For each key that some branch cannot do without: bit i for branch i. Few branches have one in a message; only they are tried."""

    @classmethod
    def of(cls, parts: Sequence[Node], apart: int) -> TwoOf:
        """Any two of `parts`."""
        branches = [(number, branch) for number, part in enumerate(parts) for branch in _branches(part)]
        hints: dict[str, int] = {}
        for i, (_, branch) in enumerate(branches):
            for key in min(branch.needed(len), key=len):
                hints[key] = hints.get(key, 0) | 1 << i
        return cls(tuple(parts), apart, tuple(branches), hints)

    def after(self, at: int, masks: Masks, end: int) -> int:
        hinted = 0
        for key in masks:
            hinted |= self.hints.get(key, 0)
        everywhere, met = (end << 1) - 1, -1
        while hinted:
            lowest = hinted & -hinted
            hinted ^= lowest
            number, branch = self.branches[lowest.bit_length() - 1]
            if number != met and branch.after(everywhere, masks, end):
                if met >= 0:
                    return end
                met = number
        return 0

    def needed(self, commonness: Commonness) -> list[frozenset[str]]:
        """One of any but the commonest part is there whenever two are."""
        rarest = [min(part.needed(commonness), key=commonness) for part in self.parts]
        return [frozenset().union(*sorted(rarest, key=commonness)[:-1])]

    def shortest(self) -> int:
        return sum(sorted(part.shortest() for part in self.parts)[:2])

    def met(self, spans: Sequence[Sequence[range]]) -> bool:
        """Whether two signs, found at `spans` (one list for each part), stand near enough to each other."""
        return any(
            Together((), (self.apart,)).met((one, other))
            for one, other in combinations(filter(None, spans), 2)
        )


def _branches(node: Node) -> Iterator[Node]:
    if isinstance(node, Either) and not node.optional and all(part.needed(len) for part in node.parts):
        for part in node.parts:
            yield from _branches(part)
    else:
        yield node


def _covers(span: range) -> int:
    return (1 << span.stop) - (1 << span.start)


_TWO_OF = "2 of "
_AND = re.compile(r"&(&|\d*)")


def read_signs(
    text: str,
    groups: Mapping[str, Node],
    spellings: Mapping[str, Collection[str]],
    endings: Collection[str] = (),
    read_before: dict[str, Sequence[Node]] | None = None,
) -> Node:
    """The pattern written in `text`, in which `&` may stand between signs. Raises `PatternError`."""
    first, *others = _AND.split(text.removeprefix(_TWO_OF))
    parts = [read(sign, groups, spellings, endings, read_before) for sign in (first, *others[1::2])]
    if len(parts) == 1:
        return parts[0]
    if not all(part.needed(len) for part in parts):
        raise PatternError("at least one word must be needed on each side of &")
    apart = [ANYWHERE if number == "&" else int(number or APART) for number in others[::2]]
    if text.startswith(_TWO_OF):
        return TwoOf.of(parts, max(apart))
    return Together(tuple(parts), tuple(apart))


def signs_of(pattern: Node) -> tuple[Node, ...]:
    """What stands between the `&` of a pattern; the pattern itself where there is none."""
    return pattern.parts if isinstance(pattern, (Together, TwoOf)) else (pattern,)
