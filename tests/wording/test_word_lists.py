"""How listed words are found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.wording.folded import fold, folded
from hotline.wording.word_lists import WordLists

LISTS = WordLists(
    [
        ("a", "polis"),
        ("a", "lapolis"),
        ("b", "vann moun"),
        ("b", "vann"),
        ("c", "rescu*"),
        ("c", "task forc*"),
        ("d", "警察"),
    ]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("polis", [("a", "polis")]),
        ("polisye police apolis", []),
        ("lapolis-la, polis", [("a", "lapolis"), ("a", "polis")]),
        ("vann, moun!", [("b", "vann, moun")]),
        ("vann pa moun", [("b", "vann")]),
        ("rescu rescued unrescued", [("c", "rescu"), ("c", "rescued")]),
        ("task\nforces", [("c", "task\nforces")]),
        ("task", []),
        ("打警察polis了", [("a", "polis"), ("d", "警察")]),
        ("", []),
    ],
)
def test_words_rows_and_endings(text: str, found: list[tuple[str, str]]) -> None:
    assert [(label, text[start:end]) for label, start, end in LISTS.spans(text)] == found


@given(
    st.lists(
        st.sampled_from(["polis", "vann", "moun", "x", "rescuing", "task", "force", "警察", "."]), max_size=20
    )
)
def test_findings_of_one_label_never_overlap(words: list[str]) -> None:
    reached: dict[str, int] = {}
    for label, start, end in LISTS.spans(" ".join(words)):
        assert start >= reached.get(label, 0)
        reached[label] = end


@given(st.text(max_size=60))
def test_a_folded_character_knows_where_it_came_from(text: str) -> None:
    seen = folded(text)
    assert len(seen.text) == len(seen.origin)
    for at, char in enumerate(seen.text):
        start, end = seen.written_span(at, at + 1)
        assert char in fold(text[start:end])
