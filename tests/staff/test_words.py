"""Times as people read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hotline.access.tables import Role
from hotline.staff import labels
from hotline.staff.desk import StaffDesk
from hotline.staff.words import Words
from hotline.triage.kinds import Kind


@pytest.mark.parametrize(
    ("length", "worded"),
    [
        (timedelta(seconds=59), "under 1 min"),
        (timedelta(minutes=1), "1 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=3, minutes=20), "3 h 20 min"),
        (timedelta(days=2, hours=4), "2 d 4 h"),
    ],
)
def test_how_long(desk: StaffDesk, length: timedelta, worded: str) -> None:
    assert Words(desk, "en").span(length) == worded


def test_when_on_the_clocks_of_the_country(desk: StaffDesk) -> None:
    """It is Friday, 08:00 in Saint Lucia."""
    words = Words(desk, "en")
    assert words.clock(datetime(2026, 11, 20, 4, 0, tzinfo=UTC)) == "00:00"
    assert words.clock(datetime(2026, 11, 20, 3, 59, tzinfo=UTC)) == "19 Nov 2026, 23:59"
    assert Words(desk, "zh").clock(datetime(2026, 11, 18, 16, 5, tzinfo=UTC)) == "2026年11月18日, 12:05"


def test_every_kind_of_danger_has_words(desk: StaffDesk) -> None:
    words = Words(desk, "en")
    for kind in Kind:
        assert labels.rule(words, f"en.{kind}.3") != f"en.{kind}.3"
    assert labels.rule(words, "something.new") == "something.new"


def test_every_role_has_a_name(desk: StaffDesk) -> None:
    words = Words(desk, "en")
    for role in Role:
        assert labels.role(words, role) not in ("", role.value)
