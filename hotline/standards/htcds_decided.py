"""HTCDS columns that several fields decide together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from hotline.standards.codelists import load_codelists
from hotline.standards.crosswalk import FieldRow


class Event(StrEnum):
    """Which historic event the `hte_` columns of a row describe, the first of these that anything is known of.

    A row holds one event; a place of recruitment beside a date of exploitation would be an event that never was.
    """

    INCIDENT = "incident"
    DESTINATION = "destination"
    ENTRY = "entry"


def event_of(field: str) -> Event:
    """The event that a field with `hte_` columns speaks of."""
    return next(
        (event for event in (Event.DESTINATION, Event.ENTRY) if field.startswith(event)), Event.INCIDENT
    )


def row_event(answered: Iterable[FieldRow]) -> Event | None:
    """The row's event, from all answered fields."""
    spoken_of = {
        event_of(row.field)
        for row in answered
        if row.field != "transit_stops" and any(column.startswith("hte_") for column in row.htcds)
    }
    return next((event for event in Event if event in spoken_of), None)


def was_exploited(fields: Mapping[str, object]) -> bool:
    """Whether D.15 says so: only then does the work at the destination map to a kind of exploitation."""
    return fields.get("exploitation_experienced") == "yes"


def decided(fields: Mapping[str, object], event: Event | None) -> dict[str, str]:
    """Gender, trafficking status, consent and kind of event; a column that cannot be decided is left out."""
    cells = {
        "prs_Gender": _gender(fields),
        "vic_TraffickingStatus": _status(fields),
        "con_Consent": _consent(fields),
        "hte_Type": _event_type(fields, event),
    }
    return {column: value for column, value in cells.items() if value}


def _gender(fields: Mapping[str, object]) -> str:
    """From the descriptors if they name one transgender person, else from gender or sex, else from one descriptor.

    Female and male together are several victims: then no single gender is true of them.
    """
    described = fields.get("victim_descriptors")
    codes = described if isinstance(described, list | tuple) else ()
    genders = {gender for code in codes if (gender := _gender_code("victim_descriptors", code))}
    transgender = {gender for gender in genders if gender.startswith("Transgender")}
    if len(transgender) == 1 and len(genders) <= 2:
        return transgender.pop()
    said = _gender_code("victim_gender", fields.get("victim_gender"))
    said = said or _gender_code("victim_sex", fields.get("victim_sex"))
    return said or (genders.pop() if len(genders) == 1 else "")


def _gender_code(listed: str, code: object) -> str:
    known = load_codelists()[listed].get(code) if isinstance(code, str) else None
    return known.htcds[0].partition("=")[2] if known and known.htcds else ""


def _status(fields: Mapping[str, object]) -> str:
    """A reporter's word makes a possible victim, whatever it claims; only the decision of section E says more."""
    decision = fields.get("determination_is_victim")
    if decision in ("yes", "no"):
        return "ActualVictimOfTrafficking" if decision == "yes" else "NotAVictimOfTrafficking"
    return "PossibleVictimOfTrafficking" if fields.get("situation_status") else ""


def _consent(fields: Mapping[str, object]) -> str:
    """The one checkbox: 1.4, and 1.5 where it was asked. 1.1 to 1.3 say that somebody was informed, not that they agreed."""
    if "no" in (fields.get("consent_obtained"), fields.get("consent_guardian_obtained")):
        return "false"
    return "true" if fields.get("consent_obtained") == "yes" else ""


def _event_type(fields: Mapping[str, object], event: Event | None) -> str:
    if event is Event.INCIDENT:
        # The date may be that of the detection; only the hotline form's item 11 speaks of exploitation itself.
        return "Exploitation" if fields.get("exploitation_narrative") else ""
    return {Event.DESTINATION: "Exploitation", Event.ENTRY: "Recruitment"}.get(event, "") if event else ""
