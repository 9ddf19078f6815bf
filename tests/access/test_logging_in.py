"""Names as log-in, the lock after five tries, sessions that end."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import Engine, select

from hotline import db
from hotline.access import passwords as passwords_room
from hotline.access import sessions
from hotline.access.logging_in import LoggedIn, Refused, give_second, log_in
from hotline.access.passwords import Passwords
from hotline.access.people import add_member
from hotline.access.second_factor import add_app, new_secret
from hotline.access.sessions import Stage, Visitor
from hotline.access.tables import LoginTry, Staff, StaffSession
from hotline.deployment import Timings
from hotline.now import CountedIds, SetClock
from hotline.vault.sealing import House, Sealer

PASSWORD = "a lamp beside the green boat"
TIMINGS = Timings(session_idle_minutes=20, session_hours=10)


class Door:
    """Maria at the door."""

    def __init__(
        self,
        engine: Engine,
        sealer: Sealer,
        house: House,
        ids: CountedIds,
        clock: SetClock,
        passwords: Passwords,
    ) -> None:
        self.engine, self.sealer, self.ids, self.clock, self.passwords = engine, sealer, ids, clock, passwords
        self.simulated, self.house = True, house
        with db.write(engine) as tx:
            self.maria = add_member(tx, sealer, house, ids, clock.now(), name="Maria", languages=("fr", "en"))
            staff = tx.get(Staff, self.maria)
            assert staff is not None
            staff.password_hash = passwords.hash(PASSWORD)

    def tries(self, name: str = "Maria", password: str = PASSWORD) -> LoggedIn | Refused:
        return log_in(
            self.engine, self.sealer, self.ids, self.passwords, name, password, self.clock.now(),
            without_second=self.simulated,
        )  # fmt: skip

    def enters(self) -> str:
        entered = self.tries()
        assert isinstance(entered, LoggedIn)
        return entered.token

    def holder(self, token: str) -> Visitor | None:
        with db.read(self.engine) as tx:
            return sessions.visitor_of(tx, TIMINGS, token, self.clock.now())


@pytest.fixture
def door(
    engine: Engine, sealer: Sealer, house: House, ids: CountedIds, clock: SetClock, passwords: Passwords
) -> Door:
    return Door(engine, sealer, house, ids, clock, passwords)


def test_name_and_password_open_a_session(door: Door) -> None:
    token = door.enters()
    found = door.holder(token)
    assert found is not None
    assert (found.staff_id, found.language) == (door.maria, "fr")
    assert isinstance(door.tries("  maria "), LoggedIn), "case and spaces of the name do not matter"


def test_nothing_kept_opens_a_session(door: Door) -> None:
    token = door.enters()
    with db.read(door.engine) as tx:
        kept = tx.scalars(select(StaffSession)).one()
    assert token.encode() not in kept.id_hash
    assert door.holder(kept.id_hash.hex()) is None
    assert door.holder("") is None


def test_a_wrong_name_is_told_like_a_wrong_password(door: Door) -> None:
    assert door.tries(password="another long password") is Refused.WRONG
    assert door.tries(name="Nobody") is Refused.WRONG


def test_who_has_no_password_yet_cannot_log_in(door: Door) -> None:
    with db.write(door.engine) as tx:
        staff = tx.get(Staff, door.maria)
        assert staff is not None
        staff.password_hash = None
    assert door.tries() is Refused.WRONG
    assert door.tries(password="") is Refused.WRONG


@pytest.mark.parametrize("name", ["Maria", "Nobody"])
def test_after_five_wrong_tries_the_name_is_locked_for_a_quarter_of_an_hour(door: Door, name: str) -> None:
    for _ in range(5):
        assert door.tries(name, "a wrong password") is Refused.WRONG
        door.clock.advance(minutes=1)
    assert door.tries(name) is Refused.LOCKED
    door.clock.advance(minutes=9, seconds=59)
    assert door.tries(name) is Refused.LOCKED
    door.clock.advance(seconds=1)
    assert door.tries(name) is not Refused.LOCKED


def test_the_lock_of_one_name_locks_nobody_else(door: Door) -> None:
    for _ in range(6):
        door.tries("Nobody", "a wrong password")
    assert isinstance(door.tries(), LoggedIn)


def test_four_wrong_tries_and_a_right_one_begin_anew(door: Door) -> None:
    for _ in range(3):
        for _ in range(4):
            door.tries(password="a wrong password")
        door.enters()
    with db.read(door.engine) as tx:
        assert tx.scalars(select(LoginTry)).all() == []


def test_a_session_ends_when_nobody_is_there(door: Door) -> None:
    token = door.enters()
    door.clock.advance(minutes=19, seconds=59)
    found = door.holder(token)
    assert found is not None
    with db.write(door.engine) as tx:
        sessions.touch(tx, found, door.clock.now())
    door.clock.advance(minutes=19)
    assert door.holder(token) is not None
    door.clock.advance(minutes=1)
    assert door.holder(token) is None


def test_a_session_ends_after_ten_hours_however_busy(door: Door) -> None:
    token, begun = door.enters(), door.clock.now()
    while door.clock.now() < begun + timedelta(hours=9, minutes=50):
        door.clock.advance(minutes=10)
        found = door.holder(token)
        assert found is not None
        with db.write(door.engine) as tx:
            sessions.touch(tx, found, door.clock.now())
    door.clock.advance(minutes=10)
    assert door.holder(token) is None


def test_who_leaves_the_staff_is_out_at_the_next_request(door: Door) -> None:
    token = door.enters()
    with db.write(door.engine) as tx:
        staff = tx.get(Staff, door.maria)
        assert staff is not None
        staff.active = False
    assert door.holder(token) is None
    assert door.tries() is Refused.WRONG


def test_an_older_hash_is_renewed_at_the_log_in(door: Door) -> None:
    older = Passwords(memory_kib=16, time_cost=1, parallelism=1).hash(PASSWORD)
    with db.write(door.engine) as tx:
        staff = tx.get(Staff, door.maria)
        assert staff is not None
        staff.password_hash = older
    door.enters()
    with db.read(door.engine) as tx:
        kept = tx.scalars(select(Staff.password_hash)).one()
    assert kept is not None
    assert not door.passwords.is_outdated(kept)


def test_at_a_flood_it_asks_to_try_again(door: Door) -> None:
    with ExitStack() as flood:
        for _ in range(passwords_room.AT_ONCE + passwords_room.WAITING):
            flood.enter_context(passwords_room._turns)
        for _ in range(6):
            assert door.tries() is Refused.BUSY, "and it never counts as a wrong try"
    door.enters()


def test_the_second_factor_is_asked_of_who_has_one_and_missed_on_a_real_line(door: Door) -> None:
    door.simulated = False
    assert door.tries() is Refused.NO_SECOND
    assert door.tries(password="another long password") is Refused.WRONG
    secret = new_secret(door.ids)
    with db.write(door.engine) as tx:
        assert add_app(tx, door.house, door.ids, door.maria, secret, shown(secret, door), door.clock.now())
    door.clock.advance(minutes=16)
    token = door.enters()
    found = door.holder(token)
    assert found is not None
    assert found.stage is Stage.SECOND
    assert second(door, found, "000000") is Refused.WRONG_CODE
    assert second(door, found, shown(secret, door)) is None
    again = door.holder(token)
    assert again is not None
    assert again.stage is Stage.FORM
    with db.read(door.engine) as tx:
        assert tx.scalars(select(LoginTry)).all() == []


class Counted(Passwords):
    """Tells how many passwords it has looked at: each look takes the same time."""

    looks = 0

    def check(self, kept: str | None, password: str) -> bool:
        self.looks += 1
        return super().check(kept, password)


def test_whether_a_name_exists_is_told_neither_by_words_nor_by_time(door: Door) -> None:
    door.passwords = counted = Counted(memory_kib=8, time_cost=1, parallelism=1)
    with db.write(door.engine) as tx:
        no_password = add_member(tx, door.sealer, door.house, door.ids, door.clock.now(), name="Staff 2")
        gone = add_member(tx, door.sealer, door.house, door.ids, door.clock.now(), name="Staff 3")
        for staff in tx.scalars(select(Staff).where(Staff.id == gone)):
            staff.password_hash, staff.active = counted.hash(PASSWORD), False
    assert no_password
    for number, name in enumerate(("Maria", "Nobody", "Staff 2", "Staff 3"), start=1):
        assert door.tries(name, "another long password") is Refused.WRONG
        assert counted.looks == number
    assert door.tries("Staff 3") is Refused.WRONG


def test_right_passwords_without_a_code_lock_too(door: Door) -> None:
    """Who has stolen a password does not get more codes to guess by giving it again."""
    secret = new_secret(door.ids)
    with db.write(door.engine) as tx:
        assert add_app(tx, door.house, door.ids, door.maria, secret, shown(secret, door), door.clock.now())
    for _ in range(2):
        found = door.holder(door.enters())
        assert found is not None
        assert second(door, found, "000000") is Refused.WRONG_CODE
    found = door.holder(door.enters())
    assert found is not None
    assert second(door, found, shown(secret, door)) is Refused.LOCKED
    assert door.tries() is Refused.LOCKED


def shown(secret: str, door: Door) -> str:
    return pyotp.TOTP(secret).at(door.clock.now())


def second(door: Door, found: Visitor, code: str) -> Refused | None:
    return give_second(door.engine, door.house, door.ids, found, code, door.clock.now())
