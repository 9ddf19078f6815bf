"""The stored rota: who is paged is who is shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hotline import db
from hotline.alerts.rota.stored import NoShift, add_override, on_call, set_rotation, stored_rota
from hotline.oncall import shifts
from tests.alerts.night import Night

# The night begins on Friday, 20 November 2026, one in the morning; the handover is on Mondays at 08:00 (12:00 UTC).
MONDAY = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def called(night: Night, at: datetime) -> list[str]:
    with db.read(night.engine) as tx:
        ids = on_call(tx, night.kit, at)
    return [name for one in ids for name, known in night.staff.items() if known == one]


def test_the_first_is_on_call_from_now_on_until_the_handover(night: Night) -> None:
    assert called(night, night.now) == ["Alice", "Ben"]
    assert called(night, MONDAY - timedelta(seconds=1)) == ["Alice", "Ben"]
    assert called(night, MONDAY) == ["Ben", "Alice"]
    assert called(night, MONDAY + timedelta(days=7)) == ["Alice", "Ben"]


def test_a_new_rotation_counts_from_the_moment_it_is_set(night: Night) -> None:
    night.clock.advance(days=10)
    night.rotation("Carla", "Ben")
    assert called(night, night.now) == ["Carla", "Ben"]


def test_somebody_covers_for_a_night(night: Night) -> None:
    with night.tx() as tx:
        add_override(
            tx, night.kit, staff_id=night.staff["Carla"], start=night.now, end=night.now + timedelta(hours=7), now=night.now
        )  # fmt: skip
    assert called(night, night.now) == ["Carla", "Ben"]
    night.danger()
    assert night.dial() == ["Carla"]
    assert called(night, night.now + timedelta(hours=7)) == ["Alice", "Ben"]


def test_what_is_shown_is_what_is_paged(night: Night) -> None:
    with db.read(night.engine) as tx:
        rota = stored_rota(tx)
    for shift in shifts(rota, night.now, night.now + timedelta(days=30)):
        names = [name for one in shift.people for name, known in night.staff.items() if known == one]
        assert names == called(night, shift.start) == called(night, shift.end - timedelta(seconds=1))


def test_what_cannot_be_is_refused(night: Night) -> None:
    with pytest.raises(NoShift), night.tx() as tx:
        set_rotation(tx, night.kit, [], night.now)
    with pytest.raises(NoShift), night.tx() as tx:
        add_override(
            tx, night.kit, staff_id=night.staff["Ben"], start=night.now, end=night.now, now=night.now
        )


def test_the_handover_during_an_open_alert_pages_who_is_on_call_then(night: Night) -> None:
    night.clock.set(MONDAY - timedelta(seconds=30))
    alert = night.danger()
    assert night.dial() == ["Alice"]
    night.wait(20)
    night.ring_ends("Alice", alert)
    assert night.dial() == ["Ben"]
    night.wait(10)  # the handover
    night.ring_ends("Ben", alert)
    assert sorted(night.dial()) == ["Alice", "Ben", "Carla"]
