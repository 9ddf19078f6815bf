"""Logs carry ids only."""

import logging
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import structlog
from gunicorn.config import Config
from gunicorn.glogging import Logger as GunicornLog
from gunicorn.http.errors import InvalidRequestLine
from gunicorn.workers.base import Worker

from hotline import last_words, log


@pytest.fixture(autouse=True)
def own_log() -> Iterator[None]:
    """Give the log back as it was."""
    root = logging.getLogger()
    handlers, level, hook = root.handlers[:], root.level, sys.excepthook
    yield
    sys.excepthook = hook
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


def test_an_event_is_one_line_with_its_ids(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("intake")
    structlog.get_logger().info("message_kept", thread="aaaaaaaaaaaaaaab", sid="SM0a1", segments=2)
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    for part in ("level='info'", "process='intake'", "event='message_kept'", "thread='aaaaaaaaaaaaaaab'"):
        assert part in line
    assert "segments=2" in line
    assert "timestamp='20" in line


@pytest.mark.parametrize(
    "value",
    ["he locked me in", "+12025550123", "12025550123", 12025550123, b"bytes", {"a": 1}, ["x"], "é", "x" * 81],
)
def test_what_is_not_plainly_an_id_is_hidden(value: object, capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("intake")
    structlog.get_logger().info("message_kept", body=value)
    assert "body='[hidden]'" in capsys.readouterr().err


def test_an_error_tells_its_type_and_place_but_not_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("worker")
    try:
        raise ValueError("he locked me in, +12025550123")
    except ValueError:
        structlog.get_logger().exception("drain_failed", job="aaaaaaaaaaaaaaab")
    said = capsys.readouterr().err
    assert "error='builtins.ValueError'" in said
    assert "tests/test_log.py:" in said
    assert "locked" not in said
    assert "555" not in said


def test_a_dependencys_message_comes_without_what_it_was_filled_with(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log.set_up("worker")
    try:
        raise KeyError("he locked me in")
    except KeyError:
        logging.getLogger("some.library").exception(
            "sending %s to %s failed", "he locked me in", "+12025550123"
        )
    said = capsys.readouterr().err
    assert "event='sending %s to %s failed'" in said
    assert "by='some.library'" in said
    assert "error='builtins.KeyError'" in said
    assert "locked" not in said
    assert "555" not in said


def test_a_number_in_an_events_name_is_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("worker")
    logging.getLogger("some.library").warning("sent to +12025550123")
    assert "555" not in capsys.readouterr().err


def test_an_event_of_ours_is_a_word_and_not_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("worker")
    structlog.get_logger().info(f"text {'he locked me in'}")
    assert "event='[hidden]'" in capsys.readouterr().err


def test_what_a_dependency_filled_in_beforehand_is_hidden_and_its_place_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log.set_up("worker")
    said = "he locked me in"
    logging.getLogger("some.library").error(f"cannot read '{said}'")
    line = capsys.readouterr().err
    assert "event='[hidden]'" in line
    assert "by='some.library'" in line
    assert "where='tests/test_log.py:" in line


def test_the_web_server_writes_through_the_same_gate(capsys: pytest.CaptureFixture[str]) -> None:
    """Its own words on a request line that it cannot read are the line."""
    config = Config()
    server = GunicornLog(config)
    log.set_up("intake")
    broken = InvalidRequestLine("GET /gateway/island/sms?message=he locked me in HTTP/1.1")
    worker = SimpleNamespace(log=server, cfg=config)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        Worker.handle_error(worker, None, ours, ("127.0.0.1", 40000), broken)
        assert b"400 Bad Request" in theirs.recv(1000)
    line = capsys.readouterr().err
    assert "by='gunicorn.error'" in line
    assert "locked" not in line


def test_what_nobody_caught_is_told_without_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("clock")
    try:
        raise ValueError("he locked me in")
    except ValueError as error:
        last_words._uncaught(type(error), error, error.__traceback__)
        thread = threading.Thread(name="pages")
        args = (type(error), error, error.__traceback__, thread)
        last_words._uncaught_in_thread(threading.ExceptHookArgs(args))
    last_words._warned("he locked me in", UserWarning, "/srv/hotline/alerts/policy.py", 7)
    first, second, third = capsys.readouterr().err.splitlines()
    for line, event in ((first, "uncaught"), (second, "thread_ended")):
        assert f"event='{event}'" in line
        assert "error='builtins.ValueError'" in line
        assert "tests/test_log.py:" in line
        assert "locked" not in line
    assert "place='alerts/policy.py:7'" in third
    assert "locked" not in third


def test_every_process_sets_the_gate_for_what_nobody_catches() -> None:
    code = "from hotline import log; log.set_up('clock'); raise ValueError('he locked me in')"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "event='uncaught'" in ended.stderr
    assert "locked" not in ended.stderr


def test_a_line_that_cannot_be_written_is_not_told_in_another_way(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    log.set_up("worker")
    (handler,) = logging.getLogger().handlers
    monkeypatch.setattr(handler, "format", lambda record: 1 / 0)
    logging.getLogger("some.library").warning("sent %s", "he locked me in")
    assert capsys.readouterr().err == "a line of the log of some.library was lost\n"
