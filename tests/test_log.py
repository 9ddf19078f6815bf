"""Logs carry ids only."""

import logging
from collections.abc import Iterator

import pytest
import structlog

from hotline import log


@pytest.fixture(autouse=True)
def own_log() -> Iterator[None]:
    """Give the log back as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
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
