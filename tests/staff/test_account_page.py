"""My account: sessions, password, second factors."""

from __future__ import annotations

import re

import pyotp

from hotline.access.tables import Role, Staff
from tests.staff.office import PASSWORD, Office
from tests.staff.test_second_step import app_code, enrolled, secret_on

OTHER = "a green lamp over the quiet harbour"


def test_sessions_are_listed_and_ended_by_their_owner(office: Office) -> None:
    here, there, third = (office.logged_in("Maria") for _ in range(3))
    ben = office.logged_in("Ben")
    here.get("/account")
    assert here.text.count("End it") == 2
    assert here.text.count("(here)") == 1
    here.send("/account/sessions/end")
    assert [browser.client.get("/live").status_code for browser in (there, third)].count(401) == 1
    here.send("/account/sessions/end-others")
    assert [browser.client.get("/live").status_code for browser in (there, third)] == [401, 401]
    assert [browser.client.get("/live").status_code for browser in (here, ben)] == [200, 200]
    assert "End it" not in here.text


def test_nobody_ends_the_session_of_another(office: Office) -> None:
    maria, ben = office.logged_in("Maria"), office.logged_in("Ben")
    other = office.logged_in("Maria")
    other.get("/account")
    mark = re.findall('name="session" value="([0-9a-f]+)"', other.html)[0]
    ben.get("/account")
    token = re.findall('name="csrf" value="([^"]*)"', ben.html)[0]
    ben.client.post("/account/sessions/end", data={"csrf": token, "session": mark})
    assert maria.client.get("/live").status_code == 200


def test_another_password_needs_the_old_one_and_ends_all_other_sessions(office: Office) -> None:
    _, secret, _ = enrolled(office, "Maria")
    maria, away = office.browser(), office.browser()
    for browser in (maria, away):
        browser.log_in("Maria")
        browser.send("/login/second", code=app_code(office, secret))
        office.clock.advance(seconds=30)
    maria.get("/account")
    code = app_code(office, secret)
    for old, new, mine, told in (
        (PASSWORD, "short", code, "Too short"),
        (PASSWORD, "passwordpassword1", code, "many people use this"),
        ("not the old password", OTHER, code, "The old password or the code is not right."),
        (PASSWORD, OTHER, "000000", "The old password or the code is not right."),
    ):
        maria.send("/account/password", old=old, password=new, again=new, mine=mine)
        assert told in maria.text
    maria.send("/account/password", old=PASSWORD, password=OTHER, again=OTHER, mine=code)
    assert "Done." in maria.text
    assert away.client.get("/live").status_code == 401
    assert maria.client.get("/live").status_code == 200
    office.browser().log_in("Maria", OTHER)
    assert office.browser().log_in("Maria", PASSWORD).status_code == 403


def test_a_page_that_was_left_open_adds_and_removes_nothing(office: Office) -> None:
    """Every change of the ways in asks for the second factor that is there."""
    maria, secret, _ = enrolled(office, "Maria")
    maria.get("/")
    maria.get("/enrol")
    other = secret_on(maria)
    maria.send("/enrol", code=pyotp.TOTP(other).at(office.now), mine="000000")
    assert maria.status == 422
    assert secret_on(maria) == other
    maria.send("/enrol", code=pyotp.TOTP(other).at(office.now), mine=app_code(office, secret))
    assert maria.text.count("App with codes") == 2
    office.clock.advance(seconds=30)
    maria.send("/account/factors/remove", mine="000000")
    assert maria.status == 403
    maria.send("/account/factors/remove", mine=app_code(office, secret))
    assert maria.text.count("App with codes") == 1
    assert "/account/factors/remove" not in maria.html, "the last one stays"
    office.clock.advance(seconds=30)
    maria.send("/account/recovery", mine=pyotp.TOTP(other).at(office.now))
    assert len(re.findall(r'<li class="code">', maria.html)) == 10


def test_another_role_is_felt_at_the_next_request(office: Office) -> None:
    thread = office.thread("Hello")
    maria = office.logged_in("Maria")
    with office.tx() as tx:
        row = tx.get(Staff, office.staff["Maria"])
        assert row is not None
        row.role = Role.ADMINISTRATOR
    assert maria.get(f"/threads/{thread}").status_code == 403


def test_who_writes_is_there(office: Office) -> None:
    maria = office.logged_in("Maria")
    for _ in range(3):
        office.clock.advance(minutes=14)
        assert maria.send("/here").status_code == 204
        maria.get("/?again=1")
    assert maria.client.get("/live").status_code == 200
