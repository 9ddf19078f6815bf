"""Codes of an app and recovery codes: each counts once, wrong ones lock."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import Engine, select

from hotline import db
from hotline.access.login_tables import RecoveryCode, SecondFactor
from hotline.access.people import add_member
from hotline.access.second_factor import (
    add_app,
    app_address,
    factors_of,
    forget_all,
    fresh,
    give_proof,
    has_second,
    new_recovery_codes,
    new_secret,
    recovery_codes_left,
    remove_factor,
)
from hotline.now import CountedIds, SetClock
from hotline.vault.sealing import House, Sealer


class Person:
    """A member of staff with an app that shows codes."""

    def __init__(
        self, engine: Engine, sealer: Sealer, house: House, ids: CountedIds, clock: SetClock
    ) -> None:
        self.engine, self.house, self.ids, self.clock = engine, house, ids, clock
        self.secret = new_secret(ids)
        with db.write(engine) as tx:
            self.id = add_member(tx, sealer, house, ids, clock.now(), name="Staff 1")
            assert not has_second(tx, self.id)
            assert not add_app(tx, house, ids, self.id, self.secret, "000000", clock.now())
            assert add_app(tx, house, ids, self.id, self.secret, self.shown(), clock.now())
        clock.advance(minutes=1)

    def shown(self, seconds: float = 0) -> str:
        """What the app shows now, or so many seconds from now."""
        return pyotp.TOTP(self.secret).at(self.clock.now() + timedelta(seconds=seconds))

    def gives(self, code: str) -> bool:
        with db.write(self.engine) as tx:
            return fresh(tx, self.house, self.id, code, self.clock.now())


@pytest.fixture
def person(engine: Engine, sealer: Sealer, house: House, ids: CountedIds, clock: SetClock) -> Person:
    return Person(engine, sealer, house, ids, clock)


def test_a_code_counts_once(person: Person) -> None:
    code = person.shown()
    assert person.gives(f" {code[:3]} {code[3:]} ")
    assert not person.gives(code)
    person.clock.advance(seconds=30)
    assert not person.gives(code)
    assert person.gives(person.shown())


@pytest.mark.parametrize(("seconds", "right"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_a_clock_may_be_off_by_one_step(person: Person, seconds: int, right: bool) -> None:
    person.clock.advance(minutes=5)
    assert person.gives(person.shown(seconds)) is right


def test_an_older_code_than_the_last_is_none(person: Person) -> None:
    person.clock.advance(minutes=5)
    before = person.shown(-30)
    assert person.gives(person.shown())
    assert not person.gives(before)


def test_five_wrong_ones_lock_the_right_one_out_for_a_quarter_of_an_hour(person: Person) -> None:
    for _ in range(5):
        assert not person.gives("000000")
    assert not person.gives(person.shown())
    person.clock.advance(minutes=14, seconds=59)
    assert not person.gives(person.shown())
    person.clock.advance(seconds=1)
    assert person.gives(person.shown())


def test_a_right_one_wipes_the_wrong_ones(person: Person) -> None:
    for _ in range(3):
        for _ in range(4):
            assert not person.gives("12345")
        assert person.gives(person.shown())
        person.clock.advance(seconds=30)


def test_ten_recovery_codes_each_once(person: Person) -> None:
    with db.write(person.engine) as tx:
        old = new_recovery_codes(tx, person.ids, person.id)
        codes = new_recovery_codes(tx, person.ids, person.id)
        assert len(set(codes)) == recovery_codes_left(tx, person.id) == 10
    assert not person.gives(old[0])
    assert person.gives(codes[0].upper().replace("-", " "))
    assert not person.gives(codes[0])
    with db.read(person.engine) as tx:
        assert recovery_codes_left(tx, person.id) == 9
        kept = tx.scalars(select(RecoveryCode.code_hash)).all()
    assert all(code.replace("-", "").encode() not in b"".join(kept) for code in codes)


def test_the_codes_of_others_are_worth_nothing(
    person: Person, engine: Engine, sealer: Sealer, house: House
) -> None:
    with db.write(engine) as tx:
        other = add_member(tx, sealer, house, person.ids, person.clock.now(), name="Staff 2")
        codes = new_recovery_codes(tx, person.ids, person.id)
        proof = give_proof(tx, person.ids, person.id, person.clock.now())
        for code in (person.shown(), codes[0], proof, ""):
            assert not fresh(tx, house, other, code, person.clock.now())
    assert person.gives(codes[0])
    assert person.gives(proof)
    assert not person.gives(proof), "a proof counts once"


def test_the_proof_of_a_passkey_lives_two_minutes(person: Person) -> None:
    with db.write(person.engine) as tx:
        proof = give_proof(tx, person.ids, person.id, person.clock.now())
    person.clock.advance(minutes=2)
    assert not person.gives(proof)


def test_nothing_kept_gives_a_code(person: Person) -> None:
    with db.read(person.engine) as tx:
        sealed = tx.scalars(select(SecondFactor.secret_sealed)).one()
    assert person.secret.encode() not in sealed
    assert app_address(person.secret, "Staff 1", "Hotline").startswith("otpauth://totp/")


def test_the_last_one_is_never_removed(person: Person) -> None:
    other = new_secret(person.ids)
    with db.write(person.engine) as tx:
        (only,) = factors_of(tx, person.id)
        assert not remove_factor(tx, person.id, only.id)
        now = person.clock.now()
        assert add_app(tx, person.house, person.ids, person.id, other, pyotp.TOTP(other).at(now), now)
        assert not remove_factor(tx, "a" * 16, only.id)
        assert remove_factor(tx, person.id, only.id)
        assert [factor.id for factor in factors_of(tx, person.id)] != [only.id]
        forget_all(tx, person.id)
        assert not has_second(tx, person.id)
