"""Shifts from calendars as people keep them: Google, Nextcloud, Outlook, and what is in none of their manuals."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline.oncall import CalendarShift, Rota, Rotation, instant, shifts, who_is_on_call
from hotline.oncall.ics import CalendarRead, read_calendar
from hotline.oncall.ics_bounds import Broken, BrokenCalendar
from hotline.oncall.ics_export import person_calendar

PEOPLE = {
    "one": "Staff One",
    "two": "Staff Two",
    "blue": "Blue House",
    "green": "Green Field",
    "red": "Red Cross",
}
ST_LUCIA = ZoneInfo("America/St_Lucia")
SINCE, UNTIL = datetime(2026, 11, 16, tzinfo=UTC), datetime(2026, 12, 16, tzinfo=UTC)
AT_EIGHT = ("DTSTART:20261116T080000", "DTEND:20261117T080000")


def file(*lines: str) -> bytes:
    """A calendar of these lines."""
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN", *lines, "END:VCALENDAR", ""]
    ).encode()


def event(*lines: str, uid: str = "1") -> tuple[str, ...]:
    return ("BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261101T000000Z", *lines, "END:VEVENT")


def read(data: bytes, since: datetime = SINCE, until: datetime = UNTIL) -> CalendarRead:
    return read_calendar(data, PEOPLE, ST_LUCIA, since, until)


def told(data: bytes) -> list[str]:
    """ "16 08:00 - 17 08:00 one" on the clocks of Saint Lucia"""
    return [
        f"{one.start.astimezone(ST_LUCIA):%d %H:%M} - {one.end.astimezone(ST_LUCIA):%d %H:%M} {' '.join(one.people)}"
        for one in read(data).shifts
    ]


def broken(data: bytes) -> Broken:
    with pytest.raises(BrokenCalendar) as caught:
        read(data)
    return caught.value.why


# --- what stands in a calendar ---


def test_a_week_that_comes_again() -> None:
    week = event(
        "DTSTART;TZID=America/St_Lucia:20261116T080000", "DTEND;TZID=America/St_Lucia:20261123T080000",
        "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=2", "SUMMARY:Staff One",
    )  # fmt: skip
    assert told(file(*week)) == ["16 08:00 - 23 08:00 one", "30 08:00 - 07 08:00 one"]


def test_one_day_left_out_and_one_moved_to_somebody_else() -> None:
    daily = event(*AT_EIGHT, "RRULE:FREQ=DAILY;COUNT=4", "EXDATE:20261117T080000", "SUMMARY:Staff One")
    moved = event(
        "RECURRENCE-ID:20261118T080000",
        "DTSTART:20261118T090000",
        "DTEND:20261119T080000",
        "SUMMARY:Staff Two",
    )
    assert told(file(*daily, *moved)) == [
        "16 08:00 - 17 08:00 one",
        "18 09:00 - 19 08:00 two",
        "19 08:00 - 20 08:00 one",
    ]


def test_whole_days_are_from_midnight_to_midnight() -> None:
    days = event("DTSTART;VALUE=DATE:20261118", "DTEND;VALUE=DATE:20261120", "SUMMARY:Staff One")
    one_day = event("DTSTART;VALUE=DATE:20261121", "SUMMARY:Staff Two", uid="2")
    assert told(file(*days, *one_day)) == ["18 00:00 - 20 00:00 one", "21 00:00 - 22 00:00 two"]


def test_google_tells_its_zone_once_for_times_in_utc_that_come_again() -> None:
    """08:00 in New York all year, although the file says 12:00Z."""
    google = event(
        "DTSTART:20261030T120000Z", "DTEND:20261031T120000Z", "RRULE:FREQ=DAILY;COUNT=4", "SUMMARY:Staff One"
    )
    found = read(file("X-WR-TIMEZONE:America/New_York", *google), datetime(2026, 10, 29, tzinfo=UTC))
    assert [one.start for one in found.shifts] == [
        instant(date(2026, 10, 30) + timedelta(days=day), time(8, 0), ZoneInfo("America/New_York"))
        for day in range(4)
    ]


def test_floating_times_are_on_the_calendars_own_clocks_else_on_the_rotas() -> None:
    floating = event(*AT_EIGHT, "SUMMARY:Staff One")
    assert read(file(*floating)).shifts[0].start == datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
    in_paris = read(file("X-WR-TIMEZONE:Europe/Paris", *floating))
    assert in_paris.shifts[0].start == datetime(2026, 11, 16, 7, 0, tzinfo=UTC)


def test_outlook_calls_zones_by_names_of_its_own() -> None:
    zone = (
        "BEGIN:VTIMEZONE", "TZID:W. Europe Standard Time", "BEGIN:STANDARD", "DTSTART:16011028T030000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "END:STANDARD", "END:VTIMEZONE",
    )  # fmt: skip
    outlook = event(
        'DTSTART;TZID="W. Europe Standard Time":20261116T080000',
        'DTEND;TZID="W. Europe Standard Time":20261116T180000',
        "SUMMARY;LANGUAGE=de-DE:House\\, Blue",
    )
    for data in (file(*zone, *outlook), file(*outlook)):
        assert told(data) == ["16 03:00 - 16 13:00 blue"]


def test_a_zone_that_only_the_file_knows_counts_as_it_says() -> None:
    def own(offset: str) -> bytes:
        zone = (
            "BEGIN:VTIMEZONE", "TZID:Our clocks", "BEGIN:STANDARD", "DTSTART:19700101T000000",
            f"TZOFFSETFROM:{offset}", f"TZOFFSETTO:{offset}", "END:STANDARD", "END:VTIMEZONE",
        )  # fmt: skip
        return file(
            *zone, *event("DTSTART;TZID=Our clocks:20261116T080000", "DURATION:PT12H", "SUMMARY:Staff One")
        )

    assert told(own("+0200")) == ["16 02:00 - 16 14:00 one"]
    assert told(own("-0500")) == ["16 09:00 - 16 21:00 one"], "the file read before has no say"


def test_nextcloud_folds_lines_and_marks_what_is_cancelled() -> None:
    folded = ("SUMMARY:On call: Staff", "  One")
    gone = event(
        "DTSTART:20261118T080000", "DTEND:20261119T080000", "STATUS:CANCELLED", "SUMMARY:Staff Two", uid="2"
    )
    assert told(file(*event(*AT_EIGHT, *folded), *gone)) == ["16 08:00 - 17 08:00 one"]


def test_an_event_from_long_ago_that_still_goes_on() -> None:
    assert told(file(*event("DTSTART:20250101T080000", "DTEND:20270101T080000", "SUMMARY:RC"))) == [
        "01 08:00 - 01 08:00 red"
    ]


def test_tasks_and_notes_are_no_shifts() -> None:
    assert (
        read(file("BEGIN:VTODO", "UID:9", "SUMMARY:Staff One", "DTSTART:20261116T080000", "END:VTODO")).shifts
        == ()
    )


# --- who is meant ---


@pytest.mark.parametrize(
    ("title", "people"),
    [
        ("Staff One", "one"), ("staff one", "one"), ("SO", "one"), ("so", "one"), ("Blue", "blue"), ("BH", "blue"),
        ("House\\, Blue", "blue"), ("House Blue", "blue"), ("On call: Blue House", "blue"), ("Blue House (on call)", "blue"),
        ("on call Blue House", "blue"), ("Blue\\, Green", "blue green"), ("BH/GF", "blue green"), ("BH GF", "blue green"),
        ("BH + GF", "blue green"), ("Green & Blue", "green blue"), ("Green and Blue", "green blue"), ("Blue y Green", "blue green"),
        ("Blue et Green", "blue green"), ("值班：RC、BH", "red blue"), ("Primary: GF; Secondary: RC", "green red"),
        ("Blue – Green", "blue green"), ("Blue\\nGreen", "blue green"), ("Blue\\; Green", "blue green"), ("B.H.", "blue"),
        ("Staff One\\, Staff Two", "one two"),
    ],
)  # fmt: skip
def test_names_first_names_and_initials(title: str, people: str) -> None:
    found = read(file(*event(*AT_EIGHT, f"SUMMARY:{title}")))
    assert (found.shifts[0].people if found.shifts else ()) == tuple(people.split())
    assert found.unknown == ()


@pytest.mark.parametrize(
    ("title", "unknown"),
    [
        ("Nobody Known", "Nobody Known"),
        ("Staff", "Staff"),
        ("XY", "XY"),
        ("Staff Three", "Staff Three"),
        ("Be", "Be"),
    ],
)
def test_a_name_that_fits_nobody_or_several_is_a_gap_and_told(title: str, unknown: str) -> None:
    found = read(file(*event(*AT_EIGHT, f"SUMMARY:{title}")))
    assert found.shifts == ()
    assert [one.name for one in found.unknown] == [unknown]
    assert found.unknown[0].start == datetime(2026, 11, 16, 12, 0, tzinfo=UTC)


def test_beside_a_name_that_fits_the_other_is_told() -> None:
    found = read(file(*event(*AT_EIGHT, "SUMMARY:Blue / Nobody Known")))
    assert (found.shifts[0].people, [one.name for one in found.unknown]) == (("blue",), ["Nobody Known"])


def test_an_event_without_a_title_is_nobody() -> None:
    assert read(file(*event(*AT_EIGHT))).shifts == ()


# --- clocks ---


@pytest.mark.parametrize(
    "zone",
    ["Africa/Cairo", "Asia/Beirut", "America/Havana", "America/Santiago", "America/Asuncion", "Australia/Lord_Howe",
     "Africa/Casablanca", "America/New_York", "Europe/Paris"],
)  # fmt: skip
@pytest.mark.parametrize("wall", ["000000", "003000", "023000", "080000"])
def test_daily_events_meet_to_the_second_whatever_the_clocks_do(zone: str, wall: str) -> None:
    daily = event(
        f"DTSTART;TZID={zone}:20260101T{wall}", f"DTEND;TZID={zone}:20260102T{wall}",
        "RRULE:FREQ=DAILY", "SUMMARY:Staff One",
    )  # fmt: skip
    since, until = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
    found = read(file(*daily), since, until).shifts
    assert len(found) > 330
    assert all(one.end == two.start for one, two in pairwise(found))
    clock, handover = ZoneInfo(zone), time(int(wall[:2]), int(wall[2:4]))
    rotation = Rotation(("one",), handover, 0, zone, date(2024, 1, 1))
    for one in found:
        day = one.start.astimezone(clock).date()
        assert one.start in (instant(day, handover, clock), instant(day - timedelta(days=1), handover, clock))
    assert who_is_on_call(Rota(rotation, calendar=found), since + timedelta(days=1)) == ("one",)


# --- what is no calendar ---


def test_what_cannot_be_read_is_refused_whole() -> None:
    good = file(*event(*AT_EIGHT, "SUMMARY:Staff One"))
    assert broken(b"") == broken(b" \r\n") == Broken.EMPTY
    assert broken(b"<!DOCTYPE html><html>Please log in</html>") == Broken.NO_CALENDAR
    assert broken(good[: len(good) // 2]) == Broken.CUT
    assert broken(good[:-20]) == Broken.CUT
    assert broken(good + good) == Broken.UNREADABLE
    assert broken(good + b"x" * 1_000_001) == Broken.TOO_LARGE
    assert broken(b"\xff\xfe" + good) == Broken.UNREADABLE
    assert broken(file(*event("DTSTART:2026-11-16", "SUMMARY:Staff One"))) == Broken.UNREADABLE
    assert broken(file(*event("SUMMARY:Staff One"))) == Broken.UNREADABLE


def test_every_cut_of_a_calendar_is_seen() -> None:
    good = file(
        *event(*AT_EIGHT, "SUMMARY:Staff One"), *event(*AT_EIGHT, "SUMMARY:Staff Two", uid="2")
    ).strip()
    for length in range(15, len(good)):
        assert broken(good[:length]) in (Broken.CUT, Broken.UNREADABLE, Broken.NO_CALENDAR)


@pytest.mark.parametrize("zone", ["Mars/Phobos", "Unknown Standard Time"])
def test_a_zone_that_nobody_knows_is_refused(zone: str) -> None:
    assert broken(file(*event(f"DTSTART;TZID={zone}:20261116T080000", "SUMMARY:Staff One"))) == Broken.ZONE
    assert broken(file(f"X-WR-TIMEZONE:{zone}", *event(*AT_EIGHT, "SUMMARY:Staff One"))) == Broken.ZONE


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=HOURLY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=99999", "FREQ=NEVER", "",
        "FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2,3", "FREQ=DAILY;BYSECOND=0,1,2", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=5",
        "FREQ=MONTHLY;BYDAY=9MO;COUNT=5",
    ],
)  # fmt: skip
def test_rules_that_could_run_away_are_refused(rule: str) -> None:
    assert broken(file(*event(*AT_EIGHT, f"RRULE:{rule}", "SUMMARY:Staff One"))) == Broken.TOO_MANY


def test_a_rule_that_never_comes_true_costs_nothing() -> None:
    never = event(*AT_EIGHT, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "SUMMARY:Staff One")
    assert len(read(file(*never)).shifts) <= 1


def test_a_flood_of_events_is_refused() -> None:
    many = [line for number in range(2_001) for line in event(*AT_EIGHT, uid=str(number))]
    assert broken(file(*many)) == Broken.TOO_MANY
    old = [
        line
        for number in range(60)
        for line in event("DTSTART:19900101T080000", "DURATION:PT1H", "RRULE:FREQ=DAILY", uid=str(number))
    ]
    assert broken(file(*old)) == Broken.TOO_MANY


# --- the way back ---


def test_a_persons_calendar_reads_back_as_their_shifts() -> None:
    rota = Rota(Rotation(("one", "two", "red"), time(8, 0), 0, "America/St_Lucia", date(2026, 11, 16)))
    written = person_calendar(rota, "two", SINCE, UNTIL, SINCE, first="Staff Two", second="Staff One")
    found = read(written).shifts
    expected = [
        CalendarShift(shift.start, shift.end, ("two" if shift.people[0] == "two" else "one",))
        for shift in shifts(rota, SINCE, UNTIL)
        if "two" in shift.people
    ]
    assert list(found) == expected


@settings(max_examples=150, deadline=None)
@given(
    data=st.data(),
    junk=st.binary(max_size=12)
    | st.sampled_from([b"\r\n", b"RRULE:FREQ=DAILY\r\n", b"DTEND:19000101\r\n", b";TZID=UTC", b":"]),
)
def test_whatever_stands_there_it_is_read_or_refused_and_nothing_else(
    data: st.DataObject, junk: bytes
) -> None:
    good = file(
        *event(*AT_EIGHT, "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20261123T080000", "SUMMARY:Staff One"),
        *event("DTSTART;VALUE=DATE:20261118", "SUMMARY:BH\\, GF", uid="2"),
    )
    at = data.draw(st.integers(0, len(good)))
    until = data.draw(st.integers(at, min(len(good), at + 20)))
    try:
        found = read(good[:at] + junk + good[until:])
    except BrokenCalendar:
        return
    assert all(one.start < one.end and one.people for one in found.shifts)
