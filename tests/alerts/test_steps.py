"""Whom the steps of the policy mean: the caller's language first, then who is on call, groups by name, a last resort."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import update

from hotline.access.tables import Staff
from hotline.alerts.raising import raise_alert
from hotline.alerts.taking import Way, take
from hotline.triage.kinds import Grade
from tests.alerts.night import Night


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On SQLite alone: the same acts run on both databases in `test_escalation`, `test_taking` and `test_at_once`."""
    return sqlite_url


def speaks(night: Night, name: str, *languages: str) -> None:
    with night.tx() as tx:
        tx.execute(update(Staff).where(Staff.id == night.staff[name]).values(languages=",".join(languages)))


def danger_in(night: Night, language: str | None, grade: Grade = Grade.EMERGENCY) -> str:
    thread = night.thread()
    with night.tx() as tx:
        return raise_alert(
            tx,
            night.kit,
            thread_id=thread,
            grade=grade,
            rules=["es.weapon.1"],
            language=language,
            now=night.now,
        )


def policy(night: Night, **changes: object) -> None:
    """The task force changes its policy."""
    deployment = night.kit.settings.deployment
    alerts = deployment.alerts.model_copy(update=changes)
    settings = replace(night.kit.settings, deployment=deployment.model_copy(update={"alerts": alerts}))
    night.kit = replace(night.kit, settings=settings)


def test_who_speaks_the_callers_language_is_paged_first(night: Night) -> None:
    speaks(night, "Ben", "en", "es")
    danger_in(night, "es")
    assert night.dial() == ["Ben"]
    assert [name for name, _ in night.texts()] == ["Ben"]


def test_they_are_waited_for_twenty_seconds_at_most(night: Night) -> None:
    speaks(night, "Ben", "es")
    danger_in(night, "es")
    night.dial()
    night.wait(19)
    assert night.dial() == []
    night.wait(1)
    assert night.dial() == ["Alice"]


def test_who_cannot_come_is_not_waited_for(night: Night) -> None:
    speaks(night, "Ben", "es")
    alert = danger_in(night, "es")
    night.dial()
    night.wait(4)
    night.ring_ends("Ben", alert, "busy")
    assert night.dial() == ["Alice"]


@pytest.mark.parametrize("language", ["en", "zh", None])
def test_without_need_or_without_anybody_who_speaks_it_the_step_costs_nothing(
    night: Night, language: str | None
) -> None:
    danger_in(night, language)
    assert night.dial() == ["Alice"]


def test_only_people_of_the_rota_are_paged_for_their_language(night: Night) -> None:
    speaks(night, "Carla", "es")  # on the staff, not on the rota
    danger_in(night, "es")
    assert night.dial() == ["Alice"]


def test_where_who_is_on_call_speaks_it_too_nobody_else_is_woken(night: Night) -> None:
    speaks(night, "Alice", "en", "es")
    speaks(night, "Ben", "es")
    danger_in(night, "es")
    assert night.dial() == ["Alice"]


def test_of_several_speakers_another_one_is_asked_each_round(empty_night: Night) -> None:
    night = empty_night
    for number, name in enumerate(("Alice", "Ben", "Carla")):
        night.add(name, f"+1202555011{number}", language="en" if name == "Alice" else "es")
    night.rotation("Alice", "Ben", "Carla")
    alert = danger_in(night, "es")
    first = night.dial()
    while night.alert(alert).round == 1:
        night.wait(1)
        if night.alert(alert).round == 1:
            night.dial()
        for name in first:
            night.ring_ends(name, alert)
    assert first == ["Ben"]
    assert night.dial() == ["Carla"]


def test_who_had_it_before_is_paged_again_together_with_who_is_on_call(night: Night) -> None:
    speaks(night, "Ben", "es")
    alert = danger_in(night, "es")
    with night.tx() as tx:
        take(tx, night.kit, alert, night.staff["Ben"], Way.TEXT, night.now)
    night.texts(), night.others()
    night.wait(30 * 60)
    assert sorted(night.dial()) == ["Alice", "Ben"]


def test_a_group_is_paged_together(night: Night) -> None:
    policy(night, groups={"north": ("Carla", "Ben", "Nobody at all")}, steps=("on_call", "group:north"))
    alert = night.danger()
    assert night.dial() == ["Alice"]
    night.ring_ends("Alice", alert)
    assert sorted(night.dial()) == ["Ben", "Carla"]


def test_the_last_resort_is_a_step(night: Night) -> None:
    policy(night, last_resort=("Carla",), steps=("on_call", "last_resort"))
    alert = night.danger()
    night.dial()
    night.ring_ends("Alice", alert)
    assert night.dial() == ["Carla"]


def test_where_the_whole_policy_finds_nobody_the_last_resort_is_paged_at_once(empty_night: Night) -> None:
    night = empty_night
    night.add("Carla", "+12025550113")
    policy(night, last_resort=("Carla",), steps=("on_call", "second"))
    night.danger()
    assert night.dial() == ["Carla"]


@pytest.mark.parametrize("status", ["busy", "no-answer", "failed", "completed"])
def test_whose_call_ended_without_a_key_is_rung_again_within_a_minute(night: Night, status: str) -> None:
    """Also where the policy has a step without them in between."""
    policy(night, groups={"rest": ("Ben", "Carla")}, steps=("on_call", "group:rest"))
    alert = night.danger()
    night.texts(), night.dial()
    night.wait(20)
    night.ring_ends("Alice", alert, status)
    tries = 0
    for _ in range(200):
        night.wait(1)
        night.texts()
        tries += "Alice" in night.dial()
        if tries == 1:
            break
    assert tries == 1
    assert (night.now - night.alert(alert).opened_at).total_seconds() <= 20 + 60


def test_an_urgent_alert_does_not_ring_on_and_on(night: Night) -> None:
    alert = night.danger(grade=Grade.URGENT)
    night.texts()
    night.wait(300)
    assert night.dial() == ["Alice"]
    night.ring_ends("Alice", alert)
    night.texts()
    night.wait(100)
    assert "Alice" not in night.dial()
