"""A caller waits on the line: rings of one, then of three, and no bad number stops the round."""

from __future__ import annotations

import pytest

from hotline import db
from hotline.access.people import add_phone
from hotline.alerts.declining import cannot
from hotline.alerts.joining import caller_left
from hotline.alerts.live import Waits, nobody_on_call, waits
from hotline.alerts.phones import phone_for_try
from hotline.alerts.tables import AlertState, Page
from hotline.alerts.taking import Way, take
from hotline.triage.kinds import Grade
from tests.alerts.night import Night

CALL = "CAcaller"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On SQLite alone: what is locked here is locked by the acts that other files play on both databases."""
    return sqlite_url


def test_one_after_the_other_then_three_at_once_then_everybody(night: Night) -> None:
    night.add("Dora", "+12025550114")
    alert = night.danger(live_call=CALL)
    assert night.dial() == ["Alice"]
    night.wait(20)
    night.ring_ends("Alice", alert)
    assert night.dial() == ["Ben"]
    night.wait(20)
    night.ring_ends("Ben", alert)
    assert sorted(night.dial()) == ["Alice", "Ben", "Carla"]
    night.wait(20)
    for name in ("Alice", "Ben", "Carla"):
        night.ring_ends(name, alert)
    assert night.dial() == ["Dora"]
    night.wait(20)
    night.ring_ends("Dora", alert)
    night.wait(10)
    assert sorted(night.dial()) == ["Alice", "Ben", "Carla", "Dora"]


def test_bad_numbers_cost_no_time(night: Night) -> None:
    alert = night.danger(live_call=CALL)
    night.dial()
    night.ring_ends("Alice", alert, "failed")
    assert night.dial() == ["Ben"]
    night.ring_ends("Ben", alert, "failed")
    assert "Carla" in night.dial(), "round two has somebody new: it begins at once"


def test_who_cannot_is_not_rung_in_the_next_round(night: Night) -> None:
    alert = night.danger(live_call=CALL)
    night.dial()
    with night.tx() as tx:
        cannot(tx, night.kit, alert, night.staff["Alice"], night.now)
    night.ring_ends("Alice", alert, "completed")
    assert night.dial() == ["Ben"]
    night.ring_ends("Ben", alert)
    assert sorted(night.dial()) == ["Ben", "Carla"]


def test_the_next_phone_is_used_after_a_call_that_reached_nobody(night: Night) -> None:
    with night.tx() as tx:
        second = add_phone(
            tx, night.kit.sealer, night.house, night.kit.ids, night.now,
            staff_id=night.staff["Alice"], phone="+12025550119", verified=True,
        )  # fmt: skip
    alert = night.danger()
    night.dial()
    night.ring_ends("Alice", alert, "busy")
    with night.tx() as tx:
        chosen = phone_for_try(tx, alert, night.staff["Alice"])
        assert chosen is not None
        assert chosen.id == second
    night.dial()
    night.wait(180)
    assert "Alice" in night.dial()
    with night.tx() as tx:
        page = tx.get(Page, night.page("Alice", alert))
        assert page is not None
        assert page.phone_id == second


def test_after_a_minute_the_caller_hears_that_nobody_was_reached_yet(night: Night) -> None:
    alert = night.danger(live_call=CALL)
    with db.read(night.engine) as tx:
        assert waits(tx, alert, night.now) is Waits.SOON
    night.wait(61)
    with db.read(night.engine) as tx:
        assert waits(tx, alert, night.now) is Waits.LONG


def test_nobody_on_the_rota_is_known_at_once_while_everybody_is_rung(empty_night: Night) -> None:
    empty_night.add("Carla", "+12025550113")
    alert = empty_night.danger(live_call=CALL)
    with db.read(empty_night.engine) as tx:
        assert nobody_on_call(tx, empty_night.kit, alert, empty_night.now)
    assert empty_night.dial() == ["Carla"]


def test_a_dropped_caller_leaves_an_open_alert_that_goes_on(night: Night) -> None:
    alert = night.danger(live_call=CALL)
    night.dial()
    with night.tx() as tx:
        caller_left(tx, night.kit, CALL, night.now)
    assert night.alert(alert).state == AlertState.OPEN
    night.ring_ends("Alice", alert)
    assert night.dial() == ["Ben"]


def test_the_caller_is_let_go_when_the_taker_hangs_up(night: Night) -> None:
    alert = night.danger(grade=Grade.URGENT, live_call=CALL)
    night.dial()
    with night.tx() as tx:
        take(tx, night.kit, alert, night.staff["Alice"], Way.CALL, night.now)
    night.ring_ends("Alice", alert, "completed")
    assert "let_go" in [deed.kind for deed in night._lease("let_go")]
