"""What the rota says to staff, and the words that staff say: six languages, one text message each."""

from __future__ import annotations

import pytest

from hotline.alerts.rota.words import RotaWish, RotaWord, RotaWords
from hotline.config import load
from hotline.forms.book import Book
from hotline.wording.segments import size
from tests.alerts.conftest import ROOT

LOCALES = load({}).deployment.languages
# The longest that people meet: a day of a long month's name, and a name of sixteen letters.
LONGEST = {"en": "23 Sep 08:00", "fr": "23 sept. 08:00", "es": "23 sep 08:00", "ht": "23 septanm 08:00",
           "acf": "23 sèptanm 08:00", "zh": "12月23日 08:00"}  # fmt: skip
WORDS = RotaWords.load(ROOT / "locales")


@pytest.mark.parametrize("locale", LOCALES)
def test_every_word_of_the_rota_is_one_text_message(book: Book, locale: str) -> None:
    at = LONGEST[locale]
    keys = [key for key in book.wordings if key.startswith("rota.") and key != "rota.more_gaps"]
    assert len(keys) >= 30
    for key in keys:
        params = {
            "name": "Staff of 16 sign",
            "start": at,
            "end": at,
            "other": at,
            "code": "4821",
            "number": "12",
        }
        text = book.say(key, locale, **params)
        if key.startswith("rota.gap"):
            text = f"{text} {book.say('rota.more_gaps', locale, number=12)}"
        assert size(book.as_sent(text, locale)).segments == 1, (key, text)
        assert "yes" not in text.casefold().split(), "YES is a word of the carrier"


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_has_words_of_its_own(locale: str) -> None:
    here = {path.parent.name for path in ROOT.glob("locales/*/rota.yaml")}
    assert locale in here
    assert WORDS.problems == ()


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("swap Staff 2", RotaWish(RotaWord.SWAP, "Staff 2")),
        ("Swap with Staff 2.", RotaWish(RotaWord.SWAP, "Staff 2")),
        ("SWAP", RotaWish(RotaWord.SWAP)),
        ("échange avec Staff 2", RotaWish(RotaWord.SWAP, "Staff 2")),
        ("echange: Staff 2", RotaWish(RotaWord.SWAP, "Staff 2")),
        ("cambio de turno con Staff 2", RotaWish(RotaWord.SWAP, "Staff 2")),
        ("chanje gad ak Staff 2", RotaWish(RotaWord.SWAP, "Staff 2")),
        ("chanjé gad èvè Staff 2", RotaWish(RotaWord.SWAP, "Staff 2")),
        ("换班Staff 2", RotaWish(RotaWord.SWAP, "Staff 2")),
        ("我要换班 Staff 2", RotaWish(RotaWord.SWAP, "Staff 2")),
        ("take the shift now", RotaWish(RotaWord.NOW)),
        ("Je prends la garde!", RotaWish(RotaWord.NOW)),
        ("tomo el turno", RotaWish(RotaWord.NOW)),
        ("接班", RotaWish(RotaWord.NOW)),
        ("take the shift now please help", None),
        ("swapped", None),
        ("help, he has a knife", None),
        ("1", None),
        ("", None),
    ],
)
def test_what_staff_ask_of_the_rota(text: str, wish: RotaWish | None) -> None:
    assert WORDS.read(text) == wish
