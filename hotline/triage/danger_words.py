"""All languages' words of danger in one matcher.

Most messages bear no danger and are short, so the first pass is two set operations over the words of the message: a word no
file knows may be a typing error, and only a word on which some pattern hangs (its rarest needed one) goes on to matching.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from hotline.triage.danger_file import FILE, Language, Problem, Rule, read_folder
from hotline.triage.denial import Doubt, Phrase, denied, past
from hotline.triage.kinds import Finding
from hotline.triage.pattern import Masks, Node
from hotline.triage.together import Together, TwoOf, signs_of
from hotline.triage.tokens import Row, row, words
from hotline.triage.typing_errors import TypingErrors

_RUN, _LONG_RUN = re.compile(r"(.)\1+"), re.compile(r"(.)\1{2,}")
"""A letter written more than once, more than twice: "meee", "hellp"."""
_MET, _HARMLESS = 20, 40
"""What a word that examples use, and a word listed as harmless, weigh when the words are chosen on which a pattern hangs."""
_SHORTEST_STEM = 3
_MOST_STARTS = 24
"""So many places of one pattern are looked at for a denial; a message with more is danger."""


class DangerWordsError(ValueError):
    """A danger file that cannot be used; `problems` says where."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        super().__init__(f"{first.file}:{first.line}: {first.text} ({len(self.problems)} in all)")


@dataclass(frozen=True, slots=True)
class _Pattern:
    rule: int
    node: Node
    others: tuple[frozenset[str], ...]
    """What else it needs than the word on which it hangs."""
    signs: tuple[Phrase, ...]
    """Its parts between `&`, or itself alone."""
    shortest: int
    """No message of fewer words matches."""


class DangerWords:
    """Compiled from `locales/*/danger.yaml`; immutable, may be shared between threads."""

    def __init__(self, languages: Iterable[Language]) -> None:
        self._languages = tuple(sorted(languages, key=lambda language: language.locale))
        pairs = [(rule, language) for language in self._languages for rule in language.rules]
        pairs.sort(key=lambda pair: pair[0].grade.rank)
        self._rules: tuple[Rule, ...] = tuple(rule for rule, _ in pairs)
        self._found = tuple(Finding(rule.id, rule.kind, rule.grade) for rule in self._rules)
        doubts = Doubt.each(self._languages)
        self._doubts = tuple(doubts[language.locale] for _, language in pairs)
        self._unless = tuple(Phrase.all_of(rule.unless) for rule in self._rules)
        self._harmless = frozenset().union(*(language.harmless for language in self._languages))
        nodes = [node for rule in self._rules for node in (*rule.patterns, *rule.unless)]
        nodes += [node for language in self._languages for node in (*language.past, *language.still)]
        keys = frozenset().union(*(node.vocabulary() for node in nodes))
        self._stems = frozenset(key[:-1] for key in keys if key.endswith("*"))
        self._stem_lengths = tuple(sorted({len(stem) for stem in self._stems})) or (0,)
        self._stem_begins = frozenset(stem[: self._stem_lengths[0]] for stem in self._stems)
        plain = {key.lstrip("=") for key in keys if not key.endswith("*")}
        self._keys: dict[str, tuple[str, ...]] = {
            word: self._exactly(word, keys) for word in plain | self._harmless
        }
        examples = {word for rule in self._rules for text in rule.silent for word in words(text)}
        self._keys.update((word, ()) for word in examples - self._keys.keys() if not self._stems_of(word))
        self._errors = TypingErrors(key for key in keys if not key.startswith("="))
        self._hang()

    def _exactly(self, word: str, keys: frozenset[str]) -> tuple[str, ...]:
        own = [key for key in (word, "=" + word) if key in keys]
        return (*own, *self._stems_of(word))

    def _stems_of(self, word: str) -> tuple[str, ...]:
        if word[: self._stem_lengths[0]] not in self._stem_begins:
            return ()
        return tuple(
            [word[:n] + "*" for n in self._stem_lengths if n <= len(word) and word[:n] in self._stems]
        )

    def _hang(self) -> None:
        """Hangs every pattern on the rarest set of words it needs."""
        met = Counter(
            word for rule in self._rules for text in (*rule.fires, *rule.silent) for word in words(text)
        )

        @cache  # the groups stand in many patterns
        def commonness(any_of: frozenset[str]) -> int:
            plain = (key.strip("=*") for key in any_of)
            return sum(1 + _MET * met[word] + (_HARMLESS if word in self._harmless else 0) for word in plain)

        self._patterns: list[_Pattern] = []
        self._hanging: dict[str, list[int]] = {}
        for number, rule in enumerate(self._rules):
            for node in rule.patterns:
                needed = sorted(node.needed(commonness), key=commonness)
                for key in needed[0]:
                    self._hanging.setdefault(key, []).append(len(self._patterns))
                self._patterns.append(
                    _Pattern(number, node, tuple(needed[1:4]), Phrase.all_of(signs_of(node)), node.shortest())
                )
        self._known = frozenset(self._keys)
        self._hooks = self._hooks_up_to(max((pattern.shortest for pattern in self._patterns), default=0))
        self._lone_hooks = self._hooks_up_to(1)

    def _hooks_up_to(self, length: int) -> frozenset[str]:
        """The words on which a pattern hangs that a message of `length` words can match: "1" alone is no "9 1 1"."""
        hooks = {
            key
            for key, found in self._hanging.items()
            if any(self._patterns[number].shortest <= length for number in found)
        }
        return frozenset(word for word, keys in self._keys.items() if not hooks.isdisjoint(keys))

    @staticmethod
    def load(locales_dir: Path) -> DangerWords:
        """The words of every language in `locales_dir`.

        A mistake in a file costs the line it stands in, never the rest, because a hotline deaf to danger is worse; `hotline
        check` names it. Raises `DangerWordsError` when a language is left without any rule, or there is none. A new language
        whose rules are not written yet stops nobody.
        """
        read = read_folder(locales_dir)
        if not read:
            raise DangerWordsError([Problem(str(locales_dir), 1, f"no {FILE} below it")])
        for _, language, wrong in read:
            if not language.rules and not language.unwritten:
                raise DangerWordsError(wrong)
        return compiled(tuple(language for _, language, _ in read))

    def _meant(self, word: str) -> tuple[str, ...]:
        """The keys of a word that stands in no file: a stem's, or those of the word it is a mistyped form of."""
        has_run = _RUN.search(word)
        if word[0].isdigit() or (len(word) < _SHORTEST_STEM and not has_run):
            return ()
        found = set(self._stems_of(word))
        spoken = {word}
        if has_run:
            spoken |= {_LONG_RUN.sub(r"\1\1", word), _RUN.sub(r"\1", word)}
            for short in spoken - {word}:
                found.update(self._keys.get(short) or self._stems_of(short))
        for meant in set().union(*map(self._errors.meant, spoken)):
            found.add(meant)
            found.update(key for key in self._keys.get(meant, ()) if not key.startswith("="))
        return tuple(found)

    def findings(self, text: str) -> tuple[Finding, ...]:
        """Every rule that recognises danger in `text`, worst first."""
        said = words(text)
        distinct = set(said)
        strange = {word: keys for word in distinct - self._known if (keys := self._meant(word))}
        if not strange and distinct.isdisjoint(self._hooks if len(said) > 1 else self._lone_hooks):
            return ()
        masks: dict[str, int] = {}
        for i, word in enumerate(said):
            for key in self._keys.get(word) or strange.get(word, ()):
                masks[key] = masks.get(key, 0) | 1 << i
        return self._matched(text, masks, len(said))

    def _matched(self, text: str, masks: Masks, length: int) -> tuple[Finding, ...]:
        hanging, patterns, present = self._hanging, self._patterns, masks.keys()
        candidates = {number for key in present & hanging.keys() for number in hanging[key]}
        fired: set[int] = set()
        everywhere, end = (1 << (length + 1)) - 1, 1 << length
        for number in sorted(candidates):
            pattern = patterns[number]
            if pattern.rule in fired or pattern.shortest > length:
                continue
            if any(present.isdisjoint(other) for other in pattern.others):
                continue
            if pattern.node.after(everywhere, masks, end) and self._stands(text, pattern, masks, end):
                fired.add(pattern.rule)
        return tuple(self._found[rule] for rule in sorted(fired))

    def _stands(self, text: str, pattern: _Pattern, masks: Masks, end: int) -> bool:
        """Whether some match of the pattern is neither denied, nor past, nor excused by the rule's `unless`."""
        said, node = row(text), pattern.node
        standing = (self._standing(said, sign, pattern, masks, end) for sign in pattern.signs)
        if isinstance(node, (Together, TwoOf)):
            return node.met([list(spans) for spans in standing])
        return next(next(standing), None) is not None

    def _standing(
        self, said: Row, sign: Phrase, pattern: _Pattern, masks: Masks, end: int
    ) -> Iterator[range]:
        """Where a sign of the pattern matches and nothing takes it back."""
        unless, doubt = self._unless[pattern.rule], self._doubts[pattern.rule]
        starts = 0
        for key in sign.begins & masks.keys():
            starts |= masks[key]
        looked_at = 0
        while starts and looked_at < _MOST_STARTS:
            start = starts & -starts
            starts ^= start
            ends = sign.node.after(start, masks, end)
            if not ends:
                continue
            looked_at += 1
            span = range(start.bit_length() - 1, (ends & -ends).bit_length() - 1)
            if any(phrase.touches(span, masks, end) for phrase in unless):
                continue
            if looked_at == _MOST_STARTS or not (
                denied(said, span, sign.node, doubt) or past(said, span, doubt, masks, end)
            ):
                yield span


@lru_cache(maxsize=8)
def compiled(languages: tuple[Language, ...]) -> DangerWords:
    """The words of these languages, compiled once in a process: it takes a second."""
    return DangerWords(languages)
