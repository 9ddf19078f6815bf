"""Redis stopped, the worker killed: all arrives afterwards, once, and no webhook waits for it."""

import json
import os
import signal
import statistics
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from twilio.request_validator import RequestValidator

from tests.e2e.conftest import hurried
from tests.e2e.phone import eventually
from tests.e2e.running import LINE, Running, running

# Its own houses, and mostly waiting: beside the tests of the house that runs for all.
pytestmark = pytest.mark.xdist_group("faults")


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A house of its own, so that its faults trouble nobody else."""
    folder = tmp_path_factory.mktemp("faults")
    with running(folder, HOTLINE_CONFIG=str(hurried(folder))) as house:
        yield house


def webhook_seconds(house: Running, sender: str, body: str, number: int) -> float:
    """How long one signed webhook takes, in seconds."""
    kept = json.loads((Path(house.env["DATA_DIR"]) / "simulator.json").read_text())
    account, token = kept["account_sid"], kept["auth_token"]
    url = f"{house.intake}/twilio/sms"
    form = {"MessageSid": f"SM{number:032x}", "AccountSid": account, "From": sender, "To": LINE, "Body": body}
    signature = RequestValidator(token).compute_signature(url, form)
    data = urlencode(form).encode()
    request = urllib.request.Request(url, data, {"X-Twilio-Signature": signature})  # noqa: S310  # loopback
    begun = time.monotonic()
    with urllib.request.urlopen(request, timeout=15) as answer:  # noqa: S310
        assert answer.status in (200, 204)
    return time.monotonic() - begun


def story(of: str, number: int) -> str:
    """What the person of this number tells in the test `of`."""
    return f"A man works on a boat since june without pay, {of} {number}"


def stories(house: Running, of: str) -> list[str]:
    """The narratives of the records there are, those of the test `of` only."""
    told = [
        (record["fields"].get("incident_narrative") or {}).get("value") or "" for record in house.records()
    ]
    return sorted(one for one in told if f" {of} " in one)


def all_told(house: Running, of: str, people: int) -> bool:
    """Whether the stories of these people are there, each once."""
    return stories(house, of) == sorted(story(of, number) for number in range(people))


def talk(house: Running, of: str, number: int) -> None:
    """One person's report, up to the story."""
    phone = house.phone()
    for body in ("Hello", "1", "2", "2", story(of, number)):
        phone.text(body)


def test_redis_stopped_in_the_middle(alone: Running) -> None:
    for number in range(2):
        talk(alone, "stopped", number)
    usual = statistics.median(webhook_seconds(alone, "+12025550141", "1", 1000 + n) for n in range(9))
    (redis,) = alone.pids_of("redis")
    os.kill(redis, signal.SIGSTOP)
    try:
        for number in range(2, 5):
            talk(alone, "stopped", number)
        stopped = statistics.median(webhook_seconds(alone, "+12025550142", "1", 2000 + n) for n in range(9))
        assert stopped < usual + 0.3 + 0.2, (usual, stopped)  # 0.2 s for a noisy machine
    finally:
        os.kill(redis, signal.SIGCONT)
    eventually("every story, once", lambda: all_told(alone, "stopped", 5), 60)


def test_redis_killed_comes_back_empty_and_nothing_is_lost(alone: Running) -> None:
    talk(alone, "killed", 0)
    (redis,) = alone.pids_of("redis")
    os.kill(redis, signal.SIGKILL)
    talk(alone, "killed", 1)
    eventually("another Redis", lambda: [pid for pid in alone.pids_of("redis") if pid != redis], 60)
    talk(alone, "killed", 2)
    eventually("every story, once", lambda: all_told(alone, "killed", 3), 60)


def test_the_worker_killed_again_and_again_in_the_middle_of_its_jobs(alone: Running) -> None:
    alone.command("staff", "add", "--name", "First", "--phone", "+12025550131", "--verified")
    alone.command("rota", "set", "First")
    staff = alone.phone("+12025550131")
    for number in range(6):
        talk(alone, "working", number)
        for worker in alone.pids_of("hotline worker"):
            os.kill(worker, signal.SIGKILL)
    caller = alone.phone()
    caller.text("he has a knife")
    staff.next_text("the page", 60)
    eventually("every story, once", lambda: all_told(alone, "working", 6), 90)
    codes = Counter(text["text"].split()[1] for text in staff.inbox())
    assert max(codes.values()) <= 2, codes  # of each page at most one double


def test_it_ends_within_ten_seconds_and_a_second_start_finds_its_data_again(tmp_path: Path) -> None:
    config = str(hurried(tmp_path))
    with running(tmp_path, HOTLINE_CONFIG=config) as house:
        eventually("it to say where it is", lambda: "Ctrl-C ends everything" in house.printed(), 60)
        talk(house, "first", 0)
        eventually("the story", lambda: all_told(house, "first", 1), 30)
        begun = time.monotonic()
        house.process.send_signal(signal.SIGINT)
        house.process.wait(12)
        assert time.monotonic() - begun < 10
        assert "http://localhost:" in house.printed()
    with running(tmp_path, HOTLINE_CONFIG=config) as house:
        assert all_told(house, "first", 1)
