"""A log-in in two steps, from the one-time link on."""

from __future__ import annotations

import re
from dataclasses import replace

import pyotp
import pytest
from sqlalchemy import select

from hotline import db
from hotline.access.first_login import make_link
from hotline.access.login_tables import Acceptance, RecoveryCode
from hotline.access.tables import Staff
from hotline.staff import create_app
from tests.access.soft_key import SoftKey
from tests.staff.office import PASSWORD, Browser, Office

# What differs between the databases is tried below the pages, in tests/access.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ACCOUNT = {"twilio_account_sid": "AC" + "0" * 32, "twilio_auth_tokens": ("fictional",)}


def live(office: Office) -> Office:
    """The same office with a real line: nobody gets in without a second factor."""
    settings = replace(office.desk.settings, **ACCOUNT)
    desk = replace(office.desk, kit=replace(office.desk.kit, settings=settings))
    return Office(create_app(desk), desk, office.clock, office.staff, office.phones)


def link_for(office: Office, name: str) -> str:
    with office.tx() as tx:
        return f"/first/{make_link(tx, office.desk.kit.ids, office.desk.settings, office.staff[name], office.now)}"


def secret_on(browser: Browser) -> str:
    shown = re.search(r'<span class="code">([A-Z2-7 ]+)</span>', browser.html)
    assert shown
    return shown[1].replace(" ", "")


def app_code(office: Office, secret: str) -> str:
    return pyotp.TOTP(secret).at(office.now)


def enrolled(office: Office, name: str) -> tuple[Browser, str, list[str]]:
    """Somebody who has followed the link and added an app; gives the browser, the app's secret and the recovery codes."""
    browser, link = office.browser(), link_for(office, name)
    browser.get(link)
    browser.send(link, password=PASSWORD, again=PASSWORD)
    secret = secret_on(browser)
    browser.send("/enrol", code=app_code(office, secret))
    codes = re.findall(r'<li class="code">([a-z2-7-]{19})</li>', browser.html)
    assert len(codes) == 10
    office.clock.advance(minutes=1)
    return browser, secret, codes


def test_nothing_is_open_between_the_steps(office: Office) -> None:
    office = live(office)
    browser, secret, _ = enrolled(office, "Maria")
    browser.get("/")
    assert "Open threads" in browser.text
    stranger = office.browser()
    stranger.log_in("Maria")
    assert "Second step" in stranger.text
    for path in ("/account", "/rota", "/figures", "/"):
        stranger.get(path)
        assert "Second step" in stranger.text
        assert 'class="me"' not in stranger.html
    assert stranger.client.get("/live").status_code == 401
    stranger.send("/login/second", code=app_code(office, secret))
    assert "Open threads" in stranger.text


def test_the_link_leads_through_password_app_and_form_to_the_queue(office: Office) -> None:
    office = live(office)
    with office.tx() as tx:
        tx.execute(Acceptance.__table__.delete())
    browser, link = office.browser(), link_for(office, "Ben")
    browser.get(link)
    browser.send(link, password=PASSWORD, again=PASSWORD)
    assert "/enrol/skip" not in browser.html, "with a real line it cannot be skipped"
    assert '<svg xmlns="http://www.w3.org/2000/svg" viewBox=' in browser.html, "it grows with the page"
    browser.get("/")
    assert "<svg" in browser.html, "nothing else is open"
    secret = secret_on(browser)
    browser.send("/enrol", code="000000")
    assert browser.status == 422
    assert secret_on(browser) == secret, "the picture that was taken stays good"
    browser.send("/enrol", code=app_code(office, secret))
    browser.get("/")
    assert 'action="/confidentiality"' in browser.html
    browser.get("/figures")
    assert 'action="/confidentiality"' in browser.html, "nothing is open before it is accepted"
    browser.send("/confidentiality", read="yes")
    assert "File d" in browser.text or 'class="me">Ben' in browser.html
    with db.read(office.desk.engine) as tx:
        signed = tx.scalars(select(Acceptance)).one()
    assert (signed.staff_id, signed.accepted_at) == (office.staff["Ben"], office.now)


def test_the_form_is_asked_again_when_its_words_change(office: Office) -> None:
    with office.tx() as tx:
        for signed in tx.scalars(select(Acceptance)):
            signed.text_hash = b"other words".ljust(32)
    browser = office.browser()
    browser.log_in("Maria")
    assert 'action="/confidentiality"' in browser.html
    browser.client.post(
        "/confidentiality", data={"csrf": re.findall('name="csrf" value="([^"]*)"', browser.html)[0]}
    )
    browser.get("/")
    assert 'action="/confidentiality"' in browser.html, "without a yes nothing is accepted"
    browser.send("/confidentiality", read="yes")
    assert "Open threads" in browser.text


def test_without_a_second_factor_nobody_gets_in_on_a_real_line(office: Office) -> None:
    office = live(office)
    browser = office.browser()
    browser.log_in("Maria")
    assert browser.status == 403
    assert "Ask for a new one-time link." in browser.text
    browser.log_in("Maria", "another long password")
    assert "Name or password is wrong." in browser.text


def test_skipping_is_for_the_simulator_and_says_so(office: Office) -> None:
    browser, link = office.browser(), link_for(office, "Maria")
    browser.get(link)
    browser.send(link, password=PASSWORD, again=PASSWORD)
    assert "only simulated" in browser.text
    token = re.findall('name="csrf" value="([^"]*)"', browser.html)[0]
    real = live(office).app.test_client()
    cookie = browser.client.get_cookie("session")
    assert cookie is not None
    real.set_cookie("session", cookie.value)
    assert real.post("/enrol/skip", data={"csrf": token}).status_code == 403
    browser.send("/enrol/skip")
    assert "Open threads" in browser.text


def test_wrong_codes_lock_like_wrong_passwords(office: Office) -> None:
    _, secret, codes = enrolled(office, "Maria")
    browser = office.browser()
    browser.log_in("Maria")
    for _ in range(4):
        browser.send("/login/second", code="000000")
        assert "not right" in browser.text
    browser.send("/login/second", code=app_code(office, secret))
    assert browser.status == 429
    other = office.browser()
    other.log_in("Maria")
    assert other.status == 429
    office.clock.advance(minutes=15)
    other.log_in("Maria")
    other.send("/login/second", code=codes[0])
    assert "Open threads" in other.text


def test_a_recovery_code_opens_once(office: Office) -> None:
    _, _, codes = enrolled(office, "Maria")
    browser = office.browser()
    for word in ("Open threads", "not right"):
        browser.client.delete_cookie("session")
        browser.log_in("Maria")
        browser.send("/login/second", code=codes[3].upper())
        assert word in browser.text
    with db.read(office.desk.engine) as tx:
        used = tx.scalars(select(RecoveryCode).where(RecoveryCode.used_at.is_not(None))).all()
    assert len(used) == 1


def test_a_new_link_does_not_go_round_the_second_factor(office: Office) -> None:
    _, secret, _ = enrolled(office, "Maria")
    browser, link = office.browser(), link_for(office, "Maria")
    browser.get(link)
    browser.send(link, password=PASSWORD, again=PASSWORD)
    assert "Second step" in browser.text
    browser.send("/login/second", code=app_code(office, secret))
    assert "Open threads" in browser.text


def test_who_loses_the_password_too_early_is_no_way_in(office: Office) -> None:
    """A person who is removed between the steps is out."""
    _, secret, _ = enrolled(office, "Ben")
    browser = office.browser()
    browser.log_in("Ben")
    with office.tx() as tx:
        ben = tx.get(Staff, office.staff["Ben"])
        assert ben is not None
        ben.active = False
    token = re.findall('name="csrf" value="([^"]*)"', browser.html)[0]
    answer = browser.client.post(
        "/login/second", data={"csrf": token, "code": app_code(office, secret)}, follow_redirects=False
    )
    assert answer.status_code in (401, 403)


def test_a_passkey_alone_is_enough(office: Office) -> None:
    office = live(office)
    key = SoftKey("localhost", "http://localhost:8471")
    browser, link = office.browser(), link_for(office, "Maria")
    browser.get(link)
    browser.send(link, password=PASSWORD, again=PASSWORD)
    token = re.findall('name="csrf" value="([^"]*)"', browser.html)[0]
    asked = browser.client.post("/passkey/new", data={"csrf": token}).get_data(as_text=True)
    browser.send("/passkey/add", credential="{}")
    assert "The passkey was not accepted." in browser.text
    browser.send("/passkey/add", credential=key.make(asked))
    assert len(re.findall(r'<li class="code">', browser.html)) == 10

    browser = office.browser()
    browser.log_in("Maria")
    token = re.findall('name="csrf" value="([^"]*)"', browser.html)[0]
    asked = browser.client.post("/passkey/challenge", data={"csrf": token}).get_data(as_text=True)
    answer = {"csrf": token, "credential": key.sign(asked)}
    proof = browser.client.post("/passkey/proof", data=answer).get_data(as_text=True)
    assert browser.client.post("/passkey/proof", data=answer).status_code == 403
    assert browser.client.post("/passkey/new", data={"csrf": token}).status_code == 401, (
        "no way to add one here"
    )
    browser.send("/login/second", code=proof)
    assert "Open threads" in browser.text


def test_what_is_hidden_is_shown_for_a_fresh_code_alone(office: Office) -> None:
    thread = office.thread("locked in a blue house")
    office = live(office)
    ben, secret, _ = enrolled(office, "Ben")
    ben.get(f"/threads/{thread}")
    path = f"/threads/{thread}/reveal"
    ben.send(path, reason="answer_contact", code="000000")
    assert "blue house" not in ben.text
    code = app_code(office, secret)
    ben.send(path, reason="answer_contact", code=code)
    assert "blue house" in ben.text
    office.clock.advance(minutes=14)
    ben.get("/")
    office.clock.advance(minutes=14)
    ben.get("/")
    office.clock.advance(minutes=3)
    ben.get(f"/threads/{thread}")
    assert "blue house" not in ben.text
    ben.send(path, reason="answer_contact", code=code)
    assert "blue house" not in ben.text, "each code counts once"
