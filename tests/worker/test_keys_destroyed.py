"""Keys are destroyed when nobody may need them any more, and never before what was told is handed over."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from hotline.alerts.tables import Alert
from hotline.alerts.taking import close
from hotline.db import read, write
from hotline.now import SetClock
from hotline.threads.copies import copies_of, owner
from hotline.threads.tables import Contact, Conversation, Message, MessageStatus, WorkerCopy
from hotline.vault.sealing import Unsealable
from hotline.vault.store_tables import Epoch, Wrap
from tests.house import CALLER, Home, home
from tests.vaulted import destroyed
from tests.worker.conftest import Iterator

STORY = ("Hello", "yes", "no", "2", "a woman in a blue boat", "castries")


@pytest.fixture
def house(sqlite_url: str, tmp_path: Path, clock: SetClock) -> Iterator[Home]:
    with home(sqlite_url, tmp_path / "var", clock) as running:
        yield running


def wraps_for_worker(house: Home, owner_id: str) -> int:
    with read(house.desk.kit.sealer.store.engine) as tx:
        asked = select(func.count()).where(Wrap.owner == owner_id, Wrap.role == "worker")
        return tx.scalar(asked) or 0


def test_a_worker_that_was_away_for_a_week_still_makes_the_record(house: Home) -> None:
    house.text(*STORY)
    for _ in range(14):
        house.pass_time(hours=12)
        house.tick()
    with read(house.desk.kit.sealer.store.engine) as tx:
        epochs = tx.scalars(select(Epoch.number)).all()
    assert len(epochs) <= 9, "those of the last 48 hours, and the one that seals now"
    (conversation,) = house.all(Conversation)
    assert conversation.state_sealed is not None
    assert house.desk.kit.sealer.flying(conversation.id, conversation.state_sealed) is None, (
        "not the intake's"
    )
    assert wraps_for_worker(house, conversation.id) == 1
    house.work()
    (record,) = house.records()
    assert record["fields"]["incident_location"]["value"]["district"] == "LC-02"
    house.tick()
    house.tick()
    assert house.all(Conversation)[0].state_sealed is None
    assert wraps_for_worker(house, conversation.id) == 0, "the record stands: its key is destroyed"


def test_with_the_outcome_the_copies_open_for_nobody_not_even_from_a_backup(house: Home) -> None:
    house.staffed()
    house.text("help, he has a knife")
    house.work()
    (alert,) = house.all(Alert)
    with read(house.desk.engine) as tx:
        backup = [(message.id, copy.sealed) for message, copy in copies_of(tx, alert.thread_id) if copy]
    assert [house.shop.reader.open(owner(one), sealed) for one, sealed in backup] == [b"help, he has a knife"]
    with write(house.desk.engine) as tx:
        close(tx, house.desk.kit, alert.id, None, "safe", house.clock.now())
    house.tick()
    assert house.all(WorkerCopy) == []
    for one, sealed in backup:
        with pytest.raises(Unsealable):
            house.shop.reader.open(owner(one), sealed)
    house.text("he is here again with the knife")
    with read(house.desk.engine) as tx:
        later = [(message.id, copy.sealed) for message, copy in copies_of(tx, alert.thread_id) if copy]
    assert [house.shop.reader.open(owner(one), sealed) for one, sealed in later] == [
        b"he is here again with the knife"
    ]


def test_copies_that_nobody_asked_for_lose_their_key_after_two_days(house: Home) -> None:
    house.text("Hello", "yes")
    house.work()
    (thread_id,) = {copy.thread_id for copy in house.all(WorkerCopy)}
    assert wraps_for_worker(house, thread_id) == 1
    house.pass_time(hours=49)
    house.tick()
    assert house.all(WorkerCopy) == []
    assert wraps_for_worker(house, thread_id) == 0


def test_a_forgotten_number_is_forgotten_in_backups_too(house: Home) -> None:
    message_id = house.queue("Are you safe?")
    (contact,) = house.all(Contact)
    assert contact.number_sealed is not None
    assert house.shop.reader.open(contact.id, contact.number_sealed) == CALLER.encode()
    destroyed(house.desk.engine, house.desk.kit.sealer.store, contact.id)
    with pytest.raises(Unsealable):
        house.shop.reader.open(contact.id, contact.number_sealed)
    house.work()
    assert house.message(message_id).status == MessageStatus.FAILED, "and nobody stumbles over it"


def test_a_text_that_was_in_flight_for_too_long_is_given_up(house: Home) -> None:
    message_id = house.queue("Are you safe?")
    house.pass_time(hours=60)
    house.tick()
    house.work()
    assert house.message(message_id).status == MessageStatus.FAILED
    assert "Are you safe?" not in [one.body for one in house.net.messages.values()]


def test_a_page_whose_text_was_in_flight_for_too_long_still_rings(house: Home) -> None:
    """Everything was down for three days: the alert is paged on, by new texts and by call."""
    house.staffed()
    house.text("help, he has a knife")
    house.pass_time(hours=72)
    with write(house.desk.engine) as tx:
        for message in tx.scalars(select(Message).where(Message.outgoing_sealed.is_not(None))):
            assert house.desk.kit.sealer.flying(message.id, message.outgoing_sealed or b"") is not None
    house.desk.kit.sealer.store.destroy_epochs(house.desk.kit.sealer.store.epochs_before(2**31))
    house.tick()
    house.work()
    house.pass_time(seconds=30)
    house.tick()
    house.work()
    assert any(call.phone is not None for call in house.net.calls.values()), "somebody's phone rings"
    (alert,) = house.all(Alert)
    assert alert.state == "open"
