"""Overrides, the second in line, and the forecast: all by one function."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hotline.oncall import Override, Rota, Rotation, Shift, shifts, who_is_on_call

WEEK = timedelta(days=7)
MONDAY = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)  # 08:00 in Saint Lucia
ROTATION = Rotation(("ann", "bob", "cy"), time(8, 0), 0, "America/St_Lucia", date(2026, 11, 16))
DAY = timedelta(days=1)


def test_the_next_in_the_rotation_is_second() -> None:
    assert who_is_on_call(Rota(ROTATION), MONDAY) == ("ann", "bob")
    assert who_is_on_call(Rota(ROTATION), MONDAY + 2 * WEEK) == ("cy", "ann")


def test_one_person_alone_has_no_second() -> None:
    alone = Rotation(("ann",), time(8, 0), 0, "America/St_Lucia", date(2026, 11, 16))
    assert who_is_on_call(Rota(alone), MONDAY) == ("ann",)


def test_without_a_rotation_nobody_is_on_call() -> None:
    assert who_is_on_call(Rota(None), MONDAY) == ()


def test_somebody_covers_for_whoever_is_first_from_start_to_end() -> None:
    rota = Rota(ROTATION, (Override(MONDAY + DAY, MONDAY + 2 * DAY, "dee"),))
    second = timedelta(seconds=1)
    assert who_is_on_call(rota, MONDAY + DAY - second) == ("ann", "bob")
    assert who_is_on_call(rota, MONDAY + DAY) == ("dee", "bob")
    assert who_is_on_call(rota, MONDAY + 2 * DAY - second) == ("dee", "bob")
    assert who_is_on_call(rota, MONDAY + 2 * DAY) == ("ann", "bob")


def test_a_cover_goes_on_over_the_handover() -> None:
    rota = Rota(ROTATION, (Override(MONDAY + 6 * DAY, MONDAY + 8 * DAY, "dee"),))
    assert who_is_on_call(rota, MONDAY + WEEK + timedelta(hours=1)) == ("dee", "cy")


def test_who_covers_is_not_second_as_well() -> None:
    rota = Rota(ROTATION, (Override(MONDAY, MONDAY + DAY, "bob"),))
    assert who_is_on_call(rota, MONDAY) == ("bob", "cy")


def test_one_person_is_replaced_wherever_they_stand() -> None:
    away = Override(MONDAY, MONDAY + 3 * WEEK, "dee", replaces="bob")
    rota = Rota(ROTATION, (away,))
    assert who_is_on_call(rota, MONDAY) == ("ann", "dee")
    assert who_is_on_call(rota, MONDAY + WEEK) == ("dee", "cy")
    assert who_is_on_call(rota, MONDAY + 2 * WEEK) == ("cy", "ann")


def test_a_swap_is_two_overrides() -> None:
    swap = (
        Override(MONDAY, MONDAY + WEEK, "cy", replaces="ann"),
        Override(MONDAY + 2 * WEEK, MONDAY + 3 * WEEK, "ann", replaces="cy"),
    )
    assert who_is_on_call(Rota(ROTATION, swap), MONDAY)[0] == "cy"
    assert who_is_on_call(Rota(ROTATION, swap), MONDAY + WEEK)[0] == "bob"
    assert who_is_on_call(Rota(ROTATION, swap), MONDAY + 2 * WEEK)[0] == "ann"


def test_the_later_override_wins() -> None:
    rota = Rota(ROTATION, (Override(MONDAY, MONDAY + WEEK, "dee"), Override(MONDAY, MONDAY + DAY, "eve")))
    assert who_is_on_call(rota, MONDAY) == ("eve", "bob")
    assert who_is_on_call(rota, MONDAY + DAY) == ("dee", "bob")


def test_an_override_covers_even_without_a_rotation() -> None:
    rota = Rota(None, (Override(MONDAY, MONDAY + DAY, "dee"),))
    assert who_is_on_call(rota, MONDAY) == ("dee",)
    assert who_is_on_call(rota, MONDAY + DAY) == ()


def test_the_forecast_has_no_holes_and_says_what_is_paged() -> None:
    rota = Rota(ROTATION, (Override(MONDAY + DAY, MONDAY + 2 * DAY, "dee"),))
    until = MONDAY + 2 * WEEK
    assert shifts(rota, MONDAY, until) == (
        Shift(MONDAY, MONDAY + DAY, ("ann", "bob")),
        Shift(MONDAY + DAY, MONDAY + 2 * DAY, ("dee", "bob")),
        Shift(MONDAY + 2 * DAY, MONDAY + WEEK, ("ann", "bob")),
        Shift(MONDAY + WEEK, until, ("bob", "cy")),
    )


def test_a_gap_is_a_shift_of_nobody() -> None:
    rota = Rota(None, (Override(MONDAY + DAY, MONDAY + 2 * DAY, "dee"),))
    assert [shift.people for shift in shifts(rota, MONDAY, MONDAY + WEEK)] == [(), ("dee",), ()]


def test_what_does_not_change_is_one_shift() -> None:
    alone = Rotation(("ann",), time(8, 0), 0, "America/St_Lucia", date(2026, 11, 16))
    assert shifts(Rota(alone), MONDAY, MONDAY + 4 * WEEK) == (Shift(MONDAY, MONDAY + 4 * WEEK, ("ann",)),)
