"""A whole house whose clock also keeps and forgets; Leader is on the staff and can be told by text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from hotline.access.people import add_staff
from hotline.access.tables import Role
from hotline.db import read, write
from hotline.now import SetClock
from hotline.queue.working import close_thread, take_thread
from hotline.retention.keeper import Keeper
from hotline.threads.tables import Thread
from hotline.vault.store_tables import Wrap
from tests.house import SECOND, Home, home
from tests.retention.shelf import a_record

ROAD = ("Hello", "yes", "no", "2", "a woman cleans all day", "castries", "may 2026", "1", "5", "1")
"""A whole report of a texter who was never asked for a name."""


@dataclass
class Keeping:
    """The house, its leader and its keeper."""

    home: Home
    leader: str
    fails: bool = False

    def look(self) -> None:
        """The keeper goes round once, and the worker does what it ordered."""
        with capture_logs() as lines:
            Keeper(self.home.shop.engine, self.home.desk.kit).look(self.home.clock.now())
        assert self.fails == any(line["event"] == "retention_failed" for line in lines), lines
        self.home.work()

    def days(self, days: float) -> None:
        """Days go by, with one round of clock, worker and keeper at their end."""
        self.home.pass_time(days=days)
        self.home.tick()
        self.home.work()
        self.look()

    def has_keys(self, owner: str) -> bool:
        """Whether anybody still holds a key to what was sealed in the compartments of this owner, once the clock went round."""
        self.home.tick()
        with read(self.home.desk.kit.sealer.store.engine) as tx:
            return tx.scalar(select(Wrap.key_id).where(Wrap.owner == owner).limit(1)) is not None

    def close(self, outcome: str = "no_danger") -> str:
        """The leader takes the open thread and closes it; its id."""
        kit, now = self.home.desk.kit, self.home.clock.now()
        with write(self.home.desk.engine) as tx:
            thread = tx.scalars(select(Thread).where(Thread.state == "open")).one()
            take_thread(tx, kit, thread.id, self.leader, now)
            close_thread(tx, kit, thread.id, self.leader, outcome, now)
            return thread.id

    def report(self, outcome: str = "no_danger") -> str:
        """Somebody has reported, and the leader closes it; the thread's id."""
        a_record(self.home.desk.engine, self.home.desk.kit, self.home.clock.now(), "incident_narrative")
        return self.close(outcome)


@pytest.fixture
def keeping(database_url: str, tmp_path: Path, clock: SetClock) -> Iterator[Keeping]:
    """On SQLite and on PostgreSQL."""
    with home(database_url, tmp_path / "var", clock) as running:
        yield _with_leader(running)


@pytest.fixture
def one_keeping(sqlite_url: str, tmp_path: Path, clock: SetClock) -> Iterator[Keeping]:
    """On SQLite alone: for what asks nothing new of the database."""
    with home(sqlite_url, tmp_path / "var", clock) as running:
        yield _with_leader(running)


def _with_leader(running: Home) -> Keeping:
    kit = running.desk.kit
    with write(running.desk.engine) as tx:
        leader = add_staff(
            tx, kit.sealer, running.shop.house, kit.ids, running.clock.now(),
            name="Leader", phone=SECOND, role=Role.LEADER, verified=True,
        )  # fmt: skip
    return Keeping(running, leader)
