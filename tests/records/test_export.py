"""The export: exactly the shapes that others rely on, for every field of every form; and HTCDS columns as CSV."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from typing import Any

import pytest
import yaml

from hotline.access.matrix import ROLES, Purpose
from hotline.access.matrix_file import OWN, read_matrix
from hotline.access.tables import PRESET_ROLES, Role
from hotline.answers.sheet import Given, Status
from hotline.conversation.effects import Disposition
from hotline.conversation.state import Road, State
from hotline.db import read, write
from hotline.records.export import Leave, as_htcds, as_jsonl
from hotline.standards.crosswalk import Crosswalk, FieldRow, FieldType
from hotline.standards.htcds import columns
from hotline.threads import conversations
from hotline.threads.contacts import contact_of, thread_of
from hotline.vault.keys import KeyFolder
from hotline.vault.sealing import RecordsReader
from tests.house import CALLER, Home
from tests.whole import whole

FORMS = ("screening", "online", "hotline", "opening")
KEYS = [
    "id",
    "reference",
    "form",
    "channel",
    "language",
    "contact_kind",
    "danger",
    "created_at",
    "disposition",
    "fields",
]
READY = tuple(role.value for role in Role if role not in PRESET_ROLES)
PERIOD = {"start": "2026-03", "end": "2026-05-12"}
PLACE = {"country": "LC", "district": "LC-06", "community": "Gros Islet"}
ESTIMATE = {"value": 14, "low": 14, "high": 16}
SAID = "what was said, ‘ñ’, 中文, \n a line"


def a_value(row: FieldRow) -> Any:
    """A value in the shape that the field's type has in the export."""
    if row.field == "reporter_anonymous":
        return "no"  # of who stays unnamed no name is kept
    match row.type:
        case FieldType.ENUM | FieldType.BOOLEAN:
            return row.codes[0] if row.codes else "yes"
        case FieldType.MULTI:
            return list(row.codes[:2])
        case FieldType.PERIOD:
            return PERIOD
        case FieldType.PLACE:
            return PLACE
        case FieldType.INTEGER:
            return 16
        case FieldType.COUNTRY:
            return "VE"
        case FieldType.PHONE:
            return "+12025550123"
        case FieldType.DATE:
            return "2026-11-20"
        case FieldType.LANGUAGES:
            return ["ht", "fr"]
        case _:
            return SAID


def fill(house: Home, form: str, sheet: dict[str, Given], **more: Any) -> None:
    """A conversation that ended with this sheet, made a record by the worker."""
    kit, now = house.desk.kit, house.clock.now()
    with write(house.desk.engine) as tx:
        contact = contact_of(tx, kit, CALLER, now)
        thread = thread_of(tx, kit, contact, "sms", "main", now)
        conversation = conversations.begin(tx, kit, thread.id, "sms", kit.book.hash, now)
        conversation.disposition = Disposition.COMPLETED
        state = State(kit.book.hash, "K7P", form=form, locale="fr", kind="other", sheet=sheet, **more)
        conversations.save(kit, conversation, state, now)
        house.shop.normaliser.submit(tx, conversation.id, now)


def answered(value: Any) -> Given:
    return Given(Status.ANSWERED, value, SAID, 1_790_000_000, "sms")


def lines(house: Home, write_lines: Any, leave: Leave | None = None) -> list[str]:
    reader = RecordsReader(
        KeyFolder(house.desk.settings.data_dir / "keys").read("export.key"), house.desk.kit.sealer.store
    )
    with read(house.desk.engine) as tx:
        return list(write_lines(tx, reader, Crosswalk.load(), leave or whole()))


def exported(house: Home) -> dict[str, Any]:
    (line,) = lines(house, as_jsonl)
    assert "\n" not in line
    return json.loads(line)


@pytest.mark.parametrize("form", FORMS)
def test_every_field_of_the_form_has_its_shape(house: Home, form: str) -> None:
    crosswalk = Crosswalk.load().form(form)
    sheet = {row.field: answered(a_value(row)) for row in crosswalk}
    fill(house, form, sheet)
    record = exported(house)
    assert list(record) == KEYS
    assert list(record["fields"]) == list(dict.fromkeys(row.field for row in crosswalk))
    assert (record["form"], record["channel"], record["language"]) == (form, "sms", "fr")
    assert (record["contact_kind"], record["danger"]) == ("other", "routine")
    assert record["disposition"] == "completed"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", record["created_at"])
    for row in crosswalk:
        field = record["fields"][row.field]
        assert list(field) == ["status", "value", "said"]
        assert field["status"] == "answered", row.field
        assert field["value"] == a_value(row) or row.field in ("registration_date", "report_date"), row.field


@pytest.mark.parametrize("form", FORMS)
def test_what_is_not_answered_has_a_status_and_no_value(house: Home, form: str) -> None:
    filled = {"registration_date", "report_date"}
    rows = [row for row in Crosswalk.load().form(form) if row.field not in filled]
    unanswered = itertools.cycle([Status.UNKNOWN, Status.DECLINED, Status.PENDING, Status.NOT_ASKED])
    given = {row.field: next(unanswered) for row in rows}
    fill(house, form, {name: Given(status, "never shown", "hm", 0, "sms") for name, status in given.items()})
    fields = exported(house)["fields"]
    for name, status in given.items():
        assert fields[name] == {"status": status.value, "value": None, "said": "hm"}


def test_what_was_never_reached_is_not_asked(house: Home) -> None:
    fill(house, "online", {"incident_location": answered(PLACE)})
    fields = exported(house)["fields"]
    empty = {"status": "not_asked", "value": None, "said": None}
    assert fields["incident_location"]["value"] == PLACE
    assert fields["victim_country_of_birth"] == empty
    assert fields["incident_narrative"] == empty


def test_an_estimated_number_has_its_bounds(house: Home) -> None:
    fill(house, "screening", {"victim_age": answered(ESTIMATE)})
    assert exported(house)["fields"]["victim_age"]["value"] == ESTIMATE


def test_the_words_of_the_road_are_the_narrative(house: Home) -> None:
    fill(house, "online", {}, words=["men sleep in a shop", "at the port", "men sleep in a shop"])
    assert exported(house)["fields"]["incident_narrative"]["value"] == "men sleep in a shop / at the port"


def test_the_threads_worse_grade_counts(house: Home) -> None:
    house.text("Hello", "yes", "no", "2", "a woman cleans all day", "castries")
    house.work()
    assert house.records()[0]["danger"] == "routine"
    house.text("he has a knife")
    house.work()
    assert {record["danger"] for record in house.records()} == {"emergency"}


def table(house: Home) -> list[dict[str, str]]:
    text = "".join(line + "\n" for line in lines(house, as_htcds))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_htcds_has_the_standards_columns_and_one_row_a_record(house: Home) -> None:
    assert [line.split(",")[0] for line in lines(house, as_htcds)] == [columns()[0]], "the header alone"
    fill(
        house,
        "screening",
        {
            "victim_sex": answered("female"),
            "victim_age": answered(16),
            "victim_country_of_birth": answered("VE"),
            "incident_location": answered(PLACE),
            "incident_period": answered(PERIOD),
            "situation_status": answered("potential"),
        },
    )
    (row,) = table(house)
    assert tuple(row) == columns()
    assert row["prs_Gender"] == "Feminine"
    assert row["vic_TraffickingStatus"] == "PossibleVictimOfTrafficking"
    assert row["hte_Date"] == "2026-03"
    assert row["hte_City"] == "Gros Islet"


def test_htcds_leaves_empty_what_is_not_answered(house: Home) -> None:
    fill(house, "screening", {"victim_age": Given(Status.PENDING, 16, "16 or 17", 0, "sms")})
    (row,) = table(house)
    assert not any("16" in cell for cell in row.values())


def test_no_cell_is_run_as_a_formula(house: Home) -> None:
    starts = ["=", "+", "-", "@", "\t", "\r"]
    for start in starts:
        fill(house, "online", {}, words=[f'{start}HYPERLINK("http://x";"y")'])
    cells = [cell for row in table(house) for cell in row.values() if "HYPERLINK" in cell]
    assert len(cells) == len(starts)
    assert all(cell.startswith("'") for cell in cells)


def test_a_formula_after_a_line_end_or_blank_is_no_formula_either(house: Home) -> None:
    fill(house, "online", {}, words=[' =HYPERLINK("http://x";"y")', "plain, with a comma\nand a line"])
    cells = [cell for row in table(house) for cell in row.values() if "HYPERLINK" in cell]
    assert cells
    assert all(cell.lstrip()[:1] != "=" for cell in cells)
    assert "plain, with a comma\nand a line" in cells[0]


def test_a_number_keeps_its_plus(house: Home) -> None:
    rows = [row for row in Crosswalk.load().form("hotline") if row.type is FieldType.PHONE]
    victims = [row for row in rows if row.field.startswith("victim")]
    for row in victims[:1]:
        fill(house, "hotline", {row.field: answered("+12025550123")})
        assert any(cell == "+12025550123" for cell in table(house)[0].values())


def test_a_registered_officers_words_do_not_become_the_victims(house: Home) -> None:
    fill(
        house,
        "screening",
        {"reporter_name": answered("An Officer"), "victim_age": answered(16)},
        road=Road.OFFICER,
    )
    assert not any("An Officer" in cell for row in table(house) for cell in row.values())


def test_no_role_exports_a_field_that_the_matrix_does_not_let_leave_for_the_purpose(house: Home) -> None:
    """Of every form, as every role for every purpose, in both formats; the marks stand in value and in what was said."""
    names = {f"zq{place:03d}qz": name for place, name in enumerate(Crosswalk.load().fields)}
    marks = {name: mark for mark, name in names.items()}
    for form in Crosswalk.load().forms:
        sheet = {
            row.field: Given(Status.ANSWERED, marks[row.field], f"said {marks[row.field]}", 0, "sms")
            for row in Crosswalk.load().form(form)
        }
        if "reporter_anonymous" in sheet:
            sheet["reporter_anonymous"] = answered("no")  # else what names the reporter is not kept
        fill(house, form, sheet)
    matrix, _ = read_matrix(OWN, Crosswalk.load(), READY)
    content = yaml.safe_load(OWN.read_text(encoding="utf-8"))["rules"]
    for role, purpose in itertools.product(ROLES, Purpose):
        named = {
            what
            for row in content
            if (row["role"], row["purpose"]) == (role, purpose) and "export" in row["may"]
            for what in row["what"]
        }
        may = {name for name in marks if Crosswalk.load().sensitivity(name) in named}
        for as_lines in (as_jsonl, as_htcds) if named else (as_jsonl,):
            text = "\n".join(lines(house, as_lines, Leave(matrix, purpose, role)))
            found = {names[mark] for mark in re.findall(r"zq\d{3}qz", text)}
            assert found <= may, f"{role} {purpose}: {sorted(found - may)}"
            assert as_lines is as_htcds or found >= may - {
                "registration_date",
                "report_date",
                "reporter_anonymous",
            }
            assert ("K7P" in text) is ("report" in named and as_lines is as_jsonl), f"{role} {purpose}"


def test_for_statistics_nothing_leads_back_to_a_record(house: Home) -> None:
    fill(house, "screening", {"victim_age": answered(16), "incident_location": answered(PLACE)})
    matrix, _ = read_matrix(OWN, Crosswalk.load())
    (line,) = lines(house, as_jsonl, Leave(matrix, Purpose.STATISTICS))
    record = json.loads(line)
    assert "id" not in record
    assert "reference" not in record
    assert record["created_at"] == "2026-11"
    assert record["fields"]["victim_age"]["value"] == 16
    assert "incident_location" not in record["fields"]
