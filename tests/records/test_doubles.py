"""Two reports of one person share a keyed hash, however the name was written; nobody opens a record to see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from hotline.answers.sheet import Given, Status
from hotline.db import read, write
from hotline.records.doubles import possible_doubles, write_hashes
from hotline.records.tables import IdentityHash, Record
from tests.house import Home


@dataclass
class Desk:
    tx: Session
    house: Home

    def report(self, form: str, *, verified: bool = False, **answers: str) -> str:
        kit, now = self.house.desk.kit, self.house.clock.now()
        record = Record(
            id=kit.ids.new(), reference="R", conversation_id=kit.ids.new(), form=form, channel="web", language="en",
            disposition="completed", verified=verified, created_at=now, changed_at=now,
        )  # fmt: skip
        self.tx.add(record)
        self.tx.flush()
        at = int(datetime.timestamp(now))
        sheet = {name: Given(Status.ANSWERED, value, value, at, "web") for name, value in answers.items()}
        fields = {row.field: row for row in kit.book.crosswalk.form(form)}
        for _ in range(2):
            write_hashes(self.tx, kit, record, sheet, fields)
        return record.id


@pytest.fixture
def desk(house: Home) -> Iterator[Desk]:
    with write(house.desk.engine) as tx:
        yield Desk(tx, house)


def test_the_same_person_is_found_in_another_form_and_spelling(desk: Desk) -> None:
    one = desk.report("massachusetts", victim_first_names="Ana María", victim_family_names="Pérez")
    other = desk.report("standard_a", victim_first_names="PEREZ", victim_family_names="Ana-Maria")
    desk.report("standard_a", victim_first_names="Ana", victim_family_names="Pérez")
    desk.report("massachusetts", suspect_first_names="Ana María", suspect_family_names="Pérez")
    assert possible_doubles(desk.tx, one) == {other: ("victim_name",)}


def test_a_number_and_a_date_of_birth_are_found_too(desk: Desk) -> None:
    one = desk.report("online", reporter_phone="+12025550123")
    other = desk.report("hotline", reporter_phone="+12025550123")
    born = [desk.report("standard_a", victim_birthdate="2008-05-01") for _ in range(2)]
    assert possible_doubles(desk.tx, one) == {other: ("reporter_phone",)}
    assert possible_doubles(desk.tx, born[0]) == {born[1]: ("victim_birthdate",)}


def test_a_first_name_alone_and_an_officer_who_reports_twice_say_nothing(desk: Desk) -> None:
    for _ in range(2):
        desk.report("screening", verified=True, reporter_name="An Officer")
        desk.report("standard_a", victim_first_names="Ana")
    assert desk.tx.scalars(select(IdentityHash)).all() == []


def test_the_worker_makes_them_at_hand_over(house: Home) -> None:
    for sender in ("+12025550111", "+12025550121"):
        house.text("Hello", "yes", "no", "2", "a woman cleans all day", "castries", sender=sender)
    house.work()
    with read(house.desk.engine) as tx:
        records = tx.scalars(select(Record)).all()
        assert len(records) == 2
        assert possible_doubles(tx, records[0].id) == {}, "two people in one place are no doubles"
