"""The same text never goes to a public phone more than five times in five minutes; what comes in is handled all the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from hotline.access.people import add_officer, add_staff
from hotline.alerts.tables import Alert
from hotline.config import Settings
from hotline.db import read, write
from hotline.intake import create_app
from hotline.intake.desk import Desk
from hotline.now import SetClock
from hotline.queue.listing import open_threads
from hotline.threads.tables import Deed, Message, Thread
from hotline.vault.keys import KeyFolder
from hotline.vault.sealing import House
from tests.intake.webhooks import Twilio, said

CALLER = "+12025550123"


def menus(twilio: Twilio, clock: SetClock, sender: str = CALLER, times: int = 9) -> list[str | None]:
    """A phone that asks for a screening again and again, 20 seconds apart: the first question is the answer each time."""
    answers = []
    for _ in range(times):
        answers.append(said(twilio.text("scr", sender)))
        clock.advance(timedelta(seconds=20))
    return answers


def test_a_sixth_time_in_five_minutes_there_is_silence(twilio: Twilio, desk: Desk, clock: SetClock) -> None:
    answers = menus(twilio, clock)
    assert answers[0] is not None
    assert answers[:5] == [answers[0]] * 5
    assert answers[5:] == [None] * 4
    with read(desk.engine) as tx:
        rows = tx.scalars(select(Message)).all()
    assert sum(row.direction == "in" for row in rows) == 9, "every word of theirs is kept"
    assert sum(row.direction == "out" for row in rows) == 5


def test_later_it_may_be_said_again(twilio: Twilio, desk: Desk, clock: SetClock) -> None:
    first = menus(twilio, clock)[0]  # at 0:00, 0:20, 0:40, 1:00 and 1:20; it is 3:00 now
    clock.advance(timedelta(seconds=119))
    assert said(twilio.text("scr")) is None, "4:59"
    clock.advance(timedelta(seconds=2))
    assert said(twilio.text("scr")) == first, "5:01: the first is more than five minutes ago"
    assert said(twilio.text("scr")) is None, "and the others are not"


def test_the_thread_is_shown_to_a_person_once(twilio: Twilio, desk: Desk, clock: SetClock) -> None:
    menus(twilio, clock, times=5)
    with read(desk.engine) as tx:
        (waiting,) = open_threads(tx)
        assert not waiting.fell_silent
    menus(twilio, clock, times=2)
    with read(desk.engine) as tx:
        (waiting,) = open_threads(tx)
        assert (waiting.fell_silent, waiting.wants_person) == (True, True)
    with write(desk.engine) as tx:  # somebody has looked
        thread = tx.scalars(select(Thread)).one()
        shown = thread.fell_silent_at
        thread.wants_person = False
    menus(twilio, clock, times=3)
    with read(desk.engine) as tx:
        thread = tx.scalars(select(Thread)).one()
        assert (thread.fell_silent_at, thread.wants_person) == (shown, False)


def test_danger_is_heard_although_nothing_is_said(twilio: Twilio, desk: Desk, clock: SetClock) -> None:
    menus(twilio, clock)
    assert said(twilio.text("scr")) is None
    with read(desk.engine) as tx:
        assert tx.scalars(select(Alert)).all() == []
    twilio.text("scr; he has a knife")
    with read(desk.engine) as tx:
        assert len(tx.scalars(select(Alert)).all()) == 1
        assert sum(tx.scalars(select(Message.danger).where(Message.direction == "in"))) == 1


def test_other_texts_go_on(twilio: Twilio, clock: SetClock) -> None:
    first = menus(twilio, clock)[0]
    answer = said(twilio.text("1"))
    assert answer is not None
    assert answer != first


def test_another_phone_has_a_count_of_its_own(twilio: Twilio, clock: SetClock) -> None:
    menus(twilio, clock)
    assert said(twilio.text("scr", "+12025550124")) is not None


def test_officers_are_exempt(twilio: Twilio, desk: Desk, clock: SetClock) -> None:
    house = House(KeyFolder(desk.settings.data_dir / "keys"))
    with write(desk.engine) as tx:
        add_officer(
            tx, desk.kit.sealer, house, desk.kit.ids, clock.now(),
            phone=CALLER, name="Officer 1", agency="Health", post="", language="en",
        )  # fmt: skip
    assert None not in menus(twilio, clock)


def test_staff_are_exempt(twilio: Twilio, desk: Desk, clock: SetClock) -> None:
    house = House(KeyFolder(desk.settings.data_dir / "keys"))
    with write(desk.engine) as tx:
        add_staff(
            tx, desk.kit.sealer, house, desk.kit.ids, clock.now(), name="Staff 1", phone=CALLER, verified=True
        )
    assert None not in menus(twilio, clock)


def test_how_often_and_how_long_is_content(
    told: Settings, desk: Desk, twilio: Twilio, clock: SetClock
) -> None:
    timings = told.deployment.timings.model_copy(update={"same_text_times": 2, "same_text_minutes": 1})
    deployment = told.deployment.model_copy(update={"timings": timings})
    settings = replace(told, deployment=deployment)
    shorter = replace(desk, kit=replace(desk.kit, settings=settings))
    answers = menus(Twilio(create_app(shorter).test_client()), clock, times=5)
    assert [answer is not None for answer in answers] == [True, True, False, False, True]


def test_through_the_api_it_is_the_same(twilio: Twilio, desk: Desk, clock: SetClock) -> None:
    """A line that cannot answer in the webhook sends deeds: no more than five of one text."""
    carrier = desk.carriers["main"]
    object.__setattr__(carrier.line, "reply_in_answer", False)
    menus(twilio, clock)
    with read(desk.engine) as tx:
        assert len(tx.scalars(select(Deed).where(Deed.kind == "send")).all()) == 5
