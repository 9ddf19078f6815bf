"""Compact reports: 160 characters from a basic phone, whatever separators the officer likes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.answers.tokens import split_code, split_report

_KNOWN = frozenset({"scr", "gros islet", "st lucia", "anse la raye", "task force"})


def known(phrase: str) -> bool:
    return phrase.lower() in _KNOWN


def texts(report: str) -> list[str]:
    return [token.text for token in split_report(report, known)]


@pytest.mark.parametrize(
    ("report", "tokens"),
    [
        ("pot 12/11 castries f16 ve sex none", ["pot", "12/11", "castries", "f16", "ve", "sex", "none"]),
        ("pot 12/11 gros islet f 16 st lucia", ["pot", "12/11", "gros islet", "f", "16", "st lucia"]),
        ('pot "near the gate" f', ["pot", "near the gate", "f"]),
        ("pot “near the gate” f", ["pot", "near the gate", "f"]),
        ("pot 'near the gate' f", ["pot", "near the gate", "f"]),
        ("1, 17, 1", ["1", "17", "1"]),
        ("pot,12/11,Bois d'Orange, near the shop", ["pot", "12/11", "Bois d'Orange", "near the shop"]),
        ("pot; 12/11; gros islet, by the shop; f 16", ["pot", "12/11", "gros islet, by the shop", "f 16"]),
        (
            "pot\n12/11\ngros islet, market; left side\nf",
            ["pot", "12/11", "gros islet, market; left side", "f"],
        ),
        ("pot\r\n\r\n12/11", ["pot", "12/11"]),
        ("1*17*1", ["1", "17", "1"]),
        ("1#17#1", ["1", "17", "1"]),
        ("pot/12-11/castries/f/16", ["pot", "12-11", "castries", "f", "16"]),
        ("pot:castries:f", ["pot", "castries", "f"]),
        ("pot.castries.f.16", ["pot", "castries", "f", "16"]),
        ("12/11", ["12/11"]),
        ("12.11.2026", ["12.11.2026"]),
        ("10:30 f", ["10:30", "f"]),
        ("gate #2 red", ["gate", "#2", "red"]),
        ("pot,,castries", ["pot", "", "castries"]),
        ("pot,castries,", ["pot", "castries"]),
        ("pot - ? f", ["pot", "-", "?", "f"]),
        ("pot,-,?,f", ["pot", "-", "?", "f"]),
        ("scr1 17", ["scr", "1", "17"]),
        ("scr1,17,1", ["scr", "1", "17", "1"]),
        ("Bois d'Or x", ["Bois", "d'Or", "x"]),
        ('pot "never closed', ["pot", '"never', "closed"]),
        ("   ", []),
        ("", []),
    ],
)
def test_what_separates(report: str, tokens: list[str]) -> None:
    assert texts(report) == tokens


@pytest.mark.parametrize(
    ("report", "labels"),
    [
        ("7=12", [("7", "12")]),
        ("7 = 12 8=ve", [("7", "12"), ("8", "ve")]),
        ("age=16 sex:f pot", [("age", "16"), ("sex", "f"), (None, "pot")]),
        ("age: 16", [("age", "16")]),
        ("place=gros islet f", [("place", "gros islet"), (None, "f")]),
        ('name="Ana Lopez", 7=12', [("name", "Ana Lopez"), ("7", "12")]),
        ("3=castries, near the market; 6=16", [("3", "castries, near the market"), ("6", "16")]),
        ("10:30", [(None, "10:30")]),
        ("see http://x.y", [(None, "see"), (None, "http://x.y")]),
        ("age=", [(None, "age=")]),
    ],
)
def test_labels(report: str, labels: list[tuple[str | None, str]]) -> None:
    assert [(token.label, token.text) for token in split_report(report, known)] == labels


def test_quotes_are_told() -> None:
    quoted = split_report('f "two words"', known)
    assert [token.quoted for token in quoted] == [False, True]


@pytest.mark.parametrize(
    ("text", "code", "rest"),
    [("scr pot", "scr", "pot"), ("SCR: pot", "scr", "pot"), ("scr1 2", "scr", "1 2"), ("scr,pot", "scr", "pot"), (" scr", "scr", ""), ("st K7P", "st", "K7P"), ("scr -,pot", "scr", "-,pot")],
)  # fmt: skip
def test_code(text: str, code: str, rest: str) -> None:
    found = split_code(text, ["scr", "st", "try"])
    assert found is not None
    assert (found[0], text[found[1] :]) == (code, rest)


@pytest.mark.parametrize("text", ["scream", "hello", "", "s cr"])
def test_no_code(text: str) -> None:
    assert split_code(text, ["scr", "st"]) is None


_REPORT = st.text(
    alphabet=st.one_of(st.sampled_from("abc12 ,;/*#.:=-?\n\"'“” "), st.characters(codec="utf-8")),
    max_size=200,
)


@given(_REPORT)
def test_nothing_but_separators_is_lost(report: str) -> None:
    tokens = split_report(report, known)
    at = 0
    for token in tokens:
        assert token.text == report[token.start : token.end]
        between = report[at : token.start]
        label = token.label or ""
        rest = between.replace(label, "", 1) if label else between
        assert not any(ch.isalnum() for ch in rest), (between, token)
        assert label in between
        at = token.end
    assert not any(ch.isalnum() for ch in report[at:])


def test_a_label_without_a_value_is_no_value() -> None:
    assert [(token.label, token.text) for token in split_report("pot 7=", known)] == [
        (None, "pot"),
        ("7", ""),
    ]
    assert [(token.label, token.text) for token in split_report("pot; 7=; f", known)] == [
        (None, "pot"),
        ("7", ""),
        (None, "f"),
    ]
    assert texts("pot castries:") == ["pot", "castries:"]


def test_a_flood_of_words_is_asked_about_a_bounded_number_of_times() -> None:
    asked: list[str] = []

    def count(phrase: str) -> bool:
        asked.append(phrase)
        return False

    report = " ".join(f"w{number}x" for number in range(10_000))
    assert len(split_report(report, count)) == 10_000
    assert len(asked) < 1_000
