"""What a text costs, by worked examples and by property."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.wording import gsm7
from hotline.wording.as_sent import as_sent
from hotline.wording.graphemes import graphemes
from hotline.wording.plain import drop_accents, typographic
from hotline.wording.segments import Encoding, Size, fit, size

TEXTS = st.text(max_size=400)
GSM_TEXTS = st.text(alphabet=sorted(gsm7.BASIC | gsm7.EXTENSION), max_size=500)
MIXED = st.lists(
    st.sampled_from(["a", "{", "é", "á", "中", "😀", "👩‍👧", "🇱🇨", "e\u0301", "\n", "👍🏽"]), max_size=200
).map("".join)


def test_the_alphabet_has_128_places_less_escape() -> None:
    assert len(gsm7.BASIC) == 127
    assert len(gsm7.EXTENSION) == 10


@pytest.mark.parametrize(
    "word",
    [
        "Kwéyòl",
        "Kreyòl ayisyen: è ò é à",
        "¿Mañana? ¡Si!",
        "ÉÇÑ",
        "£5 @ 3€",
    ],
)
def test_words_that_travel_cheaply(word: str) -> None:
    assert size(word).encoding is Encoding.GSM7


@pytest.mark.parametrize("letter", [*"áíóúçêâîôûëïœÁÍÓÚ", "中", "’", "😀", "`", "\t"])
def test_one_letter_makes_the_whole_text_dear(letter: str) -> None:
    assert size("a" * 70 + letter) == Size(Encoding.UCS2, 71 + (letter > "\uffff"), 2)
    assert gsm7.outside("abc" + letter) == {letter}


@pytest.mark.parametrize(
    ("text", "units", "segments"),
    [
        ("", 0, 1),
        ("a" * 160, 160, 1),
        ("a" * 161, 161, 2),
        ("a" * 306, 306, 2),
        ("a" * 307, 307, 3),
        ("{" * 80, 160, 1),
        ("{" * 81, 162, 2),
        # 153 is odd: each full segment of brackets holds 76 of them, one septet stays empty.
        ("{" * 152, 304, 2),
        ("{" * 153, 306, 3),
        ("a" * 152 + "{" + "a" * 152, 306, 3),
    ],
)
def test_segments_of_gsm7(text: str, units: int, segments: int) -> None:
    assert size(text) == Size(Encoding.GSM7, units, segments)


@pytest.mark.parametrize(
    ("text", "units", "segments"),
    [
        ("中" * 70, 70, 1),
        ("中" * 71, 71, 2),
        ("中" * 134, 134, 2),
        ("中" * 135, 135, 3),
        ("😀" * 35, 70, 1),
        ("中" * 66 + "😀" + "中" * 66, 134, 3),  # the pair moves to the second segment whole
    ],
)
def test_segments_of_ucs2(text: str, units: int, segments: int) -> None:
    assert size(text) == Size(Encoding.UCS2, units, segments)


@given(st.one_of(TEXTS, GSM_TEXTS, MIXED))
def test_segments_are_never_fewer_than_the_units_need(text: str) -> None:
    measured = size(text)
    if measured.units <= measured.encoding.single:
        assert measured.segments == 1
    else:
        least = -(-measured.units // measured.encoding.joined)
        most = -(-measured.units // (measured.encoding.joined - 1))
        assert least <= measured.segments <= most


@given(st.one_of(TEXTS, GSM_TEXTS, MIXED), st.integers(1, 3), st.booleans())
def test_a_cut_text_fits_and_is_the_longest_that_does(text: str, segments: int, allowed: bool) -> None:
    cut = fit(text, segments, drop_accents=allowed)
    assert size(cut).segments <= segments
    whole = text if text.startswith(cut) else drop_accents(text)
    assert whole.startswith(cut)
    if cut != whole:
        parts = list(graphemes(whole))
        kept = len(list(graphemes(cut)))
        assert "".join(parts[:kept]) == cut, "cut inside a grapheme"
        assert size("".join(parts[: kept + 1])).segments > segments


@given(st.one_of(TEXTS, MIXED))
def test_graphemes_joined_are_the_text(text: str) -> None:
    assert "".join(graphemes(text)) == text


@pytest.mark.parametrize(
    "seen_as_one",
    [
        "é",
        "e\u0301",
        "👩‍👧‍👦",
        "👍🏽",
        "🇱🇨",
        "ह\u093f",
        "각",
        "\u1100\u1161\u11a8",
        "🏴\U000e0067\U000e0062\U000e007f",
        "❤\ufe0f",
    ],
)
def test_what_a_person_sees_as_one_stays_one(seen_as_one: str) -> None:
    assert list(graphemes(f"中{seen_as_one}a{seen_as_one}")) == ["中", seen_as_one, "a", seen_as_one]


def test_two_flags_are_two() -> None:
    assert list(graphemes("🇱🇨🇭🇹")) == ["🇱🇨", "🇭🇹"]


def test_accents_go_only_where_they_are_allowed_to_and_save_a_segment() -> None:
    spanish = "Está bien. " * 10  # 110 characters: two segments with accents, one without
    assert fit(spanish).startswith("Está")
    assert len(fit(spanish)) == 70
    assert fit(spanish, drop_accents=True) == spanish.replace("á", "a")
    assert fit("Está bien", drop_accents=True) == "Está bien"


def test_a_text_of_no_segments_cannot_be_had() -> None:
    with pytest.raises(ValueError, match="at least one"):
        fit("a", 0)


def test_typographic_signs_become_plain_ones() -> None:
    assert typographic("“Yes” – it’s\u00a0here… • now\u200b") == '"Yes" - it\'s here... - now'
    assert typographic("中文，“你好”……") == "中文，“你好”……"
    assert typographic("l’été où ça va…") == "l'été où ça va..."


@given(TEXTS)
def test_accents_that_are_in_the_alphabet_stay(text: str) -> None:
    once = drop_accents(text)
    assert drop_accents(once) == once
    if gsm7.septets(text) is not None:
        assert once == text


@given(st.one_of(TEXTS, GSM_TEXTS, MIXED), st.booleans())
def test_a_text_as_sent_is_never_dearer_and_settled_at_once(text: str, may_drop: bool) -> None:
    sent = as_sent(text, may_drop)
    assert as_sent(sent, may_drop) == sent
    if may_drop:
        assert size(sent).segments <= size(as_sent(text, False)).segments


def test_accents_stay_where_they_save_no_segment_or_may_not_go() -> None:
    spanish = "Está bien. " * 10
    assert as_sent(spanish, True) == spanish.replace("á", "a")
    assert as_sent(spanish, False) == spanish
    assert as_sent("Está “bien”…", True) == 'Está "bien"...'


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a" * 159 + "€", 159),  # the euro sign takes two septets: 161
        ("a" * 158 + "€", 159),
        ("中" * 69 + "😀", 69),  # two units of 16 bits
        ("中" * 68 + "😀", 69),
        ("中" * 66 + "👩‍👧‍👦", 66),  # a family is eight units, and is never parted
        ("中" * 62 + "👩‍👧‍👦", 67),
        ("中" * 69 + "e\u0301", 69),  # a letter and its mark
        ("中" * 67 + "👍🏽", 67),  # a hand and its colour
        ("中" * 69 + "\r\n", 69),
    ],
)
def test_where_one_segment_ends(text: str, kept: int) -> None:
    cut = fit(text)
    assert len(cut) == kept
    assert text.startswith(cut)
    assert size(cut).segments == 1
