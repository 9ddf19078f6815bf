"""When a match is no danger: it is denied, or plainly past. When in doubt, it is danger.

A denial reaches a match over words that mean little ("he is *not* in any *danger*") or stands inside it ("has *no* gun"), but
never over a comma, a full stop or a "but". A past ("two years ago") reaches as far, and over a comma only where it stands
alone, unless something in the message says that it goes on ("again", "tonight").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter

from hotline.triage.danger_file import ALL, Language
from hotline.triage.pattern import Masks, Node
from hotline.triage.tokens import Row
from hotline.triage.tongue import Tongue, sentence, spoken


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern looked for around a match, with the words it may begin with."""

    node: Node
    begins: frozenset[str]

    @classmethod
    def all_of(cls, nodes: Iterable[Node]) -> tuple[Phrase, ...]:
        """Each of the patterns as a phrase."""
        return tuple(cls(node, node.first()[0]) for node in nodes)

    def touches(self, span: range, masks: Masks, end: int) -> bool:
        """Whether a match has a word within `span`, or reaches over it."""
        starts = 0
        for key in self.begins & masks.keys():
            starts |= masks[key]
        starts &= (1 << span.stop) - 1
        while starts:
            start = starts & -starts
            starts ^= start
            if self.node.after(start, masks, end) >> (span.start + 1):
                return True
        return False

    def longest(self, span: range, masks: Masks, end: int) -> int:
        """The words of the longest match within `span`; 0 when there is none."""
        most, within = 0, (2 << span.stop) - 1
        for at in span:
            if reached := self.node.after(1 << at, masks, end) & within:
                most = max(most, reached.bit_length() - 1 - at)
        return most


@dataclass(frozen=True, slots=True)
class Doubt:
    """What may take back a match of one rule. The past is understood in every language at once."""

    own: Tongue | None
    """None for a rule of all languages."""
    tongues: tuple[Tongue, ...]
    past: tuple[Phrase, ...]
    still: tuple[Phrase, ...]

    @classmethod
    def each(cls, languages: Iterable[Language]) -> dict[str, Doubt]:
        """The doubts of the rules of each of the languages, by locale."""
        every = tuple(languages)
        own = {one.locale: Tongue.of(one) for one in every if one.locale != ALL}
        past, still = (
            Phrase.all_of(node for one in every for node in nodes(one))
            for nodes in (attrgetter("past"), attrgetter("still"))
        )
        return {one.locale: cls(own.get(one.locale), tuple(own.values()), past, still) for one in every}


def denied(said: Row, span: range, pattern: Node, doubt: Doubt) -> bool:
    """Whether the words `span` of the message, which match `pattern`, are denied: in the rule's own language, or, for a rule of
    all languages, in every language that the sentence may be in.

    Where the pattern itself asked for a denying word ("can *not* get out"), that word is the danger and denies nothing.
    """
    if doubt.own is not None:
        return _denied_in(doubt.own, said, span, pattern)
    if not any(_denied_in(tongue, said, span, pattern) for tongue in doubt.tongues):
        return False
    tongues = spoken(said, span, doubt.tongues)
    return bool(tongues) and all(_denied_in(tongue, said, span, pattern) for tongue in tongues)


def _denied_in(tongue: Tongue, said: Row, span: range, pattern: Node) -> bool:
    within = {said.words[i] for i in span} & tongue.denial
    if within:
        asked_for = {key.strip("=*") for key in pattern.vocabulary()}
        return within.isdisjoint(asked_for)
    if (
        span.stop < len(said.words)
        and said.words[span.stop] in tongue.denial_after
        and not said.pauses >> span.stop & 1
    ):
        return True
    at = span.start - 1
    while at >= 0 and not said.pauses >> (at + 1) & 1:
        word = said.words[at]
        if word in tongue.denial:
            return not (word in tongue.answers and said.words[span.start] in tongue.speakers)
        if word not in tongue.light:
            return False
        at -= 1
    return False


def past(said: Row, span: range, doubt: Doubt, masks: Masks, end: int) -> bool:
    """Whether the words around `span` say that it was long ago: those between two marks, up to a "but" of their language or the
    rule's, and what stands beyond a comma only if it says nothing but when ("years ago, he hit me", but not "I came
    last year, he hits me").
    """
    around = sentence(said, span)
    phrases = [phrase for phrase in doubt.past if phrase.touches(around, masks, end)]
    if not phrases:
        return False
    tongues = {doubt.own, *spoken(said, span, doubt.tongues)} - {None}
    but = frozenset().union(*(tongue.but for tongue in tongues if tongue))
    low, high = span.start, span.stop
    while low > around.start and said.words[low - 1] not in but:
        low -= 1
    while high < around.stop and said.words[high] not in but:
        high += 1
    reach = range(low, high)
    if not any(_says_when(clause, span, phrases, masks, end) for clause in _clauses(said, reach)):
        return False
    everywhere = (end << 1) - 1
    return not any(phrase.node.after(everywhere, masks, end) for phrase in doubt.still)


def _clauses(said: Row, reach: range) -> Iterator[range]:
    """The parts of `reach` between two marks."""
    low = reach.start
    for at in range(low + 1, reach.stop + 1):
        if at == reach.stop or said.pauses >> at & 1:
            yield range(low, at)
            low = at


def _says_when(clause: range, span: range, phrases: Iterable[Phrase], masks: Masks, end: int) -> bool:
    own = clause.start < span.stop and span.start < clause.stop
    least = 1 if own else len(clause)
    return any(phrase.longest(clause, masks, end) >= least for phrase in phrases)
