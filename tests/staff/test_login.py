"""Logging in and out, as a person at the browser."""

from __future__ import annotations

import pytest

from hotline.access.first_login import make_link
from hotline.access.tables import Staff
from tests.staff.office import PASSWORD, Office


def test_the_log_in_leads_where_one_wanted_to_go(office: Office) -> None:
    thread = office.thread("Hello")
    browser = office.browser()
    browser.get(f"/threads/{thread}")
    assert "Log in" in browser.text
    assert "Hello" not in browser.text
    browser.send("/login", name="Maria", password=PASSWORD)
    assert f'<b class="ref">{office.reference(thread)}</b>' in browser.html


@pytest.mark.parametrize(
    "back", ["https://example.org/", "//example.org", "/threads/../logout", "/live", "x"]
)
def test_the_log_in_leads_nowhere_else(office: Office, back: str) -> None:
    browser = office.browser()
    browser.get("/login?back=" + back)
    browser.send("/login", name="Maria", password=PASSWORD)
    assert browser.answer is not None
    assert browser.answer.request.path == "/"
    assert "Open threads" in browser.text


def test_what_was_wrong_is_not_told(office: Office) -> None:
    browser = office.browser()
    told = []
    for name, password in (("Maria", "another long password"), ("Nobody", PASSWORD), ("", "")):
        browser.log_in(name, password)
        assert browser.status == 403
        told.append(browser.text)
    assert len(set(told)) == 1
    assert "Name or password is wrong." in told[0]


def test_five_wrong_tries_lock_the_door_for_a_while(office: Office) -> None:
    browser = office.browser()
    for _ in range(5):
        browser.log_in("Maria", "a wrong password")
    browser.log_in("Maria")
    assert browser.status == 429
    assert "Wait 15 minutes" in browser.text
    office.clock.advance(minutes=15)
    browser.log_in("Maria")
    assert "Open threads" in browser.text


def test_the_cookie_is_kept_from_scripts_and_other_sites(office: Office) -> None:
    browser = office.browser()
    browser.get("/login")
    form_token = browser.html.partition('name="csrf" value="')[2].partition('"')[0]
    answer = browser.client.post("/login", data={"name": "Maria", "password": PASSWORD, "csrf": form_token})
    cookies = {cookie.partition("=")[0]: cookie for cookie in answer.headers.getlist("Set-Cookie")}
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookies["session"].split("; "))
    assert "Expires" not in cookies["session"], "it goes with the window"


def test_logging_out_ends_it_here_and_for_who_copied_the_cookie(office: Office) -> None:
    browser = office.logged_in("Maria")
    cookie = browser.client.get_cookie("session")
    assert cookie is not None
    browser.send("/logout")
    assert "Log in" in browser.text
    browser.client.set_cookie("session", cookie.value)
    browser.get("/")
    assert "Open threads" not in browser.text


def test_logging_out_tells_the_browser_to_forget(office: Office) -> None:
    browser = office.logged_in("Maria")
    token = browser.html.partition('name="csrf" value="')[2].partition('"')[0]
    answer = browser.client.post("/logout", data={"csrf": token})
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'


def test_a_poll_is_no_sign_of_life(office: Office) -> None:
    browser = office.logged_in("Maria")
    for _ in range(3):
        office.clock.advance(minutes=5)
        status = browser.client.get("/live").status_code
        browser.client.get("/?again=1")
    assert status == 401, "fifteen minutes are over"
    browser.get("/")
    assert "Log in" in browser.text


def test_who_reads_and_writes_stays_logged_in(office: Office) -> None:
    browser = office.logged_in("Maria")
    for _ in range(6):
        office.clock.advance(minutes=14)
        browser.get("/")
    assert "Open threads" in browser.text


def test_the_first_link_sets_the_password(office: Office) -> None:
    with office.tx() as tx:
        ben = tx.get(Staff, office.staff["Ben"])
        assert ben is not None
        ben.password_hash = None
        token = make_link(tx, office.desk.kit.ids, office.desk.settings, ben.id, office.now)
    browser = office.browser()
    link = f"/first/{token}"
    browser.get(link)
    browser.get(link)
    assert "You log in as Ben." in browser.text, "looking does not use it up"
    browser.send(link, password="too short", again="too short")
    assert "Too short: 15 characters or more." in browser.text
    browser.send(link, password=PASSWORD, again=PASSWORD + "x")
    assert "The two are not the same." in browser.text
    browser.send(link, password=PASSWORD, again=PASSWORD)
    browser.send("/enrol/skip")
    assert browser.html.count('<span class="me">Ben</span>') == 1, "logged in already"
    browser.get(link)
    assert browser.status == 403
    assert "not good any more" in browser.text
    office.logged_in("Ben")


def test_the_link_of_nobody_tells_nothing(office: Office) -> None:
    browser = office.browser()
    assert browser.get("/first/" + "a" * 52).status_code == 403
    assert "not good any more" in browser.text
