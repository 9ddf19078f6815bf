"""When a match is no danger: it is denied, or plainly past. When in doubt, it is danger.

A denial reaches a match over words that mean little ("he is *not* in any *danger*") or stands inside it ("has *no* gun"), but
never over a comma, a full stop or a "but". A past ("two years ago") reaches the sentence it stands in, unless something in
the message says that it goes on ("again", "tonight").
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hotline.triage.danger_file import Language
from hotline.triage.pattern import Masks, Node
from hotline.triage.tokens import Row


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


@dataclass(frozen=True, slots=True)
class Doubt:
    """What may take back a match of one language's rules. The past is understood in every language at once."""

    denial: frozenset[str]
    denial_after: frozenset[str]
    light: frozenset[str]
    answers: frozenset[str]
    speakers: frozenset[str]
    but: frozenset[str]
    past: tuple[Phrase, ...]
    still: tuple[Phrase, ...]

    @classmethod
    def of(cls, language: Language, languages: Iterable[Language]) -> Doubt:
        """The doubts of a rule in `language`, among all `languages`."""
        every = tuple(languages)
        return cls(
            language.denial,
            language.denial_after,
            language.light,
            language.answers,
            language.speakers,
            frozenset().union(*(one.but for one in every)),
            Phrase.all_of(node for one in every for node in one.past),
            Phrase.all_of(node for one in every for node in one.still),
        )


def denied(said: Row, span: range, pattern: Node, doubt: Doubt) -> bool:
    """Whether the words `span` of the message, which match `pattern`, are denied.

    Where the pattern itself asked for a denying word ("can *not* get out"), that word is the danger and denies nothing.
    """
    within = {said.words[i] for i in span} & doubt.denial
    if within:
        asked_for = {key.strip("=*") for key in pattern.vocabulary()}
        return within.isdisjoint(asked_for)
    if (
        span.stop < len(said.words)
        and said.words[span.stop] in doubt.denial_after
        and not said.pauses >> span.stop & 1
    ):
        return True
    at = span.start - 1
    while at >= 0 and not said.pauses >> (at + 1) & 1:
        word = said.words[at]
        if word in doubt.denial:
            return not (word in doubt.answers and said.words[span.start] in doubt.speakers)
        if word not in doubt.light:
            return False
        at -= 1
    return False


def past(said: Row, span: range, doubt: Doubt, masks: Masks, end: int) -> bool:
    """Whether the sentence around the words `span` says that it was long ago."""
    low, high = span.start, span.stop
    while low > 0 and not said.stops >> low & 1 and said.words[low - 1] not in doubt.but:
        low -= 1
    while high < len(said.words) and not said.stops >> high & 1 and said.words[high] not in doubt.but:
        high += 1
    sentence = range(low, high)
    if not any(phrase.touches(sentence, masks, end) for phrase in doubt.past):
        return False
    everywhere = (end << 1) - 1
    return not any(phrase.node.after(everywhere, masks, end) for phrase in doubt.still)
