"""The commands as typed, in a folder that holds nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hotline.cli import hotline

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Type one command; `typed` is what follows on the keyboard, the rest are settings of the environment."""

    def typing(*words: str, typed: str = "", **settings: str) -> Result:
        env = {"DATA_DIR": str(tmp_path / "var")} | settings
        return CliRunner().invoke(hotline, words, input=typed, env=env)

    return typing


def refused(result: Result, code: int = 1) -> str:
    """The one line that says what is wrong; nothing else was written."""
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("Error: ")
    return line.removeprefix("Error: ")
