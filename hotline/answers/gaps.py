"""What a language's words lack: what all others have. For `hotline check`.

Without numbers, months, yes and no, "I don't know" a person is not understood: these are problems. The rest is a note,
since a language may do without ("tomorrow" is "morning" in Spanish).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

from hotline.answers.words import WORDS_FILE
from hotline.forms.languages import FILE, read_languages
from hotline.forms.source import Problem
from hotline.standards.fold import fold

Keys = tuple[str, ...]
_NEEDED: tuple[Keys, ...] = (
    ("numbers",), ("unknown",), ("declined",), ("negations",), ("dates", "months"), ("dates", "weekdays"),
    ("lists", "yes_no"), ("lists", "safe_now"),
)  # fmt: skip
_OWN: tuple[Keys, ...] = (("places", "aliases"), ("two_meanings",), ("two_meanings_here",), ("lookalikes",))
_FEWEST = 2  # other languages: what one alone has says nothing


def gaps(locales_dir: Path, languages: Sequence[str]) -> Iterator[Problem]:
    """For each language what every other language with words has and this one lacks, at the line where it belongs."""
    read = {locale: _read(locales_dir / locale / WORDS_FILE) for locale in languages}
    filled = {locale: {path for path, (_, words) in rows.items() if words} for locale, rows in read.items()}
    for locale, rows in read.items():
        others = [paths for other, paths in filled.items() if other != locale and paths]
        if not rows or len(others) < _FEWEST:
            continue
        missing = sorted(
            path for path in set.intersection(*others) - filled[locale] if not _under(path, _OWN)
        )
        file = f"{locales_dir.name}/{locale}/{WORDS_FILE}"
        for path in missing:
            if _under(path, _NEEDED):
                yield Problem(
                    file, _line(path, rows), f"no words for {'.'.join(path)}, which all other languages have"
                )
        lesser = [".".join(path) for path in missing if not _under(path, _NEEDED)]
        if lesser:
            yield Problem(
                file, 1, f"no words for what all other languages have: {', '.join(lesser)}", serious=False
            )


def printed_months(locales_dir: Path, languages: Sequence[str]) -> Iterator[Problem]:
    """Months that dates print and nobody who writes them back means: "out" is August here and October there."""
    meant: dict[str, set[int]] = {}
    for path in sorted(locales_dir.glob(f"*/{WORDS_FILE}")):
        for keys, (_, words) in _read(path).items():
            if keys[:2] == ("dates", "months") and len(keys) == 3 and keys[2].isdecimal():
                for word in words:
                    meant.setdefault(fold(word), set()).add(int(keys[2]))
    known = read_languages(locales_dir.parent, []).by_locale
    for language in (known[locale] for locale in languages if locale in known):
        for number, month in enumerate(language.dates.months if language.dates else (), start=1):
            others = meant.get(fold(month), set()) - {number}
            if others and not month[:1].isdecimal():
                text = f"the month '{month}' that dates show means {min(others)} in words.yaml: show another word"
                yield Problem(f"{locales_dir.name}/{language.locale}/{FILE}", 1, text)


def _under(path: Keys, roots: Sequence[Keys]) -> bool:
    return any(path[: len(root)] == root for root in roots)


def _line(path: Keys, rows: dict[Keys, tuple[int, tuple[str, ...]]]) -> int:
    """The line of the path, or of the nearest thing around it that is there."""
    while path and path not in rows:
        path = path[:-1]
    return rows[path][0] if path else 1


def _read(path: Path) -> dict[Keys, tuple[int, tuple[str, ...]]]:
    """Every path of the file with its line, and its words. {} for a file that cannot be read: that is told."""
    try:
        root = yaml.compose(
            path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        )
    except (OSError, yaml.YAMLError):
        return {}
    return dict(_rows(root, ()))


def _rows(node: yaml.Node | None, path: Keys) -> Iterator[tuple[Keys, tuple[int, tuple[str, ...]]]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*path, str(key.value))
            texts = value.value if isinstance(value, yaml.SequenceNode) else ()
            words = tuple(str(text.value) for text in texts if isinstance(text, yaml.ScalarNode))
            yield here, (key.start_mark.line + 1, words)
            yield from _rows(value, here)
