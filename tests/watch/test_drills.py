"""Practice for the rota: everybody is paged once, who answers is noted, and what is real goes first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hotline.access.people import add_staff, staff_named
from hotline.alerts.rota.stored import set_rotation
from hotline.alerts.tables import Alert, AlertEvent, Page
from hotline.db import read, write
from hotline.threads.tables import Contact, Thread
from hotline.watch.drills import Answer, NoDrill, answers, begin, newest
from tests.house import CALLER, FIRST, LINE, SECOND, Home


def practice(house: Home) -> str:
    """A drill begins, and its texts and calls go out; its code."""
    with write(house.desk.engine) as tx:
        begin(tx, house.desk.kit, house.clock.now())
    go_on(house, 8)
    with read(house.desk.engine) as tx:
        drill = newest(tx)
        assert drill is not None
        return drill.code


def go_on(house: Home, seconds: int) -> None:
    for _ in range(seconds // 2 or 1):
        house.pass_time(seconds=2)
        house.tick()
        house.work()


def result(house: Home) -> list[Answer]:
    with read(house.desk.engine) as tx:
        drill = newest(tx)
        assert drill is not None
        return list(answers(tx, drill))


def test_both_get_text_and_call_one_answers_by_key_and_one_by_text(house: Home) -> None:
    code = practice(house)
    for number in (FIRST, SECOND):
        (text,) = house.net.phone(number).texts
        assert text.startswith(f"PRACTICE {code}. Nobody is in danger.")
    house.net.answer(FIRST)
    go_on(house, 2)
    heard = house.net.phone(FIRST).live
    assert heard is not None
    assert any("This is practice" in one.text for one in heard.heard)
    house.net.press(FIRST, "1")
    go_on(house, 6)
    assert any("Thank you. That was practice." in one.text for one in heard.heard)
    house.text("1", sender=SECOND)
    assert house.net.phone(SECOND).texts[-1] == f"{code}: thank you, that was practice."
    go_on(house, 40)
    first, second = result(house)
    assert (first.way, second.way) == ("call", "text")
    assert first.after is not None
    assert timedelta(0) < first.after < timedelta(seconds=15)
    assert house.net.errors == []
    for table in (Alert, AlertEvent, Page, Thread, Contact):
        assert house.all(table) == [], "practice opens nothing and nobody's thread"


def test_who_does_not_answer_is_paged_once_and_never_again(house: Home) -> None:
    practice(house)
    house.net.phone(SECOND).voicemail = True
    go_on(house, 300)
    for number in (FIRST, SECOND):
        assert len(house.net.phone(number).texts) == 1
    calls = [call for call in house.net.calls.values() if call.to in (FIRST, SECOND)]
    assert len(calls) == 2
    first, second = result(house)
    assert (first.after, second.after) == (None, None), "a voicemail is no answer"
    assert first.call == "no-answer"
    assert first.text == "delivered"


@pytest.mark.parametrize("reply", ["1", "ok 1", "{code}", "1 {code}", "{code} 1", "take {code}", "1{code}"])
def test_the_answer_is_read_as_a_pages_reply_is(house: Home, reply: str) -> None:
    code = practice(house)
    house.text(reply.format(code=code), sender=FIRST)
    assert result(house)[0].way == "text"


def test_an_answer_after_the_end_or_of_another_phone_is_none(house: Home) -> None:
    code = practice(house)
    house.text(f"1 {code}", sender=CALLER)
    go_on(house, 2)
    house.pass_time(minutes=10)
    house.text(f"1 {code}", sender=FIRST)
    assert [one.after for one in result(house)] == [None, None]


def test_a_drill_does_not_begin_while_an_alert_is_open(house: Home) -> None:
    house.text("help he has a knife")
    with pytest.raises(NoDrill, match="real"), write(house.desk.engine) as tx:
        begin(tx, house.desk.kit, house.clock.now())


def test_a_drill_makes_way_for_what_is_real_and_a_bare_reply_takes_what_is_real(house: Home) -> None:
    code = practice(house)
    assert house.net.phone(FIRST).ringing is not None
    house.net.text(CALLER, LINE, "help he has a knife")
    go_on(house, 4)
    go_on(house, 2)
    assert [one.call for one in result(house)] == ["canceled"] * 2
    go_on(house, 10)
    house.text("1", sender=FIRST)
    (alert,) = house.all(Alert)
    assert alert.state == "taken"
    assert result(house)[0].after is None, "the reply was not for the practice"
    house.text(f"1 {code}", sender=FIRST)
    assert result(house)[0].way == "text", "the practice's own code is for the practice"
    assert house.all(Alert)[0].state == "taken"


def test_everybody_on_the_rota_is_in_it_in_their_language_also_who_has_no_phone(house: Home) -> None:
    kit = house.desk.kit
    with write(house.desk.engine) as tx:
        extra = [
            add_staff(
                tx, kit.sealer, house.shop.house, kit.ids, house.clock.now(),
                name=f"Staff {number}", phone=f"+1202555014{number}", verified=number != 5, languages=("es",),
            )
            for number in (4, 5)
        ]  # fmt: skip
        first = staff_named(tx, kit.sealer, "First")
        assert first is not None
        set_rotation(tx, kit, [first.id, *extra], house.clock.now())
    practice(house)
    people = result(house)
    assert len(people) == 3, "Second has no shift"
    assert [one.reachable for one in people] == [True, True, False]
    assert house.net.phone(SECOND).texts == []
