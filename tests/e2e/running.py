"""The whole house as real processes: `hotline up` with its own folder, ports, database and Redis."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hotline.config import load
from hotline.db import make_engine, read
from hotline.records.export import rows
from hotline.standards.crosswalk import Crosswalk
from hotline.vault.keys import read_key
from hotline.vault.sealing import RecordsReader
from hotline.vault.store import KeyStore
from tests.e2e.phone import Phone, eventually
from tests.whole import whole

LINE = "+12025550100"
HOTLINE = str(Path(sys.executable).with_name("hotline"))


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Running:
    """A running house. `lines` is everything it printed."""

    process: subprocess.Popen[str]
    env: dict[str, str]
    log: Path
    next_number: int = field(default=0)

    @property
    def network(self) -> str:
        return f"http://{self.env['HOTLINE_SIMULATOR_BIND']}"

    @property
    def intake(self) -> str:
        return f"http://{self.env['HOTLINE_INTAKE_BIND']}"

    @property
    def staff(self) -> str:
        return self.env["STAFF_URL"]

    def printed(self) -> str:
        """What it said so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def phone(self, number: str = "") -> Phone:
        """A phone; a new fictional number unless one is named. Never one of area code 202: those are the people on the staff and the officer."""
        if not number:
            self.next_number += 1
            area = ("212", "213", "214", "216", "305", "312", "404")[self.next_number // 80 % 7]
            number = f"+1{area}55501{10 + self.next_number % 80:02d}"
        return Phone(self.network, number, LINE)

    def command(self, *words: str) -> str:
        """Run a command of the house; its standard output."""
        done = subprocess.run(
            [HOTLINE, *words], env=self.env, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, f"hotline {' '.join(words)}: {done.stderr}"
        return done.stdout

    def records(self) -> list[dict[str, Any]]:
        """What the export would print now, read in this process (starting the command takes a second each time)."""
        settings = load(self.env)
        engine = make_engine(settings.database_url)
        try:
            with read(engine) as tx:
                store = KeyStore.open(settings.vault_url)
                reader = RecordsReader(read_key(settings.export_key), store)
                return list(rows(tx, reader, Crosswalk.load(), whole()))
        finally:
            engine.dispose()

    def exported(self) -> list[dict[str, Any]]:
        """What the export prints."""
        return [json.loads(line) for line in self.command("export", "--format", "jsonl").splitlines()]

    def errors(self) -> list[Any]:
        """What the carrier complains about."""
        with urllib.request.urlopen(f"{self.network}/phones/errors", timeout=10) as answer:  # noqa: S310
            return list(json.loads(answer.read()))

    def pids_of(self, *words: str) -> list[int]:
        """The processes below `hotline up` whose command line has all these words."""
        found = []
        for pid in _descendants(self.process.pid):
            with contextlib.suppress(OSError):
                command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
                if all(word in command for word in words):
                    found.append(pid)
        return found


def _descendants(pid: int) -> list[int]:
    """Every process below `pid`."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += [int(child), *_descendants(int(child))]
    return found


@contextmanager
def running(folder: Path, **more: str) -> Iterator[Running]:
    """Start the house in `folder` and end it again."""
    folder.mkdir(parents=True, exist_ok=True)
    intake, staff, simulator = free_port(), free_port(), free_port()
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    env = {
        **keep,
        "DATA_DIR": str(folder / "var"),
        "HOTLINE_INTAKE_BIND": f"127.0.0.1:{intake}",
        "HOTLINE_STAFF_BIND": f"127.0.0.1:{staff}",
        "HOTLINE_SIMULATOR_BIND": f"127.0.0.1:{simulator}",
        "STAFF_URL": f"http://localhost:{staff}",
        "HOTLINE_NUMBER": LINE,
        **more,
    }
    log = folder / "up.log"
    with open(log, "w", encoding="utf-8") as out:
        process = subprocess.Popen(
            [HOTLINE, "up"], env=env, stdout=out, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )
    house = Running(process, env, log)
    try:
        eventually("the house to be ready", lambda: _ready(house), 60)
        yield house
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                raise AssertionError("the house did not end within 15 s") from None


def _ready(house: Running) -> bool:
    assert house.process.poll() is None, f"`hotline up` ended: {house.printed()[-2000:]}"
    try:
        with urllib.request.urlopen(f"{house.intake}/readyz", timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def days_from_handover() -> tuple[str, str]:
    """Options of `rota set`: the shift changed yesterday, so that on no day of the week a test meets the reminder of a coming
    shift among its texts."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    return ("--weekday", ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[yesterday.weekday()])
