"""How long it takes from the commit of an emergency to the carrier's acceptance of its first page, while 100 ordinary messages
a second come in: 1,000 emergencies, 50 a minute.

Twenty minutes are not waited for. What is done is really done, on SQLite, and timed: every emergency with its pages, and so many
ordinary messages and records that their times can be drawn from. Time is the processor's, for what else the machine does is not
counted; a flush to the disk is measured by the wall and added to each commit. When things arrive is virtual: one worker, that
makes records of the ordinary messages too, and that waits for the intake's transactions as SQLite has one writer. The carrier
is in this process; what a request to the real one takes on its way is added.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, cast

import requests
from requests.adapters import BaseAdapter
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from hotline.alerts.rings import ring_ended
from hotline.alerts.tables import Alert, AlertState, Page
from hotline.alerts.taking import close
from hotline.carriers.opening import open_carriers
from hotline.commands.nights.transport import IntoApp
from hotline.db import read, write
from hotline.db_migrate import upgrade
from hotline.intake import create_app
from hotline.now import SetClock, SystemClock
from hotline.simulator.app import create_app as network_app
from hotline.simulator.config import PhoneConfig
from hotline.threads.outbox import Leased
from hotline.threads.tables import Deed, DeedState
from tests.bench.measuring import percentile
from tests.bench.webhooks import Timed
from tests.bench.webhooks import requests as ordinary_requests
from tests.house import LINE, Home, home
from worker import drain as draining
from worker.deeds import do
from worker.drain import drain
from worker.workshop import Workshop

EMERGENCIES, A_MINUTE, ORDINARY_A_SECOND = 1000, 50, 100
ORDINARY_RUNS = 25  # of 48 messages each
ON_THE_WAY = 0.2  # seconds: a request to the carrier and back, beside what it does there
BELL = 0.002  # seconds until a worker hears it
WATCH = 0.5  # seconds: without Redis a worker looks by itself
AREAS = (213, 214, 216, 218, 219, 224, 803, 808, 907, 919)


@dataclass
class Measured:
    """Seconds. Of an emergency: until its commit, after it, and from then on until the carrier took text or call."""

    flush: float = 0.0
    messages: list[float] = field(default_factory=list)
    records: list[float] = field(default_factory=list)
    emergencies: list[tuple[float, float, float]] = field(default_factory=list)
    dropped: int = 0


class Timing(BaseAdapter):
    """The road to the carrier; notes when it took something first."""

    def __init__(self, road: BaseAdapter) -> None:
        super().__init__()
        self._road = road
        self.first: float | None = None

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float | None, float | None] | None = None,
        verify: bool | str = True,
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        answer = self._road.send(request, stream, timeout, verify, cert, proxies)
        self.first = self.first or time.process_time()
        return answer

    def close(self) -> None:
        self._road.close()


def measure(house: Home) -> Measured:
    """Do all of it, and time it."""
    found, road = Measured(), Timing(IntoApp(network_app(house.net)))
    cast("dict[str, Any]", house.shop.carriers).update(open_carriers(house.desk.settings, road))
    _ordinary(house, found)
    for number in range(EMERGENCIES):
        _emergency(house, found, road, number)
    return found


def _ordinary(house: Home, found: Measured) -> None:
    """Ordinary messages, and the records that the worker makes of them."""
    app = create_app(house.desk)
    Timed().run(app, ordinary_requests(ORDINARY_RUNS))
    for run in range(ORDINARY_RUNS):
        for environ in ordinary_requests(run):
            begun = time.process_time()
            Timed().run(app, [environ])
            found.messages.append(time.process_time() - begun)

    def timed(shop: Workshop, deed: Leased) -> None:
        begun = time.process_time()
        do(shop, deed)
        found.records.append(time.process_time() - begun)

    draining.do = timed  # type: ignore[attr-defined]  # the same one, timed
    try:
        drain(house.shop)
    finally:
        draining.do = do  # type: ignore[attr-defined]
    _settle(house)


def _emergency(house: Home, found: Measured, road: Timing, number: int) -> None:
    sender = f"+1{AREAS[number // 100]}55501{number % 100:02}"
    house.net.add_phone(PhoneConfig(sender, "Caller"))
    committed: list[float] = []

    def after(session: Session) -> None:
        if session.bind is house.desk.engine and not committed:
            committed.append(time.process_time())

    event.listen(Session, "after_commit", after)
    try:
        house.net.text(sender, LINE, "he has a knife")
        begun = time.process_time()
        house.net.tick()  # the webhook, and what the network does for it
        answered = time.process_time()
    finally:
        event.remove(Session, "after_commit", after)
    road.first = None
    drained = time.process_time()
    drain(house.shop)
    if road.first is None:
        found.dropped += 1
        return
    found.emergencies.append((committed[0] - begun, answered - committed[0], road.first - drained))
    _settle(house)


def _settle(house: Home) -> None:
    """Somebody deals with all that is open: the next one finds the same house."""
    now = house.clock.now()
    with write(house.shop.engine) as tx:
        for alert in tx.scalars(select(Alert).where(Alert.state != AlertState.CLOSED)):
            pages = tx.scalars(select(Page).where(Page.alert_id == alert.id)).all()
            close(tx, house.desk.kit, alert.id, pages[0].staff_id if pages else None, "safe", now)
            for page in pages:
                ring_ended(tx, house.desk.kit, page.id, "canceled", now)
    house.pass_time(seconds=60 / A_MINUTE)
    drain(house.shop)
    house.pass_time(seconds=30)


def arrive(found: Measured, *, bell: bool, chance: Random) -> list[float]:
    """Seconds from commit to acceptance, one by one, with one worker: what it has in hand is done first (a record), then
    pages, then records; each waits for the transaction that the intake is in, if it is in one."""
    end = EMERGENCIES * 60 / A_MINUTE
    commits = [chance.uniform(0, end) for _ in found.emergencies]
    pages = sorted(
        (at + (BELL if bell else chance.uniform(0, WATCH)), number) for number, at in enumerate(commits)
    )
    rate = ORDINARY_A_SECOND * len(found.records) / len(found.messages)
    records = sorted(chance.uniform(0, end) for _ in range(int(rate * end)))
    intake, took, free, place = busy(found), list[float](), 0.0, 0

    def transaction() -> float:
        waits = chance.uniform(0, chance.choice(found.messages) + found.flush)
        return found.flush + (waits if chance.random() < intake else 0.0)

    for heard, number in pages:
        while place < len(records) and max(free, records[place]) < heard:
            free = max(free, records[place]) + transaction() + chance.choice(found.records)
            place += 1
        free = max(free, heard) + transaction() + found.emergencies[number][2]
        took.append(free + ON_THE_WAY - commits[number])
    return took


def busy(found: Measured) -> float:
    """How many processors the ordinary messages keep busy in the intake."""
    return ORDINARY_A_SECOND * (sum(found.messages) / len(found.messages) + found.flush)


def _flush_of(folder: str) -> float:
    """Seconds that a flush of a page to the disk of `folder` takes, in the middle."""
    took = []
    with (Path(folder) / "flush").open("wb") as file:
        for _ in range(100):
            begun = time.perf_counter()
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
            took.append(time.perf_counter() - begun)
    return percentile(took, 0.5)


def _say(what: str, took: Sequence[float]) -> None:
    print(
        f"{what:<58} {1000 * percentile(took, 0.5):>9,.0f} {1000 * percentile(took, 0.99):>9,.0f}"
        f" {1000 * max(took):>9,.0f}  ms"
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        upgrade(url)
        with home(url, Path(folder) / "data" / "var", SetClock(SystemClock().now())) as house:
            house.staffed()
            found = measure(house)
            found.flush = _flush_of(folder)
            with read(house.shop.engine) as tx:
                left = tx.scalars(select(Deed.id).where(Deed.state == DeedState.PENDING)).all()
            sent = sum("EMERGENCY" in one.body for one in house.net.messages.values())
    print(
        f"\n{'from the commit of an emergency to the first page':<58} {'median':>9} {'99 %':>9} {'longest':>9}"
    )
    _say("with the bell", arrive(found, bell=True, chance=Random(1)))  # noqa: S311
    _say("without Redis", arrive(found, bell=False, chance=Random(1)))  # noqa: S311
    own = [page for _, _, page in found.emergencies]
    _say("of it the worker's own work", own)
    print(
        f"    {len(found.emergencies):,} emergencies at {A_MINUTE} a minute of virtual time, {ORDINARY_A_SECOND} ordinary"
        f" messages a second; dropped {found.dropped}, texts at the carrier {sent:,}, deeds left {len(left)}\n"
        f"    the ordinary messages keep {busy(found):.1f} processors busy in the intake; a message takes"
        f" {1000 * percentile(found.messages, 0.5):.1f} ms, a flush {1000 * found.flush:.2f} ms, the way to the carrier"
        f" {1000 * ON_THE_WAY:.0f} ms; the machine's load is {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores. Aim: 2,000 ms"
    )


if __name__ == "__main__":
    main()
