"""From a conversation to its standard record, which grows with every answer and is made once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from hotline.answers.sheet import Given, Status
from hotline.db import read, write
from hotline.records.tables import Record, RecordField
from hotline.threads.conversations import load, save
from hotline.threads.tables import Conversation
from hotline.vault.keys import KeyFolder
from hotline.vault.sealing import RecordsReader
from tests.house import OFFICER, Home

REPORT = "scr pot 12/11 castries f16 ve sex none"


def stored(house: Home) -> dict[str, tuple[str, Any]]:
    """Every field's row id and opened content."""
    reader = RecordsReader(
        KeyFolder(house.desk.settings.data_dir / "keys").read("export.key"), house.desk.kit.sealer.store
    )
    with read(house.desk.engine) as tx:
        return {
            row.field: (row.id, json.loads(reader.open(row.id, row.sealed)))
            for row in tx.scalars(select(RecordField))
        }


def only(house: Home) -> dict[str, Any]:
    house.work()
    (record,) = house.records()
    return record


def value(house: Home, field: str) -> Any:
    return only(house)["fields"][field]["value"]


def test_an_officers_text_becomes_a_record_of_codes(registered: Home) -> None:
    registered.text(REPORT, sender=OFFICER)
    record = only(registered)
    assert (record["form"], record["channel"], record["language"]) == ("screening", "sms", "en")
    assert (record["contact_kind"], record["disposition"]) == ("work", "completed")
    found = {name: field["value"] for name, field in record["fields"].items() if field["value"] is not None}
    assert found == {
        "situation_status": "potential",
        "incident_period": {"start": "2026-11-12", "end": "2026-11-12"},
        "incident_location": {"country": "LC", "district": "LC-02", "community": None},
        "registration_date": "2026-11-20",
        "victim_sex": "female",
        "victim_age": 16,
        "victim_country_of_birth": "VE",
        "exploitation_types": ["sexual_exploitation"],
        "previous_report": "none",
        "reporter_name": "An Officer",
        "reporter_post": "Sergeant",
        "reporter_agency": "Police",
    }


def test_normalised_again_nothing_changes(registered: Home) -> None:
    registered.text(REPORT, sender=OFFICER)
    before, rows = only(registered), stored(registered)
    (conversation,) = registered.all(Conversation)
    for _ in range(2):
        with write(registered.shop.engine) as tx:
            record_id = registered.shop.normaliser.submit(tx, conversation.id, registered.clock.now())
    assert record_id == before["id"]
    assert registered.records() == [before]
    assert stored(registered) == rows, "the same rows with the same content"


def test_a_correction_keeps_the_older_value(registered: Home) -> None:
    registered.text(REPORT, sender=OFFICER)
    registered.work()
    registered.text("7=haiti", sender=OFFICER)
    assert value(registered, "victim_country_of_birth") == "HT"
    _, content = stored(registered)["victim_country_of_birth"]
    assert [older[1] for older in content["older"]] == ["VE"]
    registered.text("7=guyana", sender=OFFICER)
    assert value(registered, "victim_country_of_birth") == "GY"
    _, content = stored(registered)["victim_country_of_birth"]
    assert [older[1] for older in content["older"]] == ["VE", "HT"]
    _, untouched = stored(registered)["victim_age"]
    assert "older" not in untouched


def test_what_was_not_understood_is_pending_with_what_was_said(registered: Home) -> None:
    registered.text("scr pot; 12/11; castries; f; 200; ve; -; sex; none", sender=OFFICER)
    record = only(registered)
    assert record["fields"]["victim_age"] == {"status": "pending", "value": None, "said": "200"}
    assert record["disposition"] == "partial"


def test_an_unregistered_sender_is_nobody_in_the_record(house: Home) -> None:
    house.text(REPORT, sender=OFFICER)
    record = only(house)
    assert value(house, "victim_age") == 16
    for field in ("reporter_name", "reporter_post", "reporter_agency"):
        assert record["fields"][field] == {"status": "not_asked", "value": None, "said": None}
    with read(house.desk.engine) as tx:
        assert tx.scalars(select(Record.verified)).one() is False


def test_an_officer_without_a_post_has_none(registered: Home) -> None:
    from hotline.access.people import add_officer

    with write(registered.desk.engine) as tx:
        add_officer(
            tx, registered.desk.kit.sealer, registered.shop.house, registered.desk.kit.ids,
            registered.clock.now(), phone=OFFICER, name="Another Name", agency="Health",
        )  # fmt: skip
    registered.text(REPORT, sender=OFFICER)
    record = only(registered)
    assert record["fields"]["reporter_post"]["status"] == "not_asked"
    assert value(registered, "reporter_name") == "Another Name"
    assert value(registered, "reporter_agency") == "Health"


def test_from_the_opening_to_the_report_it_leads_to_the_fields_change(house: Home) -> None:
    house.text("Hello", "yes", "no")
    opening = only(house)
    assert opening["form"] == "opening"
    assert opening["fields"]["safe_now"]["value"] == "yes"
    assert opening["contact_kind"] is None
    house.text("2", "a woman cleans all day without pay", "castries")
    record = only(house)
    assert (record["id"], record["form"], record["contact_kind"]) == (opening["id"], "online", "other")
    assert "safe_now" not in record["fields"]
    assert record["fields"]["incident_location"]["value"]["district"] == "LC-02"
    assert "safe_now" not in stored(house), "nor does it lie about in the database"


def test_the_story_is_the_narrative_and_told_once(house: Home) -> None:
    house.text("Hello, a woman cleans all day without pay", "yes", "no", "2")
    narrative = None
    for body in ("castries", "may 2026"):
        house.text(body)
        narrative = value(house, "incident_narrative")
    assert narrative is not None
    assert narrative.count("cleans all day") == 1


ROAD = ("Hello", "yes", "no", "2", "a woman cleans all day", "castries", "may 2026", "1", "5")


@pytest.mark.parametrize("reply", ["1", "2"])
def test_who_was_not_asked_for_a_name_is_unnamed_and_the_number_is_in_no_record(
    house: Home, reply: str
) -> None:
    house.text(*ROAD)
    house.text(reply)
    record = only(house)
    assert record["fields"]["reporter_contact_ok"]["value"] == ("yes" if reply == "1" else "no")
    assert record["fields"]["reporter_phone"]["value"] is None
    assert "+12025550111" not in json.dumps(record)
    assert [row.anonymous for row in house.all(Record)] == [True]


def told_on(house: Home, **sheet: str) -> dict[str, object]:
    """The record of somebody who answered besides what `sheet` says."""
    house.text(*ROAD, "1")
    (conversation,) = house.all(Conversation)
    with write(house.desk.engine) as tx:
        row = tx.get(Conversation, conversation.id)
        assert row is not None
        state = load(house.desk.kit, row)
        for name, value in sheet.items():
            state.sheet[name] = Given(Status.ANSWERED, value, value, 0, "sms")
        save(house.desk.kit, row, state, house.clock.now())
    with write(house.desk.engine) as tx:
        house.shop.normaliser.submit(tx, conversation.id, house.clock.now())
    fields: dict[str, object] = only(house)["fields"]
    return fields


def test_the_number_is_in_the_record_of_who_may_be_named_and_asked_back(house: Home) -> None:
    fields = told_on(house, reporter_anonymous="no")
    assert "+12025550111" in json.dumps(fields["reporter_phone"])
    assert [row.anonymous for row in house.all(Record)] == [False]


def test_a_name_told_before_the_wish_to_stay_unnamed_is_in_no_record(house: Home) -> None:
    fields = told_on(house, reporter_anonymous="yes", reporter_first_name="Somebody")
    assert "Somebody" not in json.dumps(fields)


def test_nothing_answered_is_no_record(house: Home) -> None:
    house.text("Hello")
    house.work()
    assert house.records() == []


def test_a_conversation_without_a_state_gives_no_record(house: Home) -> None:
    house.text("Hello", "yes", "no", "2", "a woman cleans all day", "castries")
    before = only(house)
    (conversation,) = house.all(Conversation)
    with write(house.desk.engine) as tx:
        row = tx.get(Conversation, conversation.id)
        assert row is not None
        row.state_sealed = None
    with write(house.shop.engine) as tx:
        assert house.shop.normaliser.submit(tx, conversation.id, house.clock.now()) is None
        assert house.shop.normaliser.submit(tx, "no-such-one", house.clock.now()) is None
    assert house.records() == [before], "what stands stays"
