"""Everything that `hotline check` looks at, for any copy of the content."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from hotline.access import matrix_file
from hotline.alerts import check as alerts
from hotline.answers import understand as answers
from hotline.answers.gaps import gaps, printed_months
from hotline.carriers.opening import lines_of, variants_of, voices_of
from hotline.config import Settings
from hotline.conversation import language, officer_words
from hotline.deployment import Deployment
from hotline.forms.book import Book
from hotline.forms.check import check as check_forms
from hotline.forms.progress import Progress
from hotline.forms.source import Problem, relative
from hotline.intake import check as intake
from hotline.toml_lines import line_of
from hotline.triage import grade as triage


def problems_of(root: Path, book: Book, settings: Settings) -> list[Problem]:
    """All problems of the content below `root` and of `hotline.toml`, each once, sorted. `book` is that of `root`.

    Files, also those that a problem's words name, are relative to `root`.
    """
    deployment, locales = settings.deployment, root / "locales"
    found = check_forms(
        root,
        languages=deployment.languages,
        voiced=voices_of(deployment),
        variants=variants_of(deployment),
    )
    told = [(one.file, one.line, one.text) for one in answers.problems(locales, _carrier_words(deployment))]
    told += [(one.file, one.line, one.text) for one in triage.problems(locales)]
    told += [(one.file, one.line, one.text) for one in triage.gaps(locales, deployment.languages)]
    found += [Problem(relative(file, root), line, text.replace(f"{root}/", "")) for file, line, text in told]
    found += [*gaps(locales, deployment.languages), *printed_months(locales, deployment.languages)]
    found += language.problems(locales)
    found += officer_words.problems(locales, book, deployment.languages, set(_carrier_words(deployment)))
    try:
        lines_of(deployment)
    except ValueError as error:
        found.append(Problem(settings.config_file.name, 1, str(error)))
    found += _stand_in_voices(settings)
    found += alerts.problems(root, book, deployment)
    found += intake.problems(book)
    found += matrix_file.problems(settings, book.crosswalk, root)
    return sorted(set(found))


def _carrier_words(deployment: Deployment) -> list[str]:
    """The words that the carrier of some line acts on."""
    return [
        word for line in deployment.lines for word in (*line.stop_words, *line.start_words, *line.help_words)
    ]


def _stand_in_voices(settings: Settings) -> Iterator[Problem]:
    """Languages that another language's voice reads: states to know of."""
    file = settings.config_file
    for locale, voice in settings.deployment.voices.items():
        if voice.stand_in:
            line = line_of(file.read_text(encoding="utf-8"), ("voices", locale))
            text = f"'{locale}' is read by a stand-in, the voice for {voice.language}"
            yield Problem(file.name, line, text, serious=False)


_COLUMNS = ("language", "sentences", "missing", "fuzzy", "unreviewed", "too long", "without audio")


def as_lines(languages: Sequence[Progress], found: Sequence[Problem]) -> Iterator[str]:
    """The state of each language, then every problem with file and line, and their number as the last line."""
    yield "  ".join(_COLUMNS)
    for one in languages:
        audio = "-" if one.without_audio is None else one.without_audio
        cells = (one.locale, one.sentences, one.missing, one.fuzzy, one.unreviewed, one.too_long, audio)
        yield "  ".join(f"{cell!s:<{len(name)}}" for name, cell in zip(_COLUMNS, cells, strict=True)).rstrip()
    yield from map(str, found)
    serious = sum(problem.serious for problem in found)
    notes = len(found) - serious
    yield f"{serious} problem{'' if serious == 1 else 's'}, {notes} note{'' if notes == 1 else 's'}"


def as_json_text(languages: Sequence[Progress], found: Sequence[Problem]) -> str:
    """The same for programs."""
    states = {
        one.locale: {key: value for key, value in asdict(one).items() if key != "locale"} for one in languages
    }
    return json.dumps(
        {"languages": states, "problems": [asdict(problem) for problem in found]},
        ensure_ascii=False,
        indent=1,
    )
