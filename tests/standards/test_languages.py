"""Languages by the names people give them."""

from __future__ import annotations

import pytest

from hotline.standards.languages import AMBIGUOUS, iso_639_2, language_codes


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("English", ("eng",)),
        ("ESPAÑOL", ("spa",)),
        ("Kwéyòl", ("acf",)),
        ("patwa", ("acf",)),
        ("St. Lucian Creole", ("acf",)),
        ("kreyòl ayisyen", ("hat",)),
        ("Creole", ("acf", "hat")),
        ("créole", ("acf", "hat")),
        ("普通话", ("zho",)),
        ("fr", ("fra",)),
        ("acf", ("acf",)),
        ("Klingon", ()),
        ("", ()),
    ],
)
def test_a_name_gives_its_code_or_is_asked_back(said: str, codes: tuple[str, ...]) -> None:
    assert language_codes(said) == codes


def test_an_ambiguous_name_is_no_ones_own() -> None:
    assert all(len(codes) > 1 for codes in AMBIGUOUS.values())


def test_codes_for_htcds() -> None:
    assert iso_639_2("acf") == "cpf"
    assert iso_639_2("hat") == "hat"
