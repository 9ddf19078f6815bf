"""What is hidden, and how it comes to be shown: a reason, a second yes, an emergency; and that all of it leaves rows."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from hotline import db
from hotline.access.reveal_tables import BrokenGlass, RevealEvent
from hotline.access.reveals import Became, expire
from hotline.access.tables import Role, Staff
from hotline.alerts.glass import watch_glasses, write_glass
from hotline.threads.outbox import DeedKind
from hotline.threads.tables import Deed, Message
from tests.staff.office import Browser, Office
from tests.vaulted import reader_of

WORDS = "He took my papers"


@pytest.fixture
def led(office: Office) -> Office:
    """Lena is the Leader."""
    office.add("Lena", role=Role.LEADER)
    return office


@pytest.fixture
def thread(led: Office) -> str:
    thread = led.thread(WORDS)
    led.record(
        thread,
        "screening",
        victim_age=("answered", 16, "16"),
        victim_country_of_birth=("answered", "HT", "ayiti"),
        reporter_name=("answered", "Rosalind Fictional", ""),
    )
    return thread


def events(office: Office) -> list[str]:
    with db.read(office.desk.engine) as tx:
        found = tx.execute(select(RevealEvent.at, RevealEvent.kind)).all()
    return [kind for _, kind in sorted(found, key=lambda one: (one[0], list(Became).index(Became(one[1]))))]


def glasses(office: Office) -> list[BrokenGlass]:
    with db.read(office.desk.engine) as tx:
        return list(tx.scalars(select(BrokenGlass)))


def look(browser: Browser, thread: str) -> str:
    browser.get(f"/threads/{thread}")
    return browser.text


def test_names_and_words_are_shown_for_a_reason_and_hidden_again(led: Office, thread: str) -> None:
    ben = led.logged_in("Ben")
    hidden = look(ben, thread)
    assert "16" in hidden
    assert WORDS not in hidden
    assert "Rosalind" not in hidden
    shown = ben.reveal(thread, "plan_safety").get_data(as_text=True)
    assert WORDS in shown
    assert "Rosalind Fictional" in shown
    assert "Haiti" not in ben.text, "two people decide about that"
    for minutes in (10, 10, 9):
        led.clock.advance(minutes=minutes)
        assert WORDS in look(ben, thread)
    led.clock.advance(minutes=1)
    assert WORDS not in look(ben, thread)
    with led.tx() as tx:
        assert expire(tx, led.desk.kit.ids, led.now) == 1
        assert expire(tx, led.desk.kit.ids, led.now) == 0
    assert events(led) == ["asked", "granted", "used", "used", "used", "used", "expired"]


def test_it_is_shown_to_who_gave_the_reason_alone_and_in_that_thread_alone(led: Office, thread: str) -> None:
    other = led.thread("Something else", number="+12025550124")
    ben, maria = led.logged_in("Ben"), led.logged_in("Maria")
    ben.reveal(thread)
    assert WORDS not in look(maria, thread)
    assert "Something else" not in look(ben, other)


def test_without_a_listed_reason_nothing_is_shown(led: Office, thread: str) -> None:
    ben = led.logged_in("Ben")
    look(ben, thread)
    assert ben.send(f"/threads/{thread}/reveal", reason="curious").status_code == 422
    assert WORDS not in look(ben, thread)
    assert events(led) == []


def test_what_two_people_decide_is_shown_once_the_leader_says_yes(led: Office, thread: str) -> None:
    ben, lena = led.logged_in("Ben"), led.logged_in("Lena")
    ask_for_more(ben, thread)
    assert "Haiti" not in look(ben, thread)
    lena.get("/")
    assert "Waiting for your word: 1" in lena.text
    lena.get("/to-decide")
    assert f"Ben {led.reference(thread)}" in lena.text.replace("· ", "")
    assert "16" not in lena.text.replace("2026", ""), "nothing of the record"
    say(lena, "yes")
    assert "Haïti" in look(ben, thread), "Ben reads French"
    assert events(led)[-2:] == ["granted", "used"]


def test_a_no_is_a_no_and_may_be_asked_again(led: Office, thread: str) -> None:
    ben, lena = led.logged_in("Ben"), led.logged_in("Lena")
    ask_for_more(ben, thread)
    say(lena, "no")
    assert "Haïti" not in look(ben, thread)
    assert events(led) == ["asked", "refused"]
    ask_for_more(ben, thread)
    assert events(led).count("asked") == 2


def test_nobody_says_yes_to_themselves(led: Office) -> None:
    thread = led.thread("Hello")
    led.record(thread, "standard_b", guardian_names=("answered", "Rosalind Fictional", ""))
    lena = led.logged_in("Lena")
    ask_for_more(lena, thread)
    lena.get("/to-decide")
    assert "Nothing waits." in lena.text
    with db.read(led.desk.engine) as tx:
        asked = tx.scalars(select(RevealEvent)).one()
    token = lena.html.partition('name="csrf" value="')[2].partition('"')[0]
    forced = lena.client.post(f"/to-decide/reveals/{asked.reveal_id}", data={"csrf": token, "answer": "yes"})
    assert forced.status_code == 403
    assert "Rosalind" not in look(lena, thread)


def test_the_stand_in_decides_where_there_is_no_leader_and_when_she_does_not_answer(
    led: Office, thread: str
) -> None:
    ben, maria = led.logged_in("Ben"), led.logged_in("Maria")
    ask_for_more(ben, thread)
    maria.get("/to-decide")
    assert "Nothing waits." in maria.text, "the Leader is there"
    led.clock.advance(minutes=15)
    maria, ben = led.logged_in("Maria"), led.logged_in("Ben")
    maria.get("/to-decide")
    assert "Nothing waits." not in maria.text
    with led.tx() as tx:
        lena = tx.get(Staff, led.staff["Lena"])
        assert lena is not None
        lena.active = False
    say(maria, "yes")
    assert "Haïti" in look(ben, thread)


def test_who_has_taken_an_emergency_reads_at_once_and_the_leader_is_told(led: Office, thread: str) -> None:
    led.danger(thread)
    ben = led.logged_in("Ben")
    assert WORDS not in look(ben, thread), "not before it is taken"
    ben.send(f"/threads/{thread}/take")
    assert WORDS in ben.text
    assert "Rosalind Fictional" in ben.text
    assert "Haïti" not in ben.text, "status is not needed to help"
    (glass,) = glasses(led)
    assert glass.staff_id == led.staff["Ben"]
    text = told(led)
    assert text is not None
    assert "Ben" in text
    assert WORDS not in text
    assert glasses(led)[0].told_to == led.staff["Lena"]
    look(ben, thread)
    assert len(glasses(led)) == 1


def test_only_for_that_thread_and_only_until_the_outcome(led: Office, thread: str) -> None:
    other = led.thread("Something else", number="+12025550124")
    led.danger(thread)
    ben, maria = led.logged_in("Ben"), led.logged_in("Maria")
    look(ben, thread)
    ben.send(f"/threads/{thread}/take")
    assert "Something else" not in look(ben, other)
    assert WORDS not in look(maria, thread), "who has not taken it reveals"
    look(ben, thread)
    ben.send(f"/threads/{thread}/close", outcome="safe")
    assert WORDS not in look(ben, thread)


def test_the_leader_confirms_and_is_told_again_until_then(led: Office, thread: str) -> None:
    led.danger(thread)
    ben, lena = led.logged_in("Ben"), led.logged_in("Lena")
    look(ben, thread)
    ben.send(f"/threads/{thread}/take")
    assert told(led) is not None
    led.clock.advance(hours=23)
    assert watched(led) == 1
    led.clock.advance(hours=1, minutes=1)
    assert watched(led) == 2, "a day later she is told again"
    lena.log_in("Lena")
    lena.get("/to-decide")
    glass = glasses(led)[0]
    lena.send(f"/to-decide/glasses/{glass.id}")
    assert "Nothing waits." in lena.text
    assert glasses(led)[0].confirmed_by == led.staff["Lena"]
    led.clock.advance(hours=30)
    assert watched(led) == 2


def test_who_broke_the_glass_does_not_confirm_it(led: Office, thread: str) -> None:
    led.danger(thread)
    lena, maria = led.logged_in("Lena"), led.logged_in("Maria")
    look(lena, thread)
    lena.send(f"/threads/{thread}/take")
    assert told(led) is not None
    assert glasses(led)[0].told_to == led.staff["Maria"], "her stand-in"
    lena.get("/to-decide")
    assert "Nothing waits." in lena.text
    maria.get("/to-decide")
    assert "Nothing waits." not in maria.text


def ask_for_more(browser: Browser, thread: str) -> None:
    """Ask for what two people decide: the second of the two forms of the page."""
    html = browser.get(f"/threads/{thread}").get_data(as_text=True)
    token = html.partition('name="csrf" value="')[2].partition('"')[0]
    data = {"csrf": token, "reason": "plan_safety", "second": "1"}
    assert browser.client.post(f"/threads/{thread}/reveal", data=data).status_code == 303


def say(browser: Browser, word: str) -> None:
    browser.get("/to-decide")
    action = browser.html.partition('action="/to-decide/reveals/')[2].partition('"')[0]
    browser.send(f"/to-decide/reveals/{action}", answer=word)
    assert browser.status == 200


def told(office: Office) -> str | None:
    """What the worker writes for the broken glass, done at once."""
    kit = office.desk.kit
    with office.tx() as tx:
        deed = tx.scalars(select(Deed).where(Deed.kind == DeedKind.GLASS)).one()
        assert deed.due_at - office.now <= timedelta(minutes=5)
        message_id = write_glass(tx, kit, office.desk.house, json.loads(deed.payload), office.now)
        if message_id is None:
            return None
        message = tx.get(Message, message_id)
        assert message is not None
        reader = reader_of(office.desk.keys, kit.sealer.store)
    return reader.open(message_id, message.body_sealed).decode()


def watched(office: Office) -> int:
    """How often words about it were ordered, after the clock has looked."""
    with office.tx() as tx:
        watch_glasses(tx, office.desk.kit, office.now)
        tx.flush()
        return len(tx.scalars(select(Deed).where(Deed.kind == DeedKind.GLASS)).all())
