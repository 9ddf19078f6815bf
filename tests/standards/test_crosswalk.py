"""The crosswalk as the forms and the export read it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hotline.standards.codelists import code_of, codes_of, load_codelists
from hotline.standards.crosswalk import Crosswalk, FieldType, Sensitivity, UnknownField

CROSSWALK = Crosswalk.load()


def test_every_source_row_is_there_and_the_opening_beside_them() -> None:
    assert len([row for row in CROSSWALK if row.form != "opening"]) == 292
    assert len(CROSSWALK.fields) == 248 + 8
    assert [row.item_number for row in CROSSWALK.form("opening")] == [f"O{n}" for n in range(1, 9)]


def test_a_form_keeps_the_source_order_and_numbers() -> None:
    numbers = [row.item_number for row in CROSSWALK.form("screening")]
    assert list(dict.fromkeys(numbers)) == [str(n) for n in range(1, 13)]
    assert list(dict.fromkeys(row.item_number for row in CROSSWALK.form("online"))) == [
        str(n) for n in range(1, 11)
    ]
    assert list(dict.fromkeys(row.item_number for row in CROSSWALK.form("hotline"))) == [
        str(n) for n in range(1, 17)
    ]


@pytest.mark.parametrize(
    ("form", "field", "number"),
    [
        ("screening", "previous_report", "10"),
        ("consent", "consent_obtained", "1.4"),
        ("standard_c", "entry_control_drugs", "C.11"),
        ("standard_a", "victim_sex", "A"),
        ("consent", "consent_date", ""),
        ("massachusetts", "victim_arrested", ""),
    ],
)
def test_the_item_number_is_what_the_form_prints(form: str, field: str, number: str) -> None:
    assert CROSSWALK.field(form, field).item_number == number


def test_a_row_says_all_that_is_known_of_a_field() -> None:
    row = CROSSWALK.field("screening", "previous_report")
    assert row.type is FieldType.ENUM
    assert row.codes == ("none", "ntf", "police", "other_agency")
    assert row.htcds == ()
    assert row.sensitivity is Sensitivity.RESTRICTED
    assert row.channels == ("sms", "voice", "web", "staff")
    assert CROSSWALK.field("hotline", "incident_location").htcds[:2] == ("hte_City", "hte_State")


def test_a_class_is_one_for_all_forms() -> None:
    for row in CROSSWALK:
        assert CROSSWALK.sensitivity(row.field) is row.sensitivity
        assert CROSSWALK.anywhere(row.field).type is row.type


def test_the_line_printed_twice_counts_as_the_later_one() -> None:
    assert (
        CROSSWALK.field("standard_d", "exploitation_control_threat_of_law_enforcement").item_number == "D.14"
    )


def test_what_is_unknown_is_refused_in_words() -> None:
    with pytest.raises(UnknownField, match="no form 'sreening'"):
        CROSSWALK.form("sreening")
    with pytest.raises(UnknownField, match="'screening' has no field 'shoe_size'"):
        CROSSWALK.field("screening", "shoe_size")
    with pytest.raises(KeyError):
        CROSSWALK.sensitivity("shoe_size")


def test_every_code_of_every_field_is_in_its_list() -> None:
    for row in CROSSWALK:
        if row.codes:
            assert tuple(code.code for code in codes_of(row)) == row.codes, row


def test_codes_come_with_the_words_of_the_source() -> None:
    row = CROSSWALK.field("online", "exploitation_types")
    assert code_of(row, "pornography").htcds == (
        "vic_TypeOfExploitation=SexualExploitation",
        "vic_TypeOfSexExploitation=Pornography",
    )
    assert code_of(CROSSWALK.field("hotline", "previous_report"), "none").label == "no report"
    with pytest.raises(UnknownField):
        code_of(CROSSWALK.field("hotline", "victim_descriptors"), "female")  # only the online form offers it


def test_lists_without_a_field_are_known_ones() -> None:
    used = {code.list for row in CROSSWALK if row.codes for code in codes_of(row)}
    assert set(load_codelists()) - used == {"means_of_control"}


def test_own_fields_stand_behind_those_of_the_standard() -> None:
    row = replace(CROSSWALK.field("screening", "victim_ethnicity"), field="home_village", item_number="13")
    both = CROSSWALK.with_own([row]).with_codes("contact_language", ["en", "pt"])
    assert [one.field for one in both.form("screening")][-1] == "home_village"
    assert both.is_own("home_village")
    assert not both.is_own("victim_ethnicity")
    assert both.field("opening", "contact_language").codes == ("en", "pt")
    with pytest.raises(UnknownField):
        CROSSWALK.sensitivity("home_village")
