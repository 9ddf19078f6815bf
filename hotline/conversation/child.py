"""A child in a report is urgent (DESIGN, danger grades): recognised from the answers, whatever the form."""

from __future__ import annotations

from collections.abc import Mapping

from hotline.answers.sheet import Given, values
from hotline.conversation.turn import Turn
from hotline.triage.grade import Grade

CHILD = 18  # Palermo Protocol, article 3 d: a child is any person under eighteen
_TELLING = frozenset({"victim_age", "victim_descriptors", "exploitation_types"})


def look_for_child(turn: Turn) -> None:
    """Raise an urgent alert once when the answers tell of a child."""
    if not turn.state.child and tells_of_child(turn.state.sheet):
        turn.state.child = True
        turn.raise_alert(Grade.URGENT, "child_in_report")


def tells_of_child(sheet: Mapping[str, Given]) -> bool:
    """Under 18 by age, by descriptor, or by kind (child labour implies it: codelists.csv). An estimate counts with its
    lower bound."""
    if _TELLING.isdisjoint(sheet):
        return False
    found = values(sheet, _TELLING)
    age = found.get("victim_age")
    descriptors = found.get("victim_descriptors") or []
    kinds = found.get("exploitation_types") or []
    return (
        (isinstance(age, int) and age < CHILD)
        or (isinstance(descriptors, list) and "under_18" in descriptors)
        or (isinstance(kinds, list) and "child_labour" in kinds)
    )
