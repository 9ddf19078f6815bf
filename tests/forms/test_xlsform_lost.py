"""A workbook of others: what our forms cannot say is told by sheet, row and column, and the rest is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from hotline.forms.condition import read as read_condition
from hotline.forms.definition import Choice, Wording
from hotline.forms.workbook import Page, WorkbookRefused, read_bytes, read_workbook, write_workbook
from hotline.forms.xlsform.applying import apply
from hotline.forms.xlsform.expressions import NotOurs, both, condition, limits
from hotline.forms.xlsform.reading import Imported, Known, read_xlsform
from hotline.forms.xlsform.unmapped import unmapped
from hotline.standards.countries import Countries
from hotline.standards.crosswalk import Crosswalk
from tests.forms.conftest import PROJECT, Content

LANGUAGES = {"en": "English", "fr": "French", "es": "Spanish"}
Rows = Sequence[Sequence[str]]


def imported(
    survey: Rows, choices: Rows = (), known: Mapping[str, tuple[Choice, ...]] | None = None, **more: Rows
) -> Imported:
    """What is read of a workbook with these sheets, the headings in the first row."""
    sheets = {"survey": survey, **({"choices": choices} if choices else {}), **more}
    content = write_workbook([Page(name, rows[0], rows[1:]) for name, rows in sheets.items()])
    return read_xlsform(
        read_bytes(content, "their.xlsx"),
        "their form",
        Known(LANGUAGES, known or {}, {}, frozenset(Countries.load())),
    )


def told(found: Imported, *place: object) -> str:
    """What is said of a sheet, row and column."""
    return " | ".join(
        remark.text for remark in found.lost if (remark.sheet, remark.row, remark.column) == place
    )


def test_a_plain_form_of_others_is_read_whole() -> None:
    found = imported(
        [
            ["type", "name", "label::English (en)", "label::French (fr)", "label::es", "required", "relevant", "constraint"],
            ["select_one yn", "free", "Free to go?", "Libre ?", "Libre?", "yes", "", ""],
            ["integer", "age", "Age?", "Age ?", "Edad?", "", "${free} = 'n'", ".>0 and . < 121"],
            ["date", "since", "Since?", "Depuis ?", "Desde?", "no", "not(selected(${free}, \"y\"))", ". <= today()"],
            ["text", "words", "Words?", "Mots ?", "Palabras?", "", "${age} < 18 or ${free} = ''", "string-length(.) < 201"],
        ],
        [["list_name", "name", "label::English (en)", "label::French (fr)", "label::Spanish"],
         ["yn", "y", "Yes", "Oui", "Si"], ["yn", "n", "No", "Non", "No"]],
        settings=[["form_title", "form_id", "default_language"], ["A form", "A form-1", "English (en)"]],
    )  # fmt: skip
    assert [str(remark) for remark in found.lost] == [
        "survey row 2, column hotline_code: no numbers or codes of questions: made for 4 rows",
        "settings row 2, column form_id: the form is named 'A_form_1', for 'A form-1' is no name here",
    ]
    free, age, since, words = found.document.items
    assert (free["type"], free["required"]) == ("select_one yn", "true")
    assert (age["relevant"], age["constraint"]) == ("${free} = 'n'", ". >= 1 and . <= 120")
    assert (since["relevant"], since["past"]) == ('not(selected(${free}, "y"))', "true")
    assert words["max"] == "200"
    assert found.document.translations["es"]["A_form_1.age.label"] == "Edad?"
    assert found.document.translations["fr"]["list.yn.y.label"] == "Oui"


SURVEY = [
    ["type", "name", "label::English (en)", "label::Arabic (ar)", "relevant", "constraint", "required", "appearance",
     "calculation", "choice_filter", "media::image::English (en)", "media::audio::French (fr)", "default"],
    ["start", "start"],
    ["begin group", "trip", "The trip", "", "", "", "", "field-list"],
    ["select_one country2", "country", "Country?", "x", "", "", "", "minimal"],
    ["select_one town", "town", "Town?", "x", "", "", "", "", "", "country=${country}"],
    ["begin repeat", "people", "", "", "${town} = 'a'"],
    ["integer", "age", "Age of ${name}?", "", "", ". >= ${low}", "${x} = 1"],
    ["text", "name-of", "Name?", "", "${age} > 17 or ${age} = ''", "", "", "", "", "", "pic.png", "name.mp3"],
    ["end repeat"],
    ["end group"],
    ["calculate", "sum", "", "", "", "", "", "", "${age} * 2"],
    ["text", "more", "More?", "", "${sum} > 3", "regex(., '^a')", "", "", "", "", "", "", "nothing"],
    ["text", "late", "Late?", "", "count-selected(${town}) > 1"],
    ["geopoint", "where", "Where?"],
    ["image", "photo", "Photo?"],
    ["select_multiple nolist or_other", "which", "Which?"],
    ["select_one_from_file x.csv", "file", "File?"],
    ["decimal", "weight", ""],
    ["", "nothing", "No type"],
    ["text", "", "No name"],
    ["text", "age", "Twice?"],
    ["note", "hello", "Hello"],
]  # fmt: skip
CHOICES = [
    ["list_name", "name", "label::English (en)", "country", "image"],
    ["country2", "lc", "Saint Lucia", "", "flag.png"],
    ["town", "a", "A", "lc"], ["town", "b b", "B", "lc"], ["town", "a", "A again", "lc"],
    ["", "x", "No list"], ["unused", "y", "Nobody asks"],
]  # fmt: skip


def test_everything_that_gets_lost_is_told_with_its_place() -> None:
    found = imported(SURVEY, CHOICES, entities=[["list_name"], ["people"]])
    said = [
        ("survey", 2, "type", "'start' is a value that a device fills in"),
        ("survey", 3, "type", "there are no groups here: what is in 'trip' is asked as single questions"),
        ("survey", 3, "appearance", "'field-list'"),
        ("survey", 4, "label::Arabic (ar)", "does not speak Arabic (ar): left out (in 2 rows)"),
        ("survey", 4, "appearance", "no meaning here: 'minimal'"),
        ("survey", 5, "choice_filter", "all of the list are offered: 'country=${country}'"),
        ("survey", 6, "type", "asked once, not again and again"),
        ("survey", 7, "label::English (en)", "${…} would be seen"),
        ("survey", 7, "constraint", "left out: '. >= ${low}' cannot be said here"),
        ("survey", 7, "required", "is yes or no here"),
        ("survey", 8, "name", "'name-of' is named 'name_of' here"),
        ("survey", 8, "media::image::English (en)", "no pictures here: 'pic.png'"),
        ("survey", 8, "media::audio::French (fr)", "lay 'name.mp3' into ivr_flows/audio/fr/"),
        ("survey", 11, "type", "'sum' is a calculated value: left out"),
        ("survey", 11, "calculation", "nothing is calculated here: '${age} * 2'"),
        ("survey", 12, "relevant", "always asked: no question before it is 'sum'"),
        ("survey", 12, "constraint", "left out"),
        ("survey", 12, "default", "filled in beforehand"),
        ("survey", 13, "relevant", "always asked: 'count-selected'"),
        ("survey", 14, "type", "asked as a place in words"),
        ("survey", 15, "type", "'image' cannot be asked here: 'photo' is left out"),
        ("survey", 16, "type", "'or_other' is left out"),
        ("survey", 16, "type", "there is no list 'nolist': asked as text"),
        ("survey", 17, "type", "'select_one_from_file x.csv' cannot be asked here"),
        ("survey", 18, "type", "a number with decimals is asked as text"),
        ("survey", 18, "label", "no label: the name stands in its place"),
        ("survey", 19, "type", "a row without a type"),
        ("survey", 20, "name", "a question without a name"),
        ("survey", 21, "name", "'age' is named 'age_2' here"),
        ("survey", 22, "type", "a note, which asks nothing"),
        ("survey", 0, "", "no words in French (fr), Spanish (es)"),
        ("choices", 2, "image", "without pictures"),
        ("choices", 3, "country", "left out (in 3 rows)"),
        ("choices", 4, "name", "'b b' is no code here: it is 'b_b'"),
        ("choices", 5, "name", "'a' stands twice in 'town'"),
        ("choices", 6, "list_name", "a choice without list or name"),
        ("choices", 7, "list_name", "no question asks with the list 'unused'"),
        ("entities", 0, "", "this sheet has no meaning here"),
    ]  # fmt: skip
    for *place, words in said:
        assert words in told(found, *place), (place, words, told(found, *place))
    items = {item["name"]: item for item in found.document.items}
    assert list(items) == [
        "country",
        "town",
        "age",
        "name_of",
        "more",
        "late",
        "where",
        "which",
        "weight",
        "age_2",
    ]
    assert items["name_of"]["relevant"] == "${town} = 'a' and (${age} > 17 or ${age} = '')", (
        "its group's condition too"
    )
    assert "relevant" not in items["more"]
    assert (items["where"]["type"], items["which"]["type"]) == ("place", "text")
    assert [choice["name"] for choice in found.document.lists["town"]] == ["a", "b_b"]


def test_what_is_read_can_be_loaded_by_the_form_reader(content: Content) -> None:
    found = imported(SURVEY, CHOICES)
    apply(found.document, content.root)
    from hotline.forms.book import Book

    book = Book.open(content.root)
    assert [item.name for item in book.forms["their_form"].items] == [
        item["name"] for item in found.document.items
    ]
    assert not [problem for problem in book.problems if "their_form" in problem.file]


def test_a_list_of_the_hotlines_is_never_changed_by_a_workbook_of_others() -> None:
    ours = {"sex": tuple(Choice(code, code, Wording("", code), Wording("", code)) for code in ("f", "m"))}
    survey = [["type", "name", "label"], ["select_one sex", "sex", "Sex?"]]
    other = imported(survey, [["list_name", "name", "label"], ["sex", "1", "One"], ["sex", "2", "Two"]], ours)
    assert "their_form_sex" in told(other, "choices", 2, "list_name")
    assert other.document.items[0]["type"] == "select_one their_form_sex"
    same = imported(
        survey, [["list_name", "name", "label"], ["sex", "f", "Female"], ["sex", "m", "Male"]], ours
    )
    assert same.document.items[0]["type"] == "select_one sex"


def test_the_language_of_columns_without_one_is_that_of_the_settings() -> None:
    found = imported(
        [["type", "name", "label"], ["text", "why", "Pourquoi ?"]],
        settings=[["default_language"], ["French (fr)"]],
    )
    assert "no English" in told(found, "survey", 2, "label")
    assert found.document.translations == {"fr": {"their_form.why.label": "Pourquoi ?"}}


def test_the_forms_of_the_iom_standard_are_read_with_all_that_is_lost() -> None:
    sheets = read_workbook(PROJECT / "tests/forms/data/htcds_xlsform.xlsx")
    found = read_xlsform(sheets, "htcds", Known(LANGUAGES, countries=frozenset(Countries.load())))
    assert [(remark.sheet, remark.row, remark.column) for remark in found.lost] == [
        ("survey", 0, ""), ("survey", 2, "type"), ("survey", 3, "type"), ("survey", 4, "hotline_code"),
        ("survey", 35, "type"), ("survey", 35, "calculation"), ("choices", 0, ""), ("choices", 8, "list_name"),
    ]  # fmt: skip
    assert len(found.document.items) == 31
    assert {item["name"]: item["type"] for item in found.document.items}["prs_Citizenship"] == "country"
    assert [choice["label"] for choice in found.document.lists["gender"]][:2] == ["Feminine", "Masculine"]
    (missing,) = unmapped(found, Crosswalk.load())
    assert "no form 'htcds'" in missing.text
    assert "prs_Birthdate" in missing.text


def test_a_question_that_the_standard_record_does_not_have_is_told() -> None:
    survey = [["type", "name", "label"], ["integer", "victim_age", "Age?"], ["text", "victim_hair", "Hair?"]]
    found = imported(survey, settings=[["form_id"], ["screening"]])
    assert [str(remark) for remark in unmapped(found, Crosswalk.load())] == [
        "survey row 3, column name: 'victim_hair' is no field of the form 'screening' in the standard record"
    ]


@pytest.mark.parametrize(
    ("constraint", "low", "high", "past", "longest"),
    [
        (". >= 0 and . <= 120", 0, 120, False, None),
        ("(. > 0) and (120 >= .)", 1, 120, False, None),
        (".<=today()", None, None, True, None),
        ("today() >= .", None, None, True, None),
        ("string-length(.)<=200", None, None, False, 200),
        (". >= 1 and . <= 9 and . <= today() and string-length(.) < 10", 1, 9, True, 9),
    ],
)
def test_a_constraint_that_our_forms_can_say(
    constraint: str, low: int, high: int, past: bool, longest: int
) -> None:
    found = limits(constraint)
    assert (found.low, found.high, found.past, found.longest) == (low, high, past, longest)


@pytest.mark.parametrize(
    "constraint", [". > 0", ". < today()", "regex(., 'a and b')", ". >= 0 or . <= 9", ". != 4", "("]
)
def test_a_constraint_that_they_cannot(constraint: str) -> None:
    with pytest.raises(NotOurs):
        limits(constraint)


def test_a_condition_is_read_with_the_names_that_changed() -> None:
    said = condition("${ a-b } = 'x'\n and (${c} >= 3 or selected(${d}, 'y'))", {"a-b": "a_b"})
    assert said == "${a_b} = 'x' and (${c} >= 3 or selected(${d}, 'y'))"
    assert read_condition(said).holds({"a_b": "x", "d": ("y",)})
    joined = both("${a} = 'x' or ${b} = 'y'", "${c} = 'z'")
    assert not read_condition(joined).holds({"a": "x", "c": ""})
    assert read_condition(joined).holds({"b": "y", "c": "z"})
    for strange in ("true()", "${a} + 1 = 2", "${a} == 'x'", "selected-at(${a}, 0) = 'x'", "(" * 5000):
        with pytest.raises(NotOurs):
            condition(strange, {})


def test_a_workbook_that_is_no_form_is_refused() -> None:
    with pytest.raises(WorkbookRefused, match="no sheet 'survey'"):
        read_xlsform(read_bytes(write_workbook([Page("Sheet1", ["a"], [])]), "x"), "x", Known(LANGUAGES))
    with pytest.raises(WorkbookRefused, match="no column 'name'"):
        imported([["type", "label"], ["text", "x"]])


def test_every_question_of_a_large_form_gets_a_code_of_its_own() -> None:
    rows = [["text", f"age_{number}", "Age?"] for number in range(900)]
    found = imported([["type", "name", "label"], *rows])
    codes = [item["code"] for item in found.document.items]
    assert len(set(codes)) == 900
    assert all(code.isalpha() for code in codes)
