"""One thing that cannot go on must not stop the others: nobody in danger waits for somebody else's broken row."""

from __future__ import annotations

import pytest
from sqlalchemy import update
from structlog.testing import capture_logs

from hotline.alerts import sweep as alerts_sweep
from hotline.alerts.tables import Alert, AlertEvent
from hotline.db import write
from hotline.simulator.config import PhoneConfig
from hotline.threads.heartbeats import late
from tests.house import CALLER, Home
from worker import clock as clock_process

OTHER = "+12025550112"


@pytest.fixture
def two_emergencies(house: Home) -> tuple[str, str]:
    """Two alerts whose next step is due in a minute."""
    house.staffed()
    house.net.add_phone(PhoneConfig(OTHER, "Another"))
    house.text("he has a knife", sender=CALLER)
    house.text("he has a knife", sender=OTHER)
    first, second = house.all(Alert)
    return first.id, second.id


def steps(house: Home, alert: str) -> int:
    return len(house.all(AlertEvent, AlertEvent.alert_id == alert, AlertEvent.kind == "step"))


def test_an_alert_that_cannot_go_on_does_not_stop_the_others(
    house: Home, two_emergencies: tuple[str, str]
) -> None:
    for broken, other in (two_emergencies, two_emergencies[::-1]):
        with write(house.desk.engine) as tx:
            tx.execute(update(Alert).where(Alert.id == broken).values(grade="nonsense"))
        before = steps(house, other)
        house.pass_time(minutes=2)
        with capture_logs() as told:
            house.tick()
        assert steps(house, other) > before
        assert [(line["event"], line["part"]) for line in told if line["log_level"] == "error"] == [
            ("sweep_failed", broken)
        ]
        with write(house.desk.engine) as tx:
            tx.execute(update(Alert).where(Alert.id == broken).values(grade="emergency"))


@pytest.mark.parametrize("part", ["sweep_helpers", "without_receipt", "ask_for_silent_calls"])
def test_a_part_of_the_sweep_that_fails_does_not_stop_the_pages(
    house: Home, two_emergencies: tuple[str, str], monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    def broken(*_: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(alerts_sweep, part, broken)
    before = [steps(house, alert) for alert in two_emergencies]
    house.pass_time(minutes=2)
    with capture_logs() as told:
        house.tick()
    assert all(steps(house, alert) > had for alert, had in zip(two_emergencies, before, strict=True))
    assert "sweep_failed" in {line["event"] for line in told}


def test_a_part_of_the_clock_that_fails_stops_neither_alerts_nor_the_rest(
    house: Home, two_emergencies: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(clock_process, "watch_rota", broken)
    before = steps(house, two_emergencies[0])
    house.pass_time(minutes=2)
    with capture_logs() as told:
        house.tick()
    assert steps(house, two_emergencies[0]) > before
    assert [line["part"] for line in told if line["event"] == "clock_failed"] == ["rota"]
    with write(house.desk.engine) as tx:
        assert "clock" in late(tx, house.clock.now()), "whoever watches is told that the cycle is not whole"
