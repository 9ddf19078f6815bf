"""Codes reach phones, by text and spoken; somebody of the directory is rung, and a number that cannot be is passed over."""

from __future__ import annotations

import re

from sqlalchemy import select

from hotline.access.directory import add_entry
from hotline.access.directory_tables import PhoneOf
from hotline.access.people import add_staff
from hotline.access.tables import StaffPhone
from hotline.alerts.helper_tables import Helper
from hotline.alerts.helpers import ask
from hotline.alerts.phone_checks import order_check
from hotline.db import write
from hotline.oncall.directory import Kind
from tests.house import FIRST, SECOND, Home


def unproven(house: Home, *, by_call: bool) -> None:
    """Somebody with the phone FIRST, to which a code is on its way."""
    with write(house.desk.engine) as tx:
        kit, now = house.desk.kit, house.clock.now()
        add_staff(tx, kit.sealer, house.shop.house, kit.ids, now, name="Staff 1", phone=FIRST)
        phone = tx.scalars(select(StaffPhone)).one()
        order_check(tx, kit, PhoneOf.STAFF, phone.id, now, by_call=by_call)


def listed(house: Home, *phones: str) -> None:
    """Points of contact with landlines; the first is asked."""
    with write(house.desk.engine) as tx:
        kit, now = house.desk.kit, house.clock.now()
        for number, phone in enumerate(phones, start=1):
            add_entry(
                tx, kit.sealer, house.shop.house, kit.ids, now, kind=Kind.TIPS, name=f"Contact {number}",
                phone=phone, language="en", landline=True, verified=True,
            )  # fmt: skip
        ask(tx, kit, Kind.TIPS, now)


def counts(house: Home) -> bool:
    return house.all(StaffPhone)[0].verified_at is not None


def test_the_code_comes_by_text_and_goes_back_by_text(house: Home) -> None:
    unproven(house, by_call=False)
    house.work()
    house.pass_time(seconds=10)
    found = re.fullmatch(r"(\d{6}) is your code\. Send it back\.", house.net.phone(FIRST).texts[-1])
    assert found is not None
    assert not counts(house), "that it was delivered proves nothing"
    house.text(found[1], sender=FIRST)
    assert counts(house)


def test_a_landline_hears_its_code(house: Home) -> None:
    unproven(house, by_call=True)
    house.work()
    house.pass_time(seconds=3)
    house.net.answer(FIRST)
    house.pass_time(seconds=20)
    call = house.net.phone(FIRST).live or house.net.phone(FIRST).last
    assert call is not None
    heard = [one.text for one in call.heard if one.kind == "say"]
    assert "Here is the code you were waiting for." in heard
    assert any(re.fullmatch(r"(\d, ){5}\d\.", words) for words in heard)
    assert house.net.phone(FIRST).texts == []
    assert not counts(house)
    assert house.net.errors == []


def test_a_call_whose_answer_was_lost_is_not_placed_twice(house: Home) -> None:
    house.net.faults.load([{"what": "call", "fault": "api_timeout_after", "nth": [1]}])
    listed(house, FIRST)
    for _ in range(5):
        house.work()
        house.pass_time(seconds=3)
    assert len(house.net.calls) == 1
    assert [one.state for one in house.all(Helper)] == ["asked"]


def test_a_number_that_the_carrier_refuses_is_passed_over(house: Home) -> None:
    listed(house, "+1202", SECOND)
    house.work()
    house.work()
    house.pass_time(seconds=3)
    assert house.net.phone(SECOND).ringing is not None
    assert [one.state for one in house.all(Helper)] == ["no", "asked"]
