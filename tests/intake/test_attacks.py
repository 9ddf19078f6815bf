"""Every route of the public face against every trick: generated over what the app has, so that a new door is tried too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from twilio.request_validator import RequestValidator
from werkzeug.test import TestResponse

from hotline.intake import create_app
from hotline.intake import texts as intake_texts
from hotline.intake.desk import Desk
from hotline.intake.headers import STRICT
from tests.intake.webhooks import ACCOUNT, LINE, PUBLIC, TOKEN, Twilio
from tests.structure.rows import count

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
EVIL = "evil.example"
HOSTS = (
    {"Host": EVIL}, {"X-Forwarded-Host": EVIL, "X-Forwarded-Proto": "https"}, {"Forwarded": f"host={EVIL}"},
    {"X-Original-URL": f"//{EVIL}", "X-HTTP-Method-Override": "DELETE"},
)  # fmt: skip
TRICKS = (
    "/report//", "//report", "/report/../twilio/sms", "/twilio//sms", "/static/..%2f..%2fdesk.py", "/static/../desk.py",
    "/static//report/page.css", "/audio/en/..%2f..%2f..%2fhotline.mp3", "/audio/../hotline.toml", "/audio/en/../../keys/export.mp3",
    "/audio/en/%2e%2e/manifest.mp3", "/audio/told/../x.mp3", "/audio/takes/%00.wav", "/gateway/../twilio/sms", "/gateway/%00/sms",
    "/.env", "/.git/config", "/%ff", "/report%0d%0aSet-Cookie:split=1", "/console", "/report?lang=%0d%0aSet-Cookie:%20split=1",
)  # fmt: skip


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On SQLite alone: no answer here depends on the kind."""
    return sqlite_url


@pytest.fixture
def app(desk: Desk) -> Flask:
    return create_app(desk)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def sound(answer: TestResponse, told: object) -> None:
    """Strict headers, nothing repeated, no way elsewhere, no cookie, nothing of our insides."""
    for name in STRICT:
        assert name in answer.headers, f"{told}: no {name}"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "Set-Cookie" not in answer.headers, told
    assert "Location" not in answer.headers, told
    said = f"{answer.headers}{answer.get_data(as_text=True)}"
    for sign in (EVIL, "split=1", "Traceback", "Werkzeug", "sqlite", "hotline.toml"):
        assert sign not in said, f"{told}: {sign}"


def paths(app: Flask) -> list[tuple[str, frozenset[str]]]:
    """Every route, filled in, with its methods."""
    return [
        (
            re.sub(r"<any[^>]+>", "mp3", rule.rule)
            .replace("<path:filename>", "report/page.css")
            .replace("<line>", "main")
            .replace("<locale>", "en")
            .replace("<name>", "x")
            .replace("<variant>", "x")
            .replace("<take_id>", "x")
            .replace("<sound_id>", "x"),
            frozenset(rule.methods or ()),
        )
        for rule in app.url_map.iter_rules()
    ]


def rows(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return count(connection)


def test_every_answer_to_every_method_is_sound_and_nothing_is_kept(
    app: Flask, client: FlaskClient, desk: Desk
) -> None:
    before = rows(desk.engine)
    known = paths(app)
    assert len(known) >= 15
    taken = {(path, method) for path, methods in known for method in methods}
    for path in dict(known):
        for method in METHODS:
            with client.open(path, method=method, data=None if method == "GET" else b"x") as answer:
                sound(answer, f"{method} {path}")
                assert (path, method) in taken or answer.status_code == 405, (
                    f"{method} {path}: {answer.status}"
                )
    assert rows(desk.engine) == before


@pytest.mark.parametrize("headers", HOSTS, ids=lambda headers: next(iter(headers)))
def test_no_answer_repeats_a_host_that_somebody_claims(
    app: Flask, client: FlaskClient, headers: dict[str, str]
) -> None:
    for path, methods in paths(app):
        with client.open(path, method="GET" if "GET" in methods else "POST", headers=headers) as answer:
            sound(answer, path)


def test_tricks_with_paths_lead_nowhere(client: FlaskClient) -> None:
    for path in TRICKS:
        with client.get(path, base_url=f"http://{EVIL}") as answer:
            sound(answer, path)
            assert answer.status_code in (403, 404, 405) or path.startswith("/report?"), (
                f"{path}: {answer.status}"
            )


def test_a_signature_counts_for_its_own_words_address_and_account_alone(desk: Desk, twilio: Twilio) -> None:
    form = {
        "MessageSid": "SM" + "1" * 32,
        "AccountSid": ACCOUNT,
        "From": "+12025550123",
        "To": LINE,
        "Body": "Hello",
    }

    def signed(url: str, over: dict[str, str] | None = None, token: str = TOKEN) -> str:
        return RequestValidator(token).compute_signature(url, over or form)

    sms = f"{PUBLIC}/twilio/sms"
    wrong = {
        "another token": signed(sms, token="another"),  # fictional
        "another door": signed(f"{PUBLIC}/twilio/voice"),
        "the host as it was claimed": signed(f"https://{EVIL}/twilio/sms"),
        "without https": signed(sms.replace("https", "http")),
        "with a query": signed(f"{sms}?m=1"),
        "other words": signed(sms, {**form, "Body": "Hello!"}),
        "another sender": signed(sms, {**form, "From": "+12025550124"}),
        "fewer words": signed(sms, {name: form[name] for name in ("MessageSid", "From")}),
        "empty": " ",
        "in lower case": signed(sms).lower(),
        "cut": signed(sms)[:-4],
        "twice": f"{signed(sms)}, {signed(sms)}",
    }
    before = rows(desk.engine)
    for told, signature in wrong.items():
        answer = twilio.post("/twilio/sms", form, signature=signature, base_url=f"https://{EVIL}")
        assert answer.status_code == 403, told
        sound(answer, told)
    assert rows(desk.engine) == before
    assert twilio.post("/twilio/sms", form).status_code == 200, "the right one is let in"


def test_too_much_is_refused_before_it_is_read(app: Flask, client: FlaskClient, desk: Desk) -> None:
    before = rows(desk.engine)
    for path, methods in paths(app):
        if "POST" in methods:
            for content_type in (
                "application/x-www-form-urlencoded",
                "application/json",
                "multipart/form-data; boundary=x",
            ):
                answer = client.post(path, data=b"a=" + b"x" * 2_000_000, content_type=content_type)
                sound(answer, path)
                assert answer.status_code in (403, 404, 413, 422), f"{path}: {answer.status}"
    assert rows(desk.engine) == before


def test_what_breaks_inside_is_told_plainly(twilio: Twilio, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: object, **more: object) -> None:
        raise RuntimeError("the blue boat")

    monkeypatch.setattr(intake_texts, "step", broken)
    answer = twilio.text("Hello")
    assert answer.status_code == 500
    assert answer.get_data(as_text=True) == "try again\n"
    sound(answer, "a mistake of ours")


def test_the_style_sheet_of_the_report_is_not_kept_by_the_browser(client: FlaskClient) -> None:
    """A file in the cache would tell that the page was looked at."""
    with client.get("/static/report/page.css") as answer:
        assert answer.headers["Cache-Control"] == "no-store"


def test_no_template_of_the_public_page_has_a_script_or_a_style_of_its_own() -> None:
    templates = Path(intake_texts.__file__).parent / "templates"
    found = list(templates.rglob("*.html"))
    assert len(found) >= 4
    for path in found:
        html = path.read_text(encoding="utf-8")
        assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:", html), path.name
