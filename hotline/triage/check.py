"""What `hotline check` says about the words of danger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from hotline.triage.danger_file import FILE, Language, Problem, read_folder, read_language
from hotline.triage.danger_words import compiled
from hotline.triage.kinds import Kind


def problems(locales_dir: Path) -> list[Problem]:
    """Everything wrong with the danger files below `locales_dir`, with file and line; [] when all is well.

    Beside what cannot be read: a rule id that stands twice, an example that should fire its rule and does not, one that
    should not and does.
    """
    read = read_folder(locales_dir)
    if not read:
        return [Problem(str(locales_dir), 1, f"no {FILE} below it")]
    found = [problem for _, _, wrong in read for problem in wrong]
    files = {language.locale: str(path) for path, language, _ in read}
    return found + [
        replace(problem, file=files[problem.file])
        for problem in _of_examples(tuple(language for _, language, _ in read))
    ]


@lru_cache(maxsize=16)
def _of_examples(languages: tuple[Language, ...]) -> tuple[Problem, ...]:
    """Problems of ids and examples; their file is the name of the language."""
    matcher = compiled(languages)
    found: list[Problem] = []
    seen: set[str] = set()
    for language in languages:
        for rule in language.rules:
            if rule.id in seen:
                found.append(Problem(language.locale, rule.line, f"{rule.id}: this id stands twice"))
            seen.add(rule.id)
            for text, wanted in [*((t, True) for t in rule.fires), *((t, False) for t in rule.silent)]:
                if any(one.rule == rule.id for one in matcher.findings(text)) is not wanted:
                    verb = "does not fire on" if wanted else "fires on"
                    found.append(Problem(language.locale, rule.line, f"{rule.id}: {verb} {text!r}"))
    return tuple(found)


def gaps(locales_dir: Path, languages: Iterable[str]) -> Iterator[Problem]:
    """The kinds of danger that a language has no rule for: in it nobody would be heard."""
    for locale in languages:
        path = locales_dir / locale / FILE
        if path.is_file():
            kinds = {rule.kind for rule in read_language(path)[0].rules}
            for kind in Kind:
                if kind not in kinds:
                    yield Problem(str(path), 1, f"no rule of the kind {kind}")
