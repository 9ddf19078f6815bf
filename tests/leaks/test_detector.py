"""The detector finds what it is there for: each test hides a canary in one place, as a careless change would."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import logging
import zlib
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
import redis
import structlog
from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer
from sqlalchemy import create_engine, text

from hotline import log
from tests.leaks.canary import ACCENTED, CONTACT, NAME, PLAIN, leaks, place, sentence
from tests.leaks.places import columns, files, process, redis_keys

SAID = sentence("here")
SPELLINGS = {
    "plain": SAID,
    "upper case": SAID.upper(),
    "in an address": quote(SAID),
    "in a form": quote_plus(SAID),
    "twice quoted": quote(quote(PLAIN)),
    "json": json.dumps({"body": SAID}),
    "repr of bytes": repr(SAID.encode()),
    "html": SAID.encode("ascii", "xmlcharrefreplace"),
    "utf-16": SAID.encode("utf-16"),
    "hex": SAID.encode().hex(),
    "base64": base64.b64encode(b"." + SAID.encode()),
    "base64, elsewhere": base64.urlsafe_b64encode(b".." + SAID.encode()),
    "backwards": SAID[::-1],
    "one accented word": ACCENTED,
    "without its accent": "brumzelade",
    "name": NAME.upper(),
    "half a name": NAME.split()[1],
    "E.164": f"to {CONTACT}.",
    "without the plus": CONTACT[1:],
    "at home": CONTACT[2:],
    "as people write it": "(505) 555-0187",
    "with dashes": "505-555-0187",
    "as it is spoken": "5, 0, 5, 5, 5, 5, 0, 1, 8, 7.",
    "number backwards": CONTACT[::-1],
    "number in an address": quote(CONTACT),
    "number in base64": base64.b64encode(CONTACT.encode()),
    "number as a hash": hashlib.sha256(CONTACT.encode()).hexdigest(),
    "number as a short hash": hashlib.md5(CONTACT[1:].encode(), usedforsecurity=False).digest(),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_canary_is_known_in_every_spelling(spelling: str) -> None:
    assert list(leaks([place("there", SPELLINGS[spelling])])) != []


def test_what_holds_no_canary_is_no_leak() -> None:
    innocent = ("thread='aaaaaaaaaaaaaaab' +12025550123", b"\x00" * 64, base64.b64encode(b"hello" * 40))
    assert list(leaks(place("there", one) for one in innocent)) == []


def test_a_clear_column_is_found_and_named() -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE pages (id INTEGER, note TEXT, called BIGINT)"))
        connection.execute(
            text("INSERT INTO pages VALUES (1, :note, :called)"), {"note": SAID, "called": int(CONTACT)}
        )
    assert {leak.where for leak in leaks(columns(engine))} == {"column pages.note", "column pages.called"}
    engine.dispose()


def test_a_leaky_line_of_the_log_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    before = logging.getLogger().handlers[:]
    try:
        log.set_up("intake")
        structlog.get_logger().info(f"text {SAID}")
        logged = capsys.readouterr().err
    finally:
        structlog.reset_defaults()
        logging.getLogger().handlers[:] = before
    assert "[hidden]" in logged or list(leaks([place("log", logged)])) != [], (
        "hidden by the gate, or found here"
    )
    assert list(leaks([place("log", f"event='text {SAID}'")])) != []


def test_what_lies_in_redis_is_found_packed_or_not(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        client.set("one", SAID)
        client.hset("two", "data", zlib.compress(SAID.encode()))
        client.xadd("three", {"trace": base64.b64encode(zlib.compress(SAID.encode()))})
        client.sadd(f"of {CONTACT}", "1")
        client.zadd("four", {gzip.compress(NAME.encode()): 1})
    found = {leak.where for leak in leaks(redis_keys(redis_url))}
    assert found == {"redis one", "redis two", "redis three", f"redis key of {CONTACT}", "redis four"}


def careless(words: str) -> None:
    """A job whose argument is content, and whose failure quotes it."""
    raise ValueError(f"cannot send {words}")


def test_a_job_that_bears_content_is_found_and_so_is_what_its_failure_says(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        queue = Queue("careless", connection=client, serializer=JSONSerializer)
        job = queue.enqueue_call(careless, args=(SAID,), description="send")
        assert any(leak.where == f"redis rq:job:{job.id}" for leak in leaks(redis_keys(redis_url)))
        logging.disable(logging.CRITICAL)
        try:
            SimpleWorker([queue], connection=client, serializer=JSONSerializer).work(burst=True)
        finally:
            logging.disable(logging.NOTSET)
    assert any(leak.where == f"redis rq:results:{job.id}" for leak in leaks(redis_keys(redis_url)))


def test_a_file_that_was_left_is_found_by_content_and_by_name(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "upload").write_bytes(b"\x00\x01" + SAID.encode("utf-16-le"))
    (tmp_path / f"{PLAIN}.mp3").write_bytes(b"")
    assert len(list(leaks(files(tmp_path)))) == 2


def test_an_environment_that_bears_one_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAST_CALLER", CONTACT)
    assert [leak.where for leak in leaks(process())] == ["process environment"]
