"""The book: what is asked, of whom, by which channel; and that a conversation keeps the book it began with."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.forms.book import Book, pack, unpack
from hotline.wording.plain import drop_accents
from hotline.wording.segments import Encoding, size
from tests.forms.conftest import PROJECT, Content

LANGUAGES = ("en", "acf", "fr", "es", "ht", "zh")


@pytest.fixture(scope="module")
def book() -> Book:
    """The project's own book."""
    return Book.open(PROJECT)


def test_the_forms_have_the_items_of_the_source(book: Book) -> None:
    items = {name: {item.number for item in form.items} for name, form in book.forms.items()}
    assert items["screening"] == {str(number) for number in range(1, 13)}
    assert items["online"] == {str(number) for number in range(1, 11)}
    assert items["hotline"] == {str(number) for number in range(1, 17)}
    assert items["opening"] == {f"O{number}" for number in range(1, 9)}


def test_an_officers_compact_report_has_these_places_in_this_order(book: Book) -> None:
    assert [item.code for item in book.forms["screening"].items if item.positional] == [
        "sit", "per", "loc", "sex", "age", "cob", "eth", "exp", "rep", "rdt",
    ]  # fmt: skip


def test_name_post_and_agency_are_asked_on_the_web_of_who_is_not_registered(book: Book) -> None:
    screening = book.forms["screening"]
    identity = {"reporter_name", "reporter_post", "reporter_agency"}
    assert identity <= {item.name for item in screening.asked("web")}
    assert not identity & {item.name for item in screening.asked("web", registered=True)}
    assert not identity & {item.name for item in screening.asked("sms")}


def test_what_the_system_stamps_is_asked_of_nobody(book: Book) -> None:
    for form in book.forms.values():
        for channel in ("sms", "voice", "web", "staff"):
            asked = {item.name for item in form.asked(channel)}
            assert not asked & {"registration_date", "report_date", "data_manager_name"}


def test_the_public_reads_discreet_choices_but_their_words_are_understood_as_officers_are(book: Book) -> None:
    item = book.forms["online"].item("previous_report")
    assert item.list_name == "previous_report"
    assert [choice.label.english for choice in item.choices] == [
        "nobody yet", "this team", "officers", "somebody else",
    ]  # fmt: skip


@pytest.mark.parametrize("locale", ["en", "acf", "fr", "es", "ht"])
def test_no_text_costs_more_for_its_accents(book: Book, locale: str) -> None:
    """A short one keeps them, for it is one segment either way."""
    dear = []
    for wording in book.every_wording():
        sent = book.as_sent(book.text(wording, locale), locale)
        plain = size(drop_accents(sent))
        assert plain.encoding is Encoding.GSM7, wording.key
        if wording.segments and size(sent).segments > plain.segments:
            dear.append(wording.key)
    assert dear == []


@pytest.mark.parametrize("locale", LANGUAGES[1:])
def test_no_language_hears_another(book: Book, locale: str) -> None:
    """Apart from names of places, nothing longer than a word is the same as in English."""
    same = [
        wording.key
        for wording in book.every_wording()
        if " " in wording.english
        and wording.english[0].isalpha()
        and book.text(wording, locale) == wording.english
    ]
    assert same == []


def test_every_digit_of_the_english_question_stands_in_every_translation(book: Book) -> None:
    """ "1 yes 2 no" must not lose its 2 on the way."""
    for wording in book.every_wording():
        if not wording.key.endswith((".label", ".again", ".voice", ".say")):
            continue
        digits = {char for char in wording.english if char.isdigit()}
        for locale in LANGUAGES[1:]:
            text = book.text(wording, locale)
            assert digits <= {char for char in text if char.isdigit()} | _spelled(digits, wording.english), (
                wording.key,
                locale,
            )


def _spelled(digits: set[str], english: str) -> set[str]:
    """Digits of examples ("May 2026") may be worded in another way."""
    return digits if "2026" in english else set()


def test_the_hash_follows_the_content(content: Content) -> None:
    before = Book.open(content.root).hash
    content.change("sms_forms/opening.yaml", "Is it safe for you to write now?", "Can you write now?")
    assert Book.open(content.root).hash != before


def test_a_packed_book_is_the_same_after_the_files_have_changed(content: Content, tmp_path: Path) -> None:
    name, packed = pack(content.root)
    content.change(
        "locales/ht/hotline.po", "Ou ka ekri kounye a san danje? 1 wi 2 non", "Lòt bagay? 1 wi 2 non"
    )
    old = unpack(packed, tmp_path / "old")
    assert old.hash == name
    label = old.forms["opening"].item("safe_now").label
    assert old.text(label, "ht") == "Ou ka ekri kounye a san danje? 1 wi 2 non"
    assert Book.open(content.root).text(label, "ht") == "Lòt bagay? 1 wi 2 non"


def test_bad_content_never_raises(content: Content) -> None:
    for path in (*content.root.glob("sms_forms/*.yaml"), *content.root.glob("ivr_flows/*.yaml")):
        path.write_text("- no mapping\n", encoding="utf-8")
    assert {problem.text for problem in Book.open(content.root).problems} >= {
        "the file must be a mapping of keys to values"
    }
