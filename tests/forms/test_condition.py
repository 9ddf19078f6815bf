"""Conditions say when an item is asked; an item without an answer fits nothing but emptiness."""

from __future__ import annotations

import pytest

from hotline.forms.condition import BadCondition, read


@pytest.mark.parametrize(
    ("condition", "answers", "holds"),
    [
        ("${previous_report} = 'other_agency'", {"previous_report": "other_agency"}, True),
        ("${previous_report} = 'other_agency'", {"previous_report": "police"}, False),
        ("${previous_report} = 'other_agency'", {}, False),
        ("${previous_report} = ''", {}, True),
        ("selected(${exploitation_types}, 'other')", {"exploitation_types": ["labour", "other"]}, True),
        ("selected(${exploitation_types}, 'other')", {"exploitation_types": ["labour"]}, False),
        ("${victim_age} < 18", {"victim_age": 9}, True),
        ("${victim_age} < 18", {"victim_age": 18}, False),
        ("${victim_age} < 18", {}, False),
        ("not(${back} = 'yes') and ${age} >= 3", {"back": "no", "age": 3}, True),
        ("${a} = 'x' or (${b} = 'y' and ${c} = 'z')", {"b": "y", "c": "z"}, True),
        ("${a} = 'x' or (${b} = 'y' and ${c} = 'z')", {"b": "y"}, False),
    ],
)
def test_what_holds(condition: str, answers: dict[str, object], holds: bool) -> None:
    assert read(condition).holds(answers) is holds


def test_the_fields_that_a_condition_asks_about() -> None:
    assert read("${a} = 'x' and selected(${b}, 'y')").fields == {"a", "b"}


@pytest.mark.parametrize(
    "condition",
    ["", "${a} =", "${a} == 'x'", "${a} = 'x' extra", "count(${a})", "${a} = 'x", "selected(${a} 'x')"],
)
def test_a_condition_that_cannot_be_read_says_so(condition: str) -> None:
    with pytest.raises(BadCondition):
        read(condition)
