"""Every door of the staff app, asked as every role: no field stands anywhere that the matrix file does not allow.

The doors come from the app itself: one that is added tomorrow is asked too.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from hotline import db
from hotline.access.tables import PRESET_ROLES, Role, Staff
from hotline.config import Settings
from hotline.records.tables import RecordField
from hotline.staff.desk import StaffDesk, the_desk
from hotline.staff.guard import OPEN
from hotline.vault.roles import ROLES
from tests.staff.marked_house import MARKERS, MarkedHouse, Rules, State, found_in
from tests.staff.office import Office

RULES = Rules.read()
READY = tuple(role.value for role in Role if role not in PRESET_ROLES)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough here: what is asked is who sees what."""
    return sqlite_url


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Every role is switched on."""
    access = settings.deployment.access.model_copy(update={"roles": READY})
    deployment = settings.deployment.model_copy(update={"access": access})
    object.__setattr__(settings, "deployment", deployment)
    return settings


@pytest.fixture
def house(empty_office: Office) -> MarkedHouse:
    return MarkedHouse.build(empty_office)


def doors(app: Flask, method: str) -> Iterator[tuple[str, Rule]]:
    """Every door of the app that this method opens, those that end a session last."""
    rules = [rule for rule in app.url_map.iter_rules() if method in (rule.methods or set())]
    for rule in sorted(rules, key=lambda one: (one.endpoint.startswith("login."), one.rule)):
        if rule.endpoint not in OPEN:
            yield rule.endpoint, rule


def leaks(house: MarkedHouse, role: str, state: State) -> list[str]:
    """Where something stands that the matrix does not let this role see in this state: `method door: fields`."""
    allowed, wrong = RULES.shown(role, state), []
    house.set_state(role, state)
    client, csrf = house.enter(role)
    for endpoint, rule in doors(house.office.app, "GET"):
        if state not in (State.FRESH, State.GLASS) and endpoint not in ("threads.page", "threads.recording"):
            continue  # what was revealed was revealed on this page; what others show, they show before
        found = found_in(house.ask(client, csrf, rule, "GET"))
        if endpoint == "threads.page" and role in ROLES:
            assert allowed <= found, "and what the matrix allows is shown"
        if not found <= allowed:
            wrong.append(f"GET {endpoint}: {sorted(found - allowed)}")
    if state is not State.FRESH:
        return wrong
    for endpoint, rule in doors(house.office.app, "POST"):
        house.set_state(role, state)
        client, csrf = house.enter(role)
        found = found_in(house.ask(client, csrf, rule, "POST"))
        if not found <= allowed:
            wrong.append(f"POST {endpoint}: {sorted(found - allowed)}")
    return wrong


def test_no_door_shows_a_field_that_the_matrix_does_not_allow_and_a_thread_shows_all_that_it_does(
    house: MarkedHouse,
) -> None:
    for role in Role:
        for state in State:
            assert leaks(house, role.value, state) == [], f"{role} {state}"


def test_what_each_role_sees_differs() -> None:
    """The rules themselves, so that the tests above compare with something."""
    assert RULES.shown("administrator", State.SECOND) == set()
    assert RULES.shown("agency_supervisor", State.SECOND) == set()
    assert "victim_age" in RULES.shown("responder", State.FRESH)
    assert "words" not in RULES.shown("responder", State.FRESH)
    assert {"words", "victim_first_names"} <= RULES.shown("responder", State.GLASS)
    assert "victim_citizenship" not in RULES.shown("responder", State.GLASS)
    assert "victim_citizenship" in RULES.shown("responder", State.SECOND)
    assert "suspect_first_names" in RULES.shown("law_enforcement", State.REVEALED)
    assert "victim_first_names" not in RULES.shown("law_enforcement", State.SECOND)
    assert RULES.shown("leader", State.SECOND) == set(MARKERS)


def test_a_door_that_shows_a_field_is_found(house: MarkedHouse) -> None:
    """Somebody adds a door and forgets to ask."""

    def leaky(thread_id: str) -> str:
        desk: StaffDesk = the_desk()
        with db.read(desk.engine) as tx:
            row = tx.scalars(select(RecordField).where(RecordField.field == "victim_first_names")).first()
        assert row is not None
        return desk.opened(row.id, row.sealed) or ""

    house.office.app.add_url_rule("/threads/<thread_id>/summary", "summary", leaky)
    assert leaks(house, "responder", State.FRESH) == ["GET summary: ['victim_first_names']"]


def test_another_agencys_thread_is_not_there(house: MarkedHouse) -> None:
    with house.office.tx() as tx:
        for role in READY:
            staff = tx.get(Staff, house.people[role])
            assert staff is not None
            staff.agency = "Another Office"
    for role in ("law_enforcement", "victim_services"):
        client, _ = house.enter(role)
        assert client.get(f"/threads/{house.thread}").status_code == 404
        assert house.office.reference(house.thread) not in client.get("/").get_data(as_text=True)
