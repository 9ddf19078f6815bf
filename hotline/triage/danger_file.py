"""Reads `locales/<locale>/danger.yaml`, the words of danger of one language, and says what is wrong with it.

`locales/danger.yaml`, without a language, holds rules for all: there `<he>` is everything that any language calls <he>, each
match is denied in the language of the sentence (`tongue.py`), and ids begin with `all.`.

The file (every key but `rules` may be missing):

    groups:      {he: [he, she, "my boss"]}            used in patterns as <he>
    spellings:   {you: [u, ya], cant: [can not]}       other ways to write a word
    endings:     [s, ed, -ed, -ing, +ing]              what `kill~` adds to a word (pattern.py)
    denial:      [not, nobody, never]                  directly before a match: no danger (single words, as all up to `but`)
    denial_after: [pas]                                directly behind a match ("il ne frappe pas")
    light:       [a, the, been]                        may stand between the denial and the match
    answers:     ["no"]                                denials that may also be a plain answer before "he ..."
    speakers:    [he, she, i]                          ... namely before these words
    past:        ["<some> years ago"]                  patterns that make what stands between two marks plainly past
    still:       [still, again, tonight]               patterns that make the past doubtful again
    but:         [but]                                 words that end what a denial or a past reaches
    harmless:    [help desk, window]                   common words, never taken for a mistyped word of danger
    rules:
      - id: en.held.1
        kind: held
        grade: emergency
        patterns: ["locked (in|inside|up)"]
        unless: ["locked in syndrome"]                 a match that touches one of these is no danger
        fires: ["he keeps me locked in"]               must be recognised by this rule
        silent: ["the door was not locked"]            must not
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from hotline.triage.kinds import Grade, Kind
from hotline.triage.pattern import Node, PatternError, one_of, read
from hotline.triage.together import read_signs
from hotline.triage.tokens import words

# The parser in C, where PyYAML was built with it, is many times as fast.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

FILE = "danger.yaml"
ALL = "all"
"""The name of what is written for every language."""
_TOP = (
    "groups",
    "spellings",
    "endings",
    "denial",
    "denial_after",
    "light",
    "answers",
    "speakers",
    "past",
    "still",
    "but",
    "harmless",
    "rules",
)
_RULE = ("id", "kind", "grade", "patterns", "unless", "fires", "silent")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a file that its author can put right. `line` counts from 1."""

    file: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as written. `line` is where it begins."""

    id: str
    kind: Kind
    grade: Grade
    patterns: tuple[Node, ...]
    unless: tuple[Node, ...]
    fires: tuple[str, ...]
    silent: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """All that one danger file says; the same text read twice is the same object. `unwritten`: it has rules, none with a pattern yet, as a new language begins."""

    locale: str
    rules: tuple[Rule, ...] = ()
    denial: frozenset[str] = frozenset()
    denial_after: frozenset[str] = frozenset()
    light: frozenset[str] = frozenset()
    answers: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    but: frozenset[str] = frozenset()
    past: tuple[Node, ...] = ()
    still: tuple[Node, ...] = ()
    harmless: frozenset[str] = frozenset()
    unwritten: bool = False
    groups: Mapping[str, Node] = field(default_factory=dict)


@dataclass(slots=True)
class _Reader:
    locale: str
    languages: Sequence[Language] = ()
    """Those whose groups may be used."""
    problems: list[Problem] = field(default_factory=list)
    groups: dict[str, Node] = field(default_factory=dict)
    spellings: dict[str, list[str]] = field(default_factory=dict)
    endings: tuple[str, ...] = ()
    read_before: dict[str, Sequence[Node]] = field(default_factory=dict)
    """What words mean by these spellings and endings."""

    def __post_init__(self) -> None:
        for name in sorted({name for language in self.languages for name in language.groups}):
            self.groups[name] = one_of(
                [language.groups[name] for language in self.languages if name in language.groups]
            )

    def wrong(self, node: yaml.Node, text: str) -> None:
        self.problems.append(Problem("", node.start_mark.line + 1, text))

    def items(
        self, node: yaml.Node, allowed: tuple[str, ...] | None, what: str
    ) -> Iterator[tuple[str, yaml.Node]]:
        """The keys and values of a mapping, each key once."""
        if not isinstance(node, yaml.MappingNode):
            self.wrong(node, f"{what}: keys and values are expected")
            return
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                self.wrong(key, f"{what}: {key.value!r} stands twice")
            elif allowed is not None and key.value not in allowed:
                self.wrong(key, f"{what}: unknown key {key.value!r}; known are {', '.join(allowed)}")
            else:
                seen.add(key.value)
                yield key.value, value

    def texts(self, node: yaml.Node | None, what: str) -> list[tuple[str, yaml.Node]]:
        """The texts of a list, with their places."""
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode) or any(
            not isinstance(n, yaml.ScalarNode) for n in node.value
        ):
            self.wrong(node, f"{what}: a list of texts is expected")
            return []
        found = [(str(item.value), item) for item in node.value]
        seen: set[str] = set()
        for text, item in found:
            if text in seen:
                self.wrong(item, f"{what}: {text!r} stands twice")
            seen.add(text)
        return found

    def word_set(self, node: yaml.Node | None, what: str) -> frozenset[str]:
        """Single words; only of harmless ones may several stand in a line."""
        found: set[str] = set()
        for text, item in self.texts(node, what):
            if what == "harmless" or len(words(text)) == 1:
                found.update(words(text))
            else:
                self.wrong(item, f"{what}: {text!r} is not one word: only single words are looked for here")
        return frozenset(found)

    def patterns(self, node: yaml.Node | None, what: str, *, together: bool = False) -> tuple[Node, ...]:
        found: list[Node] = []
        for text, item in self.texts(node, what):
            try:
                reader = read_signs if together else read
                pattern = reader(text, self.groups, self.spellings, self.endings, self.read_before)
            except PatternError as error:
                self.wrong(item, f"{what}: {text!r}: {error}")
                continue
            if pattern.needed(len):
                found.append(pattern)
            else:
                self.wrong(item, f"{what}: {text!r}: at least one word must be needed")
        return tuple(found)

    def language(self, root: yaml.Node) -> Language:
        top = dict(self.items(root, _TOP, "file"))
        if "spellings" in top:
            for word, others in self.items(top["spellings"], None, "spellings"):
                for plain in words(word):
                    self.spellings[plain] = [text for text, _ in self.texts(others, f"spellings of {word}")]
        self.endings = tuple(text for text, _ in self.texts(top.get("endings"), "endings"))
        if "groups" in top:
            for name, members in self.items(top["groups"], None, "groups"):
                if parts := self.patterns(members, f"group {name}"):
                    self.groups[name] = one_of(parts)
        rules = top.get("rules")
        if not isinstance(rules, yaml.SequenceNode):
            self.wrong(rules or root, "rules: a list of rules is expected")
            rules = None
        return Language(
            self.locale,
            unwritten=rules is not None and not any(map(_has_patterns, rules.value)),
            rules=tuple(rule for node in (rules.value if rules else ()) if (rule := self.rule(node))),
            past=self.patterns(top.get("past"), "past"),
            still=self.patterns(top.get("still"), "still"),
            groups=self.groups,
            **{
                name: self.word_set(top.get(name), name)
                for name in ("denial", "denial_after", "light", "answers", "speakers", "but", "harmless")
            },
        )

    def rule(self, node: yaml.Node) -> Rule | None:
        values = dict(self.items(node, _RULE, "rule"))
        name = str(values["id"].value) if isinstance(values.get("id"), yaml.ScalarNode) else ""
        if not name.startswith(self.locale + "."):
            self.wrong(values.get("id", node), f"rule: an id that begins with {self.locale}. is expected")
        kind, grade = (str(values[key].value) if key in values else "" for key in ("kind", "grade"))
        if kind not in Kind.__members__:
            self.wrong(
                values.get("kind", node), f"{name}: unknown kind {kind!r}; known are {', '.join(Kind)}"
            )
        if grade not in set(Grade):
            self.wrong(
                values.get("grade", node), f"{name}: unknown grade {grade!r}; known are {', '.join(Grade)}"
            )
        if kind.startswith("urgent_") and grade == Grade.EMERGENCY:
            self.wrong(values["grade"], f"{name}: a kind {kind} is never an emergency")
        patterns = self.patterns(values.get("patterns"), name, together=True)
        unless = self.patterns(values.get("unless"), f"{name} unless")
        fires, silent = (
            [text for text, _ in self.texts(values.get(key), f"{name} {key}")] for key in ("fires", "silent")
        )
        for key, texts in (("patterns", patterns), ("fires", fires), ("silent", silent)):
            if not texts:
                self.wrong(values.get(key, node), f"{name}: {key} needs at least one line")
        if not patterns or kind not in Kind.__members__ or grade not in set(Grade):
            return None
        line = node.start_mark.line + 1
        return Rule(name, Kind(kind), Grade(grade), patterns, unless, tuple(fires), tuple(silent), line)


def _has_patterns(rule: yaml.Node) -> bool:
    pairs = rule.value if isinstance(rule, yaml.MappingNode) else ()
    return any(key.value == "patterns" and bool(value.value) for key, value in pairs)


def read_folder(locales_dir: Path) -> list[tuple[Path, Language, list[Problem]]]:
    """What each danger file below `locales_dir` says, and what is wrong with it; last the one for all languages."""
    found = [(path, *read_language(path)) for path in sorted(locales_dir.glob(f"*/{FILE}"))]
    if (shared := locales_dir / FILE).exists():
        found.append((shared, *read_language(shared, [language for _, language, _ in found])))
    return found


def read_language(path: Path, languages: Sequence[Language] = ()) -> tuple[Language, list[Problem]]:
    """What the file of one language says, or that for all `languages`, and what is wrong with it.

    What cannot be read is left out.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return Language(path.parent.name), [Problem(str(path), 1, f"not readable: {error}")]
    language, problems = _read(text, ALL if languages else path.parent.name, tuple(languages))
    return language, [replace(problem, file=str(path)) for problem in problems]


# Thousands of patterns, read by the house, by `hotline check` and by the translators' packs.
@lru_cache(maxsize=64)
def _read(text: str, locale: str, languages: tuple[Language, ...]) -> tuple[Language, tuple[Problem, ...]]:
    """What the text says; its problems name no file yet."""
    reader = _Reader(locale, languages)
    try:
        root: Any = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return Language(locale), (Problem("", mark.line + 1 if mark else 1, f"not readable: {error}"),)
    if root is None:
        return Language(locale), (Problem("", 1, "the file is empty"),)
    return reader.language(root), tuple(reader.problems)
