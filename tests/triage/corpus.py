"""Messages as people write them, one file a language: `danger:` texts and `harmless:` ones.

`corpus_seen/` was written with the rules; `corpus_unseen/` by somebody who had not read them and is never tuned on.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

HERE = Path(__file__).parent
LOCALES = HERE.parents[1] / "locales"


# Every value as a text; the parser in C is many times as fast.
TEXTS = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Texts:
    """The corpus of one language."""

    locale: str
    danger: tuple[str, ...]
    harmless: tuple[str, ...]


def corpus(folder: str) -> tuple[Texts, ...]:
    """Every language of `corpus_seen` or `corpus_unseen`; () when the folder is missing."""
    return tuple(
        Texts(path.stem, tuple(map(str, texts["danger"])), tuple(map(str, texts["harmless"])))
        for path in sorted((HERE / folder).glob("*.yaml"))
        for texts in [yaml.load(path.read_text(encoding="utf-8"), Loader=TEXTS)]  # noqa: S506  # texts only
    )
