"""The bell: tells a sleeping worker that there is something to do. The database is the truth; a lost ring costs seconds,
since the clock process rings too.

One `drain` job at a time: a key in Redis says that one is waiting. After the commit, within 0.2 s, no retry, errors
ignored (DESIGN, chosen parts): a webhook must not wait for a Redis that hangs.
"""

from __future__ import annotations

import contextlib

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue
from rq.serializers import JSONSerializer

QUEUE = "hotline"
DRAIN = "worker.jobs.drain"
WAITING = "hotline:drain-waiting"
_PATIENCE = 0.2  # seconds, to connect and to read
_WAITING_SECONDS = 5  # a ring whose job was lost is forgotten after this
_FAILURE_SECONDS = 4 * 3600


class Bell:
    """Rings the worker through Redis; `ring` never raises and never waits long."""

    def __init__(self, redis_url: str | None) -> None:
        self._redis = (
            Redis.from_url(
                redis_url,
                socket_timeout=_PATIENCE,
                socket_connect_timeout=_PATIENCE,
                retry=Retry(NoBackoff(), 0),
            )
            if redis_url
            else None
        )

    def ring(self) -> None:
        """Order one drain job, unless one is waiting already."""
        if self._redis is None:
            return
        with contextlib.suppress(RedisError, OSError):
            if self._redis.set(WAITING, 1, nx=True, ex=_WAITING_SECONDS):
                queue = Queue(QUEUE, connection=self._redis, serializer=JSONSerializer)
                queue.enqueue_call(
                    DRAIN, timeout=60, result_ttl=0, failure_ttl=_FAILURE_SECONDS, description="drain"
                )

    def answered(self) -> None:
        """A drain job begins: the next ring orders a new one."""
        if self._redis is not None:
            with contextlib.suppress(RedisError, OSError):
                self._redis.delete(WAITING)
