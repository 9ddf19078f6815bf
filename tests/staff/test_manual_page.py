"""On the staff page: page a colleague, hand over, page the next now, let it rest."""

from __future__ import annotations

import pytest

from hotline import db
from hotline.access.tables import Role
from hotline.alerts.tables import Alert, AlertState, Page
from hotline.triage.kinds import Grade
from tests.staff.office import Office


@pytest.fixture
def peopled(office: Office) -> Office:
    """Ben and Carla besides who is there already; Ben is on call."""
    office.add("Carla", role=Role.RESPONDER)
    office.rotation("Ben")
    return office


def alert_of(office: Office, alert_id: str) -> Alert:
    with db.read(office.desk.engine) as tx:
        found = tx.get(Alert, alert_id)
        assert found is not None
        return found


def paged(office: Office) -> set[str]:
    with db.read(office.desk.engine) as tx:
        asked = {page.staff_id for page in tx.query(Page).where(Page.state == "open")}
    return {name for name, staff_id in office.staff.items() if staff_id in asked}


def test_a_colleague_is_paged_from_the_page(peopled: Office) -> None:
    thread = peopled.thread("help")
    peopled.danger(thread)
    maria = peopled.logged_in("Maria")
    maria.get(f"/threads/{thread}")
    maria.send(f"/threads/{thread}/ask", colleague=peopled.staff["Carla"])
    assert "Done. The log tells what comes of it." in maria.text
    assert paged(peopled) == {"Ben", "Carla"}
    assert "Had a colleague paged · Maria 08:00 Page by text · Carla" in maria.text


def test_who_has_it_hands_it_over_and_keeps_it_until_then(peopled: Office) -> None:
    thread = peopled.thread("help")
    alert = peopled.danger(thread)
    maria = peopled.logged_in("Maria")
    maria.get(f"/threads/{thread}")
    maria.send(f"/threads/{thread}/take")
    maria.send(f"/threads/{thread}/ask", colleague=peopled.staff["Carla"], over="yes")
    assert alert_of(peopled, alert).taken_by == peopled.staff["Maria"]
    assert paged(peopled) == {"Carla"}
    carla = peopled.logged_in("Carla")
    carla.get(f"/threads/{thread}")
    assert "Hand it over to them" not in carla.text, "what another has is not hers to hand over"


def test_the_next_person_is_paged_now(peopled: Office) -> None:
    thread = peopled.thread("help")
    alert = peopled.danger(thread)
    maria = peopled.logged_in("Maria")
    maria.get(f"/threads/{thread}")
    maria.send(f"/threads/{thread}/next")
    assert {"Ben", "Carla"} <= paged(peopled)
    assert alert_of(peopled, alert).state == AlertState.OPEN


def test_an_urgent_alert_rests_with_a_reason_and_an_emergency_offers_no_rest(peopled: Office) -> None:
    thread = peopled.thread("hello")
    alert = peopled.danger(thread, Grade.URGENT)
    maria = peopled.logged_in("Maria")
    maria.get(f"/threads/{thread}")
    maria.send(f"/threads/{thread}/rest", minutes="30", reason="time_agreed")
    assert alert_of(peopled, alert).snoozed_until is not None
    assert "30 min, time agreed" in maria.text
    maria.send(f"/threads/{thread}/rest", minutes="999", reason="time_agreed")
    assert "That cannot be done now." in maria.text
    other = peopled.thread("help", number="+12025550124")
    peopled.danger(other)
    maria.get(f"/threads/{other}")
    assert "Let it rest" not in maria.text
