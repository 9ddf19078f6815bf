"""Officers' other words at the door: st, try, join, the signs, the yearly question, the supervisor."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hotline.access.officers import name_supervisor
from hotline.access.people import add_officer
from hotline.access.tables import Joining, Officer, Training
from hotline.access.training import open_session, trainings
from hotline.alerts.tables import Alert
from hotline.db import read, write
from hotline.intake.desk import Desk
from hotline.now import SetClock
from hotline.records.tables import Record
from hotline.threads.outbox import DeedKind
from hotline.threads.tables import Contact, Conversation, Deed, Message, Thread, ThreadState
from hotline.vault.keys import KeyFolder
from hotline.vault.sealing import House
from tests.intake.webhooks import Twilio, said
from worker.drain import drain
from worker.workshop import Workshop

REPORT = "scr pot 12/11 castries f30 ve sex none"
OFFICER, OTHER = "+12025550121", "+12025550122"


@pytest.fixture
def house(desk: Desk) -> House:
    return House(KeyFolder(desk.settings.data_dir / "keys"))


def registered(desk: Desk, house: House, clock: SetClock, phone: str = OFFICER, language: str = "en") -> None:
    with write(desk.engine) as tx:
        add_officer(
            tx, desk.kit.sealer, house, desk.kit.ids, clock.now(),
            phone=phone, name="Officer One", agency="Police", language=language,
        )  # fmt: skip


def count(desk: Desk, table: type) -> int:
    with read(desk.engine) as tx:
        return tx.scalar(select(func.count()).select_from(table)) or 0


def wording(desk: Desk, key: str, **params: object) -> str:
    return desk.kit.book.say(key, "en", **params)


def training(desk: Desk, clock: SetClock, agency: str = "Police") -> str:
    with write(desk.engine) as tx:
        return open_session(
            tx,
            desk.kit.sealer,
            desk.kit.ids,
            clock.now(),
            lasts=timedelta(hours=8),
            agency=agency,
            place="Castries",
        )


# The standing of a report.


def test_st_tells_received_looked_at_and_closed(
    twilio: Twilio, desk: Desk, house: House, clock: SetClock
) -> None:
    registered(desk, house, clock)
    reference = str(said(twilio.text(REPORT, OFFICER))).split(".")[0]
    assert said(twilio.text(f"st {reference}", OFFICER)) == wording(
        desk, "officer.st_received", reference=reference
    )
    with write(desk.engine) as tx:
        tx.scalars(select(Thread)).one().waiting_since = None
    assert said(twilio.text(f"ST {reference.lower()}.", OFFICER)) == wording(
        desk, "officer.st_seen", reference=reference
    )
    with write(desk.engine) as tx:
        tx.scalars(select(Thread)).one().state = ThreadState.CLOSED.value
    assert said(twilio.text(f"st {reference}", OFFICER)) == wording(
        desk, "officer.st_closed", reference=reference
    )
    assert count(desk, Thread) == 1, "asking opens nothing"


def test_st_of_another_is_as_unknown_as_one_that_does_not_exist(
    twilio: Twilio, desk: Desk, house: House, clock: SetClock, shop: Workshop
) -> None:
    registered(desk, house, clock)
    registered(desk, house, clock, OTHER)
    reference = str(said(twilio.text(REPORT, OFFICER))).split(".")[0]
    drain(shop)
    of_another = said(twilio.text(f"st {reference}", OTHER))
    unknown = said(twilio.text("st Q9Z", OTHER))
    assert of_another == str(unknown).replace("Q9Z", reference)
    assert said(twilio.text(f"st {reference}", OFFICER)) == wording(
        desk, "officer.st_received", reference=reference
    )


def test_st_from_a_phone_without_a_report_is_a_text_like_any_other(twilio: Twilio, desk: Desk) -> None:
    assert said(twilio.text("st K7P")) == said(twilio.text("qwertz", "+12025550144"))
    reference = str(said(twilio.text(REPORT, OTHER))).split(".")[0]
    assert said(twilio.text(f"st {reference}", OTHER)) == wording(
        desk, "officer.st_received", reference=reference
    )


def test_st_keeps_the_open_question(twilio: Twilio, desk: Desk, house: House, clock: SetClock) -> None:
    registered(desk, house, clock)
    twilio.text("scr", OFFICER)
    twilio.text("st K7P", OFFICER)
    item = desk.kit.book.forms["screening"].item("incident_period")
    assert said(twilio.text("1", OFFICER)) == desk.kit.book.text(item.label, "en")


# Practice.


def test_practice_is_read_back_and_leaves_no_record(
    twilio: Twilio, desk: Desk, house: House, clock: SetClock, shop: Workshop
) -> None:
    registered(desk, house, clock)
    practised = str(said(twilio.text(f"try {REPORT}", OFFICER)))
    real = str(said(twilio.text(REPORT, OFFICER)))
    mark = wording(desk, "officer.practice")
    assert practised.startswith(mark)
    assert practised.removeprefix(mark) == real[len("A3C.") :]
    drain(shop)
    assert count(desk, Record) == 1, "that of the real one"


def test_practice_opens_nothing_and_wakes_nobody(
    twilio: Twilio, desk: Desk, house: House, clock: SetClock
) -> None:
    registered(desk, house, clock)
    answer = str(
        said(twilio.text("try scr pot; 12/11; castries; f; 12; ve; he has a knife; sex; none", OFFICER))
    )
    assert answer.startswith(wording(desk, "officer.practice_danger"))
    for table in (Thread, Conversation, Alert, Deed):
        assert count(desk, table) == 0
    assert count(desk, Message) == 2, "the words themselves are kept"


def test_practice_asks_the_one_bad_answer_marked_as_practice(
    twilio: Twilio, desk: Desk, house: House, clock: SetClock
) -> None:
    registered(desk, house, clock)
    for report in (
        "scr pot 12/11 castries f 200 ve sex none",
        "scr pot; 12/11; castries; f; 20; ve; -; zork; none",
    ):
        answer = str(said(twilio.text(f"try {report}", OFFICER)))
        assert wording(desk, "officer.practice").rstrip(".") in answer
    assert said(twilio.text("try scr", OFFICER)) == wording(desk, "officer.practice_how")


def test_a_phone_that_is_no_officers_cannot_practise_danger_away(twilio: Twilio, desk: Desk) -> None:
    twilio.text("try scr he has a knife")
    assert count(desk, Alert) == 1
    assert said(twilio.text(f"try {REPORT}", OTHER)) == said(twilio.text("qwertz", "+12025550144"))


# Joining in a training.


def test_joining_step_by_step(
    twilio: Twilio, desk: Desk, house: House, clock: SetClock, shop: Workshop
) -> None:
    code = training(desk, clock)
    assert said(twilio.text(f"join {code}")) == wording(desk, "join.name")
    assert said(twilio.text("...")) == wording(desk, "join.name"), "no name"
    assert said(twilio.text("Officer Seven")) == wording(desk, "join.post")
    assert said(twilio.text("Constable")) == wording(desk, "officer.joined")
    drain(shop)
    with read(desk.engine) as tx:
        officer = tx.scalars(select(Officer)).one()
        assert house.open(officer.id, officer.name_sealed) == "Officer Seven"
        assert house.open(officer.id, officer.number_sealed) == "+12025550123"
        assert house.open(officer.id, officer.post_sealed or b"") == "Constable"
        assert officer.agency == "Police"
        (trained,) = trainings(tx)
        assert (trained.place, trained.agency, trained.people) == ("Castries", "Police", 1)
    assert count(desk, Joining) == 0
    assert count(desk, Thread) == 0
    assert "Venezuela" in str(said(twilio.text(REPORT))), "from now on it is an officer's phone"


def test_joining_in_one_message_and_the_agency_is_asked_where_many_are_trained(
    twilio: Twilio, desk: Desk, house: House, clock: SetClock, shop: Workshop
) -> None:
    code = training(desk, clock, agency="")
    assert said(twilio.text(f"Join {code} Officer Seven, Nurse, Health")) == wording(desk, "officer.joined")
    assert said(twilio.text(f"join {code} Officer Eight; Teacher", OTHER)) == wording(desk, "join.agency")
    assert said(twilio.text("School", OTHER)) == wording(desk, "officer.joined")
    drain(shop)
    drain(shop)
    with read(desk.engine) as tx:
        assert {one.agency: one.people for one in trainings(tx)} == {"Health": 1, "School": 1}


def test_who_joins_again_is_counted_once(twilio: Twilio, desk: Desk, house: House, clock: SetClock) -> None:
    registered(desk, house, clock)
    code = training(desk, clock)
    for _ in range(3):
        assert said(twilio.text(f"join {code}", OFFICER)) == wording(desk, "officer.trained")
    assert count(desk, Training) == 1


def test_a_phone_that_guesses_is_not_answered_after_three_tries(
    twilio: Twilio, desk: Desk, clock: SetClock
) -> None:
    code = training(desk, clock)
    wrong = str(int(code) + 1)
    for _ in range(3):
        assert said(twilio.text(f"join {wrong}")) == wording(desk, "join.wrong")
    assert said(twilio.text(f"join {wrong}")) is None
    assert said(twilio.text(f"join {code}")) is None, "nor with the right one"
    assert said(twilio.text("hello")) is not None, "all else is heard"
    assert said(twilio.text(f"join {code}", OTHER)) == wording(desk, "join.name")
    clock.advance(timedelta(hours=1, minutes=1))
    assert said(twilio.text(f"join {code}")) == wording(desk, "join.name")


def test_a_code_is_good_for_its_session_only(twilio: Twilio, desk: Desk, clock: SetClock) -> None:
    code = training(desk, clock)
    clock.advance(timedelta(hours=8, minutes=1))
    assert said(twilio.text(f"join {code}")) == wording(desk, "join.wrong")


def test_a_cry_while_joining_is_a_cry(twilio: Twilio, desk: Desk, clock: SetClock) -> None:
    code = training(desk, clock)
    twilio.text(f"join {code}")
    twilio.text("he has a knife")
    assert count(desk, Alert) == 1


def test_after_not_safe_not_even_a_right_code_is_answered(
    twilio: Twilio, desk: Desk, clock: SetClock
) -> None:
    code = training(desk, clock)
    for body in ("Hello", "no"):
        twilio.text(body)
    assert said(twilio.text(f"join {code}")) is None
    assert count(desk, Joining) == 0


def test_nothing_told_while_joining_lies_open(twilio: Twilio, desk: Desk, clock: SetClock) -> None:
    code = training(desk, clock)
    twilio.text(f"join {code} Xylophone Canary")
    with read(desk.engine) as tx:
        rows = [*tx.scalars(select(Joining)), *tx.scalars(select(Message)), *tx.scalars(select(Deed))]
        found = repr([{c.name: getattr(row, c.name) for c in row.__table__.columns} for row in rows]).encode()
    assert b"xylophone" not in found.lower()
    assert code.encode() not in found


# The signs.


@pytest.mark.parametrize(
    ("word", "language"), [("SIGNS", "en"), ("señales", "es"), ("signes", "fr"), ("迹象", "zh")]
)
def test_the_signs_word_gives_an_officer_one_text_a_line(
    twilio: Twilio, desk: Desk, house: House, clock: SetClock, word: str, language: str
) -> None:
    registered(desk, house, clock, language=language)
    first = str(said(twilio.text(word, OFFICER)))
    keys = [key for key in desk.kit.book.wordings if key.startswith("signs.")]
    assert first == f"1/{len(keys)} {desk.kit.book.say(keys[0], language)}"
    with read(desk.engine) as tx:
        texts = tx.scalars(select(Message).where(Message.direction == "out")).all()
        assert len(texts) == len(keys)
        assert {message.segments for message in texts} == {1}
        due = tx.scalars(select(Deed.due_at).where(Deed.kind == DeedKind.SEND).order_by(Deed.due_at)).all()
        assert len(set(due)) == len(keys) - 1, "one after the other"
    assert count(desk, Thread) == 0


def test_an_unregistered_phone_gets_for_the_signs_word_what_any_text_gets(twilio: Twilio, desk: Desk) -> None:
    assert said(twilio.text("signs")) == said(twilio.text("qwertz", "+12025550144"))


# The yearly question, and the supervisor.


def test_once_a_year_an_officer_is_asked_at_the_next_report(
    twilio: Twilio, desk: Desk, house: House, clock: SetClock
) -> None:
    registered(desk, house, clock)
    question = wording(desk, "officer.still", agency="Police", word="STILL")
    assert question not in str(said(twilio.text(REPORT, OFFICER)))
    clock.advance(timedelta(days=366))
    assert str(said(twilio.text("scr occ 10/11 dennery m30 ht lab none", OFFICER))).endswith(question)
    assert question not in str(said(twilio.text("7=ve", OFFICER))), "asked once"
    assert said(twilio.text("still", OFFICER)) == wording(desk, "officer.confirmed")
    with read(desk.engine) as tx:
        assert tx.scalars(select(Officer)).one().confirmed_at == clock.now()
    clock.advance(timedelta(days=2))
    assert question not in str(said(twilio.text("scr occ 9/11 gros islet m30 ht lab none", OFFICER)))


def test_the_supervisor_is_sent_reference_and_date_once(
    twilio: Twilio, desk: Desk, house: House, clock: SetClock
) -> None:
    registered(desk, house, clock)
    with write(desk.engine) as tx:
        name_supervisor(tx, house, desk.kit.ids, clock.now(), agency="POLICE", phone="+12025550191")
    twilio.text(REPORT, OFFICER)
    twilio.text("7=haiti", OFFICER)
    with read(desk.engine) as tx:
        deeds = tx.scalars(select(Deed).where(Deed.kind == DeedKind.SUPERVISOR)).all()
    assert len(deeds) == 1


def test_without_a_supervisor_nobody_is_told(
    twilio: Twilio, desk: Desk, house: House, clock: SetClock
) -> None:
    registered(desk, house, clock)
    twilio.text(REPORT, OFFICER)
    twilio.text(REPORT, OTHER)
    with read(desk.engine) as tx:
        assert tx.scalars(select(Deed).where(Deed.kind == DeedKind.SUPERVISOR)).all() == []


# What the queue is told.


def test_five_wrong_reports_in_a_row_wait_for_a_person(twilio: Twilio, desk: Desk) -> None:
    for number, word in enumerate(("blorp", "zork", "xyzzy", "plugh", "frob"), start=1):
        twilio.text(f"scr {word}", OTHER)
        with read(desk.engine) as tx:
            assert tx.scalars(select(Thread)).one().wants_person is (number == 5)


def test_a_report_sent_twice_is_one_record_and_waits_for_a_person(
    twilio: Twilio, desk: Desk, house: House, clock: SetClock, shop: Workshop
) -> None:
    registered(desk, house, clock)
    first = said(twilio.text(REPORT, OFFICER))
    assert said(twilio.text(REPORT, OFFICER)) == first
    drain(shop)
    assert count(desk, Record) == 1
    assert count(desk, Contact) == 1
    with read(desk.engine) as tx:
        assert tx.scalars(select(Thread)).one().wants_person


def test_a_long_report_in_three_texts_is_one_record(
    twilio: Twilio, desk: Desk, house: House, clock: SetClock, shop: Workshop
) -> None:
    registered(desk, house, clock)
    for part in ("f30 ve sex none", "scr pot", "12/11 castries"):
        twilio.text(part, OFFICER)
    drain(shop)
    with read(desk.engine) as tx:
        (record,) = tx.scalars(select(Record).where(Record.form == "screening")).all()
        assert record.disposition == "completed"
