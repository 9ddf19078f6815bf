"""Who may what: the file that the house comes with, and files with mistakes, which never allow more."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.access.matrix import HOUSE_THINGS, ROLES, Action, Matrix, Purpose, Reveal
from hotline.access.matrix_file import OWN, read_matrix
from hotline.access.tables import PRESET_ROLES, Role
from hotline.standards.crosswalk import Crosswalk, Sensitivity

CROSSWALK = Crosswalk.load()
READY = tuple(role.value for role in Role if role not in PRESET_ROLES)
PRESET, _ = read_matrix(OWN, CROSSWALK)
ALL_ON, _ = read_matrix(OWN, CROSSWALK, READY)
ROLE = '{purpose: response, scope: all, why: "x"}'


def matrix_with(tmp_path: Path, *rows: str) -> tuple[Matrix, list[str]]:
    """A file with the role of a responder and these rows: the matrix, and what is said of it by line."""
    file = tmp_path / "matrix.yaml"
    lines = ["roles:", f"  responder: {ROLE}", "rules:", *(f"  - {row}" for row in rows)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    matrix, problems = read_matrix(file, CROSSWALK)
    return matrix, [str(one) for one in problems]


def row(what: str = "[restricted]", **other: str) -> str:
    keys = {"role": "responder", "purpose": "response", "what": what, "may": "[read]", "why": '"x"'} | other
    return "{" + ", ".join(f"{key}: {value}" for key, value in keys.items() if value) + "}"


def test_the_file_of_the_house_has_no_mistake() -> None:
    assert read_matrix(OWN, CROSSWALK, READY)[1] == []


def test_the_four_are_on_and_the_others_are_not() -> None:
    assert PRESET.may("responder", "response", "words", "read")
    assert PRESET.may("data_manager", "response", "victim_age", "write")
    for role in READY:
        assert not any(PRESET.may(role, p, w, a) for p in Purpose for w in everything() for a in Action)
    assert ALL_ON.may("agency_supervisor", "supervision", "report", "read")


def test_the_administrator_reads_no_field_of_any_record() -> None:
    fields = (*CROSSWALK.fields, *Sensitivity, "words")
    assert not any(
        PRESET.may("administrator", p, what, a) for p in Purpose for what in fields for a in Action
    )


def test_the_agency_supervisor_learns_that_a_report_was_made_and_nothing_else() -> None:
    seen = {
        w for p in Purpose for w in everything() for a in Action if ALL_ON.may("agency_supervisor", p, w, a)
    }
    assert seen == {"report"}


def test_status_is_shown_to_a_responder_on_a_second_yes_and_to_the_police_never() -> None:
    assert PRESET.reveal("responder", "response", "victim_citizenship") is Reveal.SECOND
    assert PRESET.reveal("responder", "response", "own_words") is Reveal.REASON
    assert PRESET.reveal("responder", "response", "victim_age") is Reveal.NONE
    for role in ("law_enforcement", "victim_services"):
        assert ALL_ON.reveal(role, ALL_ON.page_purpose(role), "victim_citizenship") is None


def test_keys_are_wrapped_for_who_may_read_the_class() -> None:
    assert PRESET.readers(Sensitivity.IMMIGRATION) == ("data_manager", "export", "leader", "responder")
    assert "law_enforcement" in ALL_ON.readers(Sensitivity.SUSPECT_IDENTITY)
    assert "law_enforcement" not in ALL_ON.readers(Sensitivity.VICTIM_IDENTITY)
    assert all("administrator" not in PRESET.readers(one) for one in Sensitivity)
    assert all("report" not in PRESET.readers(one) for one in Sensitivity), "it counts, and opens nothing"


def test_a_row_for_a_field_counts_before_that_of_its_class(tmp_path: Path) -> None:
    matrix, said = matrix_with(tmp_path, row("[restricted]"), row("[referrer_name]", may="[]"))
    assert said == []
    assert matrix.may("responder", "response", "incident_location", "read")
    assert not matrix.may("responder", "response", "referrer_name", "read"), "an empty rule is a no"
    assert not matrix.may("responder", "response", "incident_location", "write")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (row(role="responders"), "matrix.yaml:4: there is no role 'responders'"),
        (row(purpose="fun"), "matrix.yaml:4: 'fun' is no purpose"),
        (row("[restricted, victim_agee]"), "matrix.yaml:4: there is no field or class 'victim_agee'"),
        (row(may="[raed]"), "matrix.yaml:4: 'raed' is no action"),
        (row(may="read"), "matrix.yaml:4: 'may' is a list"),
        (row(may=""), "matrix.yaml:4: 'may' is a list"),
        (row(reveal="perhaps"), "matrix.yaml:4: 'perhaps' is no way to reveal"),
        (row(why=""), "matrix.yaml:4: a row needs its reason"),
        (row(why='" "'), "matrix.yaml:4: a row needs its reason"),
        (row(unless='"x"'), "matrix.yaml:4: unknown key 'unless'"),
        (row(what=""), "matrix.yaml:4: 'what' is a list"),
        (row("restricted"), "matrix.yaml:4: 'what' is a list"),
    ],
)
def test_a_row_with_a_mistake_is_told_with_its_line_and_allows_nothing(
    tmp_path: Path, wrong: str, told: str
) -> None:
    matrix, said = matrix_with(tmp_path, wrong)
    assert any(one.startswith(told) for one in said), said
    assert not any(
        matrix.may(r, p, w, a) for r in ROLES for p in Purpose for w in everything() for a in Action
    )


def test_a_row_with_a_mistake_takes_away_what_it_names(tmp_path: Path) -> None:
    matrix, said = matrix_with(tmp_path, row("[victim_identity]"), row("[remarks]", reveal="perhaps"))
    assert len(said) == 1
    assert matrix.may("responder", "response", "own_words", "read")
    assert not matrix.may("responder", "response", "remarks", "read"), "whatever was meant, it was less"


def test_of_two_rows_for_one_thing_neither_counts(tmp_path: Path) -> None:
    matrix, said = matrix_with(tmp_path, row(), row("[restricted]", may="[read, write]"))
    assert said == [
        "matrix.yaml:5: a second row of responder response restricted: neither counts",
    ]
    assert not matrix.may("responder", "response", "incident_location", "read")


@pytest.mark.parametrize("text", ["", "rules: 3", "roles: [", "roles:\n  responder: x\n", "\x00"])
def test_of_a_file_that_cannot_be_read_nothing_is_allowed(tmp_path: Path, text: str) -> None:
    file = tmp_path / "matrix.yaml"
    file.write_text(text, encoding="utf-8")
    matrix, problems = read_matrix(file, CROSSWALK)
    assert problems
    assert not any(matrix.may(r, p, "restricted", "read") for r in ROLES for p in Purpose)


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_what_is_unknown_is_a_no(role: str, purpose: str, what: str, action: str) -> None:
    known = (list(ROLES), list(Purpose), everything(), list(Action))
    if not all(one in those for one, those in zip((role, purpose, what, action), known, strict=True)):
        assert not ALL_ON.may(role, purpose, what, action)
    assert not ALL_ON.may("leader", "response", what + "!", "read")
    assert not ALL_ON.may("leader", "response", "words", action + "!")


def everything() -> list[str]:
    return [*CROSSWALK.fields, *Sensitivity, *HOUSE_THINGS]
