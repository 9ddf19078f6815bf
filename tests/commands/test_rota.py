"""`hotline rota` as typed: what it shows and what it changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.commands.conftest import Run, refused

ADDRESS = "https://calendar.example/a-secret/basic.ics"
WHOLE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//EN
BEGIN:VEVENT
UID:1
DTSTART:20260101T080000
DTEND:20260102T080000
RRULE:FREQ=DAILY
SUMMARY:{title}
END:VEVENT
END:VCALENDAR
"""


def done(run: Run, *words: str, typed: str = "") -> str:
    result = run(*words, typed=typed)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


@pytest.fixture
def two(run: Run) -> Run:
    for number, name in enumerate(("Staff One", "Staff Two"), start=1):
        done(run, "staff", "add", "--verified", "--phone", f"+1202555013{number}", "--name", name)
    return run


def lines(run: Run) -> list[str]:
    return done(run, "rota").splitlines()


def test_an_empty_rota_is_shown_as_one_gap(run: Run) -> None:
    first, gap = lines(run)
    assert first.endswith("\tNOBODY")
    assert gap.startswith("GAP ")
    assert gap.endswith("\tnobody is on call")


def test_the_forecast_of_two_weeks(two: Run) -> None:
    done(two, "rota", "set", "Staff One", "Staff Two", "--weekday", "wed")
    shown = lines(two)
    assert shown[0].endswith("\tStaff One, then Staff Two")
    assert shown[1].startswith("Wed ") or shown[1].startswith("08:00")
    assert shown[1].endswith("\tStaff Two, then Staff One")
    assert not any(line.startswith("GAP") for line in shown)


def test_a_daily_rotation_at_another_time_in_another_zone(two: Run) -> None:
    words = ("--daily", "--handover", "7:30", "--zone", "America/New_York")
    said = done(two, "rota", "set", "Staff One", "Staff Two", *words)
    assert said == "on call from now on: Staff One; then, day by day: Staff Two\n"
    shown = lines(two)
    assert len(shown) in (14, 15)
    assert {line.split(" - ")[0].split()[-1] for line in shown[1:]} <= {"07:30", "08:30"}


def test_somebody_without_a_verified_phone_is_a_gap(run: Run) -> None:
    done(run, "staff", "add", "--phone", "+12025550131", "--name", "Staff One")
    done(run, "rota", "set", "Staff One")
    assert lines(run)[-1].endswith("\tno working phone: Staff One")


def test_now_override_and_swap(two: Run) -> None:
    done(two, "rota", "set", "Staff One", "Staff Two")
    assert done(two, "rota", "now", "staff two").startswith("staff two is on call now, until ")
    assert done(two, "rota", "now", "Staff Two").startswith("Staff Two is on call already, until ")
    assert lines(two)[0].split("\t")[1].startswith("Staff Two")
    said = done(
        two, "rota", "override", "Staff One", "--from", "2026-12-24 18:00", "--to", "2026-12-26 08:00"
    )
    assert said == "Staff One from Thu 24 Dec 18:00 to Sat 26 Dec 08:00\n"
    assert done(two, "rota", "swap", "Staff One", "Staff Two").count("\n") == 2


def test_shifts_from_a_file(two: Run, tmp_path: Path) -> None:
    done(two, "rota", "set", "Staff One")
    file = tmp_path / "shifts.ics"
    file.write_text(WHOLE.format(title="ST / Nobody Known"), encoding="utf-8")
    said = done(two, "rota", "import", str(file))
    assert re.fullmatch(r"fits nobody on the staff, so a gap: Nobody Known\n\d+ shifts count now\n", said)
    shown = lines(two)
    assert shown[0].endswith("\tStaff Two")
    assert shown[-2].startswith("calendar from a file: imported ")
    assert shown[-1].endswith(": Nobody Known")
    done(two, "rota", "feed", "off")
    assert lines(two)[0].endswith("\tStaff One")


def test_a_file_that_takes_cover_away_waits(two: Run, tmp_path: Path) -> None:
    done(two, "rota", "set", "Staff One")
    file = tmp_path / "shifts.ics"
    file.write_text(WHOLE.format(title="Nobody Known"), encoding="utf-8")
    assert "it leaves nobody on call from " in done(two, "rota", "import", str(file))
    shown = lines(two)
    assert shown[0].endswith("\tStaff One")
    assert any("hotline rota accept" in line for line in shown)
    assert done(two, "rota", "accept") == "the new calendar counts now\n"
    assert lines(two)[0].endswith("\tNOBODY")
    assert refused(two("rota", "accept")) == "no calendar waits"


def test_what_is_no_calendar_is_refused_in_one_line(two: Run, tmp_path: Path) -> None:
    file = tmp_path / "shifts.ics"
    file.write_text(WHOLE.format(title="Staff One")[:-20], encoding="utf-8")
    assert refused(two("rota", "import", str(file))) == "shifts.ics: its end is missing"
    file.write_text("<html></html>", encoding="utf-8")
    assert refused(two("rota", "import", str(file))) == "shifts.ics: it is no iCalendar file"


def test_the_address_of_a_feed_is_kept_and_never_printed(two: Run, tmp_path: Path) -> None:
    said = [
        done(two, "rota", "feed", ADDRESS),
        done(two, "rota", "feed", "-", typed=f"{ADDRESS}\n"),
        *lines(two),
    ]
    assert "calendar from a feed: not read yet" in said
    kept = (tmp_path / "var").rglob("*")
    assert "a-secret" not in "".join(said)
    assert not any(b"a-secret" in file.read_bytes() for file in kept if file.is_file())
    assert done(two, "rota", "feed", "off") == "off: the rotation counts again\n"
    assert done(two, "rota", "feed", "off") == "there was no calendar and no feed\n"


def test_the_calendar_of_one_person(two: Run) -> None:
    done(two, "rota", "set", "Staff One", "Staff Two")
    written = done(two, "rota", "calendar", "Staff One", "--days", "28")
    assert written.startswith("BEGIN:VCALENDAR")
    assert written.count("SUMMARY:On call") >= 2
    assert "Staff" not in written


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("rota", "now", "Nobody"), "nobody on the staff is called 'Nobody'"),
        (("rota", "swap", "Staff One", "Staff One"), "a swap is between two people"),
        (("rota", "swap", "Staff One", "Staff Two"), "Staff One has no shift in the next 28 days"),
        (
            ("rota", "override", "Staff One", "--from", "2026-12-24", "--to", "2026-12-24"),
            "an override ends after it begins",
        ),
    ],
)
def test_what_cannot_be_is_one_line(two: Run, words: tuple[str, ...], told: str) -> None:
    assert refused(two(*words)) == told


@pytest.mark.parametrize(
    "words",
    [("feed", "ftp://x"), ("feed", "calendar"), ("override", "Staff One", "--from", "soon", "--to", "later")],
)
def test_what_is_typed_wrong_is_one_line(two: Run, words: tuple[str, ...]) -> None:
    assert refused(two("rota", *words), 2)
