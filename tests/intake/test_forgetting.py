"""FORGET through the whole intake: what is cleared, and what a human keeps."""

from datetime import timedelta

from sqlalchemy import func, select

from hotline.conversation.effects import Disposition
from hotline.db import read
from hotline.intake.desk import Desk
from hotline.now import SetClock
from hotline.records.export import rows
from hotline.records.tables import Record
from hotline.standards.crosswalk import Crosswalk
from hotline.threads.tables import Conversation, Message, Thread
from hotline.vault.keys import KeyFolder
from hotline.vault.sealing import RecordsReader
from tests.intake.webhooks import Twilio, said
from tests.whole import whole
from worker import clock as clock_process
from worker.drain import drain
from worker.workshop import Workshop


def tell(twilio: Twilio, *texts: str) -> str | None:
    answer = None
    for text in texts:
        answer = said(twilio.text(text))
    return answer


def number_of(desk: Desk, table: type) -> int:
    with read(desk.engine) as tx:
        return tx.scalar(select(func.count()).select_from(table)) or 0


def exported(desk: Desk) -> list[str]:
    reader = RecordsReader(
        KeyFolder(desk.settings.data_dir / "keys").read("export.key"), desk.kit.sealer.store
    )
    with read(desk.engine) as tx:
        return [row["disposition"] for row in rows(tx, reader, Crosswalk.load(), whole())]


def test_a_report_in_the_making_is_cleared_with_its_record_and_its_messages(
    twilio: Twilio, desk: Desk, shop: Workshop
) -> None:
    tell(twilio, "Hello", "1", "2", "2", "she cleans all day", "castries")
    drain(shop)
    assert number_of(desk, Record) == 1
    assert tell(twilio, "forget", "1") == desk.shelf.newest.say("public.forgotten", "en")
    drain(shop)
    assert number_of(desk, Record) == 0
    assert exported(desk) == []
    assert number_of(desk, Message) == 1  # the last answer, which says nothing
    with read(desk.engine) as tx:
        thread = tx.scalars(select(Thread)).one()
        conversation = tx.scalars(select(Conversation)).one()
        assert (thread.state, thread.asked_to_forget) == ("closed", False)
        assert conversation.disposition == Disposition.REFUSED
    assert tell(twilio, "Hello") == desk.shelf.newest.text(
        desk.shelf.newest.forms["opening"].item("safe_now").label, "en"
    )


def test_a_thread_of_danger_is_left_to_a_human_with_the_same_words(
    twilio: Twilio, desk: Desk, shop: Workshop
) -> None:
    tell(twilio, "Hello", "1", "2", "2", "she cleans all day", "now he is beating her")
    before = number_of(desk, Message)
    assert tell(twilio, "forget", "1") == desk.shelf.newest.say("public.forgotten", "en")
    drain(shop)
    assert number_of(desk, Message) > before
    assert number_of(desk, Record) == 1
    with read(desk.engine) as tx:
        assert tx.scalars(select(Thread)).one().asked_to_forget


def test_what_the_house_alone_knows_keeps_it_too(twilio: Twilio, desk: Desk, shop: Workshop) -> None:
    """An earlier conversation of the thread was urgent: the new one is not wiped out."""
    with_words = tell(twilio, "Hello", "maybe", "yes", "2", "2", "she cleans all day")
    assert with_words is not None
    tell(twilio, "forget", "1")
    drain(shop)
    with read(desk.engine) as tx:
        thread = tx.scalars(select(Thread)).one()
        assert (thread.state, thread.asked_to_forget, thread.wants_person) == ("open", True, True)
    assert exported(desk) == ["partial"]


def test_an_officers_submitted_report_stands(twilio: Twilio, desk: Desk, shop: Workshop) -> None:
    tell(twilio, "scr pot 12/11 castries f 30 ve sex none")
    tell(twilio, "forget", "1")
    drain(shop)
    assert exported(desk) == ["completed"]


def test_every_way_of_leaving_ends_in_one_disposition(
    twilio: Twilio, desk: Desk, shop: Workshop, clock: SetClock
) -> None:
    stories = {
        "+12025550141": ("Hello",),
        "+12025550142": ("Hello", "yes", "no"),
        "+12025550143": ("Hello", "yes", "no", "2", "she cleans all day"),
        "+12025550144": ("Hello", "yes", "no", "2", "she cleans", "castries", "2025", "skip", "4", "2"),
        "+12025550145": ("Hello", "yes", "0"),
        "+12025550146": ("Hello", "yes", "STOP"),
        "+12025550147": ("Hello", "yes", "no", "2", "forget", "yes"),
    }
    for sender, texts in stories.items():
        for text in texts:
            twilio.text(text, sender=sender)
    clock.advance(timedelta(hours=25))
    clock_process.tick(shop)
    drain(shop)
    with read(desk.engine) as tx:
        ended = tx.scalars(
            select(Conversation.disposition).order_by(Conversation.begun_at, Conversation.id)
        ).all()
        asked = tx.scalars(
            select(Conversation.question).order_by(Conversation.begun_at, Conversation.id)
        ).all()
    assert ended == ["expired", "break_off", "partial", "completed", "to_person", "stopped", "refused"]
    assert asked == ["safe_now", "contact_kind", "incident_location", None, "danger_now", "danger_now", None]
