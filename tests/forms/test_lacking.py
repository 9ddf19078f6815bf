"""What is left to record: missing, old, or only a stand-in, in the order in which callers hear it."""

from __future__ import annotations

from dataclasses import replace

from hotline.forms.book import Book
from hotline.forms.lacking import Why, lacking
from hotline.forms.manifest import read_manifest
from hotline.forms.spoken import sentences
from tests.forms.conftest import LANGUAGES, PROJECT

FIRST, SECOND, THIRD = "caller.language.say", "caller.danger.say", "caller.how.say"


def test_each_sentence_lacks_until_it_is_recorded_from_todays_words() -> None:
    book = Book.open(PROJECT)
    clips = read_manifest(PROJECT, "ht")
    assert {lack.why for lack in lacking(book, "ht", LANGUAGES, clips)} == {Why.STAND_IN}
    clips[FIRST] = replace(clips[FIRST], made_by="staff aaaa, 2026-11-24")
    clips[SECOND] = replace(clips[SECOND], made_by="staff aaaa, 2026-11-24", sha256="0" * 64)
    del clips[THIRD]
    found = {lack.key: lack.why for lack in lacking(book, "ht", LANGUAGES, clips)}
    assert FIRST not in found
    assert (found[SECOND], found[THIRD]) == (Why.OUTDATED, Why.MISSING)


def test_a_language_with_a_voice_lacks_its_sentences_and_no_numbers() -> None:
    book = Book.open(PROJECT)
    found = lacking(book, "fr", LANGUAGES, {})
    assert [lack.key for lack in found] == list(sentences(book, "fr", LANGUAGES))
    assert found[0].text == "Pour le français, tapez 3."


def test_numbers_come_last() -> None:
    keys = [lack.key for lack in lacking(Book.open(PROJECT), "acf", LANGUAGES, {})]
    assert keys[0] == FIRST
    assert keys.index("number.0") > keys.index("hotline.victim_age.voice")
