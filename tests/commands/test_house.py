"""`hotline export`, `doctor`, `--help`, and what is told when a setting, a key or the database is wrong."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.access.pins import set_pin
from hotline.cli import COMMANDS
from hotline.db import write
from hotline.db_migrate import upgrade
from hotline.now import SetClock, SystemClock
from hotline.standards.htcds import columns
from hotline.threads.tables import Call
from hotline.vault.keys import KeyFolder
from tests.commands.conftest import Run, refused
from tests.house import OFFICER, Home, home


@pytest.fixture
def told(tmp_path: Path, clock: SetClock) -> Iterator[Home]:
    """A house, migrated as `hotline up` does, that got one report."""
    data = tmp_path / "var"
    data.mkdir(mode=0o700)
    upgrade(url := f"sqlite:///{data / 'hotline.db'}")
    with home(url, data, clock) as running:
        running.text("scr pot 12/11 castries f16 ve sex none", sender=OFFICER)
        running.work()
        yield running


def test_an_empty_house_exports_nothing_and_says_that_it_is_for_tests(run: Run) -> None:
    result = run("export")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "test data only: no key ceremony was held\n"
    (header,) = csv.reader(run("export", "--format", "htcds").stdout.splitlines())
    assert tuple(header) == columns()


def test_on_standard_output_stand_records_and_nothing_else(run: Run, told: Home) -> None:
    result = run("export")
    assert result.exit_code == 0, result.output
    assert [json.loads(line) for line in result.stdout.splitlines()] == told.records()


def test_without_the_key_nothing_is_opened(run: Run, told: Home, tmp_path: Path) -> None:
    missing = tmp_path / "away.key"
    line = refused(run("export", HOTLINE_EXPORT_KEY=str(missing)))
    assert str(missing) in line
    assert not missing.exists()


def test_another_houses_key_opens_nothing(run: Run, told: Home, tmp_path: Path) -> None:
    KeyFolder(tmp_path / "theirs").make()
    result = run("export", HOTLINE_EXPORT_KEY=str(tmp_path / "theirs" / "export.key"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "this key does not open the records" in result.stderr.splitlines()[-1]


def test_the_export_key_can_be_kept_elsewhere(run: Run, told: Home, tmp_path: Path) -> None:
    kept = tmp_path / "safe.key"
    own = tmp_path / "var" / "keys" / "export.key"
    own.rename(kept)
    assert str(own) in refused(run("export"))
    assert not own.exists(), "no new key is made in its place"
    assert run("export", HOTLINE_EXPORT_KEY=str(kept)).stdout.count("\n") == 1


def test_doctor_says_what_is_wrong_and_what_to_do(run: Run) -> None:
    first = run("doctor")
    assert first.exit_code == 1
    assert first.stdout == "BAD  database: not migrated; `hotline up` migrates\n"
    run("staff", "list")
    later = run("doctor").stdout
    for line in (
        "ok   database: reached, migrations done",
        "BAD  worker: not seen for a minute; is `hotline up` running?",
        "BAD  staff phones: 0 verified; `hotline staff add --verified`",
        "BAD  rota: nobody is on call; `hotline rota set NAME ...`",
        "ok   carrier: simulated (no Twilio credentials)",
    ):
        assert line in later


def test_doctor_says_that_redis_does_not_answer(run: Run) -> None:
    run("staff", "list")
    assert "BAD  Redis: does not answer" in run("doctor", REDIS_URL="redis://127.0.0.1:9/0").stdout


def test_doctor_counts_calls_in_which_nobody_did_anything(run: Run, told: Home) -> None:
    now = SystemClock().now()
    with write(told.desk.engine) as tx:
        for number, status in enumerate(("silent", "silent", "at_once", "completed")):
            tx.add(Call(sid=f"CA{number}", line="main", status=status, begun_at=now - timedelta(hours=2)))
        tx.add(Call(sid="CA9", line="main", status="silent", begun_at=now - timedelta(hours=30)))
    line = "ok   calls of the last 24 hours: 4, of them 2 silent and 1 over at once"
    assert line in run("doctor").stdout.splitlines()


def test_doctor_is_content_where_all_goes_round(run: Run, told: Home) -> None:
    with_pins = told.staffed()
    with write(told.desk.engine) as tx:
        for staff_id in with_pins:
            set_pin(tx, staff_id, "a hash", told.clock.now())
    told.clock.set(SystemClock().now())  # the command looks at the machine's clock
    told.tick()
    told.work()
    result = run("doctor")
    assert result.exit_code == 0, result.stdout
    assert "BAD" not in result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(run: Run, command: str, tmp_path: Path) -> None:
    result = run(command, "--help")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"Usage: hotline {command}")
    assert not (tmp_path / "var").exists(), "asking for help makes nothing"


def test_help_names_every_command(run: Run) -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert all(f"  {command}" in result.stdout for command in COMMANDS)


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none"}, "DATABASE_URL"),
        ({"HOTLINE_CONFIG": "/nowhere/hotline.toml"}, "HOTLINE_CONFIG"),
        ({"TWILIO_AUTH_TOKEN": "a-token"}, "TWILIO_ACCOUNT_SID"),
        ({"PUBLIC_URL": "hotline.example"}, "PUBLIC_URL"),
        ({"HOTLINE_INTAKE_BIND": "8470"}, "HOTLINE_INTAKE_BIND"),
        ({"HOTLINE_NUMBER": "555"}, "HOTLINE_NUMBER"),
        ({"DATA_DIR": "/proc/nothing"}, "/proc/nothing"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it(run: Run, settings: dict[str, str], named: str) -> None:
    assert named in refused(run("officers", "list", **settings))


def test_a_broken_key_is_one_line_that_names_it(run: Run, tmp_path: Path) -> None:
    run("officers", "list")
    keys = tmp_path / "var" / "keys"
    keys.mkdir(exist_ok=True)
    (keys / "house.key").write_bytes(b"short")
    result = run("officers", "add", "--phone", "+12025550121", "--name", "X", "--agency", "Y")
    assert str(keys / "house.key") in refused(result)


def test_the_installed_command_tells_errors_in_one_line_too(tmp_path: Path) -> None:
    typed = [sys.executable, "-c", "from hotline.cli import main; main()", "rota", "set", "Nobody"]
    env = {"DATA_DIR": str(tmp_path / "var"), "PATH": "/usr/bin:/bin"}
    result = subprocess.run(typed, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "Error: nobody on the staff is called 'Nobody'\n"
