"""Page calls, texts of pages that will not arrive, and recordings: what the worker does with the other deeds."""

from __future__ import annotations

import pytest

from hotline.alerts.raising import raise_alert
from hotline.alerts.tables import Alert, Page
from hotline.db import write
from hotline.simulator.config import PhoneConfig
from hotline.threads.outbox import DeedKind, lease
from hotline.threads.tables import Deed, DeedState, Message, MessageStatus, Recording, Thread
from hotline.triage.grade import Grade
from hotline.vault.keys import KeyFolder
from hotline.vault.sealing import RecordsReader, Unsealable
from tests.house import CALLER, FIRST, LINE, Home
from worker.deeds import do


@pytest.fixture
def staffed(house: Home) -> Home:
    """First is on call, then Second."""
    house.staffed()
    return house


def urgent(house: Home) -> None:
    """Somebody waits: a text at once, a call only after some minutes."""
    house.text("Hello")
    (thread,) = house.all(Thread)
    with write(house.desk.engine) as tx:
        raise_alert(
            tx, house.desk.kit, thread_id=thread.id, grade=Grade.URGENT, rules=("asked_for_person",),
            language="en", now=house.clock.now(),
        )  # fmt: skip


def test_in_danger_the_phone_on_call_gets_text_and_call(staffed: Home) -> None:
    staffed.text("he has a knife")
    staffed.work()
    staffed.pass_time(seconds=5)
    phone = staffed.net.phone(FIRST)
    assert phone.ringing is not None
    assert len(phone.texts) == 1
    assert "knife" not in phone.texts[0]
    assert staffed.net.errors == []


def test_a_ring_done_twice_rings_once(staffed: Home) -> None:
    staffed.text("he has a knife")
    with write(staffed.shop.engine) as tx:
        ring = next(deed for deed in lease(tx, staffed.clock.now()) if deed.kind is DeedKind.RING)
    do(staffed.shop, ring)
    do(staffed.shop, ring)
    assert len([call for call in staffed.net.calls.values() if call.to == FIRST]) == 1


def test_a_page_whose_text_is_refused_for_good_goes_by_call_at_once(staffed: Home) -> None:
    urgent(staffed)
    staffed.net.lines[LINE].stopped.add(FIRST)
    staffed.work()
    (text,) = staffed.all(Message, Message.page_id.is_not(None))
    assert (text.status, text.error_code) == (MessageStatus.FAILED, "21610")
    staffed.work()
    staffed.pass_time(seconds=2)
    assert staffed.net.phone(FIRST).ringing is not None


def test_without_a_refusal_an_urgent_page_rings_only_later(staffed: Home) -> None:
    urgent(staffed)
    staffed.work()
    staffed.pass_time(seconds=10)
    assert len(staffed.net.phone(FIRST).texts) == 1
    assert staffed.net.phone(FIRST).ringing is None


def test_a_number_that_is_none_is_given_up(house: Home) -> None:
    message = house.queue("Where are you now?", to="12345")
    house.work()
    assert (house.message(message).status, house.message(message).error_code) == ("failed", "21211")
    assert house.message(message).outgoing_sealed is None
    (deed,) = house.all(Deed)
    assert (deed.state, deed.error) == (DeedState.FAILED, "21211")
    house.pass_time(hours=1)
    assert house.work() == 0


def test_a_call_that_cannot_be_placed_leads_to_the_next_person(staffed: Home) -> None:
    staffed.net.faults.load([{"what": "call", "to": FIRST, "fault": "call_failed"}])
    staffed.text("he has a knife")
    for _ in range(3):
        staffed.work()
        staffed.pass_time(seconds=5)
        staffed.tick()
    staffed.work()
    paged = [page.staff_id for page in staffed.all(Page)]
    assert len(set(paged)) == 2
    assert [alert.state for alert in staffed.all(Alert)] == ["open"]


def message_after_the_tone(house: Home) -> None:
    """A caller tells it in own words."""
    house.net.dial(CALLER, LINE)
    for keys in ("1", "2", "1"):
        house.pass_time(seconds=2)
        house.net.press(CALLER, keys)
    house.pass_time(seconds=10)
    house.net.speak(CALLER, "she is at the market")
    house.pass_time(seconds=2)
    house.net.press(CALLER, "#")
    house.pass_time(milliseconds=500)


def test_a_recording_is_fetched_and_sealed(house: Home) -> None:
    message_after_the_tone(house)
    house.work()
    assert house.all(Recording) == [], "the carrier has not made the file yet"
    assert "fetch" in house.pending()
    house.pass_time(seconds=40)
    house.work()
    (kept,) = house.all(Recording)
    words = "she is at the market".encode("utf-16-le")  # as the network's MP3 carries them
    assert words not in kept.media_sealed
    keys = KeyFolder(house.desk.settings.data_dir / "keys")
    reader = RecordsReader(keys.read("export.key"), house.desk.kit.sealer.store)
    assert words in reader.open(kept.message_id, kept.media_sealed)
    with pytest.raises(Unsealable):
        reader.open("another-message", kept.media_sealed)
    assert house.net.errors == []
    with write(house.desk.engine) as tx:
        for deed in tx.query(Deed).filter(Deed.kind == "fetch"):
            deed.state = DeedState.PENDING.value
    house.work()
    assert len(house.all(Recording)) == 1, "fetched again, kept once"


def test_a_recording_that_never_comes_is_given_up(house: Home) -> None:
    message_after_the_tone(house)
    house.net.recordings.clear()
    for _ in range(15):
        house.work()
        house.pass_time(minutes=5)
    (deed,) = house.all(Deed, Deed.kind == "fetch")
    assert deed.state == DeedState.FAILED


def test_a_phone_that_is_off_gets_its_text_as_undelivered(house: Home) -> None:
    house.net.add_phone(PhoneConfig("+12025550177", "Off", on=False))
    message = house.queue("Where are you now?", to="+12025550177")
    house.work()
    house.pass_time(hours=5)
    assert house.message(message).status in (MessageStatus.UNDELIVERED, MessageStatus.FAILED)
