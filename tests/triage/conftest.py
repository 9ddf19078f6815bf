import pytest

from hotline.triage.grade import DangerWords
from tests.triage.corpus import LOCALES


@pytest.fixture(scope="session")
def danger_words() -> DangerWords:
    return DangerWords.load(LOCALES)
