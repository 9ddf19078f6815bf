"""`locales/<locale>/sms.yaml`: whether a text in this language may lose the accents that would make it dear.

accents: drop   # "Está" may become "Esta" where that saves a segment; keep: never
"""

from __future__ import annotations

from pathlib import Path

from hotline.forms.source import BadContent, Problem, load, need, unknown_keys

FILE_NAME = "sms.yaml"
_DROP, _KEEP = "drop", "keep"


def read_accents(locales: Path, root: Path, problems: list[Problem]) -> frozenset[str]:
    """The locales whose texts may lose accents; one without the file keeps them. What is wrong goes to `problems`."""
    allowed = set()
    for path in sorted(locales.glob(f"*/{FILE_NAME}")):
        try:
            section = load(path, root)
            problems += unknown_keys(section, {"accents"})
            said = need(section, "accents")
        except BadContent as error:
            problems.append(error.problem)
            continue
        if said not in (_DROP, _KEEP):
            line = section.line_of("accents")
            problems.append(Problem(section.file, line, f"accents: {_DROP} or {_KEEP}, not '{said}'"))
        elif said == _DROP:
            allowed.add(path.parent.name)
    return frozenset(allowed)
