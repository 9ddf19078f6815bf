"""One standard record as rows of HTCDS 2.0 (Human Trafficking Case Data Standard, IOM).

The columns are those of the standard's own sheet, without the deprecated ones. The crosswalk says which field goes
where; what it cannot say stands in this room, and follows one rule: a wrong value is worse than an empty cell.

A flat row has one Person, the victim. The reporter and the suspect are persons of their own: in the victim's row
their names and numbers would be the victim's, so each has a row of its own (`htcds_rows`) or none (`htcds_row`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache

from hotline.standards.codelists import has_list, list_name, load_codelists
from hotline.standards.crosswalk import Crosswalk, FieldRow, FieldType
from hotline.standards.csvdata import read_csv
from hotline.standards.htcds_decided import decided, event_of, row_event, was_exploited
from hotline.standards.htcds_values import period_start, place_columns, plain_columns

_PERSON = "prs_"
_EVENT = "hte_"
# Long texts are kept apart by a line end, coded values by a semicolon (a Salesforce multiselect picklist).
_LINES = frozenset({"hte_Description", "per_RoleDetails", "cco_CaseComment"})
_SEVERAL = frozenset(
    {
        "prs_Citizenship",
        "vic_MethodOfRecruitment",
        "vic_MethodsOfControl",
        "vic_TypeOfExploitation",
        "vic_TypeOfSexExploitation",
        "vic_ForcedLabourIndustry",  # a single picklist in the standard; both industries are kept
        "per_RoleInProcess",
    }
)
# Mapped in the crosswalk to the nearest column, which holds another kind of thing, or decided with other fields.
_ELSEWHERE = frozenset(
    {
        "entry_minor",  # a flag, the column holds an age
        "situation_status",  # decided together with determination_is_victim
        "determination_is_victim",
        "determination_decided_by",  # names, the column holds the kind of body
        "victim_sex",  # gender is decided from sex and descriptors
        "victim_gender",
        "victim_descriptors",
        "consent_informed_share_assistance",  # informed is not agreed
        "consent_informed_law_enforcement",
        "consent_informed_research",
        "consent_obtained",  # decided together with the guardian's
        "consent_guardian_obtained",
        "transit_stops",  # further events, each a row of its own in the standard
        "interviewer_contact",  # the interviewer is none of the row's persons
        "interviewer_organization",  # org_ is the referring organisation
    }
)


class Role(StrEnum):
    """Whose row it is: the one Person that its `prs_` columns describe."""

    VICTIM = "victim"
    REPORTER = "reporter"
    SUSPECT = "suspect"


@cache
def columns() -> tuple[str, ...]:
    """The 81 columns of HTCDS 2.0 in the standard's order; the three deprecated ones are left out."""
    return tuple(row["field"] for row in read_csv("htcds_fields.csv") if row["status"] != "DEPRECATED")


def htcds_row(
    fields: Mapping[str, object], role: Role = Role.VICTIM, crosswalk: Crosswalk | None = None
) -> dict[str, str]:
    """The row of one record: every column, "" where there is no answer.

    `fields` holds the answered fields only, with values as in the export (DESIGN): code; list of codes; period
    {"start", "end"}; place {"country", "district", "community"}; integer or {"value", "low", "high"}; country alpha-2;
    phone E.164; text. Fields that the crosswalk does not have are passed over, and so is a value of another shape.
    The rows of the reporter and the suspect hold their person alone. `crosswalk` is the book's, where a task force has
    fields of its own: they fill only the columns that they name, and never one that a field of the standard fills.
    """
    crosswalk = crosswalk or Crosswalk.load()
    answered = [
        crosswalk.anywhere(name) for name in crosswalk.fields if fields.get(name) not in (None, "", [], {})
    ]
    event = row_event(answered)
    cells: dict[str, list[str]] = {}
    for row in answered:
        for column, value in _cells(row, fields):
            if column.startswith(_PERSON):
                wanted = _person_of(row.field) is role
            elif column.startswith(_EVENT):
                wanted = role is Role.VICTIM and event_of(row.field) is event
            else:
                wanted = role is Role.VICTIM
            if wanted and value not in (found := cells.setdefault(column, [])):
                found.append(value)
    if role is Role.VICTIM:
        cells |= {column: [value] for column, value in decided(fields, event).items()}
    return {column: _joined(column, cells.get(column, [])) for column in columns()}


def htcds_rows(fields: Mapping[str, object]) -> tuple[dict[str, str], ...]:
    """The victim's row, then one for the reporter and one for the suspect where anything is known of their person."""
    others = (htcds_row(fields, role) for role in (Role.REPORTER, Role.SUSPECT))
    return (htcds_row(fields), *(row for row in others if any(row.values())))


def _person_of(field: str) -> Role:
    return next((role for role in (Role.REPORTER, Role.SUSPECT) if field.startswith(f"{role}_")), Role.VICTIM)


def _cells(row: FieldRow, fields: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The column and value pairs that one answered field gives."""
    value = fields[row.field]
    if row.field in _ELSEWHERE or (row.field == "exploitation_activities" and not was_exploited(fields)):
        return
    if row.type in (FieldType.ENUM, FieldType.MULTI) and (has_list(row) or not row.codes):
        for code in value if isinstance(value, list | tuple) else (value,):
            yield from _coded(row, code)
    elif row.type is FieldType.PLACE:
        yield from place_columns(row.htcds, value)
    elif row.type is FieldType.PERIOD:
        yield from ((column, start) for column in row.htcds if (start := period_start(value)))
    elif any("=" in named for named in row.htcds):
        # A means of control: a yes, or for "other" the words, is the value that the crosswalk names.
        if row.type is not FieldType.BOOLEAN or value == "yes":
            yield from map(_pair, row.htcds)
    else:
        yield from plain_columns(row, value)


def _coded(row: FieldRow, code: object) -> Iterator[tuple[str, str]]:
    """What the code list says of a code, in the columns that the crosswalk names for this field."""
    known = load_codelists()[list_name(row)].get(code) if row.codes and isinstance(code, str) else None
    named = {_pair(column)[0] for column in row.htcds}
    if known:
        yield from (pair for pair in map(_pair, known.htcds) if pair[0] in named)


def _pair(named: str) -> tuple[str, str]:
    column, _, value = named.partition("=")
    return column, value


def _joined(column: str, values: list[str]) -> str:
    if column in _SEVERAL:
        return ";".join(values)
    return "\n".join(values) if column in _LINES else "".join(values[:1])
