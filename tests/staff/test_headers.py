"""Strict headers on every answer, and pages that keep to them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from hotline.staff import create_app
from hotline.staff.desk import StaffDesk
from tests.staff.office import PASSWORD, Office

STAFF = Path(__file__).resolve().parents[2] / "hotline" / "staff"


PATHS = ("/login", "/", "/live", "/nothing", "/static/staff.css", "/healthz", "/first/x", "/threads/x")


@pytest.mark.parametrize("inside", [True, False])
def test_every_answer_has_them(office: Office, inside: bool) -> None:
    client = office.logged_in("Maria").client if inside else office.app.test_client()
    for path in PATHS:
        with client.get(path) as answer:
            is_strict(answer)


def is_strict(answer: TestResponse) -> None:
    policy = {
        part.split()[0]: part.split()[1:] for part in answer.headers["Content-Security-Policy"].split("; ")
    }
    assert policy.pop("default-src") == policy.pop("base-uri") == policy.pop("frame-ancestors") == ["'none'"]
    named = ("script", "style", "img", "font", "connect", "media")
    assert set(policy) == {"form-action", *(f"{what}-src" for what in named)}
    assert all(allowed == ["'self'"] for allowed in policy.values())
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    features = answer.headers["Permissions-Policy"].split(", ")
    assert {"camera=()", "microphone=()", "geolocation=()"} <= set(features)
    assert all(feature.endswith("=()") for feature in features)
    assert "Strict-Transport-Security" not in answer.headers, "http on the own machine"


def test_over_https_the_cookie_and_the_connection_are_bound(desk: StaffDesk, office: Office) -> None:
    settings = replace(desk.settings, staff_url="https://staff.example.org")
    client = create_app(replace(desk, kit=replace(desk.kit, settings=settings))).test_client()
    answer = client.get("/login", base_url="https://staff.example.org")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    token = answer.get_data(as_text=True).partition('name="csrf" value="')[2].partition('"')[0]
    answer = client.post(
        "/login",
        data={"name": "Maria", "password": PASSWORD, "csrf": token},
        base_url="https://staff.example.org",
    )
    cookies = [cookie for cookie in answer.headers.getlist("Set-Cookie") if "__Host-session=" in cookie]
    assert len(cookies) == 1
    assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookies[0].split("; "))
    assert "Domain" not in cookies[0]


def test_no_page_has_a_script_or_a_style_of_its_own() -> None:
    for path in (STAFF / "templates").glob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html), path.name
        assert all(" src=" in tag for tag in re.findall(r"<script\b[^>]*>", html)), path.name
        assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", html), path.name
    assert "http" not in (STAFF / "static" / "staff.css").read_text(encoding="utf-8")


def test_titles_hold_no_content(office: Office) -> None:
    thread = office.thread("the blue house")
    maria = office.logged_in("Maria")
    titles = set()
    for path in ("/", f"/threads/{thread}", "/nothing"):
        maria.get(path)
        titles.add(maria.html.partition("<title>")[2].partition("</title>")[0])
    assert titles == {"Queue", "Thread", "Not possible"}
