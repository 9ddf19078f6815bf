"""`hotline up`: everything starts, what ends is started again, and all of it ends."""

import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hotline.config import load
from hotline.up.backoff import Backoff
from hotline.up.environment import child_environment
from hotline.up.procfile import Program, parse
from hotline.up.simulated import simulated_account
from hotline.up.start import PROCFILE
from hotline.up.supervisor import Supervisor

START = """
import os, sys
from pathlib import Path
from hotline.config import load
from hotline.up import UpError, up
from hotline.up.procfile import Program
try:
    up(load(os.environ), os.environ, first_login_link=lambda: "http://localhost/first", procfile=Path(sys.argv[1]),
       simulator=Program("simulator", (sys.executable, "-m", "http.server", sys.argv[2], "--bind", "127.0.0.1")))
except UpError as error:
    sys.exit(str(error))
"""


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def until(what: Callable[[], bool], seconds: float = 60) -> None:
    """Return once `what` holds; fail after `seconds`."""
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    """Whether a process with this id runs (a finished one that nobody has collected does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


class Running:
    """`hotline up` on small programs that stand in for the real ones."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.ports = [free_port() for _ in range(3)]
        site = folder / "site"
        site.mkdir(exist_ok=True)
        (site / "healthz").touch()
        serve = f"{sys.executable} -m http.server --bind 127.0.0.1 --directory {site}"
        note = (
            "import os, sys, time; print('here', os.getpid(), os.environ['REDIS_URL'][:12]); time.sleep(600)"
        )
        procfile = folder / "Procfile"
        procfile.write_text(
            f"intake: {serve} {self.ports[0]}\nstaff: {serve} {self.ports[1]}\n"
            f'worker: {sys.executable} -c "{note}"\nclock: {sys.executable} -c "{note}"\n'
        )
        self.output = folder / "output"
        environment = {
            "PATH": os.environ["PATH"],
            "DATA_DIR": str(folder / "var"),
            "HOTLINE_INTAKE_BIND": f"127.0.0.1:{self.ports[0]}",
            "HOTLINE_STAFF_BIND": f"127.0.0.1:{self.ports[1]}",
            "HOTLINE_SIMULATOR_BIND": f"127.0.0.1:{self.ports[2]}",
            **environment,
        }
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-c", START, str(procfile), str(self.ports[2])],
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def said(self) -> str:
        """Everything shown so far."""
        return self.output.read_text()

    def pids(self, name: str) -> list[int]:
        """The process ids that the program `name` told, oldest first."""
        return [int(pid) for pid in re.findall(rf"^{name} +\| here (\d+)", self.said(), re.MULTILINE)]

    def children(self) -> list[int]:
        """The ids of all programs that run under it."""
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def end(self, by: signal.Signals = signal.SIGTERM) -> int:
        """Tell it to end, and give its exit status."""
        self.process.send_signal(by)
        return self.process.wait(10)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """One that runs and has said where everything is."""
    one = Running(tmp_path)
    try:
        until(lambda: "Ctrl-C ends everything" in one.said())
        yield one
    finally:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()


def test_it_says_where_everything_is(running: Running) -> None:
    said = running.said()
    assert f"hotline   | Phones (simulator): http://localhost:{running.ports[2]}/" in said
    assert f"hotline   | Staff page:         http://localhost:{running.ports[1]}/" in said
    assert "hotline   | First log-in, once: http://localhost/first" in said
    assert "starting a private Redis" in said
    assert (running.folder / "var" / "hotline.db").exists(), "the database was made"


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_told_to_end_it_ends_everything(running: Running, by: signal.Signals) -> None:
    children = running.children()
    assert len(children) == 6, "redis, simulator, intake, staff, worker, clock"
    assert running.end(by) == 0
    assert not [pid for pid in children if is_alive(pid)]
    assert running.said().endswith("hotline   | ended\n")


def test_who_ends_is_started_again(running: Running) -> None:
    until(lambda: bool(running.pids("worker")))
    os.kill(running.pids("worker")[0], signal.SIGKILL)
    until(lambda: len(running.pids("worker")) == 2)
    assert "hotline   | worker was ended by SIGKILL: again in 1 s" in running.said()
    assert len(running.pids("clock")) == 1, "the others go on"


def test_killed_itself_it_leaves_no_orphans(running: Running) -> None:
    children = running.children()
    running.process.kill()
    until(lambda: not [pid for pid in children if is_alive(pid)])


def test_a_second_start_on_the_same_data_is_refused(running: Running) -> None:
    (running.folder / "second").mkdir()
    second = Running(running.folder / "second", DATA_DIR=str(running.folder / "var"))
    assert second.process.wait(10) == 1
    assert second.said() == f"`hotline up` already runs on {running.folder / 'var'}\n"


def test_a_taken_port_is_one_clear_line(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        one = Running(tmp_path, HOTLINE_STAFF_BIND=f"127.0.0.1:{port}")
        assert one.process.wait(10) == 1
    last = one.said().splitlines()[-1]
    assert last.startswith(f"HOTLINE_STAFF_BIND: 127.0.0.1:{port} is taken")
    assert "Traceback" not in one.said()


def test_with_twilio_credentials_there_is_no_simulator(tmp_path: Path) -> None:
    one = Running(tmp_path, TWILIO_ACCOUNT_SID="AC" + "0" * 32, TWILIO_AUTH_TOKEN="token")
    try:
        until(lambda: "Ctrl-C ends everything" in one.said())
        assert "simulator" not in one.said()
        assert len(one.children()) == 5
    finally:
        one.end()
    assert not (tmp_path / "var" / "simulator.json").exists()


def test_an_unreachable_database_is_one_clear_line(tmp_path: Path) -> None:
    one = Running(tmp_path, DATABASE_URL=f"postgres://nobody@127.0.0.1:{free_port()}/hotline")
    assert one.process.wait(20) == 1
    assert one.said().splitlines()[-1].startswith("DATABASE_URL: ")
    assert "Traceback" not in one.said()


def test_who_will_not_end_is_killed() -> None:
    lines: list[str] = []
    began = time.monotonic()
    # Ten of its seconds are one of ours.
    supervisor = Supervisor(os.environ, lambda _name, line: lines.append(line), lambda: time.monotonic() * 10)
    supervisor.keep(Program("deaf", ("sh", "-c", "trap '' TERM; echo here; while true; do sleep 0.1; done")))
    supervisor.keep(Program("deaf", ("sh", "-c", "trap '' TERM; echo here; while true; do sleep 0.1; done")))
    until(lambda: lines == ["here", "here"])
    supervisor.end()
    assert lines[2:] == ["deaf does not end: killed"] * 2
    assert time.monotonic() - began < 3


def test_a_program_that_does_not_exist_is_told_and_tried_again() -> None:
    lines: list[str] = []
    now = [0.0]
    supervisor = Supervisor({}, lambda _name, line: lines.append(line), lambda: now[0])
    supervisor.keep(Program("gone", ("/nowhere/gone",)))
    now[0] = 0.9
    supervisor.look()
    now[0] = 1.0
    supervisor.look()
    assert lines == [
        "gone cannot start (No such file or directory: /nowhere/gone): again in 1 s",
        "gone cannot start (No such file or directory: /nowhere/gone): again in 2 s",
    ]


def test_the_pause_grows_and_is_forgiven() -> None:
    backoff = Backoff()
    assert [backoff.after(0.1) for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]
    assert backoff.after(59) == 30
    assert [backoff.after(60), backoff.after(0)] == [1, 2]


def test_the_procfile_has_its_four_processes() -> None:
    programs = parse(PROCFILE.read_text(), {"HOTLINE_INTAKE_BIND": "127.0.0.1:1", "HOTLINE_STAFF_BIND": ""})
    assert [program.name for program in programs] == ["intake", "staff", "worker", "clock"]
    assert "127.0.0.1:1" in programs[0].command
    assert "127.0.0.1:8471" in programs[1].command, "an empty variable gives the default"
    assert programs[2].command == ("hotline", "worker")


def test_a_broken_procfile_is_told_with_its_line() -> None:
    with pytest.raises(ValueError, match="Procfile:2: must be"):
        parse("web: true\nnonsense\n", {})


def test_the_simulated_account_is_made_once_for_the_owner_alone(tmp_path: Path) -> None:
    account = simulated_account(tmp_path)
    assert re.fullmatch(r"AC[0-9a-f]{32}", account.sid)
    assert simulated_account(tmp_path) == account
    file = tmp_path / "simulator.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.write_text("{")
    assert simulated_account(tmp_path) != account
    assert json.loads(file.read_text()), "half a file is made anew"


def test_all_programs_get_the_same_settings(tmp_path: Path) -> None:
    environ = {"DATA_DIR": str(tmp_path), "PATH": "/bin", "LANG": "C"}
    settings = load(environ)
    env = child_environment(settings, environ, "unix:///x.sock", simulated_account(tmp_path))
    theirs = load(env)
    assert theirs.database_url == settings.database_url
    assert theirs.redis_url == "unix:///x.sock"
    assert theirs.has_twilio
    assert theirs.is_simulated, "the account is the simulator's"
    assert theirs.twilio_api_base_url == "http://127.0.0.1:8472"
    assert theirs.deployment.lines[0].number == "+12025550100"
    assert env["LANG"] == "C"
    assert env["PATH"].endswith(":/bin")
