"""How grave a message is: the face of this room.

Danger is looked for in every message before anything else, in all languages at once, whatever the contact's language. The
words stand in `locales/<locale>/danger.yaml` (format: `danger_file.py`, patterns: `pattern.py`), because a task force knows
better than code how people cry for help.
"""

from __future__ import annotations

from hotline.triage.check import gaps, problems
from hotline.triage.danger_file import Problem
from hotline.triage.danger_words import DangerWords, DangerWordsError
from hotline.triage.kinds import Finding, Grade, Kind

__all__ = [
    "DangerWords",
    "DangerWordsError",
    "Finding",
    "Grade",
    "Kind",
    "Problem",
    "findings",
    "gaps",
    "problems",
]


def findings(text: str, words: DangerWords) -> tuple[Finding, ...]:
    """Every rule that recognises danger in `text`, worst first; () when there is none. Takes any text, raises nothing."""
    return words.findings(text)
