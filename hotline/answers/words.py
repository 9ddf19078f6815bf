"""The words people really use, of all languages at once, as `locales/<locale>/words.yaml` hold them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar, cast

import yaml

from hotline.forms.languages import read_languages
from hotline.standards.countries import Countries
from hotline.standards.fold import fold
from hotline.standards.places import Gazetteer

T = TypeVar("T")
Q = TypeVar("Q")

WORDS_FILE = "words.yaml"

# Everything is read as text: YAML's own reading would turn the words yes, no, on and 12:30 into something else.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

# A tree of words: text, lists of text, and mappings of trees by key.
Tree = Mapping[str, "Tree"] | list[str] | str


class Words:
    """All words of all languages, merged; what a parser needs of them is compiled once, when first asked for."""

    def __init__(self, trees: Mapping[str, Tree], countries: Countries, gazetteer: Gazetteer) -> None:
        self.trees = trees
        self.countries = countries
        self.gazetteer = gazetteer
        self._compiled: dict[object, object] = {}
        self._by_question: dict[int, tuple[object, object]] = {}

    @classmethod
    def load(cls, locales_dir: Path) -> Words:
        """Read `<locales_dir>/*/words.yaml`. Raises yaml.YAMLError for a file that is no YAML."""
        trees: dict[str, Tree] = {}
        for path in sorted(locales_dir.glob(f"*/{WORDS_FILE}")):
            tree = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - text only, no objects
            trees[path.parent.name] = tree if isinstance(tree, dict) else {}
        countries = read_languages(locales_dir.parent, []).countries
        words = cls(trees, countries, Gazetteer.load(countries))
        for name, aliases in words.keyed_raw("places", "aliases").items():
            words.gazetteer.alias(name, aliases)
        return words

    def phrases(self, *path: str) -> tuple[str, ...]:
        """The folded phrases at `path` in any language, without doubles."""
        found: dict[str, None] = {}
        for tree in self.trees.values():
            node = _descend(tree, path)
            if isinstance(node, list):
                found.update(dict.fromkeys(fold(text) for text in node if isinstance(text, str)))
        found.pop("", None)
        return tuple(found)

    def keyed(self, *path: str) -> dict[str, tuple[str, ...]]:
        """Key to the folded phrases under it, for the mapping at `path`, merged over the languages."""
        keys: dict[str, None] = {}
        for tree in self.trees.values():
            node = _descend(tree, path)
            if isinstance(node, dict):
                keys.update(dict.fromkeys(node))
        return {key: self.phrases(*path, key) for key in keys}

    def keyed_raw(self, *path: str, locale: str | None = None) -> dict[str, tuple[str, ...]]:
        """As `keyed`, with the words as they are written; of one `locale` only, if given."""
        found: dict[str, tuple[str, ...]] = {}
        for tree in self.trees.values() if locale is None else (self.trees[locale],):
            node = _descend(tree, path)
            if isinstance(node, dict):
                for key, texts in node.items():
                    if isinstance(texts, list):
                        found[key] = (*found.get(key, ()), *texts)
        return found

    def compiled(self, make: Callable[[Words], T]) -> T:
        """What `make` builds from these words: built at the first call, then kept."""
        made = self._compiled.get(make)
        if made is None:
            made = self._compiled[make] = make(self)
        return cast(T, made)

    def compiled_for(self, question: Q, make: Callable[[Q, Words], T]) -> T:
        """What `make` builds for a question (or a form): built once for the object, since hashing one costs more than an
        answer. One kind of thing is always built by the same `make`."""
        kept = self._by_question.get(id(question))
        if kept is not None and kept[0] is question:
            return cast(T, kept[1])
        made = self._compiled.get((make, question))
        if made is None:
            made = self._compiled[(make, question)] = make(question, self)
        if len(self._by_question) >= 4096:  # somebody builds questions anew for each reply
            self._by_question.clear()
        self._by_question[id(question)] = (question, made)
        return cast(T, made)


def _descend(tree: Tree, path: tuple[str, ...]) -> Tree | None:
    node: Tree | None = tree
    for key in path:
        node = node.get(key) if isinstance(node, dict) else None
    return node
