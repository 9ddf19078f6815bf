"""The night language: what fails a night, and how a mistake in a file is told."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from hotline.cli import hotline
from hotline.commands.night import play_file
from hotline.commands.nights.reading import read
from hotline.commands.nights.telling import account
from hotline.commands.nights.times import NoTime, instant, span
from hotline.config import DEFAULT_CONFIG
from hotline.forms.source import BadContent

ZONE = ZoneInfo("America/St_Lucia")
START = datetime(2026, 3, 7, 22, 0, tzinfo=ZONE)

NIGHT = """\
night: One is paged
starts: 2026-03-07 22:00
ends: "+30 s"
staff:
  - {name: Ada Brook, phone: "+12025550131"}
rota: [Ada Brook]
phones:
  Texter: {number: "+12025550111"}
events:
  - {at: "+10 s", who: Texter, texts: "help, he has a knife"}
expect:
  - {who: Texter, gets: anything}
  - {who: Ada Brook, gets: EMERGENCY}
  - {who: Ada Brook, rings: once}
"""


def why(tmp_path: Path, text: str) -> str:
    """The account of a night that is expected to fail."""
    file = tmp_path / "night.yaml"
    file.write_text(text, encoding="utf-8")
    played = play_file(file, DEFAULT_CONFIG)
    assert not played.passed
    return "\n".join(account(played))


def wrong(tmp_path: Path, old: str, new: str) -> str:
    """The complaint about NIGHT with something else in it."""
    assert old in NIGHT
    file = tmp_path / "night.yaml"
    file.write_text(NIGHT.replace(old, new), encoding="utf-8")
    with pytest.raises(BadContent) as caught:
        read(file, ZONE, ("en", "es"))
    return str(caught.value)


def test_what_nothing_expected_fails_the_night(tmp_path: Path) -> None:
    without = NIGHT.replace("  - {who: Ada Brook, rings: once}\n", "")
    assert "unexpected at +0:00:11: Ada Brook's phone rings" in why(tmp_path, without)


def test_what_did_not_come_fails_the_night(tmp_path: Path) -> None:
    said = why(tmp_path, NIGHT + '  - {taken_by: Ada Brook, after: "+10 s", within: 10 s}\n')
    assert (
        "night.yaml:15: expected taken by Ada Brook, once, from +0:00:10 to +0:00:20; there was none" in said
    )


def test_a_broken_silence_is_told_with_what_broke_it(tmp_path: Path) -> None:
    said = why(tmp_path, NIGHT + "  - {who: Ada Brook, silence: 25 s}\n")
    assert "night.yaml:15: expected silence for Ada Brook" in said
    assert "at +0:00:11 Ada Brook's phone rings" in said


def test_a_text_that_was_to_stay_away_fails_the_night(tmp_path: Path) -> None:
    said = why(tmp_path, NIGHT.replace("gets: EMERGENCY}", "gets: EMERGENCY, times: 0}"))
    assert "unexpected at +0:00:12.5: Ada Brook gets" in said


def test_an_event_that_cannot_be_is_told(tmp_path: Path) -> None:
    said = why(tmp_path, NIGHT.replace("expect:\n", '  - {at: "+5 s", who: Texter, presses: "1"}\nexpect:\n'))
    assert "night.yaml:11: Texter cannot do this: this phone is not in a call" in said


def test_a_complaint_of_the_carrier_fails_the_night(tmp_path: Path) -> None:
    faulty = NIGHT.replace(
        "expect:\n", "carrier:\n  - {fault: webhook_unreachable, what: message, nth: [1, 2, 3, 4]}\nexpect:\n"
    )
    assert "the carrier complains: 11205" in why(tmp_path, faulty)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("rota: [Ada Brook]", "rotta: [Ada Brook]", "night.yaml:6: unknown key 'rotta'"),
        ("rota: [Ada Brook]", "rota: [Ada Brok]", "night.yaml:6: rota: 'Ada Brok' is none of Ada Brook"),
        ("rings: once", "ring: once", "night.yaml:14: unknown key 'ring'"),
        ("rings: once", "rings: often", "night.yaml:14: rings: 'often' is not once"),
        ("rings: once", "rings: once, gets: x", "night.yaml:14: exactly one of"),
        ('at: "+10 s"', "at: soon", "night.yaml:10: at: 'soon' is no time"),
        ('at: "+10 s"', 'at: "22:61"', "night.yaml:10: at: '22:61' is no time of day"),
        ("who: Texter, texts", "who: Nobody, texts", "night.yaml:10: who: 'Nobody' is none of"),
        ('"+12025550131"', '"0131"', "night.yaml:5: '0131' is no number"),
        ('"+12025550111"}', '"+12025550111", calls: [sleeps]}', "night.yaml:8: 'sleeps' is none of"),
        ("starts: 2026-03-07 22:00", "starts: tonight", "night.yaml:2: starts: 'tonight' is no start"),
        ("expect:", "carrier: [{fault: gremlins}]\nexpect:", "night.yaml:11: fault: 'gremlins' is none of"),
    ],
)  # fmt: skip
def test_mistakes_are_told_with_file_and_line(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    assert complaint in wrong(tmp_path, old, new)


@pytest.mark.parametrize(
    ("said", "seconds"), [("+90 s", 90), ("+5 min", 300), ("+00:01:30", 90), ("22:00", 0), ("23:30", 5400), ("01:00", 10800)]
)  # fmt: skip
def test_times_of_a_night(said: str, seconds: int) -> None:
    assert instant(said, START, ZONE) == START + timedelta(seconds=seconds)


def test_a_length_without_a_unit_is_in_seconds() -> None:
    assert span(90) == timedelta(seconds=90)
    with pytest.raises(NoTime):
        span("a while")


def test_the_command_prints_the_account_and_fails(tmp_path: Path) -> None:
    file = tmp_path / "night.yaml"
    file.write_text(NIGHT, encoding="utf-8")
    run = CliRunner().invoke(hotline, ["night", "-v", str(file)])
    assert run.exit_code == 0, run.output
    assert "+0:00:12.5  Ada Brook gets" in run.output
    assert run.output.endswith("passed: One is paged\n")
    file.write_text(NIGHT.replace("rings: once", "rings: twice"), encoding="utf-8")
    run = CliRunner().invoke(hotline, ["night", str(file)])
    assert run.exit_code == 1
    assert "FAILED: One is paged" in run.output
