"""Counting what records say, without opening one."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from hotline.access.matrix import Matrix
from hotline.access.matrix_file import OWN, read_matrix
from hotline.answers.sheet import Given, Status
from hotline.conversation.effects import Disposition
from hotline.conversation.state import State
from hotline.db import read, write
from hotline.records.tables import Record
from hotline.standards.crosswalk import Crosswalk
from hotline.statistics.aggregates import Cell, counted, forget_finished
from hotline.statistics.tables import AggregateCount, Counted
from hotline.threads import conversations
from hotline.threads.contacts import contact_of, thread_of
from hotline.threads.tables import Conversation
from tests.house import Home


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


MATRIX, _ = read_matrix(OWN, Crosswalk.load())


def told(house: Home, place: int, **answers: Any) -> str:
    """A screening with these answers, made a record by the worker; gives the conversation's id."""
    kit, now = house.desk.kit, house.clock.now()
    with write(house.desk.engine) as tx:
        contact = contact_of(tx, kit, f"+1202555{100 + place:04d}", now)
        thread = thread_of(tx, kit, contact, "sms", "main", now)
        conversation = conversations.begin(tx, kit, thread.id, "sms", kit.book.hash, now)
        conversation.disposition = Disposition.COMPLETED
        conversation_id = str(conversation.id)
    tells(house, conversation_id, **answers)
    return conversation_id


def tells(house: Home, conversation_id: str, **answers: Any) -> None:
    kit, now = house.desk.kit, house.clock.now()
    with write(house.desk.engine) as tx:
        conversation = tx.get(Conversation, conversation_id)
        assert conversation is not None
        sheet = {name: Given(Status.ANSWERED, value, str(value), 0, "sms") for name, value in answers.items()}
        state = State(kit.book.hash, "K7P", form="screening", locale="en", kind="work", sheet=sheet)
        conversations.save(kit, conversation, state, now)
        house.shop.normaliser.submit(tx, conversation_id, now)


def cells(house: Home, smallest: int = 1, matrix: Matrix = MATRIX) -> list[Cell]:
    with read(house.desk.engine) as tx:
        return counted(tx, matrix, smallest)


def numbers(house: Home, smallest: int = 1) -> dict[tuple[str, str], int | None]:
    return {(cell.field, cell.value): cell.number for cell in cells(house, smallest)}


def test_codes_and_bands_are_counted_and_nothing_else(house: Home) -> None:
    told(
        house, 0, victim_sex="female", victim_age=16, exploitation_types=["labour", "begging"],
        victim_ethnicity="said in words", victim_country_of_birth="HT", reporter_name="Rosalind Fictional",
    )  # fmt: skip
    told(house, 1, victim_sex="female", victim_age={"value": 16, "low": 16, "high": 19})
    assert numbers(house) == {
        ("victim_sex", "female"): 2,
        ("victim_age", "9--17"): 1,
        ("victim_age", "unclear"): 1,
        ("exploitation_types", "labour"): 1,
        ("exploitation_types", "begging"): 1,
    }
    assert {(cell.month, cell.form, cell.channel) for cell in cells(house)} == {
        ("2026-11", "screening", "sms")
    }


def test_an_answer_that_changes_is_counted_once(house: Home) -> None:
    conversation = told(house, 0, victim_sex="female", victim_age=16)
    tells(house, conversation, victim_sex="female", victim_age=16)
    tells(house, conversation, victim_sex="male")
    assert numbers(house) == {("victim_sex", "male"): 1}


def test_nothing_of_it_leads_back_to_a_record(house: Home) -> None:
    conversation = told(house, 0, victim_sex="female")
    with write(house.desk.engine) as tx:
        record = tx.scalars(select(Record)).one()
        count = tx.scalars(select(AggregateCount)).first()
        assert count is not None
        kept = [str(getattr(count, column.key)) for column in AggregateCount.__table__.columns]
        assert not {record.id, conversation, record.reference} & set(kept)
        forget_finished(tx)
        assert tx.scalars(select(Counted)).one().record_id == record.id, "the conversation may go on"
        row = tx.get(Conversation, conversation)
        assert row is not None
        row.state_sealed = None
        tx.flush()
        forget_finished(tx)
        assert tx.scalars(select(Counted)).all() == []
    assert numbers(house) == {("victim_sex", "female"): 1}


def test_small_numbers_are_not_given_and_cannot_be_worked_out(house: Home) -> None:
    """12 female, 12 male and 3 not known: with the sum known, the 3 would be too, so 12 go with them."""
    row = {"month": "2026-11", "form": "screening", "channel": "sms", "field": "victim_sex"}
    with write(house.desk.engine) as tx:
        for value, number in (("female", 12), ("male", 13), ("unknown", 3)):
            tx.add(AggregateCount(**row, value=value, number=number))
    assert numbers(house, 11) == {
        ("victim_sex", "female"): None,
        ("victim_sex", "male"): 13,
        ("victim_sex", "unknown"): None,
    }


def test_where_the_matrix_does_not_let_it_nothing_is_counted_out(house: Home) -> None:
    told(house, 0, victim_sex="female")
    assert cells(house, matrix=Matrix()) == []
