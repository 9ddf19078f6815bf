"""Who took an alert does the rest by basic phone: hears what was told, rings the contact, writes to them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from hotline.access.audit_tables import AuditRow
from hotline.access.passwords import Passwords
from hotline.access.pins import set_pin
from hotline.access.reveal_tables import BrokenGlass, RevealRow
from hotline.access.tables import Role, Staff, StaffPin
from hotline.alerts.tables import Alert, AlertEvent, ReadOut, ReadOutSound, RingBack
from hotline.answers.sheet import Given, Status
from hotline.db import write
from hotline.now import SetClock
from hotline.simulator.calls import Heard
from hotline.threads import conversations
from hotline.threads.copies import expire_copies
from hotline.threads.tables import Contact, Conversation, Deed, SeenKey, Thread, WorkerCopy
from tests.house import CALLER, FIRST, LINE, OFFICER, SECOND, Home, home

PIN, WRONG = "271828", "314159"
CRY = "help, he has a knife, near the Castries market"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On SQLite alone: what is kept and sealed is the same on both; a night runs on PostgreSQL."""
    return sqlite_url


@pytest.fixture
def house(database_url: str, tmp_path: Path, clock: SetClock) -> Iterator[Home]:
    """First is on call and has a PIN; Second is next and has none."""
    with home(database_url, tmp_path / "var", clock) as running:
        first, _ = running.staffed()
        with write(running.desk.engine) as tx:
            quick = Passwords(memory_kib=8, time_cost=1, parallelism=1)
            set_pin(tx, first, quick.hash(PIN), clock.now())
        yield running


def goes_on(house: Home, seconds: float) -> None:
    """Carrier and worker at work: second by second at first, then, while somebody listens, in longer steps."""
    for step in [1] * int(min(seconds, 5)) + [4] * math.ceil((seconds - 5) / 4):
        house.work()
        house.pass_time(seconds=step)


def taken_by_text(house: Home, who: str = FIRST, cry: str = CRY) -> str:
    """Somebody in danger texts, `who` takes it by text; the code."""
    house.text(cry)
    goes_on(house, 3)
    (alert,) = house.all(Alert)
    house.net.text(who, LINE, f"1 {alert.code}")
    goes_on(house, 3)
    assert house.all(Alert)[0].state == "taken"
    phone = house.net.phone(FIRST)
    if phone.ringing is not None or phone.live is not None:
        goes_on(house, 45)
    return str(alert.code)


def sounds(house: Home, who: str = FIRST) -> list[Heard]:
    """All that this phone heard in its last call."""
    mine = [call for call in house.net.calls.values() if call.phone is not None and call.phone.number == who]
    return mine[-1].heard


def heard(house: Home, who: str = FIRST) -> str:
    return " ".join(one.text or one.url for one in sounds(house, who) if one.kind in ("say", "play"))


def hears(house: Home, pin: str = PIN, who: str = FIRST) -> None:
    """Calls the hotline, presses 3 and types the PIN."""
    house.net.dial(who, LINE)
    goes_on(house, 2)
    house.net.press(who, "3")
    goes_on(house, 2)
    house.net.press(who, f"{pin}#")
    goes_on(house, 6)


def preference(house: Home, value: str) -> None:
    """The contact said whether they may be called."""
    desk = house.desk
    with write(desk.engine) as tx:
        conversation = tx.scalars(select(Conversation)).one()
        state = conversations.load(desk.kit, conversation)
        at = int(house.clock.now().timestamp())
        state.sheet["contact_preference"] = Given(Status.ANSWERED, value, "", at, "sms")
        conversations.save(desk.kit, conversation, state, house.clock.now())


def audited(house: Home) -> list[str]:
    """What people did, as the audit has it."""
    return [row.act for row in sorted(house.all(AuditRow), key=lambda row: row.seq)]


def stored(house: Home) -> bytes:
    """The whole database, as bytes."""
    path = Path(str(house.desk.engine.url.database))
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


# hearing


def test_after_the_pin_what_was_told_is_heard_and_then_gone(house: Home) -> None:
    taken_by_text(house)
    hears(house)
    goes_on(house, 45)
    said = heard(house)
    assert "An emergency, told of at" in said
    assert "Messages: 1." in said
    assert "he has a knife, near the Castries market" in said
    assert said.count("For the next part, press 1 or wait.") == 1, "the keys are told once"
    assert "To call the person, press 4" in said, "and then what else there is to do"
    assert len(house.all(ReadOut)) == 1
    assert house.all(Thread)[0].waiting_since is None, "nobody waits unheard"
    house.net.hang_up(FIRST)
    goes_on(house, 2)
    assert house.all(ReadOut) == []
    assert "heard" in [line.kind for line in house.all(AlertEvent)]
    assert audited(house) == ["change.take", "login.pin_right", "reveal.glass", "read.by_phone"]
    assert house.net.errors == []


def test_before_the_pin_and_with_a_wrong_one_nothing_is_heard(house: Home) -> None:
    taken_by_text(house)
    hears(house, WRONG)
    goes_on(house, 5)
    assert "That is not the PIN." in heard(house)
    assert "knife" not in heard(house)
    assert house.all(ReadOut) == []


def test_five_wrong_ones_lock_it_and_the_coordinator_is_told(house: Home) -> None:
    taken_by_text(house)
    hears(house, WRONG)
    for _ in range(4):
        house.net.press(FIRST, f"{WRONG}#")
        goes_on(house, 4)
    house.net.hang_up(FIRST)
    goes_on(house, 2)
    assert house.all(StaffPin)[0].locked_at is not None
    assert "pin_locked" in [deed.kind for deed in house.all(Deed)]
    assert audited(house) == ["change.take", *["login.pin_wrong"] * 5, "login.pin_locked"]
    hears(house)
    assert "The PIN is locked." in heard(house)
    assert "knife" not in heard(house)


def test_who_has_no_pin_is_told_who_sets_one(house: Home) -> None:
    taken_by_text(house, SECOND)
    house.net.dial(SECOND, LINE)
    goes_on(house, 2)
    house.net.press(SECOND, "3")
    goes_on(house, 2)
    assert "You have no PIN yet. The coordinator can set one for you." in heard(house, SECOND)


def test_each_message_is_read_in_the_voice_of_its_language(house: Home) -> None:
    taken_by_text(house, cry="ayuda, tiene un cuchillo")
    hears(house)
    goes_on(house, 45)
    (own,) = [one for one in sounds(house) if "ayuda, tiene un cuchillo" in one.text]
    assert own.language == "es-MX"
    facts = [one for one in sounds(house) if one.text.startswith("Language: ")]
    assert [(one.text, one.language) for one in facts] == [("Language: Spanish.", "en-US")]


def test_a_language_without_a_voice_is_read_by_its_stand_in(house: Home) -> None:
    taken_by_text(house, cry="anmwe, li gen yon kouto")
    hears(house)
    goes_on(house, 45)
    (own,) = [one for one in sounds(house) if "li gen yon kouto" in one.text]
    assert own.language == "fr-FR"


def test_the_worker_being_away_is_told_and_can_be_tried_again(house: Home) -> None:
    taken_by_text(house)
    house.net.dial(FIRST, LINE)
    house.pass_time(seconds=2)
    house.net.press(FIRST, "3")
    house.pass_time(seconds=2)
    house.net.press(FIRST, f"{PIN}#")
    house.pass_time(seconds=26)
    assert "Sorry, it could not be made ready. To try again, press 3." in heard(house)
    house.net.press(FIRST, "3")
    goes_on(house, 45)
    assert "he has a knife" in heard(house)


def test_the_answers_to_the_carrier_go_with_the_read_out(house: Home) -> None:
    """A repeated turn gets the same part; nothing of it is among the answers that are kept for two days."""
    taken_by_text(house)
    hears(house)
    house.net.press(FIRST, "1")
    goes_on(house, 2)
    sealer = house.desk.kit.sealer
    (read_out,) = house.all(ReadOut)
    assert read_out.reply_sealed is not None
    assert b"knife" in sealer.open_flight(read_out.id, read_out.reply_sealed)
    kept = [(seen.key_hash.hex(), seen.reply_sealed) for seen in house.all(SeenKey) if seen.reply_sealed]
    assert kept
    assert all(b"knife" not in sealer.open_flight(key, reply) for key, reply in kept)


def test_again_and_the_other_keys(house: Home) -> None:
    taken_by_text(house)
    house.text("we are in the blue house")
    goes_on(house, 3)
    hears(house)
    house.net.press(FIRST, "1")
    goes_on(house, 2)
    house.net.press(FIRST, "2")
    goes_on(house, 12)
    assert heard(house).count("Message 1 of 2") == 2
    house.net.press(FIRST, "9")
    goes_on(house, 3)
    assert "How did it end?" in heard(house)
    house.net.press(FIRST, "1")
    goes_on(house, 3)
    assert house.all(Alert)[0].outcome == "safe"


def test_with_the_outcome_the_copies_and_the_read_out_are_gone(house: Home) -> None:
    code = taken_by_text(house)
    hears(house)
    assert len(house.all(WorkerCopy)) == 1
    house.net.text(FIRST, LINE, f"91 {code}")
    goes_on(house, 3)
    assert house.all(WorkerCopy) == []
    assert house.all(ReadOut) == []


def test_where_nothing_alarms_the_copies_are_gone_after_two_days(house: Home) -> None:
    house.text("Hello")
    assert len(house.all(WorkerCopy)) == 1
    house.pass_time(hours=49)
    house.tick()
    assert house.all(WorkerCopy) == []


def test_an_open_alert_keeps_its_words(house: Home) -> None:
    house.text(CRY)
    (thread,) = house.all(Thread)
    house.pass_time(hours=49)
    with write(house.desk.engine) as tx:
        expire_copies(tx, house.desk.kit, house.clock.now(), frozenset({thread.id}))
    assert len(house.all(WorkerCopy)) == 1


def test_a_recording_is_played_and_its_address_dies_with_the_call(house: Home) -> None:
    house.net.dial(CALLER, LINE)
    for keys in ("1", "2", "1"):
        house.pass_time(seconds=2)
        house.net.press(CALLER, keys)
    house.pass_time(seconds=12)
    house.net.speak(CALLER, "she is at the market")
    house.pass_time(seconds=3)
    house.net.press(CALLER, "#")
    goes_on(house, 3)
    house.net.hang_up(CALLER)
    goes_on(house, 45)
    taken_by_text(house)
    hears(house)
    goes_on(house, 45)
    (sound,) = house.all(ReadOutSound)
    played = [one.url for one in sounds(house) if one.kind == "play"]
    assert [url for url in played if sound.id in url], "the caller's own voice"
    assert "Recording 1 of 2" in heard(house)
    house.net.hang_up(FIRST)
    goes_on(house, 2)
    assert house.all(ReadOutSound) == []


def test_no_word_of_it_stands_open_anywhere(house: Home) -> None:
    taken_by_text(house)
    hears(house)
    goes_on(house, 45)
    assert "he has a knife" in heard(house)
    everything = stored(house)
    assert b"worker_copies" in everything
    assert b"knife" not in everything
    assert PIN.encode() not in everything
    assert all("knife" not in deed.payload for deed in house.all(Deed))
    assert all(PIN[:4] not in line.detail for line in house.all(AlertEvent))
    assert house.all(SeenKey), "answers are kept for repeats, sealed"


# from another phone


def test_from_another_phone_with_code_and_pin(house: Home) -> None:
    code = taken_by_text(house)
    house.net.dial(OFFICER, LINE)
    goes_on(house, 2)
    house.net.press(OFFICER, "#")
    goes_on(house, 2)
    assert "Enter the four digits of the page and your PIN" in heard(house, OFFICER)
    house.net.press(OFFICER, f"{code}{PIN}#")
    goes_on(house, 45)
    assert "he has a knife" in heard(house, OFFICER)
    house.net.press(OFFICER, "9")
    goes_on(house, 3)
    house.net.press(OFFICER, "2")
    goes_on(house, 3)
    assert house.all(Alert)[0].outcome == "handed_over"
    assert house.net.errors == []


@pytest.mark.parametrize("typed", ["{code}314159#", "0000271828#"])
def test_from_another_phone_three_wrong_ones_end_the_call(house: Home, typed: str) -> None:
    code = taken_by_text(house)
    house.net.dial(OFFICER, LINE)
    goes_on(house, 2)
    house.net.press(OFFICER, "#")
    goes_on(house, 2)
    for _ in range(3):
        house.net.press(OFFICER, typed.format(code=code))
        goes_on(house, 3)
    assert house.net.phone(OFFICER).live is None
    assert heard(house, OFFICER).count("That is not right.") == 2
    assert "knife" not in heard(house, OFFICER)


def test_the_pin_counts_for_the_call_it_was_typed_in(house: Home) -> None:
    """First has let themselves in from another phone; somebody else calls with First's number meanwhile."""
    code = taken_by_text(house)
    house.net.dial(OFFICER, LINE)
    goes_on(house, 2)
    house.net.press(OFFICER, "#")
    goes_on(house, 2)
    house.net.press(OFFICER, f"{code}{PIN}#")
    goes_on(house, 5)
    house.net.dial(FIRST, LINE)
    goes_on(house, 2)
    house.net.press(FIRST, "3")
    goes_on(house, 45)
    assert "Enter your PIN" in heard(house, FIRST)
    assert "knife" not in heard(house, FIRST)
    assert "he has a knife" in heard(house, OFFICER), "and is not disturbed by it"
    assert "To hear it from the start, press 3." in heard(house, OFFICER)


# ringing back


def rings_them(house: Home) -> None:
    hears(house)
    house.net.press(FIRST, "4")
    goes_on(house, 4)


def test_both_are_brought_together_and_no_number_is_shown(house: Home) -> None:
    taken_by_text(house)
    preference(house, "ring")
    rings_them(house)
    assert "We are calling. Stay on the line." in heard(house)
    house.net.answer(CALLER)
    goes_on(house, 3)
    assert "Hello. To speak with a person, press 1." in heard(house, CALLER)
    house.net.press(CALLER, "1")
    goes_on(house, 4)
    house.net.speak(FIRST, "I am here")
    goes_on(house, 2)
    assert "I am here" in [one.text for one in sounds(house, CALLER) if one.kind == "person"]
    (call,) = [call for call in house.net.calls.values() if call.to == CALLER]
    assert call.sender == LINE
    house.net.hang_up(CALLER)
    goes_on(house, 8)
    assert "How did it end?" in heard(house)
    assert "The person is still on the line." not in heard(house)
    assert house.net.errors == []


def test_the_star_key_leads_out_and_back_while_they_stay(house: Home) -> None:
    taken_by_text(house)
    preference(house, "ring")
    rings_them(house)
    house.net.answer(CALLER)
    goes_on(house, 3)
    house.net.press(CALLER, "1")
    goes_on(house, 4)
    house.net.press(FIRST, "*")
    goes_on(house, 5)
    assert "The person is still on the line. To go back, press 1." in heard(house)
    assert house.net.phone(CALLER).live is not None
    house.net.press(FIRST, "1")
    goes_on(house, 3)
    house.net.speak(FIRST, "I am back")
    goes_on(house, 1)
    assert "I am back" in [one.text for one in sounds(house, CALLER) if one.kind == "person"]


def test_who_does_not_answer_is_told_and_the_keys_go_on(house: Home) -> None:
    taken_by_text(house)
    preference(house, "either")
    rings_them(house)
    goes_on(house, 45)
    assert "Nobody answered." in heard(house)
    assert house.net.phone(FIRST).live is not None


def test_a_call_whose_answer_was_lost_is_placed_once_and_joined(house: Home) -> None:
    taken_by_text(house)
    preference(house, "ring")
    house.net.faults.load([{"what": "call", "to": CALLER, "fault": "api_timeout_after"}])
    rings_them(house)
    house.net.answer(CALLER)
    goes_on(house, 3)
    house.net.press(CALLER, "1")
    goes_on(house, 5)
    assert len([call for call in house.net.calls.values() if call.to == CALLER]) == 1
    assert [back.state for back in house.all(RingBack)] == ["joined"]
    house.net.speak(FIRST, "I am here")
    goes_on(house, 1)
    assert "I am here" in [one.text for one in sounds(house, CALLER) if one.kind == "person"]


def test_a_voicemail_is_never_joined(house: Home) -> None:
    taken_by_text(house)
    preference(house, "ring")
    rings_them(house)
    house.net.voicemail(CALLER)
    goes_on(house, 60)
    assert "Nobody answered." in heard(house)
    assert not [call for call in house.net.calls.values() if call.room is not None]


def test_who_hangs_up_first_stops_the_ringing(house: Home) -> None:
    taken_by_text(house)
    preference(house, "ring")
    rings_them(house)
    assert house.net.phone(CALLER).ringing is not None
    house.net.hang_up(FIRST)
    goes_on(house, 3)
    assert house.net.phone(CALLER).ringing is None


def test_a_registered_officer_may_be_rung(house: Home) -> None:
    taken_by_text(house)
    with write(house.desk.engine) as tx:
        tx.scalars(select(Thread)).one().speaker = "officer"
    hears(house)
    goes_on(house, 6)
    house.net.press(FIRST, "4")
    goes_on(house, 4)
    assert "A registered officer wrote it." in heard(house)
    assert "We are calling." in heard(house)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", "They have not said that they may be called."),
        ("none", "They said no to that, or that it is not safe."),
        ("write", "They said no to that, or that it is not safe."),
        ("stopped", "That phone wants no more messages."),
        ("unsafe", "They said no to that, or that it is not safe."),
    ],
)
def test_nobody_is_rung_who_did_not_say_so(house: Home, said: str, why: str) -> None:
    taken_by_text(house)
    if said in ("none", "write"):
        preference(house, said)
    elif said:
        preference(house, "ring")
        with write(house.desk.engine) as tx:
            contact, thread = tx.scalars(select(Contact)).one(), tx.scalars(select(Thread)).one()
            contact.stopped, thread.unsafe = said == "stopped", said == "unsafe"
    rings_them(house)
    assert why in heard(house)
    assert house.all(RingBack) == []


# writing


def texts_to(house: Home, who: str) -> list[str]:
    return list(house.net.phone(who).texts)


def test_words_after_the_code_go_to_the_contact(house: Home) -> None:
    code = taken_by_text(house)
    house.net.text(FIRST, LINE, f"{code} I am coming. Where are you?")
    goes_on(house, 4)
    assert texts_to(house, CALLER)[-1] == "I am coming. Where are you?"
    assert texts_to(house, FIRST)[-1] == f"{code}: your words were sent."


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("the police are coming", "Leave this out: police"),
        ("call me at 758 555 0123", "Leave this out:"),
        ("word " * 60, "Too long"),
    ],
)
def test_what_gives_away_is_refused_with_the_reason_in_one_segment(house: Home, words: str, why: str) -> None:
    code = taken_by_text(house)
    before = texts_to(house, CALLER)
    house.net.text(FIRST, LINE, f"{code} {words}")
    goes_on(house, 4)
    assert texts_to(house, CALLER) == before
    assert why in texts_to(house, FIRST)[-1]
    assert len(texts_to(house, FIRST)[-1]) <= 160


def test_a_colleagues_name_does_not_go_out(house: Home) -> None:
    code = taken_by_text(house)
    house.net.text(FIRST, LINE, f"{code} Second will come")
    goes_on(house, 4)
    assert "Leave this out: Second" in texts_to(house, FIRST)[-1]


def test_who_has_not_taken_it_writes_to_nobody(house: Home) -> None:
    code = taken_by_text(house)
    before = texts_to(house, CALLER)
    house.net.text(SECOND, LINE, f"{code} where are you now")
    goes_on(house, 4)
    assert texts_to(house, CALLER) == before
    assert f"{code} is not yours: your words were not sent." in texts_to(house, SECOND)[-1]


def test_new_words_are_told_once_a_minute_and_none_is_left_out(house: Home) -> None:
    code = taken_by_text(house)
    new = f"{code}: new words. To hear them, call the hotline and press 3."
    for words in ("he went out", "please come", "the door is open"):
        house.text(words)
        goes_on(house, 3)
    assert texts_to(house, FIRST).count(new) == 1
    goes_on(house, 70)
    assert texts_to(house, FIRST).count(new) == 2
    hears(house)
    goes_on(house, 60)
    for words in ("he went out", "please come", "the door is open"):
        assert words in heard(house)
    assert all("door" not in text for text in texts_to(house, FIRST))


def test_the_words_themselves_go_out_only_where_the_task_force_allows_it(house: Home) -> None:
    code = taken_by_text(house)
    kit, alerts = house.shop.kit, house.shop.settings.deployment.alerts
    allowed = house.shop.settings.deployment.model_copy(
        update={"alerts": alerts.model_copy(update={"forward_words": True})}
    )
    house.shop = replace(house.shop, kit=replace(kit, settings=replace(kit.settings, deployment=allowed)))
    house.text("the door is open")
    goes_on(house, 4)
    assert f"{code}: the door is open" in texts_to(house, FIRST)
    assert f"{code}: {CRY}" not in texts_to(house, FIRST), "only what is new"


def test_silence_before_new_words_is_told(house: Home) -> None:
    code = taken_by_text(house)
    goes_on(house, 2)
    house.pass_time(minutes=18)
    house.text("ok")
    goes_on(house, 4)
    assert f"{code}: new words after 18 minutes of silence." in texts_to(house, FIRST)[-1]


# who may hear it


def test_hearing_an_emergency_is_written_down_and_somebody_else_is_told(house: Home) -> None:
    code = taken_by_text(house)
    hears(house)
    goes_on(house, 5)
    (glass,) = house.all(BrokenGlass)
    assert glass.confirmed_at is None
    assert [row.reason for row in house.all(RevealRow)] == ["by_phone"]
    assert glass.told_to not in (None, glass.staff_id), "nobody leads: the stand-in is told"
    told = [text for text in texts_to(house, SECOND) if "confirm" in text]
    assert len(told) == 1
    assert code in told[0]
    assert "knife" not in told[0]


def test_whose_role_may_not_hear_it_hears_nothing(house: Home) -> None:
    taken_by_text(house)
    with write(house.desk.engine) as tx:
        staff = tx.get(Staff, house.all(Alert)[0].taken_by)
        assert staff is not None
        staff.role = Role.ADMINISTRATOR
    hears(house)
    goes_on(house, 20)
    assert "knife" not in heard(house)
    assert house.all(BrokenGlass) == []
    assert house.all(RevealRow) == []
