"""Where nobody who can be reached is on call, and whose turn is next."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hotline.oncall import (
    CalendarShift,
    Gap,
    Override,
    Rota,
    Rotation,
    Turn,
    Why,
    coming_turn,
    gaps,
    loses_cover,
    shifts,
    turns,
    who_is_on_call,
)

MONDAY = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)  # 08:00 in Saint Lucia
DAY, WEEK = timedelta(days=1), timedelta(days=7)
ROTATION = Rotation(("ann", "bob", "cy"), time(8, 0), 0, "America/St_Lucia", date(2026, 11, 16))
ALL = {"ann", "bob", "cy", "dee"}


def calendar(*shifts: tuple[int, int, str]) -> Rota:
    """From day to day after MONDAY: people by name."""
    return Rota(
        ROTATION,
        calendar=tuple(
            CalendarShift(MONDAY + since * DAY, MONDAY + until * DAY, tuple(people.split()))
            for since, until, people in shifts
        ),
    )


def test_an_empty_rota_is_one_gap() -> None:
    assert gaps(Rota(None), MONDAY, MONDAY + 2 * WEEK, ALL) == (Gap(MONDAY, MONDAY + 2 * WEEK, Why.NOBODY),)


def test_while_somebody_can_be_reached_there_is_no_gap() -> None:
    assert gaps(Rota(ROTATION), MONDAY, MONDAY + 3 * WEEK, {"ann", "cy"}) == ()


def test_people_without_a_phone_are_a_gap_until_somebody_has_one() -> None:
    found = gaps(Rota(ROTATION), MONDAY, MONDAY + 3 * WEEK, {"cy"})
    assert found == (Gap(MONDAY, MONDAY + WEEK, Why.UNREACHABLE, ("ann", "bob")),)


def test_a_hole_in_the_calendar_is_a_gap_although_there_is_a_rotation() -> None:
    rota = calendar((0, 2, "ann"), (3, 7, "bob"))
    assert gaps(rota, MONDAY, MONDAY + WEEK, ALL) == (Gap(MONDAY + 2 * DAY, MONDAY + 3 * DAY, Why.NOBODY),)


def test_an_override_closes_the_hole() -> None:
    rota = calendar((0, 2, "ann"), (3, 7, "bob"))
    filled = Rota(ROTATION, (Override(MONDAY + 2 * DAY, MONDAY + 3 * DAY, "dee"),), rota.calendar)
    assert gaps(filled, MONDAY, MONDAY + WEEK, ALL) == ()
    assert who_is_on_call(filled, MONDAY + 2 * DAY) == ("dee",)


def test_of_two_events_that_meet_the_later_one_comes_first() -> None:
    rota = calendar((0, 7, "ann"), (2, 3, "bob"), (6, 9, "cy"))
    assert who_is_on_call(rota, MONDAY) == ("ann",)
    assert who_is_on_call(rota, MONDAY + 2 * DAY) == ("bob", "ann")
    assert who_is_on_call(rota, MONDAY + 3 * DAY) == ("ann",)
    assert who_is_on_call(rota, MONDAY + 6 * DAY) == ("cy", "ann")
    assert [shift.people for shift in shifts(rota, MONDAY, MONDAY + 10 * DAY)][-1] == ()


def test_an_event_of_several_names_first_and_second() -> None:
    assert who_is_on_call(calendar((0, 1, "bob ann cy")), MONDAY) == ("bob", "ann")


def test_cover_that_is_lost_is_seen_at_its_first_instant() -> None:
    old, new = calendar((0, 7, "ann")), calendar((0, 2, "bob"), (3, 5, "cy"))
    assert loses_cover(old, new, MONDAY, MONDAY + 2 * WEEK, ALL) == MONDAY + 2 * DAY
    assert loses_cover(new, old, MONDAY, MONDAY + 2 * WEEK, ALL) is None
    assert loses_cover(Rota(ROTATION), calendar((0, 7, "ann")), MONDAY, MONDAY + WEEK, ALL) is None
    assert (
        loses_cover(Rota(ROTATION), calendar((0, 7, "ann")), MONDAY, MONDAY + 2 * WEEK, ALL) == MONDAY + WEEK
    )


def test_cover_by_somebody_who_cannot_be_reached_is_none() -> None:
    old, new = calendar((0, 7, "ann")), calendar((0, 7, "bob"))
    assert loses_cover(old, new, MONDAY, MONDAY + WEEK, {"ann"}) == MONDAY
    assert loses_cover(new, old, MONDAY, MONDAY + WEEK, {"cy"}) is None


def test_a_turn_goes_on_whoever_is_second() -> None:
    rota = Rota(ROTATION, (Override(MONDAY + DAY, MONDAY + 2 * DAY, "dee", replaces="bob"),))
    assert turns(rota, MONDAY, MONDAY + 2 * WEEK) == (
        Turn(MONDAY, MONDAY + WEEK, "ann"),
        Turn(MONDAY + WEEK, MONDAY + 2 * WEEK, "bob"),
    )


def test_the_coming_turn_is_the_whole_next_one() -> None:
    at = MONDAY + DAY
    assert coming_turn(Rota(ROTATION), "bob", at, 2 * WEEK) == Turn(MONDAY + WEEK, MONDAY + 2 * WEEK, "bob")
    assert coming_turn(Rota(ROTATION), "ann", at, 3 * WEEK) == Turn(
        MONDAY + 3 * WEEK, MONDAY + 4 * WEEK, "ann"
    )
    assert coming_turn(Rota(ROTATION), "dee", at, 2 * WEEK) is None
    assert coming_turn(Rota(ROTATION), "ann", MONDAY, WEEK) is None, "a turn that has begun is not coming"
