"""Which texts of staff are words for a contact."""

from __future__ import annotations

import pytest

from hotline.alerts.forwarding import words_for_contact


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("4821 where are you?", "where are you?"),
        ("4821: where are you?", "where are you?"),
        ("4821 - where are you?", "where are you?"),
        ('"4821 where are you?"', "where are you?"),
        ("\u06f4\u06f8\u06f2\u06f1 where are you?", "where are you?"),  # digits of another script
        ("4821 door 3,\nsecond floor", "door 3,\nsecond floor"),
        ("4821 您在哪里", "您在哪里"),
    ],
)
def test_a_code_and_words(text: str, words: str) -> None:
    found = words_for_contact(text)
    assert found is not None
    assert (found.code, found.words) == ("4821", words)


@pytest.mark.parametrize("text", ["4821", "where are you", "48211 come", "1 4821", "4821 ?!", "", "482 come"])
def test_anything_else_goes_to_nobody(text: str) -> None:
    assert words_for_contact(text) is None
