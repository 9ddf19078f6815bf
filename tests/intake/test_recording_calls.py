"""A staff phone at the door: who is offered to record, and what a PIN costs."""

from __future__ import annotations

import pytest

from hotline.access.passwords import Passwords
from hotline.access.people import add_staff
from hotline.access.pins import set_pin
from hotline.access.tables import StaffPin
from hotline.db import read, write
from hotline.intake.desk import Desk
from hotline.now import SetClock
from hotline.threads.tables import Call, Deed
from hotline.vault.keys import KeyFolder
from hotline.vault.sealing import House
from tests.intake.test_texts import count
from tests.intake.webhooks import Twilio

STAFF, PIN, WRONG = "+12025550131", "271828", "314159"
CALL = "CA" + "7" * 32


def on_staff(desk: Desk, clock: SetClock, *, verified: bool = True) -> str:
    """A member of staff with a PIN."""
    quick = Passwords(memory_kib=8, time_cost=1, parallelism=1)
    house = House(KeyFolder(desk.settings.data_dir / "keys"))
    with write(desk.engine) as tx:
        staff_id = add_staff(
            tx,
            desk.kit.sealer,
            house,
            desk.kit.ids,
            clock.now(),
            name="Staff 1",
            phone=STAFF,
            verified=verified,
        )
        set_pin(tx, staff_id, quick.hash(PIN), clock.now())
    return staff_id


def wrong_tries(desk: Desk) -> int:
    with read(desk.engine) as tx:
        return tx.query(StaffPin).one().wrong


def heard(twilio: Twilio, step: int = 0, **more: str) -> str:
    return twilio.turn(CALL, step, sender=STAFF, **more).get_data(as_text=True)


def test_a_verified_phone_is_offered_to_record(twilio: Twilio, desk: Desk, clock: SetClock) -> None:
    on_staff(desk, clock)
    assert "To record what callers hear" in heard(twilio)


def test_an_unverified_phone_and_another_phone_are_not(twilio: Twilio, desk: Desk, clock: SetClock) -> None:
    on_staff(desk, clock, verified=False)
    assert "To record" not in heard(twilio)
    assert "To record" not in twilio.turn("CA" + "8" * 32).get_data(as_text=True)


def test_silence_at_the_offer_is_a_call_like_any_other(twilio: Twilio, desk: Desk, clock: SetClock) -> None:
    on_staff(desk, clock)
    heard(twilio)
    assert "For English" in heard(twilio, 1)


@pytest.mark.parametrize(("pin", "tries"), [(WRONG, 1), (PIN, 0)])
def test_a_repeated_turn_is_no_second_try(
    twilio: Twilio, desk: Desk, clock: SetClock, pin: str, tries: int
) -> None:
    on_staff(desk, clock)
    heard(twilio)
    heard(twilio, 1, Digits="1")
    first = heard(twilio, 2, Digits=pin)
    assert heard(twilio, 2, Digits=pin) == first
    assert wrong_tries(desk) == tries


def test_without_the_pin_nothing_can_be_recorded(twilio: Twilio, desk: Desk, clock: SetClock) -> None:
    on_staff(desk, clock)
    heard(twilio)
    heard(twilio, 1, Digits="1")
    for step, digits in enumerate((WRONG, "12", "*", "0", "", "99999999"), start=2):
        assert "<Record" not in heard(twilio, step, Digits=digits)
    assert "<Record" not in heard(twilio, 8, Digits="1", RecordingSid="RE" + "1" * 32, RecordingDuration="4")
    assert count(desk, Deed) == 0


def test_a_pin_is_asked_for_and_kept_nowhere(twilio: Twilio, desk: Desk, clock: SetClock) -> None:
    on_staff(desk, clock)
    heard(twilio)
    heard(twilio, 1, Digits="1")
    assert "To record in English" in heard(twilio, 2, Digits=PIN)
    with read(desk.engine) as tx:
        call = tx.get(Call, CALL)
        assert call is not None
        assert call.state_sealed is not None
        assert PIN.encode() not in desk.kit.sealer.open_flight(call.sid, call.state_sealed)
