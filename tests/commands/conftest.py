"""The commands as typed, in a folder that holds nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hotline.cli import hotline
from hotline.db_migrate import upgrade
from hotline.now import SetClock
from tests.house import Home, home

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Type one command; `typed` is what follows on the keyboard, the rest are settings of the environment."""

    def typing(*words: str, typed: str = "", **settings: str) -> Result:
        env = {"DATA_DIR": str(tmp_path / "var")} | settings
        return CliRunner().invoke(hotline, words, input=typed, env=env)

    return typing


@pytest.fixture
def database(tmp_path: Path) -> str:
    """A database as the commands know it: migrated."""
    url = f"sqlite:///{tmp_path / 'hotline.db'}"
    upgrade(url)
    return url


@pytest.fixture
def house(database: str, tmp_path: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A house at work, and commands that live by its clock: one place where a command's own clock is set."""
    monkeypatch.setattr("hotline.commands.house.SystemClock", lambda: clock)
    with home(database, tmp_path / "var", clock) as running:
        yield running


def refused(result: Result, code: int = 1) -> str:
    """The one line that says what is wrong; nothing else was written."""
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("Error: ")
    return line.removeprefix("Error: ")
