"""Who was away too long is asked again, and loses nothing."""

from __future__ import annotations

import re

import pytest

from hotline.threads.tables import Call
from tests.staff.office import PASSWORD, Office

# What differs between the databases is tried below the pages, in tests/access.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

WORDS = "Are you there? We are near."


def test_what_was_written_comes_back_behind_the_log_in(office: Office) -> None:
    thread = office.thread("Hello")
    maria = office.logged_in("Maria")
    maria.get(f"/threads/{thread}")
    maria.send(f"/threads/{thread}/take")
    office.clock.advance(minutes=15)
    maria.send(f"/threads/{thread}/answer", text=WORDS)
    assert maria.status == 401
    assert "what you wrote is kept" in maria.text
    assert WORDS not in maria.html, "who sits there now does not read it"
    maria.send("/login", name="Maria", password="a wrong password")
    maria.send("/login", name="Maria", password=PASSWORD)
    assert f'name="text" rows="4">{WORDS}</textarea>' in maria.html
    assert office.texts_to_contact(thread) == [], "nothing is sent without a button"
    maria.send(f"/threads/{thread}/answer", text=WORDS)
    assert office.texts_to_contact(thread) == [WORDS]


def test_somebody_else_does_not_get_it(office: Office) -> None:
    thread = office.thread("Hello")
    maria = office.logged_in("Maria")
    maria.get(f"/threads/{thread}")
    maria.send(f"/threads/{thread}/take")
    office.clock.advance(minutes=15)
    maria.send(f"/threads/{thread}/answer", text=WORDS)
    maria.send("/login", name="Ben", password=PASSWORD)
    assert WORDS not in maria.html
    assert 'class="me">Ben' in maria.html


def test_another_site_plants_nothing(office: Office) -> None:
    """A form without the token of the session that ran out is not kept."""
    thread = office.thread("Hello")
    maria = office.logged_in("Maria")
    office.clock.advance(minutes=15)
    answer = maria.client.post(f"/threads/{thread}/answer", data={"csrf": "x", "text": WORDS})
    assert answer.status_code == 401
    assert 'name="kept"' not in answer.get_data(as_text=True)


def test_passwords_and_codes_are_never_kept(office: Office) -> None:
    maria = office.logged_in("Maria")
    maria.get("/account")
    office.clock.advance(minutes=15)
    maria.send("/account/password", old=PASSWORD, password="another good one 1", again="another good one 1")
    assert maria.status == 401
    assert 'name="kept"' not in maria.html


def test_after_half_a_day_nothing_is_kept(office: Office) -> None:
    thread = office.thread("Hello")
    maria = office.logged_in("Maria")
    maria.get(f"/threads/{thread}")
    maria.send(f"/threads/{thread}/take")
    office.clock.advance(hours=12, seconds=1)
    maria.send(f"/threads/{thread}/answer", text=WORDS)
    assert 'name="kept"' not in maria.html


def test_after_logging_out_nothing_is_kept(office: Office) -> None:
    maria = office.logged_in("Maria")
    cookie = maria.client.get_cookie("session")
    token = re.findall('name="csrf" value="([^"]*)"', maria.html)[0]
    assert cookie is not None
    maria.send("/logout")
    maria.client.set_cookie("session", cookie.value)
    answer = maria.client.post("/threads/aaaaaaaaaaaaaaaa/answer", data={"csrf": token, "text": WORDS})
    assert answer.status_code == 401
    assert 'name="kept"' not in answer.get_data(as_text=True)


def test_nobody_is_asked_during_a_call(office: Office) -> None:
    ben = office.logged_in("Ben")
    with office.tx() as tx:
        tx.add(Call(sid="CA1", staff_id=office.staff["Ben"], line="main", begun_at=office.now))
    for _ in range(3):
        office.clock.advance(minutes=20)
        assert ben.client.get("/live").status_code == 200
    with office.tx() as tx:
        call = tx.get(Call, "CA1")
        assert call is not None
        call.ended_at = office.now
    office.clock.advance(minutes=14)
    assert ben.client.get("/live").status_code == 200, "the time counts from the call"
    office.clock.advance(minutes=1)
    assert ben.client.get("/live").status_code == 401


def test_the_page_is_told_how_long_it_has(office: Office) -> None:
    maria = office.logged_in("Maria")
    assert maria.client.get("/live").headers["X-Session-Left"] == "900"
    office.clock.advance(minutes=13)
    answer = maria.client.get("/live")
    assert answer.headers["X-Session-Left"] == "120"
    unchanged = maria.client.get("/live", headers={"If-None-Match": answer.headers["ETag"]})
    assert unchanged.headers["X-Session-Left"] == "120"
