"""A task force's own fields, and what `hotline check` says of them."""

from __future__ import annotations

import pytest

from hotline.forms.book import Book
from hotline.forms.own_fields import COLUMNS, FILE
from hotline.standards.crosswalk import Sensitivity
from tests.forms.conftest import Content
from tests.own_content import CALL_ROW, ROWS, add_question

GOOD = "screening,13 Are papers kept,papers_kept,boolean,yes|no,none,none,restricted,sms|web|staff,"


def write(content: Content, *rows: str) -> None:
    (content.root / FILE).write_text("\n".join((",".join(COLUMNS), *rows)) + "\n", encoding="utf-8")


def serious(content: Content) -> list[str]:
    return [str(problem) for problem in content.problems() if problem.serious]


def test_no_table_or_an_empty_one_changes_nothing(english: Content) -> None:
    write(english)
    assert serious(english) == []
    assert not any(Book.open(english.root).crosswalk.is_own(name) for name in ("victim_age", "papers_kept"))


def test_a_table_and_its_questions_are_well(english: Content) -> None:
    add_question(english.root)
    assert serious(english) == []
    book = Book.open(english.root)
    row = book.crosswalk.field("screening", "papers_kept")
    assert (row.item_number, row.codes, row.sensitivity) == ("13", ("yes", "no"), Sensitivity.RESTRICTED)
    assert book.crosswalk.is_own("papers_kept")
    assert book.crosswalk.form("screening")[-1].field == "papers_holder"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (GOOD.replace("screening,13", "screeming,13"), "there is no form 'screeming'"),
        (GOOD.replace("13 Are", "Are"), "item begins with a number of its own"),
        (GOOD.replace("13 Are", "12 Are"), "item 12 is another one on the form 'screening'"),
        (GOOD.replace("papers_kept", "victim_age"), "'victim_age' is a field of the standard"),
        (GOOD.replace("papers_kept", "suspect_gender"), "'suspect_gender' is a field of the standard"),
        (GOOD.replace("papers_kept", "Papers kept"), "'Papers kept' is no name of a field"),
        (GOOD.replace("boolean", "tickbox"), "unknown type 'tickbox' (known: address, boolean"),
        (GOOD.replace("boolean", "languages"), "unknown type 'languages'"),
        (GOOD.replace("restricted", ""), "unknown class '' under sensitivity (known: aggregate, restricted"),
        (GOOD.replace("restricted", "open"), "unknown class 'open' under sensitivity"),
        (GOOD.replace("boolean,yes|no", "enum,none"), "the type enum needs codes"),
        (GOOD.replace("yes|no", "yes|maybe"), "the codes of a boolean are yes|no"),
        (GOOD.replace("boolean", "integer"), "the type integer has no codes"),
        (GOOD.replace("boolean,yes|no", "enum,A B|c"), "'A B' is no code"),
        (GOOD.replace("none,none", "hte_Dtae,none"), "HTCDS has no column 'hte_Dtae'"),
        (GOOD.replace("none,none", "vic_MethodsOfControl=Papers,none"), "has no value 'Papers' (known: Debt"),
        (GOOD.replace("sms|web", "sms|fax"), "channels are some of sms|voice|web|staff, not 'fax'"),
        (
            GOOD.replace("Are papers", "Are, papers"),
            "11 cells instead of 10: a cell with a comma needs quotes",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line(english: Content, row: str, told: str) -> None:
    write(english, "", row)
    english.finds(FILE, 3, told)


def test_the_first_line_names_the_columns(english: Content) -> None:
    (english.root / FILE).write_text("form;item;field\n", encoding="utf-8")
    english.finds(FILE, 1, "the first line must be: form,item,field")


def test_one_field_is_one_thing_on_all_forms(english: Content) -> None:
    other = CALL_ROW.replace("restricted", "aggregate")
    write(english, ROWS[0], other, ROWS[0].replace("13 ", "15 "))
    english.finds(FILE, 3, "'papers_kept' has another type or class on the form 'screening'")
    english.finds(FILE, 4, "'papers_kept' stands here twice")


@pytest.mark.parametrize("wrong", ["", "readable", "Aggregate"])
def test_without_a_readable_class_the_strictest_holds(english: Content, wrong: str) -> None:
    write(english, GOOD.replace("restricted", wrong))
    assert Book.open(english.root).crosswalk.sensitivity("papers_kept") is Sensitivity.VICTIM_IDENTITY


def test_a_field_that_is_not_asked_and_a_question_without_a_field(english: Content) -> None:
    write(english, GOOD)
    english.finds("sms_forms/screening.yaml", 1, "item 13", "'papers_kept'", "is missing")
    add_question(english.root, CALL_ROW)
    file = "sms_forms/screening.yaml"
    english.finds(file, english.line(file, "papers_kept"), "no field 'papers_kept'", FILE)


def test_the_codes_are_those_of_the_choices(english: Content) -> None:
    add_question(english.root)
    english.change(FILE, "boolean,yes|no", "enum,yes|no|both")
    file = "sms_forms/screening.yaml"
    english.finds(file, english.line(file, "papers_kept"), "is enum in the crosswalk, not yes_no")
    choices = "sms_forms/choices.yaml"
    english.change(choices, "contact_kind:", "papers:\n  - {name: yes, label: Yes}\n\ncontact_kind:")
    text = (english.root / file).read_text(encoding="utf-8")
    head, _, tail = text.rpartition("type: select_one yes_no")
    (english.root / file).write_text(f"{head}type: select_one papers{tail}", encoding="utf-8")
    english.finds(file, english.line(file, "papers_kept"), "lacks the code no, both")


def test_an_own_question_stands_behind_those_that_officers_know(english: Content) -> None:
    write(english, GOOD)
    file = "sms_forms/screening.yaml"
    english.change(
        file,
        "  - name: victim_sex",
        '  - name: papers_kept\n    number: "13"\n    code: pap\n    type: select_one yes_no\n'
        '    label: "Papers? 1 yes 2 no"\n    short: Papers\n\n  - name: victim_sex',
    )
    english.finds(file, english.line(file, "papers_kept"), "is your own", "positional: false")
    english.change(file, "    code: pap\n", "    code: pap\n    positional: false\n")
    assert not [line for line in serious(english) if "is your own" in line]
