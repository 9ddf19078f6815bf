"""The order of a start: data folder, ports, Redis, database, programs, and where everything is."""

import contextlib
import fcntl
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy.exc import SQLAlchemyError

from hotline import private_redis
from hotline.config import Bind, Settings
from hotline.db_migrate import upgrade
from hotline.stop import Stop, told_by_signals
from hotline.up.environment import child_environment
from hotline.up.ports import answers, is_free
from hotline.up.procfile import Program, parse
from hotline.up.simulated import simulated_account
from hotline.up.supervisor import Supervisor

PROCFILE = Path(__file__).resolve().parents[2] / "Procfile"
SIMULATOR = Program("simulator", ("hotline", "simulator"))
READY_SECONDS = 30.0


class UpError(RuntimeError):
    """It cannot start. One line that says what to do."""


def up(
    settings: Settings,
    environ: Mapping[str, str],
    *,
    prepare: Callable[[], None] = lambda: None,
    first_login_link: Callable[[], str | None] = lambda: None,
    procfile: Path = PROCFILE,
    simulator: Program = SIMULATOR,
) -> None:
    """Run all processes of this machine until SIGTERM, SIGINT or SIGHUP; then all have ended within 10 s.

    `prepare` is called once the database is there and before anything runs, for what several processes must not make at
    once (keys); what it raises ends the start. `first_login_link` is asked once, when everything runs, for a one-time link to print (None: somebody can log in
    already). Called from the main thread. Raises UpError before anything was started, or after all has ended.
    """
    with told_by_signals() as stop, contextlib.ExitStack() as stack:
        stack.enter_context(_data_dir(settings.data_dir))
        _say("hotline", f"data in {settings.data_dir}")
        at_twilio = any(line.carrier == "twilio" for line in settings.deployment.lines)
        simulate = at_twilio and not settings.has_twilio
        account = simulated_account(settings.data_dir) if simulate else None
        binds = [settings.intake_bind, settings.staff_bind, *([settings.simulator_bind] if account else [])]
        _check_ports(binds)
        redis_folder = None if settings.redis_url else stack.enter_context(private_redis.socket_folder())
        redis_url = settings.redis_url or private_redis.url(_needed(redis_folder))
        env = child_environment(settings, environ, redis_url, account)
        programs = _programs(procfile, env)
        supervisor = Supervisor(env, _say)
        stack.callback(supervisor.end)  # ends them also when something below fails
        if redis_folder is not None:
            _start_redis(supervisor, redis_folder)
        _migrate(settings)
        prepare()
        for program in [*([simulator] if account else []), *programs]:
            _say("hotline", f"starting {program.name}")
            supervisor.keep(program)
        if _wait_until_ready(supervisor, settings, bool(account), stop):
            _tell_where(settings, bool(account), first_login_link())
        supervisor.run(stop.wait)
        _say("hotline", "ending everything")
    _say("hotline", "ended")


@contextlib.contextmanager
def _data_dir(folder: Path) -> Iterator[None]:
    """Make the folder (owner only) and hold it: two starts on the same data would ring everybody twice as often."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(folder / "up.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as refused:
        raise UpError(f"DATA_DIR: cannot write to {folder}: {refused.strerror}") from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise UpError(f"`hotline up` already runs on {folder}") from None
    try:
        yield
    finally:
        os.close(handle)


def _check_ports(binds: list[Bind]) -> None:
    names = ("HOTLINE_INTAKE_BIND", "HOTLINE_STAFF_BIND", "HOTLINE_SIMULATOR_BIND")
    for name, bind in zip(names, binds, strict=False):
        try:
            free = is_free(bind)
        except OSError as refused:
            raise UpError(f"{name}: cannot listen on {bind}: {refused.strerror}") from None
        if not free:
            raise UpError(f"{name}: {bind} is taken by another program; end it or set {name} to another port")


def _needed(folder: Path | None) -> Path:
    assert folder is not None  # noqa: S101  # made exactly when no REDIS_URL is set
    return folder


def _programs(procfile: Path, env: Mapping[str, str]) -> list[Program]:
    try:
        return parse(procfile.read_text(encoding="utf-8"), env)
    except OSError:
        raise UpError(f"there is no {procfile}: run `hotline up` from a clone of the project") from None
    except ValueError as wrong:
        raise UpError(str(wrong)) from None


def _start_redis(supervisor: Supervisor, folder: Path) -> None:
    _say("hotline", "starting a private Redis")
    try:
        server = private_redis.find_server()
        supervisor.keep(Program("redis", tuple(private_redis.command(server, folder))))
        private_redis.wait_until_answers(private_redis.url(folder), lambda: supervisor.is_running("redis"))
    except private_redis.NoRedis as missing:
        raise UpError(str(missing)) from None


def _migrate(settings: Settings) -> None:
    _say("hotline", "bringing the database to the newest shape")
    try:
        upgrade(settings.database_url)
    except (SQLAlchemyError, OSError, CommandError) as failed:
        raise UpError(f"DATABASE_URL: {str(failed).splitlines()[0]}") from None


def _wait_until_ready(supervisor: Supervisor, settings: Settings, simulated: bool, stop: Stop) -> bool:
    """Look after the programs until the servers answer. False when told to end before; after 30 s says who is missing."""
    waiting: dict[str, tuple[Bind, str | None]] = {
        "intake": (settings.intake_bind, "/healthz"),
        "staff": (settings.staff_bind, "/healthz"),
    }
    if simulated:
        waiting["simulator"] = (settings.simulator_bind, None)
    deadline = time.monotonic() + READY_SECONDS
    while waiting and not stop.wait(0.1):
        supervisor.look()
        waiting = {name: where for name, where in waiting.items() if not answers(*where)}
        if waiting and time.monotonic() > deadline:
            _say("hotline", f"{' and '.join(waiting)} does not answer yet: see the lines above")
            break
    return not stop.is_set()


def _tell_where(settings: Settings, simulated: bool, link: str | None) -> None:
    if simulated:
        _say("hotline", f"Phones (simulator): http://localhost:{settings.simulator_bind.port}/")
    _say("hotline", f"Report on the web:  {settings.public_url}/report")
    _say("hotline", f"Staff page:         {settings.staff_url}/")
    if link:
        _say("hotline", f"First log-in, once: {link}")
    _say("hotline", "Ctrl-C ends everything; the data stays.")


_speaking = threading.Lock()


def _say(name: str, line: str) -> None:
    """One line on standard output, after the name of who says it."""
    # A terminal that was closed must not keep us from ending the programs.
    with _speaking, contextlib.suppress(OSError):
        sys.stdout.write(f"{name:<9} | {line}\n")
        sys.stdout.flush()
