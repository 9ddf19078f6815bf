"""Every route of both apps has its guard: who is not let in gets nothing, and nothing changes."""

from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from werkzeug.routing import Rule

from hotline import db_migrate
from hotline.db import make_engine
from tests.structure.rows import count


class Guard(Enum):
    """What stands at a door."""

    OPEN = "nobody: it tells nothing about anybody"
    PUBLIC = "nobody: the public writes to us here"
    CARRIER = "the carrier's signature or secret"
    STAFF = "a log-in"


INTAKE = {
    "/healthz": Guard.OPEN,
    "/readyz": Guard.OPEN,
    "/static/<path:filename>": Guard.OPEN,
    "/audio/<locale>/<name>.<any(mp3, wav):ending>": Guard.OPEN,
    "/audio/<locale>/<variant>/<name>.<any(mp3, wav):ending>": Guard.OPEN,
    "/audio/takes/<take_id>.wav": Guard.OPEN,
    "/audio/told/<sound_id>.mp3": Guard.OPEN,  # the id is a secret of 256 bits, worth nothing once its call is over
    "/report": Guard.PUBLIC,
    "/twilio/sms": Guard.CARRIER,
    "/twilio/voice": Guard.CARRIER,
    "/twilio/wait": Guard.CARRIER,
    "/twilio/status/message": Guard.CARRIER,
    "/twilio/status/call": Guard.CARRIER,
    "/twilio/status/recording": Guard.CARRIER,
    "/gateway/<line>/sms": Guard.CARRIER,
    "/gateway/<line>/status": Guard.CARRIER,
}

# Everything else on the staff app needs a log-in, without being named here.
STAFF_OPEN = {
    "/healthz",
    "/readyz",
    "/static/<path:filename>",
    "/login",
}  # a first link without its token answers 403


def guard_of(app: str, rule: str) -> Guard | None:
    """The guard that stands at a route; None at a door that nobody wrote down."""
    if app == "staff":
        return Guard.OPEN if rule in STAFF_OPEN else Guard.STAFF
    return INTAKE.get(rule)


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """An environment with an account and a migrated database; gives an engine to look into it."""
    url = f"sqlite:///{tmp_path / 'var' / 'hotline.db'}"
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", "AC" + "0" * 32)
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "a fictional token")
    monkeypatch.setenv("TWILIO_API_BASE_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("HOTLINE_NUMBER", "+12025550100")
    db_migrate.upgrade(url)
    engine = make_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture(params=["intake", "staff"])
def app(request: pytest.FixtureRequest, environment: Engine) -> tuple[str, Flask]:
    """One app, made as its server makes it."""
    package = import_module(f"hotline.{request.param}")
    return request.param, package.create_app()


def routes(app: Flask) -> Iterator[tuple[Rule, str, str]]:
    """Every route with each of its methods and a path that leads to it."""
    for rule in app.url_map.iter_rules():
        named = {
            name: converter.to_url(1) if "Integer" in type(converter).__name__ else "aaaaaaaaaaaaaaaa"
            for name, converter in rule._converters.items()
        }
        path = rule.rule
        for name in named:
            before, _, rest = path.partition("<")
            path = before + str(named[name]) + rest.partition(">")[2]
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method, path


def test_every_door_is_written_down(app: tuple[str, Flask]) -> None:
    name, flask = app
    rules = {rule.rule for rule in flask.url_map.iter_rules()}
    assert [rule for rule in sorted(rules) if guard_of(name, rule) is None] == []
    if name == "intake":
        assert sorted(set(INTAKE) - rules) == [], "written down, but not there"


def test_nobody_gets_in_without_what_the_guard_asks(app: tuple[str, Flask], environment: Engine) -> None:
    name, flask = app
    client = flask.test_client()
    with environment.connect() as connection:
        before = count(connection)
    asked = 0
    for rule, method, path in routes(flask):
        guard = guard_of(name, rule.rule)
        answer = client.open(
            path, method=method, data={"From": "+12025550123", "Body": "hello"} if method == "POST" else None
        )
        told = f"{method} {path}: {answer.status}"
        if guard is Guard.CARRIER:
            assert answer.status_code in (403, 404), told
            asked += 1
        elif guard is Guard.STAFF:
            assert answer.status_code in (401, 403) or (
                answer.status_code in (302, 303) and "login" in answer.headers["Location"]
            ), told
            asked += 1
        else:
            assert answer.status_code < 500 or path == "/readyz", told
        answer.close()
    with environment.connect() as connection:
        after = count(connection)
    if name == "intake":
        assert {table: after[table] for table in ("messages", "threads", "contacts")} == {
            table: before[table] for table in ("messages", "threads", "contacts")
        }
    assert asked > 0, "an app without any guarded door"
