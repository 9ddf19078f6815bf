"""Rows of threads on both databases, without any face of the house."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.config import Settings
from hotline.forms.book import Book
from hotline.now import CountedIds
from hotline.threads.kit import Kit
from hotline.vault.keys import KeyFolder
from tests.vaulted import sealer_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def book() -> Book:
    """The project's own content."""
    return Book.open(ROOT)


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeyFolder:
    """Keys of this run."""
    keys = KeyFolder(tmp_path_factory.mktemp("keys"))
    keys.make()
    return keys


@pytest.fixture
def kit(settings: Settings, keys: KeyFolder, book: Book) -> Kit:
    """What every act needs; ids count up."""
    return Kit(settings, sealer_of(keys), CountedIds(), book)
