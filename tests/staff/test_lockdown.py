"""The staff page while the house is locked down."""

from __future__ import annotations

import pytest

from hotline.access.lockdown.locking import lock_down, open_again
from hotline.access.tables import Role
from hotline.staff.closed import REVEALS
from tests.staff.office import Office


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On SQLite alone: the locking itself runs on both in `tests/access`."""
    return sqlite_url


def lock(office: Office) -> None:
    with office.tx() as tx:
        lock_down(tx, office.desk.kit.ids, office.now)


def test_within_one_request_everybody_is_out_and_only_the_leader_comes_back(office: Office) -> None:
    thread = office.thread("the blue boat")
    office.add("Carla", role=Role.LEADER)
    carla, maria = office.logged_in("Carla"), office.logged_in("Maria")
    assert maria.get(f"/threads/{thread}").status_code == 200
    lock(office)
    for path in ("/", f"/threads/{thread}", "/rota", "/figures"):
        answer = maria.client.get(path)
        assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (303, "/login")
    assert carla.client.get("/").status_code == 303, "her session may be the stolen one"
    again = office.browser()
    again.log_in("Maria")
    for path in ("/", "/live", f"/threads/{thread}"):
        answer = again.client.get(path)
        assert answer.status_code == 423
        assert "boat" not in answer.get_data(as_text=True)
    assert "Phones work as ever." in again.client.get("/").get_data(as_text=True)
    leader = office.logged_in("Carla")
    assert office.reference(thread) in leader.get(f"/threads/{thread}").get_data(as_text=True)
    assert leader.send(f"/threads/{thread}/reveal", reason="plan_safety").status_code == 423
    assert "boat" not in leader.html, "nothing is revealed, to her neither"


def test_a_browser_that_is_shut_out_can_be_the_leaders_next(office: Office) -> None:
    office.add("Carla", role=Role.LEADER)
    lock(office)
    browser = office.browser()
    browser.log_in("Maria")
    browser.log_in("Carla")
    assert browser.get("/").status_code == 200


def test_when_it_is_opened_everybody_may_come_in(office: Office) -> None:
    lock(office)
    with office.tx() as tx:
        open_again(tx, office.now)
    assert office.logged_in("Maria").get("/").status_code == 200


def test_to_the_leader_too_nothing_hidden_is_revealed(office: Office) -> None:
    thread = office.thread("the blue boat")
    office.add("Carla", role=Role.LEADER)
    assert set(REVEALS) <= set(office.app.view_functions), "no name in the list that is no door"
    carla = office.logged_in("Carla")
    carla.get(f"/threads/{thread}")
    carla.reveal(thread, "plan_safety")
    assert "boat" in carla.get(f"/threads/{thread}").get_data(as_text=True), "shown for a while"
    lock(office)
    leader = office.logged_in("Carla")
    leader.get(f"/threads/{thread}")
    assert "boat" not in leader.html, "and hidden again at once"
    leader.reveal(thread, "plan_safety")
    assert leader.status == 423
