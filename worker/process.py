"""The worker process: RQ for speed, and a watch of its own for certainty.

While Redis rings, a deed is done within milliseconds. While Redis is away or a ring was lost, the watch drains every two
seconds: an emergency never waits for Redis. Pages have a thread of their own: they never wait for ordinary answers either.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import structlog
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer
from sqlalchemy.exc import SQLAlchemyError

from hotline.threads.bell import QUEUE
from worker import jobs
from worker.drain import drain, drain_pages
from worker.workshop import Workshop

log = structlog.get_logger("worker")
WATCH_SECONDS = 2.0
PAGES_SECONDS = 0.5


def run() -> None:
    """Work until SIGTERM or SIGINT."""
    shop = jobs.shop()
    for name, work, seconds in (("watch", drain, WATCH_SECONDS), ("pages", drain_pages, PAGES_SECONDS)):
        threading.Thread(target=_watch, name=name, args=(work, seconds), daemon=True).start()
    if shop.settings.redis_url is None:
        log.warning("no_redis", doing="draining every two seconds")
        threading.Event().wait()
    while True:
        try:
            connection = Redis.from_url(shop.settings.redis_url or "")
            connection.ping()
            queue = Queue(QUEUE, connection=connection, serializer=JSONSerializer)
            worker = SimpleWorker(
                [queue], connection=connection, serializer=JSONSerializer, log_job_description=False
            )
            worker.work(with_scheduler=False, logging_level="WARNING")
            return  # a signal ended it
        except (RedisError, OSError) as error:
            log.warning("redis_away", error=type(error).__name__)
            time.sleep(WATCH_SECONDS)


def _watch(work: Callable[[Workshop], int], seconds: float) -> None:
    """Do it again and again, whether or not anybody rang."""
    while True:
        try:
            work(jobs.shop())
        except SQLAlchemyError as error:
            log.error("database_away", error=type(error).__name__)
        except Exception as error:  # whatever it is, the next page must go out
            log.error("drain_failed", exc_info=error)
        time.sleep(seconds)
