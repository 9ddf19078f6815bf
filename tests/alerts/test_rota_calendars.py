"""Copies of calendars: one counts, one may wait, and a person's yes lets it count. On both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from hotline.access.tables import Role
from hotline.alerts.rota.calendars import (
    accept,
    add_feed,
    calendar_shifts,
    the_calendar,
    the_feed,
    turn_off,
    unknown_names,
)
from hotline.alerts.rota.intake import Lacks, Taken, active_names, read_copy, take_copy
from hotline.alerts.rota.stored import on_call
from hotline.alerts.rota.swaps import take_now
from hotline.alerts.rota.tables import CalendarState
from hotline.alerts.rota.watch import watch_rota
from hotline.oncall.ics_bounds import BrokenCalendar
from tests.alerts.night import Night
from tests.alerts.test_at_once import at_once


def calendar(*events: tuple[str, str, str]) -> bytes:
    """(title, from, to), floating times."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN"]
    for number, (title, start, end) in enumerate(events):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{number}",
            f"DTSTART:{start}",
            f"DTEND:{end}",
            f"SUMMARY:{title}",
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR"]).encode()


WHOLE = calendar(
    ("Ben, Nobody", "20261101T080000", "20270101T080000"), ("Carla", "20261125T080000", "20261126T080000")
)
HOLED = calendar(("Ben", "20261101T080000", "20261125T080000"))


def take(night: Night, data: bytes) -> Taken:
    with night.tx() as tx:
        read = read_copy(night.kit, active_names(tx, night.house), data, night.now)
        return take_copy(tx, night.kit, night.house, data, read, night.now, feed_id=None)


def called(night: Night) -> list[str]:
    with night.tx() as tx:
        return [
            name
            for one in on_call(tx, night.kit, night.now)
            for name, known in night.staff.items()
            if known == one
        ]


def test_a_calendar_stands_for_the_rotation_until_a_rotation_is_set_again(night: Night) -> None:
    assert called(night) == ["Alice", "Ben"]
    taken = take(night, WHOLE)
    assert (taken.lacks, [one.name for one in taken.read.unknown]) == (None, ["Nobody"])
    assert called(night) == ["Ben"]
    with night.tx() as tx:
        good = the_calendar(tx, CalendarState.GOOD)
        assert good is not None
        assert list(unknown_names(night.house, good)) == ["Nobody"]
        assert b"Nobody" not in bytes(good.unknown_sealed or b"") + good.text_sealed
    night.clock.advance(days=5, hours=12)
    assert called(night) == ["Carla", "Ben"]
    night.rotation("Alice", "Carla")
    assert called(night) == ["Alice", "Carla"]
    with night.tx() as tx:
        assert calendar_shifts(tx) is None


def test_a_copy_that_takes_cover_away_waits_and_counts_after_a_yes(night: Night) -> None:
    take(night, WHOLE)
    taken = take(night, HOLED)
    assert taken.lacks is Lacks.COVER
    assert taken.first is not None
    assert called(night) == ["Ben"]
    with night.tx() as tx:
        watch_rota(tx, night.kit, night.now)  # nobody keeps the rota: nobody is asked, and nothing breaks
        assert the_calendar(tx, CalendarState.WAITING) is not None
        assert accept(tx, night.now)
        assert not accept(tx, night.now)
    night.clock.advance(days=10)
    assert called(night) == []


def test_a_broken_copy_changes_nothing(night: Night) -> None:
    take(night, WHOLE)
    with pytest.raises(BrokenCalendar):
        take(night, WHOLE[:100])
    assert called(night) == ["Ben"]


def test_another_feed_ends_the_one_before(night: Night) -> None:
    with night.tx() as tx:
        add_feed(tx, night.kit, "https://calendar.example/one", night.now)
        second = add_feed(tx, night.kit, "https://calendar.example/two", night.now + timedelta(seconds=1))
        assert b"calendar.example" not in second.url_sealed
        feed = the_feed(tx)
        assert feed is not None
        assert feed.id == second.id
        assert turn_off(tx, night.now)
        assert not turn_off(tx, night.now)


def test_two_clocks_that_look_at_once_tell_once(empty_night: Night) -> None:
    empty_night.add("Leader", "+12025550118", role=Role.LEADER)

    def look() -> None:
        with empty_night.tx() as tx:
            watch_rota(tx, empty_night.kit, empty_night.now)

    at_once(look, look, look)
    assert empty_night.texts() == [("Leader", "Rota: nobody is on call from 01:00 on.")]


def test_of_two_who_take_the_shift_at_once_the_last_has_it_and_the_other_knows(night: Night) -> None:
    def taking(name: str) -> Callable[[], None]:
        def act() -> None:
            with night.tx() as tx:
                take_now(tx, night.kit, night.staff[name], night.now)

        return act

    at_once(taking("Ben"), taking("Carla"))
    (first, *_) = called(night)
    other = {"Ben": "Carla", "Carla": "Ben"}[first]
    told = [words for name, words in night.texts() if name == other]
    assert [words.startswith(f"{first} has taken over your shift") for words in told] == [True]
