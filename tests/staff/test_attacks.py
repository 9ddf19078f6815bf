"""Every route of the staff page against every trick: generated over what the app has, so that a new page is tried too."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from structlog.testing import capture_logs
from werkzeug.test import TestResponse

from hotline import db
from hotline.access.passwords import Passwords
from hotline.access.tables import Staff
from hotline.staff import create_app, queue_page
from hotline.staff.desk import StaffDesk
from hotline.staff.guard import OPEN, way_back
from tests.leaks.places import columns
from tests.staff.attacks import CLAIMS, EVIL, METHODS, SPLIT, TRICKS, WAYS_BACK, Route, routes, wrong_with
from tests.staff.office import PASSWORD, Browser, Office
from tests.staff.test_headers import is_strict

SECRET = "the blue boat by the mill"
HTTPS = "https://staff.example.org"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On SQLite alone: no answer here depends on the kind."""
    return sqlite_url


@pytest.fixture
def thread(office: Office) -> str:
    return office.thread(SECRET)


@pytest.fixture
def every(office: Office, thread: str) -> list[Route]:
    found = list(routes(office.app, thread))
    assert len(found) >= 20
    return found


def token(browser: Browser) -> str:
    """The token of the forms of the last page."""
    found = re.search(r'name="csrf" value="([^"]+)"', browser.html)
    assert found
    return found[1]


def cookie(browser: Browser) -> str:
    """The session of this browser, as its server knows it."""
    found = browser.client.get_cookie("session")
    assert found is not None
    return found.value


def refused(answer: TestResponse) -> bool:
    if answer.status_code == 303:
        return answer.headers["Location"].partition("?")[0] == "/login"
    return answer.status_code in (400, 401, 403, 404, 405, 413)


def sound(answer: TestResponse, told: object, *secrets: str) -> None:
    """The answer bears the strict headers and nothing that none may bear."""
    is_strict(answer)
    assert wrong_with(answer, secrets) == [], told
    assert answer.status_code < 500 or "/readyz" in str(told), told


def test_without_a_living_session_nothing_is_told_or_done(
    office: Office, thread: str, every: list[Route]
) -> None:
    maria = office.logged_in("Maria")
    maria.get("/")
    given, form_token = cookie(maria), token(maria)
    maria.client.post("/logout", data={"csrf": form_token})
    told = (SECRET, "Maria", "Ben", office.reference(thread))
    nobody, left, odd = (office.app.test_client() for _ in range(3))
    left.set_cookie("session", given)
    for name, value in (("session", "a" * len(given)), ("form", given), ("__Host-session", given)):
        odd.set_cookie(name, value)
    for route in every:
        for client, methods in ((nobody, METHODS), (left, ("GET", "POST")), (odd, ("GET",))):
            for method in methods:
                data = {"csrf": form_token} if method == "POST" else None
                with client.open(route.path, method=method, data=data) as answer:
                    sound(answer, f"{method} {route.path}", *told)
                    assert route.endpoint in OPEN or refused(answer), (
                        f"{method} {route.path}: {answer.status}"
                    )
    with db.read(office.desk.engine) as tx:
        assert [one.active for one in tx.query(Staff)] == [True, True]


def test_no_form_is_taken_without_the_token_of_its_own_session(
    office: Office, thread: str, every: list[Route]
) -> None:
    maria, ben = office.logged_in("Maria"), office.logged_in("Ben")
    maria.get("/")
    ben.get("/")
    mine, other = token(maria), token(ben)
    client = maria.client
    client.set_cookie("form", "a-token-of-another-form")
    changing = [route for route in every if route.changes and route.endpoint not in OPEN]
    assert len(changing) >= 8
    for route in changing:
        for answer in (
            client.post(route.path),
            client.post(route.path, data={"csrf": ""}),
            client.post(route.path, data={"csrf": other}),
            client.post(route.path, data={"csrf": "a-token-of-another-form"}),
            client.post(f"{route.path}?csrf={mine}"),
            client.post(route.path, json={"csrf": mine}),
            client.post(route.path, data={"csrf": ""}, headers={"X-CSRF-Token": mine, "Origin": f"https://{EVIL}"}),
        ):  # fmt: skip
            sound(answer, route.path, SECRET)
            assert answer.status_code == 403, route.path
    maria.get("/")
    assert f'action="/threads/{thread}/take"' in maria.html, "nothing was done"


def test_inside_too_a_wrong_method_gets_nothing(office: Office, every: list[Route]) -> None:
    maria = office.logged_in("Maria")
    maria.get("/")
    mine = token(maria)
    known = {(route.path, method) for route in every for method in route.methods}
    for route in every:
        for method in METHODS:
            if (route.path, method) in known:
                continue
            data = None if method in ("GET", "HEAD") else {"csrf": mine}
            with maria.client.open(route.path, method=method, data=data) as answer:
                sound(answer, f"{method} {route.path}", SECRET)
                assert answer.status_code in (403, 405), f"{method} {route.path}: {answer.status}"


def test_no_answer_repeats_a_host_that_somebody_claims(office: Office, every: list[Route]) -> None:
    for client in (office.app.test_client(), office.logged_in("Maria").client):
        for route in every:
            with client.get(route.path, headers=CLAIMS) as answer:
                sound(answer, route.path)
        with client.get("/", headers={"Host": EVIL}) as answer:
            sound(answer, "Host")


def test_tricks_with_paths_lead_nowhere(office: Office) -> None:
    stranger, maria = office.app.test_client(), office.logged_in("Maria").client
    for path in TRICKS:
        for client in (stranger, maria):
            with client.get(path, base_url="http://localhost") as answer:
                sound(answer, path, "StaffDesk", "root:")
                known = answer.status_code == 200 and (client is maria or "/login" in path.lower())
                assert known or refused(answer) or answer.status_code in (302, 308), (
                    f"{path}: {answer.status}"
                )
                assert "split" not in answer.headers.get("Set-Cookie", "")


def test_no_log_in_leads_to_another_site(office: Office) -> None:
    for back in WAYS_BACK:
        assert way_back(back) == "/", back
        browser = office.browser()
        with browser.client.get("/login", query_string={"back": back}) as answer:
            sound(answer, back)
    maria = office.logged_in("Maria")
    for back in WAYS_BACK:
        with maria.client.get("/login", query_string={"back": back}) as answer:
            assert answer.status_code == 303
            sound(answer, back)


def test_what_is_asked_for_splits_no_answer(office: Office, every: list[Route]) -> None:
    maria = office.logged_in("Maria")
    for route in every:
        with maria.client.get(
            f"{route.path}?done={SPLIT}&back={SPLIT}&first={SPLIT}&again=1&month={SPLIT}"
        ) as answer:
            sound(answer, route.path)


def test_too_much_is_refused_at_every_form(office: Office, every: list[Route]) -> None:
    client = office.app.test_client()
    maria = office.logged_in("Maria").client
    for route in every:
        if route.changes:
            for browser in (client, maria):
                answer = browser.post(route.path, data={"csrf": "x", "text": "x" * 300_000})
                sound(answer, route.path)
                assert answer.status_code in (401, 413), f"{route.path}: {answer.status}"


def test_what_breaks_inside_is_told_plainly(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: object, **more: object) -> None:
        raise RuntimeError(SECRET)

    maria = office.logged_in("Maria")
    monkeypatch.setattr(queue_page, "open_threads", broken)
    with capture_logs():
        answer = maria.client.get("/")
    assert answer.status_code == 500
    is_strict(answer)
    assert wrong_with(answer, (SECRET, "RuntimeError")) == []


def test_the_mark_of_a_page_opens_it_to_nobody_else(office: Office, thread: str) -> None:
    maria = office.logged_in("Maria")
    for path in ("/live", f"/threads/{thread}/live"):
        mark = maria.client.get(path).headers["ETag"]
        assert maria.client.get(path, headers={"If-None-Match": mark}).status_code == 304
        stranger = office.app.test_client().get(path, headers={"If-None-Match": mark})
        assert stranger.status_code == 401
        assert "ETag" not in stranger.headers
        for value in ("*", f'{mark}, "x"'):
            assert office.app.test_client().get(path, headers={"If-None-Match": value}).status_code == 401
    ben = office.logged_in("Ben")
    assert ben.client.get("/live").headers["ETag"] != maria.client.get("/live").headers["ETag"], (
        "each reads it in the own language"
    )


def test_a_session_that_somebody_planted_is_not_taken_over(office: Office) -> None:
    browser = office.browser()
    browser.client.set_cookie("session", "b" * 52)
    browser.log_in("Maria")
    assert browser.status == 200
    mine = cookie(browser)
    assert mine != "b" * 52
    assert len(mine) >= 43, "256 bits"
    browser.get("/")
    assert mine not in browser.html
    kept = [one for one in columns(office.desk.engine) if mine.encode() in one.content]
    assert kept == [], "who reads the database cannot be somebody"


def test_leaving_ends_the_session_for_every_copy_and_clears_the_browser(office: Office) -> None:
    maria = office.logged_in("Maria")
    copy = office.app.test_client()
    copy.set_cookie("session", cookie(maria))
    assert copy.get("/").status_code == 200
    maria.get("/")
    answer = maria.client.post("/logout", data={"csrf": token(maria)})
    is_strict(answer)
    assert set(answer.headers["Clear-Site-Data"].split(", ")) >= {'"cache"', '"cookies"', '"storage"'}
    assert copy.get("/").status_code == 303


@pytest.fixture
def secure(office: Office, desk: StaffDesk) -> Office:
    """The same office behind https."""
    settings = replace(desk.settings, staff_url=HTTPS)
    behind = replace(desk, kit=replace(desk.kit, settings=settings))
    return replace(office, app=create_app(behind), desk=behind)


def test_over_https_every_cookie_is_bound_and_every_answer_says_https(secure: Office, thread: str) -> None:
    client = secure.app.test_client()
    cookies = 0
    for route in routes(secure.app, thread):
        for method in ("GET", "POST"):
            with client.open(route.path, method=method, base_url=HTTPS) as answer:
                assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000"), route
                for set_cookie in answer.headers.getlist("Set-Cookie"):
                    name, _, rest = set_cookie.partition("=")
                    assert name.startswith("__Host-"), set_cookie
                    assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"} <= set(rest.split("; "))
                    assert "domain" not in rest.lower()
                    cookies += 1
    assert cookies >= 1


def test_an_unknown_name_costs_the_same_work_as_a_wrong_password(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told by what is computed, not by a clock: once each, with the same numbers."""
    checks: list[str] = []
    check = Passwords.check

    def counting(self: Passwords, kept: str | None, password: str) -> bool:
        checks.append((kept or self._nobody).rpartition("$")[0].rpartition("$")[0])
        return check(self, kept, password)

    monkeypatch.setattr(Passwords, "check", counting)
    pages = []
    for name, password in (
        ("Nobody", PASSWORD),
        ("Maria", "a wrong lamp beside the boat"),
        ("Nobody", "short"),
    ):
        browser = office.browser()
        browser.log_in(name, password)
        pages.append((browser.status, re.sub(r'value="[^"]*"', "", browser.html)))
    assert len(checks) == 3
    assert len(set(checks)) == 1, checks
    assert len(set(pages)) == 1, "and the pages are the same"
