"""A phone counts once its code came back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from hotline import db
from hotline.access.directory import add_entry, rung_entries
from hotline.access.directory_tables import DirectoryPhone, PhoneCheck, PhoneOf
from hotline.access.people import NUMBER
from hotline.alerts.phone_check_calls import phone_check_call
from hotline.alerts.phone_checks import Checked, code_of, code_texted, confirm, order_check
from hotline.calltree.actions import Gather, Hangup
from hotline.calltree.turn import CallTurn
from hotline.oncall.directory import Kind
from tests.alerts.night import Night

PHONE = "+12025550141"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On SQLite alone: rows of one phone, which nobody else touches."""
    return sqlite_url


@pytest.fixture
def unproven(empty_night: Night) -> Night:
    empty_night.add("Eva", PHONE, "es", verified=False)
    return empty_night


def order(night: Night, *, by_call: bool = False) -> str:
    """Order a code for Eva's phone; gives it."""
    with night.tx() as tx:
        order_check(tx, night.kit, PhoneOf.STAFF, night.phone("Eva").id, night.now, by_call=by_call)
        return code_of(night.kit, tx.scalars(select(PhoneCheck)).one())


def texted(night: Night, words: str) -> str | None:
    with night.tx() as tx:
        return code_texted(tx, night.kit, night.kit.sealer.index(PHONE, NUMBER), words, night.now)


def test_the_code_texted_back_makes_the_phone_count(unproven: Night) -> None:
    code = order(unproven)
    assert unproven.phone("Eva").verified_at is None
    assert texted(unproven, f" {code[:3]} {code[3:]}. ") == "Este teléfono ya cuenta. Gracias."
    assert unproven.phone("Eva").verified_at == unproven.now
    assert texted(unproven, code) is None, "it is used up"


def test_other_words_are_what_they_always_are(unproven: Night) -> None:
    order(unproven)
    assert texted(unproven, "ayuda") is None
    assert texted(unproven, "1") is None


def test_a_wrong_code_is_told_and_the_fifth_ends_it(unproven: Night) -> None:
    code = order(unproven)
    wrong = "000000" if code != "000000" else "000001"
    assert [texted(unproven, wrong) for _ in range(5)] == ["Esa no es la clave."] * 5
    assert texted(unproven, code) is None
    assert unproven.phone("Eva").verified_at is None


def test_a_code_expires_and_a_new_one_ends_the_old(unproven: Night) -> None:
    old = order(unproven)
    code = order(unproven)
    if old != code:
        assert texted(unproven, old) == "Esa no es la clave."
    unproven.clock.advance(minutes=10)
    with unproven.tx() as tx:
        assert confirm(tx, unproven.kit, unproven.phone("Eva").id, code, unproven.now) is Checked.NONE


def test_a_call_says_it_three_times_digit_by_digit_and_proves_nothing(unproven: Night) -> None:
    code = order(unproven, by_call=True)
    with db.read(unproven.engine) as tx:
        check = tx.scalars(select(PhoneCheck)).one().id
    for step in range(3):
        with unproven.tx() as tx:
            document = phone_check_call(tx, unproven.kit, check, CallTurn("CAcheck", step), unproven.now)
        gather = document.actions[0]
        assert isinstance(gather, Gather)
        assert gather.prompts[-1].text == ", ".join(code) + "."
        assert gather.prompts[-1].clips == tuple(f"digit.{digit}" for digit in code)
    with unproven.tx() as tx:
        assert (
            Hangup()
            in phone_check_call(tx, unproven.kit, check, CallTurn("CAcheck", 3), unproven.now).actions
        )
    assert unproven.phone("Eva").verified_at is None


def test_a_number_of_the_directory_counts_in_all_its_entries(empty_night: Night) -> None:
    night = empty_night
    for kind in (Kind.POLICE, Kind.TIPS):
        with night.tx() as tx:
            add_entry(
                tx, night.kit.sealer, night.house, night.kit.ids, night.now,
                kind=kind, name="Station 1", phone=PHONE, language="en",
            )  # fmt: skip
    with night.tx() as tx:
        assert rung_entries(tx) == ()
        phone = tx.scalars(select(DirectoryPhone)).first()
        assert phone is not None
        order_check(tx, night.kit, PhoneOf.DIRECTORY, phone.id, night.now, by_call=True)
        code = code_of(night.kit, tx.scalars(select(PhoneCheck)).one())
        assert confirm(tx, night.kit, phone.id, code, night.now) is Checked.RIGHT
        assert {one.kind for one in rung_entries(tx)} == {Kind.POLICE, Kind.TIPS}
