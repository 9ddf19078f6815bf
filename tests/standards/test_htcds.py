"""Records as another organisation reads them: HTCDS 2.0."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.standards.codelists import codes_of, load_codelists
from hotline.standards.crosswalk import Crosswalk, FieldRow, FieldType, Sensitivity
from hotline.standards.csvdata import read_csv
from hotline.standards.htcds import columns, htcds_row, htcds_rows

CROSSWALK = Crosswalk.load()

SCREENING: dict[str, object] = {
    "situation_status": "occurred",
    "incident_period": {"start": "2026-11", "end": "2026-11-12"},
    "incident_location": {"country": "LC", "district": "LC-02", "community": "Castries"},
    "registration_date": "2026-11-14",
    "victim_sex": "female",
    "victim_age": {"value": 16, "low": 16, "high": 18},
    "victim_country_of_birth": "VE",
    "exploitation_types": ["pornography", "domestic_labour", "street_selling"],
    "previous_report": "none",
    "reporter_name": "Ann Example",
    "reporter_post": "Nurse",
    "reporter_agency": "Health",
}


def filled(fields: dict[str, object]) -> dict[str, str]:
    return {column: value for column, value in htcds_row(fields).items() if value}


def test_the_columns_are_the_standards_own() -> None:
    assert len(columns()) == 81
    assert columns()[:2] == ("org_Name", "org_ShippingCity")
    assert columns()[-1] == "con_Consent"
    assert "vic_Vulnerabilities" not in columns()
    assert tuple(htcds_row({})) == columns()
    assert not any(htcds_row({}).values())


def test_a_screening_report() -> None:
    assert filled(SCREENING) == {
        "prs_Gender": "Feminine",
        "vic_TraffickingStatus": "PossibleVictimOfTrafficking",
        "vic_TypeOfExploitation": "SexualExploitation;ForcedLabour",
        "vic_TypeOfSexExploitation": "Pornography",
        "vic_ForcedLabourIndustry": "T_ActivitiesOfHouseholdsAsEmployers;G_WholesaleAndRetailTradeRepairOfMotorVehicles",
        "vic_LocationOfExploitation": "Castries, LC-02, LC",
        "cas_ReferringOrganisation": "Health",
        "hte_City": "Castries",
        "hte_State": "LC-02",
        "hte_Country": "LC",
        "hte_Date": "2026-11",
    }


def test_the_reporter_is_never_taken_for_the_victim() -> None:
    report: dict[str, object] = {
        "victim_sex": "male",
        "reporter_sex": "female",
        "reporter_first_name": "Ann",
        "reporter_last_name": "Example",
        "reporter_phone": "+12025550123",
        "reporter_address": "1 Fictional Road",
        "suspect_gender": "male",
        "suspect_family_names": "Villain",
        "suspect_person_narrative": "tall",
    }
    victim, reporter, suspect = ({c: v for c, v in row.items() if v} for row in htcds_rows(report))
    assert victim == {"prs_Gender": "Masculine", "per_RoleDetails": "tall"}
    assert reporter == {
        "prs_FirstName": "Ann",
        "prs_SecondName": "Example",
        "prs_MobilePhone": "+12025550123",
        "prs_MailingStreet": "1 Fictional Road",
    }
    assert suspect == {"prs_SecondName": "Villain", "prs_Gender": "Masculine"}
    assert len(htcds_rows({"victim_sex": "male"})) == 1


@pytest.mark.parametrize(
    ("sex", "descriptors", "gender"),
    [
        ("female", [], "Feminine"),
        ("female", ["transgender_female", "foreigner"], "TransgenderFeminine"),
        (None, ["transgender_male"], "TransgenderMasculine"),
        (None, ["male", "family"], "Masculine"),
        (None, ["female", "male", "group_of_people"], ""),
        (None, ["under_18"], ""),
        ("unknown", [], "NonSpecifiedUnknown"),
    ],
)
def test_gender_is_the_closest_that_was_said(sex: str | None, descriptors: list[str], gender: str) -> None:
    assert htcds_row({"victim_sex": sex, "victim_descriptors": descriptors})["prs_Gender"] == gender


@pytest.mark.parametrize(
    ("claim", "decision", "status"),
    [
        ("occurred", None, "PossibleVictimOfTrafficking"),
        ("occurred", "yes", "ActualVictimOfTrafficking"),
        ("potential", "no", "NotAVictimOfTrafficking"),
        (None, None, ""),
    ],
)
def test_only_the_decision_makes_an_actual_victim(
    claim: str | None, decision: str | None, status: str
) -> None:
    fields = {"situation_status": claim, "determination_is_victim": decision}
    assert htcds_row(fields)["vic_TraffickingStatus"] == status


def test_means_of_control_and_who_used_them() -> None:
    row = filled(
        {
            "entry_control_physical_abuse": "yes",
            "entry_control_physical_abuse_by": ["recruiter", "other"],
            "entry_control_drugs": "yes",
            "exploitation_control_alcohol": "yes",
            "exploitation_control_denial_of_movement": "yes",
            "exploitation_control_debt_bondage": "no",
            "exploitation_control_denial_refuse_client_by": ["clients", "exploiter"],
        }
    )
    assert row == {
        "vic_MethodsOfControl": "PhysicalAbuse;PsychoactiveSubstance;Other",
        "per_RoleInProcess": "RecruiterOrIntermediary;Other;Exploiter",
    }


def test_work_is_exploitation_only_where_it_was() -> None:
    assert filled({"exploitation_activities": ["fishing"]}) == {}
    exploited: dict[str, object] = {"exploitation_activities": ["fishing"], "exploitation_experienced": "yes"}
    assert filled(exploited) == {"vic_ForcedLabourIndustry": "A_AgricultureForestryAndFishing"}
    assert filled({"entry_expected_activities": ["begging"], "transit_activity": "begging"}) == {}


def test_informed_is_not_agreed() -> None:
    assert filled({"consent_informed_research": "yes"}) == {}
    assert filled({"consent_obtained": "yes"}) == {"con_Consent": "true"}
    assert filled({"consent_obtained": "yes", "consent_guardian_obtained": "no"}) == {"con_Consent": "false"}
    assert filled({"consent_guardian_obtained": "yes"}) == {}


def test_a_row_tells_of_one_event_only() -> None:
    entry: dict[str, object] = {
        "entry_origin_country": "VE",
        "entry_origin_place": {"country": "VE", "community": "Güiria"},
        "entry_month": "2026-03",
    }
    assert filled(entry) == {
        "hte_City": "Güiria",
        "hte_Country": "VE",
        "hte_Date": "2026-03",
        "hte_Type": "Recruitment",
    }
    assert filled(entry | {"destination_country": "LC"}) == {"hte_Country": "LC", "hte_Type": "Exploitation"}
    narrative = filled(entry | {"incident_narrative": "seen", "exploitation_narrative": "made to work"})
    assert narrative == {"hte_Description": "seen\nmade to work", "hte_Type": "Exploitation"}


def test_persons_details() -> None:
    assert filled(
        {
            "victim_first_names": "Ana Maria",
            "victim_languages": ["acf", "spa"],
            "victim_citizenship": ["VE", "CO"],
            "exploitation_start_age": 15,
            "victim_services_needed": "a bed",
            "remarks": "call again",
        }
    ) == {
        "prs_FirstName": "Ana Maria",
        "prs_PrimaryLanguage": "cpf",
        "prs_SecondaryLanguage": "spa",
        "prs_Citizenship": "VE;CO",
        "vic_AgeWhenTrafficked": "15",
        "cco_CaseComment": "call again",
    }


def test_every_equivalent_that_the_tables_name_is_in_the_standard() -> None:
    values = {(row["field"], row["value"]) for row in read_csv("htcds_values.csv")}
    named = {pair for row in CROSSWALK for pair in row.htcds}
    named |= {pair for listed in load_codelists().values() for code in listed.values() for pair in code.htcds}
    for pair in named:
        column, equals, value = pair.partition("=")
        assert column in columns()
        assert not equals or (column, value) in values, pair


VALUES = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.integers(),
    st.sampled_from(["yes", "no", "female", "other"]),
    st.lists(st.one_of(st.text(max_size=5), st.sampled_from(["begging", "male"])), max_size=3),
    st.dictionaries(
        st.sampled_from(["value", "start", "end", "country", "district"]), st.text(max_size=4), max_size=3
    ),
)


@given(st.dictionaries(st.sampled_from([*CROSSWALK.fields, "unheard_of"]), VALUES, max_size=30))
def test_a_value_of_another_shape_never_breaks_the_export(fields: dict[str, object]) -> None:
    for row in htcds_rows(fields):
        assert tuple(row) == columns()
        assert all(isinstance(value, str) for value in row.values())


def test_every_code_of_every_form_can_be_exported() -> None:
    for row in CROSSWALK:
        for code in codes_of(row) if row.codes else ():
            value = [code.code] if row.type == "multi" else code.code
            assert all(column in columns() for column in htcds_row({row.field: value}))


def own(field: str, kind: FieldType, htcds: str, codes: tuple[str, ...] = ()) -> FieldRow:
    """A task force's own field of the screening form."""
    return FieldRow(
        "screening",
        f"13 {field}",
        "13",
        field,
        kind,
        codes,
        (htcds,) if htcds else (),
        (),
        Sensitivity.RESTRICTED,
        (),
        "",
    )


def test_an_own_field_fills_the_column_that_it_names_and_no_other() -> None:
    rows = (
        own("shelter_note", FieldType.TEXT, "cco_CaseComment"),
        own("papers_kept", FieldType.BOOLEAN, "vic_MethodsOfControl=WithholdsDocuments"),
        own("shift", FieldType.ENUM, "", ("day", "night")),
        own("told_by", FieldType.ENUM, "cco_CaseComment", ("nurse", "teacher")),
    )
    crosswalk = CROSSWALK.with_own(rows)
    fields = {"shelter_note": "wants a doctor", "papers_kept": "yes", "shift": "night", "told_by": "nurse"}
    row = htcds_row(fields, crosswalk=crosswalk)
    assert {column: value for column, value in row.items() if value} == {
        "cco_CaseComment": "wants a doctor\nnurse",
        "vic_MethodsOfControl": "WithholdsDocuments",
    }
    assert not any(htcds_row({"papers_kept": "no"}, crosswalk=crosswalk).values())
    assert not any(htcds_row(fields).values())  # the standard alone knows none of them
