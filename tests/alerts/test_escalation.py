"""Who is woken when: by the second."""

from __future__ import annotations

from itertools import pairwise

import pytest
from sqlalchemy import update

from hotline import db
from hotline.access.tables import Role, StaffPhone
from hotline.alerts.standing import alerts_without_anybody
from hotline.alerts.tables import AlertState
from hotline.alerts.taking import Way, take
from hotline.alerts.unheard import text_failed
from hotline.triage.kinds import Grade
from tests.alerts.night import Night


def test_an_emergency_texts_and_rings_who_is_on_call_at_once(night: Night) -> None:
    alert = night.danger()
    code = night.alert(alert).code
    assert night.texts() == [
        ("Alice", f"EMERGENCY {code}. Reply 1 to take it, 2 if you cannot. Or press 1 in the call.")
    ]
    assert night.dial() == ["Alice"]


def test_nobody_else_is_woken_while_the_first_phone_rings(night: Night) -> None:
    night.danger()
    night.texts(), night.dial()
    night.wait(15)
    assert night.texts() == []
    assert night.dial() == []


def test_no_answer_wakes_the_second_at_once_and_then_everyone(night: Night) -> None:
    alert = night.danger()
    night.texts(), night.dial()
    night.wait(20)
    night.ring_ends("Alice", alert)
    assert [name for name, _ in night.texts()] == ["Ben"]
    assert night.dial() == ["Ben"]
    night.wait(20)
    night.ring_ends("Ben", alert, "busy")
    assert sorted(night.dial()) == ["Alice", "Ben", "Carla"]
    assert [name for name, _ in night.texts()] == ["Carla"]


def test_without_any_word_of_the_carrier_the_step_ends_by_the_clock(night: Night) -> None:
    alert = night.danger()
    night.wait(59)
    night.texts()
    assert night.dial() == ["Alice"]
    night.wait(1)
    assert night.dial() == ["Ben"]
    assert [name for name, _ in night.texts()] == ["Ben"]
    assert night.alert(alert).state == AlertState.OPEN


def test_one_person_alone_is_rung_every_minute_without_end(empty_night: Night) -> None:
    night = empty_night
    night.add("Alice", "+12025550111")
    night.rotation("Alice")
    alert = night.danger()
    rung, texts = [], 0
    for second in range(0, 1200, 20):
        texts += len(night.texts())
        if night.dial():
            rung.append(second)
            night.wait(20)
            night.ring_ends("Alice", alert)
        else:
            night.wait(20)
    gaps = [late - early for early, late in pairwise(rung)]
    assert len(rung) >= 19
    assert set(gaps) == {60}
    assert texts == 4  # after 0, 5, 10 and 15 minutes: not every round


def test_from_the_third_round_on_everyone_is_paged(night: Night) -> None:
    alert = night.danger()
    night.wait(6 * 60 - 1)
    assert night.alert(alert).round == 2
    night.dial()
    for name in ("Alice", "Ben", "Carla"):
        night.ring_ends(name, alert)
    night.wait(1)
    assert night.alert(alert).round == 3
    assert sorted(night.dial()) == ["Alice", "Ben", "Carla"]


def test_an_urgent_alert_texts_at_once_and_calls_after_five_minutes(night: Night) -> None:
    alert = night.danger(grade=Grade.URGENT)
    code = night.alert(alert).code
    assert night.texts() == [("Alice", f"Urgent {code}. Reply 1 to take it, 2 if you cannot.")]
    night.wait(299)
    assert night.dial() == []
    night.wait(1)
    assert night.dial() == ["Alice"]
    assert night.texts() == []
    night.wait(20)
    night.ring_ends("Alice", alert)
    assert [name for name, _ in night.texts()] == ["Ben"]


def test_an_urgent_alert_with_a_caller_on_the_line_rings_at_once(night: Night) -> None:
    night.danger(grade=Grade.URGENT, live_call="CAcaller")
    assert night.dial() == ["Alice"]


def test_an_urgent_alert_that_becomes_an_emergency_rings_at_once(night: Night) -> None:
    thread = night.thread()
    first = night.danger(thread, Grade.URGENT)
    night.texts()
    night.wait(100)
    assert night.danger(thread, Grade.EMERGENCY) == first
    assert night.dial() == ["Alice"]
    assert night.danger(thread, Grade.URGENT) == first
    assert night.alert(first).grade == Grade.EMERGENCY


def test_the_same_danger_again_wakes_nobody_twice(night: Night) -> None:
    thread = night.thread()
    alert = night.danger(thread)
    night.texts(), night.dial()
    night.wait(5)
    assert night.danger(thread) == alert
    assert night.texts() == []
    assert night.dial() == []


def test_a_text_that_fails_brings_the_call_forward(night: Night) -> None:
    alert = night.danger(grade=Grade.URGENT)
    night.texts()
    night.wait(10)
    with night.tx() as tx:
        text_failed(tx, night.kit, night.page("Alice", alert), night.now, error="30003")
    assert night.dial() == ["Alice"]


def test_a_text_that_does_not_leave_in_ninety_seconds_brings_the_call_forward(night: Night) -> None:
    night.danger(grade=Grade.URGENT)
    for _ in range(9):
        night.wait(10)
    assert night.dial() == ["Alice"]


def test_nobody_on_the_rota_costs_no_time(empty_night: Night) -> None:
    night = empty_night
    night.add("Carla", "+12025550113")
    night.danger()
    assert night.dial() == ["Carla"]


def test_an_unverified_or_stopped_phone_is_nobody(night: Night) -> None:
    with night.tx() as tx:
        tx.execute(update(StaffPhone).where(StaffPhone.staff_id == night.staff["Alice"]).values(stopped=True))
        tx.execute(
            update(StaffPhone).where(StaffPhone.staff_id == night.staff["Ben"]).values(verified_at=None)
        )
    night.danger()
    assert night.dial() == ["Carla"]


def test_nobody_at_all_stands_in_the_log_and_is_tried_again(empty_night: Night) -> None:
    night = empty_night
    alert = night.danger()
    night.wait(590)
    assert night.log(alert).count("nobody") == 1
    with db.read(night.engine) as tx:
        assert [one.id for one in alerts_without_anybody(tx)] == [alert]
    night.add("Carla", "+12025550113")
    night.wait(30)
    assert night.dial() == ["Carla"]
    with db.read(night.engine) as tx:
        assert alerts_without_anybody(tx) == ()


def test_a_second_emergency_texts_at_once_and_rings_when_the_phone_is_free(empty_night: Night) -> None:
    night = empty_night
    night.add("Alice", "+12025550111")
    night.rotation("Alice")
    first = night.danger()
    assert night.dial() == ["Alice"]
    second = night.danger()
    assert [words.split(".")[0] for _, words in night.texts()] == [
        f"EMERGENCY {night.alert(first).code}",
        f"EMERGENCY {night.alert(second).code}",
    ]
    assert night.dial() == []
    night.wait(20)
    night.ring_ends("Alice", first)
    assert night.dial() == ["Alice"]


@pytest.mark.parametrize(("grade", "rings"), [(Grade.URGENT, ["Dora"]), (Grade.EMERGENCY, ["Alice", "Dora"])])
def test_in_office_hours_a_live_caller_rings_the_data_manager(
    night: Night, grade: Grade, rings: list[str]
) -> None:
    night.add("Dora", "+12025550114", role=Role.DATA_MANAGER)
    night.clock.advance(hours=9)  # Friday, ten in the morning
    alert = night.danger(grade=grade, live_call="CAcaller")
    assert sorted(night.dial()) == rings
    if grade is Grade.URGENT:
        night.wait(20)
        night.ring_ends("Dora", alert)
        assert night.dial() == ["Alice"]


def test_codes_rest_for_a_day(night: Night) -> None:
    alert = night.danger()
    code = night.alert(alert).code
    with night.tx() as tx:
        take(tx, night.kit, alert, night.staff["Alice"], Way.TEXT, night.now)
    night.kit.ids._codes = 0  # type: ignore[attr-defined]  # the same code would be drawn again
    assert night.alert(night.danger()).code != code
