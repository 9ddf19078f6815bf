"""The book: all forms, call trees and wordings as published together, known by the hash of their content.

A conversation in flight stays with the book it began with (DESIGN 10); so a book can be packed to bytes, kept in the
database under its hash, and unpacked again after the files have changed.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from hotline.forms.accents import read_accents
from hotline.forms.definition import Choice, Form, Item, Wording
from hotline.forms.languages import LIST as LANGUAGE_LIST
from hotline.forms.languages import Languages, read_languages
from hotline.forms.lists import Lists, read_lists, wording
from hotline.forms.own_fields import read_own_fields
from hotline.forms.reader import read_form
from hotline.forms.source import BadContent, Problem, Section, load, need, relative, unknown_keys, whole
from hotline.forms.tree import Tree, read_tree
from hotline.standards.crosswalk import Crosswalk
from hotline.wording.as_sent import as_sent
from hotline.wording.catalogue import Catalogues

_FOLDERS = ("sms_forms", "ivr_flows", "locales")
_SUFFIXES = {".yaml", ".po", ".csv"}
_NOT_FORMS = {"choices.yaml", "wordings.yaml"}


@dataclass(frozen=True)
class Book:
    """All content of one hash, ready for use. `crosswalk` is the standard's with the task force's own fields; `problems`
    is what the readers found wrong."""

    hash: str
    root: Path
    forms: Mapping[str, Form]
    trees: Mapping[str, Tree]
    lists: Lists
    wordings: Mapping[str, Wording]
    catalogues: Catalogues
    languages: Languages
    crosswalk: Crosswalk
    problems: tuple[Problem, ...] = field(default=(), compare=False)
    accents_may_go: frozenset[str] = frozenset()
    """The locales whose texts may lose accents where that saves a segment."""

    @classmethod
    def open(cls, root: Path) -> Book:
        """Read the content below `root` (sms_forms/, ivr_flows/, locales/). Never raises for bad content: what is
        wrong stands in `problems`, and `hotline check` tells it."""
        problems: list[Problem] = []
        lists: Lists = {}
        wordings: dict[str, Wording] = {}
        forms: dict[str, Form] = {}
        trees: dict[str, Tree] = {}
        catalogues = _catalogues(root, problems)
        try:
            lists = read_lists(root / "sms_forms" / "choices.yaml", root, problems)
            wordings = _read_wordings(root / "sms_forms" / "wordings.yaml", root, problems)
        except BadContent as error:
            problems.append(error.problem)
        languages = read_languages(root, problems)
        lists[LANGUAGE_LIST] = _languages(lists.get(LANGUAGE_LIST, ()), languages)
        lists = {name: tuple(_worded(choice, catalogues) for choice in lists[name]) for name in lists}
        for path in sorted((root / "sms_forms").glob("*.yaml")):
            if path.name in _NOT_FORMS:
                continue
            form = read_form(path, root, lists, problems)
            if form:
                forms[form.name] = form
        for path in sorted((root / "ivr_flows").glob("*.yaml")):
            tree = read_tree(path, root, problems)
            if tree:
                trees[tree.name] = tree
        sparing = read_accents(root / "locales", root, problems)
        return cls(
            _hash(pack_files(root)),
            root,
            forms,
            trees,
            lists,
            wordings,
            catalogues,
            languages,
            Crosswalk.load()
            .with_codes(LANGUAGE_LIST, [choice.code for choice in lists[LANGUAGE_LIST]])
            .with_own(read_own_fields(root, problems)),
            tuple(problems),
            sparing,
        )

    def say(self, key: str, locale: str, /, **params: object) -> str:
        """A wording of `sms_forms/wordings.yaml` in a language; KeyError when the key does not exist."""
        return self.text(self.wordings[key], locale, **params)

    def text(self, what: Wording, locale: str, /, **params: object) -> str:
        """Any wording in a language."""
        return self.catalogues.text(locale, what.key, what.english, **params)

    def as_sent(self, text: str, locale: str) -> str:
        """A text as an SMS of this language carries it: measured and sent like this, never shown or spoken."""
        return as_sent(text, locale in self.accents_may_go)

    def every_wording(self) -> Iterator[Wording]:
        """Every sentence that has translations, for `make messages` and `hotline check`."""
        yield from self.wordings.values()
        for choices in self.lists.values():
            for choice in choices:
                yield from _choice_wordings(choice)
        for form in self.forms.values():
            yield form.title
            for item in form.items:
                yield from _item_wordings(item)
        for tree in self.trees.values():
            yield from (node.say for node in tree.nodes.values() if node.say)


def _catalogues(root: Path, problems: list[Problem]) -> Catalogues:
    """All catalogues; of one that cannot be read nothing is used, and the other languages go on."""
    catalogues, errors = Catalogues.load_what_can_be_read(root / "locales")
    for error in errors:
        match = re.match(r"(.*?\.po)(?::(\d+))?: (.*)", str(error), re.DOTALL)
        file, line, text = match.groups() if match else ("locales", "1", str(error))
        problems.append(Problem(relative(file, root), int(line or 1), text))
    return catalogues


def _languages(listed: tuple[Choice, ...], languages: Languages) -> tuple[Choice, ...]:
    """The choices of the contact's language: one for each language that has a folder."""
    codes = {choice.code for choice in listed}
    return (*listed, *(choice for choice in languages.choices() if choice.code not in codes))


def _worded(choice: Choice, catalogues: Catalogues) -> Choice:
    """The choice with its words in all languages, English first, each once."""
    said = [choice.label.english, choice.short.english]
    for locale in catalogues.locales:
        said += [catalogues.text(locale, what.key, what.english) for what in (choice.label, choice.short)]
    return replace(choice, words=tuple(dict.fromkeys(said)))


def _choice_wordings(choice: Choice) -> Iterator[Wording]:
    yield choice.label
    if choice.short is not choice.label:
        yield choice.short


def _item_wordings(item: Item) -> Iterator[Wording]:
    yield item.label
    for other in (item.voice, item.web, item.again, item.hint, item.short):
        if other is not None and other is not item.label:
            yield other


def _read_wordings(path: Path, root: Path, problems: list[Problem]) -> dict[str, Wording]:
    """`wordings.yaml`: audience to name to sentence, or to `{text: ..., segments: 2}`."""
    found: dict[str, Wording] = {}
    for audience, rows in load(path, root).items():
        if not isinstance(rows, Section):
            problems.append(Problem("sms_forms/wordings.yaml", 1, f"'{audience}' must hold wordings by name"))
            continue
        for name in rows:
            try:
                found[f"{audience}.{name}"] = _read_wording(rows, name, f"{audience}.{name}", problems)
            except BadContent as error:
                problems.append(error.problem)
    return found


def _read_wording(rows: Section, name: str, key: str, problems: list[Problem]) -> Wording:
    value = rows[name]
    if not isinstance(value, Section):
        return wording(rows, name, key)
    problems += unknown_keys(value, {"text", "segments"})
    place = f"{value.file}:{rows.line_of(name)}"
    return Wording(key, need(value, "text").strip(), place, whole(value, "segments", 1))


def pack_files(root: Path) -> dict[str, str]:
    """Every content file below `root`: relative path to text."""
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for folder in _FOLDERS
        for path in sorted((root / folder).rglob("*"))
        if path.suffix in _SUFFIXES
    }


def pack(root: Path) -> tuple[str, bytes]:
    """The hash and the packed bytes of the content below `root`."""
    files = pack_files(root)
    return _hash(files), zlib.compress(json.dumps(files, sort_keys=True).encode(), 9)


def unpack(packed: bytes, into: Path) -> Book:
    """Write a packed book below `into` and open it."""
    for name, text in json.loads(zlib.decompress(packed)).items():
        path = into / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Book.open(into)


def _hash(files: Mapping[str, str]) -> str:
    return hashlib.blake2b(json.dumps(files, sort_keys=True).encode(), digest_size=12).hexdigest()
