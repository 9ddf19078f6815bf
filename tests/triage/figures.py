"""Figures that a whole test run prints at its end: how much danger is heard and how many replies are read right, by language.

They are measured anew in the run (`test_figures.py`), never asserted here: what must hold is asserted in tests/triage and tests/answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from hotline.answers.words import Words
from hotline.forms.book import Book
from hotline.triage.grade import DangerWords, findings
from tests.answers import scoring
from tests.triage.corpus import LOCALES, corpus

REPLIES = Path(__file__).parents[1] / "answers" / "replies.jsonl"


def lines() -> Iterator[str]:
    """The unseen half apart from the seen one; then the replies."""
    words = DangerWords.load(LOCALES)
    for half in ("corpus_seen", "corpus_unseen"):
        for texts in corpus(half):
            heard = sum(bool(findings(text, words)) for text in texts.danger)
            alarms = sum(bool(findings(text, words)) for text in texts.harmless)
            yield (
                f"danger, {half[7:]:6} {texts.locale:5} recall {heard}/{len(texts.danger)} = "
                f"{heard / len(texts.danger):.1%}, false alarms {alarms}/{len(texts.harmless)} = "
                f"{alarms / len(texts.harmless):.1%}"
            )
    book = Book.open(LOCALES.parent)
    read = scoring.score(scoring.read(REPLIES), Words.load(LOCALES), book)
    for locale in sorted({line.lang for line in read}):
        found = Counter(line.outcome for line in read if line.lang == locale)
        told = ", ".join(
            f"{found[outcome]} {outcome}" for outcome in (scoring.RIGHT, scoring.ASKED, scoring.WRONG)
        )
        yield f"replies {locale:3} {told}"
