"""What a text from outside is freed of."""

from __future__ import annotations

import unicodedata
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.wording.clean import clean


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("he\x00lp", "help"),
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("a\x1b[31mb\x7f\x9f", "a[31mb"),
        ("a \t  b", "a \t  b"),
        ("e\u0301", "é"),
        ("x\ud83dy\ufffez", "xyz"),
        ("\u202eabc 👩‍👧", "\u202eabc 👩‍👧"),
        ("", ""),
    ],
)
def test_clean(said: str, read: str) -> None:
    assert clean(said) == read


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_ends_as_one_that_xml_and_utf8_can_carry(said: str) -> None:
    read = clean(said)
    assert read == clean(read)
    assert unicodedata.is_normalized("NFC", read)
    document = ElementTree.Element("Say")
    document.text = read
    parsed = ElementTree.fromstring(ElementTree.tostring(document, encoding="utf-8"))  # noqa: S314
    assert (parsed.text or "") == read
