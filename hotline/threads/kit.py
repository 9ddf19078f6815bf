"""What every act of the house needs beside its transaction."""

from __future__ import annotations

from dataclasses import dataclass

from hotline.config import Settings
from hotline.forms.book import Book
from hotline.now import Ids
from hotline.vault.sealing import Sealer


@dataclass(frozen=True, slots=True)
class Kit:
    """Settings, sealing, ids, and the newest book (wordings). Time is always passed beside it."""

    settings: Settings
    sealer: Sealer
    ids: Ids
    book: Book
