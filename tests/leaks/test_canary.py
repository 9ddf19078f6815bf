"""Canaries through every door, errors included: they are found nowhere but where `allowed` says why."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
import redis
import structlog
from jinja2 import FileSystemBytecodeCache
from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer
from sqlalchemy import text

from hotline import log
from hotline.access.passwords import Passwords
from hotline.intake import create_app
from hotline.now import SetClock
from hotline.simulator.config import GatewayLineConfig
from hotline.staff import create_app as create_staff_app
from hotline.staff.desk import open_desk as open_staff_desk
from hotline.threads.bell import QUEUE, Bell
from hotline.threads.tables import Recording
from hotline.vault.sealing import Sealer, WorkerReader
from tests.house import PUBLIC, home
from tests.leaks import doors as every
from tests.leaks.allowed import not_allowed, unused
from tests.leaks.canary import Leak, leaks, place, sentence
from tests.leaks.doors import SECRET, WHO, Doors
from tests.leaks.edges import listening
from tests.leaks.places import columns, files, process, redis_keys
from tests.staff.office import Office
from tests.worker.test_gateway_line import LINES, SIM_CARD
from worker import jobs

ISLAND = GatewayLineConfig(
    "island", SIM_CARD, f"{PUBLIC}/gateway/island/sms", SECRET,
    send_fields={"to": "to", "text": "message", "reference": "reference", "status_url": "status_url"},
)  # fmt: skip


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for temporary files, of this test alone."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def own_log() -> Iterator[None]:
    """Give the log back as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def doors(
    sqlite_url: str,
    redis_url: str,
    tmp_path: Path,
    clock: SetClock,
    scratch: Path,
    own_log: None,
    capfd: pytest.CaptureFixture[str],
) -> Iterator[Doors]:
    """The house with its people, Redis and both faces; the log as in a process of ours, at its most talkative."""
    log.set_up("test", logging.DEBUG)
    with home(
        sqlite_url, tmp_path / "var", clock,
        gateways=(ISLAND,), lines=LINES, ISLAND_SECRET=SECRET, REDIS_URL=redis_url,
    ) as house:  # fmt: skip
        desk = house.desk
        quick = Passwords(memory_kib=8, time_cost=1, parallelism=1)
        # As beside the simulator: the log-in itself is tried where it lives.
        own = [line for line in desk.settings.deployment.lines if line.carrier == "twilio"]
        alone = desk.settings.deployment.model_copy(update={"lines": own})
        settings = replace(desk.settings, twilio_account_sid=None, twilio_auth_tokens=(), deployment=alone)
        staff_desk = open_staff_desk(settings, clock, desk.kit.ids, quick)
        app = create_staff_app(staff_desk)
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(tmp_path))
        with listening(house.net) as edges:
            there = Doors(house, Office(app, staff_desk, clock), create_app(desk).test_client(), edges)
            there.people()
            yield there
        staff_desk.engine.dispose()


def everywhere(
    doors: Doors, redis_url: str, scratch: Path, capfd: pytest.CaptureFixture[str]
) -> tuple[list[Leak], str]:
    """All that is found, wherever it is; and the log."""
    structlog.get_logger().info("looked_everywhere")
    out, logged = capfd.readouterr()
    assert "event='looked_everywhere'" in logged, "the log is listened to"
    data = Path(doors.house.desk.settings.data_dir)
    places = [
        *columns(doors.house.desk.engine),
        *redis_keys(redis_url),
        *files(scratch, data),
        *process(),
        *doors.edges.found,
        *doors.edges.phones(doors.house.net, WHO),
        place("standard output", out),
        *(place("log", line) for line in logged.splitlines()),
    ]
    return list(leaks(places)), logged


def test_nothing_leaks_sideways(
    doors: Doors, redis_url: str, scratch: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for go_through in every.ALL:
        go_through(doors)
    found, _ = everywhere(doors, redis_url, scratch, capfd)
    data = Path(doors.house.desk.settings.data_dir).parent.glob("hotline.db*")
    found += leaks(place("file of the database", file.read_bytes()) for file in data)
    assert not_allowed(found) == []
    assert unused(found) == []
    assert len(doors.house.all(Recording)) >= 1, "a voice was recorded, fetched and sealed"
    assert len(doors.house.records()) >= 3, "what was said is kept, and opens for who may read it"
    assert sentence("web") in str(doors.house.records())


def test_nothing_leaks_when_everything_fails(
    doors: Doors,
    redis_url: str,
    scratch: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Mistakes that quote what they were given, a table that is away, a carrier in trouble, no Redis: every failure is
    told, and none tells what it failed on."""
    for trouble in (_a_mistake_of_ours, _no_key_opens, _no_table, _no_carrier):
        with monkeypatch.context() as broken:
            mend = trouble(doors, broken)
            for go_through in (every.a_text_of_danger, every.a_text_by_the_gateway, every.a_web_report):
                go_through(doors)
            if trouble is _a_mistake_of_ours:
                every.strangers(doors)
            mend()
    found, logged = everywhere(doors, redis_url, scratch, capfd)
    assert not_allowed(found) == []
    assert unused(found, trouble=True) == []
    for event in ("deed_failed", "report_not_kept"):
        assert f"event='{event}'" in logged
    assert "by='hotline.intake'" in logged, "what failed in a door is told too"


def _nothing() -> None:
    """Nothing is to be mended."""


def _quote(*given: object, **more: object) -> NoReturn:
    raise ValueError(f"cannot work with {given!r} {more!r}")


def _a_mistake_of_ours(doors: Doors, broken: pytest.MonkeyPatch) -> Callable[[], None]:
    broken.setattr(Sealer, "seal", _quote)
    return _nothing


def _no_key_opens(doors: Doors, broken: pytest.MonkeyPatch) -> Callable[[], None]:
    opens = WorkerReader.open

    def quoting(reader: WorkerReader, *given: object) -> NoReturn:
        _quote(opens(reader, *given))  # type: ignore[arg-type]

    broken.setattr(WorkerReader, "open", quoting)
    return _nothing


def _no_table(doors: Doors, broken: pytest.MonkeyPatch) -> Callable[[], None]:
    engine = doors.house.desk.engine

    def away(doors_: Doors, times: int = 0, seconds: int = 0) -> None:
        """The worker tries; the clock process tells and goes on, which is tested where it lives."""
        doors_.house.work()

    broken.setattr(Doors, "goes_on", away)

    def rename(before: str, after: str) -> None:
        with engine.begin() as connection:
            connection.execute(text(f"ALTER TABLE {before} RENAME TO {after}"))

    rename("messages", "mislaid")
    return lambda: rename("mislaid", "messages")


def _no_carrier(doors: Doors, broken: pytest.MonkeyPatch) -> Callable[[], None]:
    object.__setattr__(doors.house.desk, "bell", Bell("redis://127.0.0.1:9/0"))
    doors.house.net.faults.load(
        [{"what": "any", "fault": fault} for fault in ("api_503", "api_timeout_before")]
    )
    return doors.house.net.faults.clear


def test_a_job_that_fails_leaves_its_type_in_redis_and_no_word(
    redis_url: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], own_log: None
) -> None:
    log.set_up("worker")

    class Shop:
        bell = Bell(None)

    monkeypatch.setattr(jobs, "shop", Shop)
    monkeypatch.setattr(jobs.draining, "drain", lambda shop: _quote(sentence("job")))
    Bell(redis_url).ring()
    with redis.Redis.from_url(redis_url) as client:
        queue = Queue(QUEUE, connection=client, serializer=JSONSerializer)
        worker = SimpleWorker(
            [queue], connection=client, serializer=JSONSerializer, log_job_description=False
        )
        worker.work(burst=True, logging_level="WARNING")
        assert queue.failed_job_registry.count == 1
    logged = capfd.readouterr().err
    places = list(redis_keys(redis_url))
    assert any(b"DrainFailed: ValueError" in one.content for one in places)
    assert "event='drain_failed'" in logged
    assert "error='builtins.ValueError'" in logged
    assert list(leaks([*places, place("log", logged)])) == []
