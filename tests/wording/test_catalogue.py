"""Catalogues as a person, a translator and the check meet them."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.wording.catalogue import CatalogueError, Catalogues
from hotline.wording.message import Message

HEADER = 'msgid ""\nmsgstr ""\n"Language: {locale}\\n"\n"X-Reviewed-By-Native-Speaker: {review}\\n"\n'
SAFE = Message("opening.safe.text", "Is it safe to write now? 1 yes 2 no", "sms_forms/opening.yaml:7")
CODE = Message("page.taken.text", "{name} has {code}.", "sms_forms/staff.yaml:3")


def catalogue(folder: Path, locale: str, body: str = "", review: str = "no") -> None:
    (folder / locale).mkdir()
    text = HEADER.format(locale=locale, review=review) + "\n" + body
    (folder / locale / "hotline.po").write_text(text, encoding="utf-8")


def entry(key: str, english: str, translation: str, above: str = "") -> str:
    return f'{above}msgctxt "{key}"\nmsgid "{english}"\nmsgstr "{translation}"\n\n'


@pytest.fixture
def catalogues(tmp_path: Path) -> Catalogues:
    catalogue(tmp_path, "en", review="yes")
    catalogue(
        tmp_path,
        "ht",
        entry(SAFE.key, SAFE.english, "Èske ou ka ekri san danje? 1 wi 2 non"),
        "yes; 2026-10-01",
    )
    catalogue(
        tmp_path,
        "acf",
        entry(CODE.key, CODE.english, "{name} ni {kòd}.")
        + entry(SAFE.key, "Can you write?", "Ès ou sa ékwi?", "# asked twice\n#, fuzzy\n"),
    )
    return Catalogues.load(tmp_path)


def test_languages_that_babel_does_not_know_load_too(catalogues: Catalogues) -> None:
    assert catalogues.locales == ("acf", "en", "ht")


def test_a_person_is_answered_in_their_language(catalogues: Catalogues) -> None:
    assert catalogues.text("ht", SAFE.key, SAFE.english) == "Èske ou ka ekri san danje? 1 wi 2 non"
    assert catalogues.text("en", SAFE.key, SAFE.english) == SAFE.english


def test_what_is_missing_comes_in_english_and_is_reported(catalogues: Catalogues) -> None:
    assert catalogues.text("ht", CODE.key, CODE.english, name="Ann", code="K7P") == "Ann has K7P."
    assert catalogues.text("xx", SAFE.key, SAFE.english) == SAFE.english
    assert catalogues.missing("ht", [SAFE, CODE]) == (CODE,)
    assert catalogues.missing("en", [SAFE, CODE]) == ()
    assert catalogues.missing("xx", [SAFE]) == (SAFE,)


def test_no_sentence_ever_fails(catalogues: Catalogues) -> None:
    assert catalogues.text("en", "k", "{name} has {code}.", name="{code}") == "{code} has {code}."
    assert catalogues.text("en", "k", "{", code=1) == "{"
    assert catalogues.text("en", "k", "{0} {x!r} {y.z}", x=1, y=2) == "{0} {x!r} {y.z}"


def test_a_sentence_changed_since_is_still_in_the_persons_language_and_marked(catalogues: Catalogues) -> None:
    assert catalogues.text("acf", SAFE.key, SAFE.english) == "Ès ou sa ékwi?"
    assert catalogues.fuzzy("acf") == (SAFE.key,)
    assert catalogues.fuzzy("ht") == ()


def test_a_translation_without_its_placeholders_is_a_problem(catalogues: Catalogues) -> None:
    (problem,) = catalogues.problems("acf", [SAFE, CODE])
    assert (problem.key, problem.problem) == (CODE.key, "lacks {code}")


def test_the_header_says_who_has_read_it(catalogues: Catalogues) -> None:
    assert catalogues.review("ht").reviewed
    assert catalogues.review("ht").note == "2026-10-01"
    assert not catalogues.review("acf").reviewed
    assert not catalogues.review("xx").reviewed


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('msgctxt "a.b"\nmsgid "one\nmsgstr "two"\n', r"hotline\.po:\d+: "),
        ('msgid "no context"\nmsgstr "x"\n', "no msgctxt"),
        (entry("a.b", "One", "x") + entry("a.b", "Two", "y"), "a.b stands twice"),
        ('msgctxt "a.b"\nmsgid "One"\nmsgid_plural "Many"\nmsgstr[0] "x"\nmsgstr[1] "y"\n', "plural forms"),
    ],
)
def test_a_broken_file_is_told_with_its_place(tmp_path: Path, body: str, told: str) -> None:
    catalogue(tmp_path, "fr", body)
    with pytest.raises(CatalogueError, match=told):
        Catalogues.load(tmp_path)
