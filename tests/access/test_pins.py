"""PINs of staff: hashed, five tries, and a lock that only a new PIN opens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from hotline.access.passwords import Passwords
from hotline.access.people import add_member
from hotline.access.pins import Tried, set_pin, too_plain, try_pin
from hotline.access.tables import StaffPin
from hotline.db import make_engine, read, write
from hotline.now import CountedIds, SetClock
from hotline.vault.sealing import House, Sealer

PIN = "271828"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def member(engine: Engine, sealer: Sealer, house: House, clock: SetClock, passwords: Passwords) -> str:
    with write(engine) as tx:
        staff_id = add_member(tx, sealer, house, CountedIds(), clock.now(), name="Staff 1")
        set_pin(tx, staff_id, passwords.hash(PIN), clock.now())
    return staff_id


@pytest.mark.parametrize(
    "pin", ["", "12345", "1234567", "111111", "123456", "987654", "12345a", "１２３４５７"]
)
def test_what_is_no_pin_or_tried_first_is_refused(pin: str) -> None:
    assert too_plain(pin)


def test_only_a_hash_is_kept(engine: Engine, member: str) -> None:
    with read(engine) as tx:
        kept = tx.get(StaffPin, member)
        assert kept is not None
        assert kept.pin_hash.startswith("$argon2id$")
        assert PIN not in kept.pin_hash


def test_five_wrong_tries_lock_it_and_the_right_one_does_not_open_it(
    engine: Engine, member: str, passwords: Passwords, clock: SetClock
) -> None:
    tries = [try_pin(engine, passwords, CountedIds(), member, "314159", clock.now()) for _ in range(5)]
    assert tries == [Tried.WRONG] * 4 + [Tried.LOCKED_NOW]
    assert try_pin(engine, passwords, CountedIds(), member, PIN, clock.now()) is Tried.LOCKED
    clock.advance(days=3)
    assert try_pin(engine, passwords, CountedIds(), member, PIN, clock.now()) is Tried.LOCKED
    with write(engine) as tx:
        set_pin(tx, member, passwords.hash("161803"), clock.now())
    assert try_pin(engine, passwords, CountedIds(), member, "161803", clock.now()) is Tried.RIGHT


def test_a_right_one_begins_the_count_anew(
    engine: Engine, member: str, passwords: Passwords, clock: SetClock
) -> None:
    for _ in range(2):
        for _ in range(4):
            assert try_pin(engine, passwords, CountedIds(), member, "314159", clock.now()) is Tried.WRONG
        assert try_pin(engine, passwords, CountedIds(), member, PIN, clock.now()) is Tried.RIGHT


def test_who_has_no_pin_is_as_wrong_as_anybody(engine: Engine, passwords: Passwords, clock: SetClock) -> None:
    assert try_pin(engine, passwords, CountedIds(), "nobody", PIN, clock.now()) is Tried.WRONG
