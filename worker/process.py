"""The worker process: RQ for speed, and a watch of its own for certainty.

While Redis rings, a deed is done within milliseconds. While Redis is away or a ring was lost, the watch drains every two
seconds: an emergency never waits for Redis.
"""

from __future__ import annotations

import threading
import time

import structlog
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer
from sqlalchemy.exc import SQLAlchemyError

from hotline.threads.bell import QUEUE
from worker import jobs
from worker.drain import drain

log = structlog.get_logger("worker")
WATCH_SECONDS = 2.0


def run() -> None:
    """Work until SIGTERM or SIGINT."""
    shop = jobs.shop()
    threading.Thread(target=_watch, name="watch", daemon=True).start()
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


def _watch() -> None:
    """Drain every two seconds, whether or not anybody rang."""
    while True:
        try:
            drain(jobs.shop())
        except SQLAlchemyError as error:
            log.error("database_away", error=type(error).__name__)
        time.sleep(WATCH_SECONDS)
