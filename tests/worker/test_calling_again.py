"""A whole house at a telephone network: a call drops in the middle of the questions, and the same phone calls again."""

from __future__ import annotations

from tests.house import CALLER, LINE, Home


def keys(house: Home, *pressed: str) -> None:
    for key in pressed:
        house.pass_time(seconds=2)
        house.net.press(CALLER, key)
    house.pass_time(seconds=2)


def test_a_dropped_call_goes_on_and_is_one_record(house: Home) -> None:
    house.net.dial(CALLER, LINE)
    keys(house, "1", "2", "2", "2", "2026#", "02#", "1")
    house.net.hang_up(CALLER)
    house.pass_time(minutes=2)
    house.work()
    (record,) = house.records()
    assert (record["form"], record["disposition"]) == ("hotline", "partial")

    house.net.dial(CALLER, LINE)
    keys(house, "1", "34#", "2", "5#", "1", "1")
    house.work()
    (record,) = house.records()
    assert record["disposition"] == "completed"
    assert record["fields"]["victim_sex"]["value"] == "female"
    assert record["fields"]["victim_age"]["value"] == 34
    assert house.net.errors == []


def test_a_call_over_at_once_is_no_record(house: Home) -> None:
    house.net.dial(CALLER, LINE)
    house.pass_time(seconds=2)
    house.net.hang_up(CALLER)
    house.pass_time(seconds=2)
    house.work()
    assert house.records() == []
    assert house.net.errors == []
